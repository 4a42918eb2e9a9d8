/**
 * Laplace deviance of a logit model with crossed random intercepts, and its exact gradient.
 *
 * η = Xβ + Σ_f θ_f v_f[level], v ~ N(0, I). With v̂ the mode of the penalised likelihood and
 * A = ΛZᵀWZΛ + I at the mode, D(θ, β) = −2 ln L(y | v̂) + |v̂|² + ln det A (Bates et al. 2015, "Fitting linear mixed-effects
 * models using lme4", §2; Laplace, one node). The gradient carries the move of the mode with (θ, β) and needs only the
 * entries of A⁻¹ where A is not zero.
 */
import { SparseLdl, type SparsePattern } from '../linear/sparse-ldl.ts'
import type { Evaluation } from '../optimize/bfgs.ts'
import { type RowPattern, rowPattern } from './row-pattern.ts'

export interface LogitRows {
  readonly successes: Float64Array
  readonly trials: Float64Array
  /** rows × columns, row-major. */
  readonly design: Float64Array
  readonly columns: number
  /** One per factor: the unknown of each row, numbered over all factors. */
  readonly unknowns: readonly Int32Array[]
  /** Number of unknowns of all factors together. */
  readonly size: number
}

export interface UnitRows {
  /** Unit of each row, 0 … units − 1. */
  readonly unitOf: ArrayLike<number>
  readonly units: number
}

export class LaplaceDeviance {
  readonly #rows: LogitRows
  readonly #pattern: SparsePattern
  readonly #ldl: SparseLdl
  readonly #places: RowPattern['places']
  readonly #modes: Float64Array
  readonly #sums: Float64Array
  readonly #entries: Float64Array
  readonly #inverse: Float64Array
  readonly #eta: Float64Array
  readonly #fixed: Float64Array
  /** At the current η: y − n p per row, and its negative slope n p (1 − p). */
  readonly #residual: Float64Array
  readonly #weight: Float64Array
  /** 1 − 2p per row. */
  readonly #skew: Float64Array
  readonly #factorOf: Int32Array
  readonly #oneUnit: Int32Array

  constructor(rows: LogitRows) {
    this.#rows = rows
    const { pattern, places } = rowPattern(rows)
    this.#pattern = pattern
    this.#places = places
    this.#ldl = new SparseLdl(pattern)
    this.#modes = new Float64Array(rows.size)
    this.#sums = new Float64Array(pattern.rows.length)
    this.#entries = new Float64Array(pattern.rows.length)
    this.#inverse = new Float64Array(pattern.rows.length)
    this.#eta = new Float64Array(rows.successes.length)
    this.#fixed = new Float64Array(rows.successes.length)
    this.#residual = new Float64Array(rows.successes.length)
    this.#weight = new Float64Array(rows.successes.length)
    this.#skew = new Float64Array(rows.successes.length)
    this.#factorOf = new Int32Array(rows.size)
    this.#oneUnit = new Int32Array(rows.successes.length)
    for (const [f, unknown] of rows.unknowns.entries()) {
      for (let row = 0; row < unknown.length; row++) this.#factorOf[unknown[row] ?? 0] = f
    }
  }

  /** Deviance and gradient at `point` = (θ of each factor, β). The modes of the last call start the next. */
  evaluate(point: Float64Array): Evaluation {
    const factors = this.#rows.unknowns.length
    const scales = point.subarray(0, factors)
    this.#setFixed(point.subarray(factors))
    const penalised = this.#findModes(scales)
    if (penalised === undefined) return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(point.length) }
    return {
      value: penalised + this.#ldl.logDeterminant(),
      gradient: this.#gradients({ scales, unitOf: this.#oneUnit, units: 1 }),
    }
  }

  /** The gradient at `point` by unit, units × (factors + columns): what each unit's rows pull at the fit. */
  unitGradients(point: Float64Array, units: UnitRows): Float64Array {
    const scales = point.subarray(0, this.#rows.unknowns.length)
    this.#setFixed(point.subarray(scales.length))
    this.#findModes(scales)
    return this.#gradients({ scales, ...units })
  }

  #setFixed(beta: Float64Array): void {
    const { design, columns } = this.#rows
    for (let row = 0; row < this.#fixed.length; row++) {
      let sum = 0
      for (let k = 0; k < columns; k++) sum += (design[row * columns + k] ?? 0) * (beta[k] ?? 0)
      this.#fixed[row] = sum
    }
  }

  /** Newton's method on −2 ln L + |v|², with halved steps; leaves A factored at the mode. */
  #findModes(scales: Float64Array): number | undefined {
    const gradient = new Float64Array(this.#modes.length)
    let value = this.#penalised(scales)
    if (!Number.isFinite(value)) {
      this.#modes.fill(0)
      value = this.#penalised(scales)
    }
    for (let iteration = 0; iteration < 60; iteration++) {
      this.#assemble(scales, gradient)
      if (!this.#ldl.factor(this.#entries)) return undefined
      const slope = gradient.slice()
      this.#ldl.solve(gradient)
      let decrease = 0
      for (let i = 0; i < slope.length; i++) decrease += (slope[i] ?? 0) * (gradient[i] ?? 0)
      if (decrease < 1e-13 * (1 + Math.abs(value))) return value
      let scale = 1
      for (; scale > 1e-8; scale /= 2) {
        for (let i = 0; i < gradient.length; i++) this.#modes[i] = (this.#modes[i] ?? 0) + scale * (gradient[i] ?? 0)
        const next = this.#penalised(scales)
        if (next <= value + 1e-12 * Math.abs(value)) {
          value = next
          break
        }
        for (let i = 0; i < gradient.length; i++) this.#modes[i] = (this.#modes[i] ?? 0) - scale * (gradient[i] ?? 0)
      }
      if (scale <= 1e-8) {
        this.#penalised(scales)
        return value
      }
    }
    return undefined
  }

  /** Sets η with all that depends on it, and returns −2 ln L + |v|². Loops go by factor: rows are many, factors few. */
  #penalised(scales: Float64Array): number {
    const { successes, trials, unknowns } = this.#rows
    const modes = this.#modes
    const eta = this.#eta
    eta.set(this.#fixed)
    for (const [f, unknown] of unknowns.entries()) {
      const scale = scales[f] ?? 0
      for (let row = 0; row < eta.length; row++) eta[row] = (eta[row] ?? 0) + scale * (modes[unknown[row] ?? 0] ?? 0)
    }
    let logLikelihood = 0
    for (let row = 0; row < eta.length; row++) {
      const value = eta[row] ?? 0
      const k = successes[row] ?? 0
      const n = trials[row] ?? 0
      // One exponential serves the likelihood, its slope and its curvature.
      const tail = Math.exp(-Math.abs(value))
      const whole = 1 + tail
      const p = value >= 0 ? 1 / whole : tail / whole
      logLikelihood += k * value - n * (Math.max(0, value) + Math.log1p(tail))
      this.#residual[row] = k - n * p
      this.#weight[row] = (n * tail) / (whole * whole)
      this.#skew[row] = 1 - 2 * p
    }
    let penalty = 0
    for (let i = 0; i < modes.length; i++) penalty += (modes[i] ?? 0) ** 2
    return -2 * logLikelihood + penalty
  }

  /** A at the current η into `entries`, and half the negative slope ΛZᵀr − v into `gradient`. */
  #assemble(scales: Float64Array, gradient: Float64Array): void {
    const residual = this.#residual
    const weight = this.#weight
    const sums = this.#sums.fill(0)
    for (let i = 0; i < gradient.length; i++) gradient[i] = -(this.#modes[i] ?? 0)
    for (const [f, unknown] of this.#rows.unknowns.entries()) {
      const scale = scales[f] ?? 0
      for (let row = 0; row < residual.length; row++) {
        const at = unknown[row] ?? 0
        gradient[at] = (gradient[at] ?? 0) + scale * (residual[row] ?? 0)
      }
    }
    for (const { slot } of this.#places) {
      for (let row = 0; row < weight.length; row++) {
        const at = slot[row] ?? 0
        sums[at] = (sums[at] ?? 0) + (weight[row] ?? 0)
      }
    }
    this.#scaleEntries(scales)
  }

  #scaleEntries(scales: Float64Array): void {
    const { starts, rows } = this.#pattern
    const scaleOf = this.#scaleOfUnknown(scales)
    for (let k = 0; k < this.#pattern.size; k++) {
      for (let p = starts[k] ?? 0; p < (starts[k + 1] ?? 0); p++) {
        const i = rows[p] ?? 0
        this.#entries[p] = (this.#sums[p] ?? 0) * (scaleOf[i] ?? 0) * (scaleOf[k] ?? 0) + (i === k ? 1 : 0)
      }
    }
  }

  #scaleOfUnknown(scales: Float64Array): Float64Array {
    const scaleOf = new Float64Array(this.#pattern.size)
    for (let at = 0; at < scaleOf.length; at++) scaleOf[at] = scales[this.#factorOf[at] ?? 0] ?? 0
    return scaleOf
  }

  /** What the gradient sums over rows: the slope in η with the mode's move, and the parts that scales enter by. */
  #rowTerms(scales: Float64Array) {
    const { unknowns } = this.#rows
    const modes = this.#modes
    const residual = this.#residual
    const weight = this.#weight
    const rows = residual.length
    this.#ldl.selectedInverse(this.#inverse)
    const { leverage, cross } = this.#leverages(scales)
    // c = leverage × dW/dη per row; s = A⁻¹ ΛZᵀc carries the move of the mode.
    const c = leverage
    for (let row = 0; row < rows; row++) c[row] = (leverage[row] ?? 0) * (weight[row] ?? 0) * (this.#skew[row] ?? 0)
    const s = new Float64Array(modes.length)
    for (const [f, unknown] of unknowns.entries()) {
      const scale = scales[f] ?? 0
      for (let row = 0; row < rows; row++) {
        const at = unknown[row] ?? 0
        s[at] = (s[at] ?? 0) + scale * (c[row] ?? 0)
      }
    }
    this.#ldl.solve(s)
    const moved = new Float64Array(rows)
    for (const [f, unknown] of unknowns.entries()) {
      const scale = scales[f] ?? 0
      for (let row = 0; row < rows; row++) moved[row] = (moved[row] ?? 0) + scale * (s[unknown[row] ?? 0] ?? 0)
    }
    const pull = moved
    for (let row = 0; row < rows; row++) {
      pull[row] = -2 * (residual[row] ?? 0) + (c[row] ?? 0) - (weight[row] ?? 0) * (moved[row] ?? 0)
    }
    return { pull, s, cross }
  }

  /** The gradient, each row's share of it added up by unit: units × (factors + columns). */
  #gradients({ scales, unitOf, units }: UnitRows & { readonly scales: Float64Array }): Float64Array {
    const { unknowns, design, columns } = this.#rows
    const factors = unknowns.length
    const { pull, s, cross } = this.#rowTerms(scales)
    const size = factors + columns
    const gradients = new Float64Array(units * size)
    for (const [f, unknown] of unknowns.entries()) {
      const crossF = cross[f] ?? new Float64Array(pull.length)
      for (let row = 0; row < pull.length; row++) {
        const at = unknown[row] ?? 0
        const to = (unitOf[row] ?? 0) * size + f
        gradients[to] =
          (gradients[to] ?? 0) +
          (this.#modes[at] ?? 0) * (pull[row] ?? 0) +
          (this.#residual[row] ?? 0) * (s[at] ?? 0) +
          2 * (this.#weight[row] ?? 0) * (crossF[row] ?? 0)
      }
    }
    for (let row = 0; row < pull.length; row++) {
      for (let k = 0; k < columns; k++) {
        const to = (unitOf[row] ?? 0) * size + factors + k
        gradients[to] = (gradients[to] ?? 0) + (design[row * columns + k] ?? 0) * (pull[row] ?? 0)
      }
    }
    return gradients
  }

  /** Per row z'ΛA⁻¹Λz, and for each factor its part of A⁻¹Λz, from the entries of A⁻¹ where A is not zero. */
  #leverages(scales: Float64Array): { readonly leverage: Float64Array; readonly cross: readonly Float64Array[] } {
    const rows = this.#residual.length
    const inverse = this.#inverse
    const leverage = new Float64Array(rows)
    const cross = this.#rows.unknowns.map(() => new Float64Array(rows))
    for (const { f, g, slot } of this.#places) {
      const tf = scales[f] ?? 0
      const tg = scales[g] ?? 0
      const factor = (f === g ? 1 : 2) * tf * tg
      const crossF = cross[f] ?? new Float64Array(rows)
      const crossG = cross[g] ?? new Float64Array(rows)
      for (let row = 0; row < rows; row++) {
        const entry = inverse[slot[row] ?? 0] ?? 0
        leverage[row] = (leverage[row] ?? 0) + factor * entry
        crossF[row] = (crossF[row] ?? 0) + tg * entry
        if (f !== g) crossG[row] = (crossG[row] ?? 0) + tf * entry
      }
    }
    return { leverage, cross }
  }
}
