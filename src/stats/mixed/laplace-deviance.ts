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

export class LaplaceDeviance {
  readonly #rows: LogitRows
  readonly #pattern: SparsePattern
  readonly #ldl: SparseLdl
  /** Places in the pattern of each row's pairs of unknowns, pair after pair. */
  readonly #places: readonly { readonly f: number; readonly g: number; readonly slot: Int32Array }[]
  readonly #modes: Float64Array
  readonly #sums: Float64Array
  readonly #entries: Float64Array
  readonly #inverse: Float64Array
  readonly #eta: Float64Array
  readonly #fixed: Float64Array

  constructor(rows: LogitRows) {
    this.#rows = rows
    const { pattern, places } = patternOf(rows)
    this.#pattern = pattern
    this.#places = places
    this.#ldl = new SparseLdl(pattern)
    this.#modes = new Float64Array(rows.size)
    this.#sums = new Float64Array(pattern.rows.length)
    this.#entries = new Float64Array(pattern.rows.length)
    this.#inverse = new Float64Array(pattern.rows.length)
    this.#eta = new Float64Array(rows.successes.length)
    this.#fixed = new Float64Array(rows.successes.length)
  }

  /** Deviance and gradient at `point` = (θ of each factor, β). The modes of the last call start the next. */
  evaluate(point: Float64Array): Evaluation {
    const factors = this.#rows.unknowns.length
    const scales = point.subarray(0, factors)
    this.#setFixed(point.subarray(factors))
    const penalised = this.#findModes(scales)
    if (penalised === undefined) return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(point.length) }
    return { value: penalised + this.#ldl.logDeterminant(), gradient: this.#gradient(scales) }
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

  /** Sets η and returns −2 ln L + |v|². */
  #penalised(scales: Float64Array): number {
    const { successes, trials, unknowns } = this.#rows
    const modes = this.#modes
    let logLikelihood = 0
    for (let row = 0; row < successes.length; row++) {
      let eta = this.#fixed[row] ?? 0
      for (let f = 0; f < unknowns.length; f++) eta += (scales[f] ?? 0) * (modes[unknowns[f]?.[row] ?? 0] ?? 0)
      this.#eta[row] = eta
      logLikelihood +=
        (successes[row] ?? 0) * eta - (trials[row] ?? 0) * (Math.max(0, eta) + Math.log1p(Math.exp(-Math.abs(eta))))
    }
    let penalty = 0
    for (let i = 0; i < modes.length; i++) penalty += (modes[i] ?? 0) ** 2
    return -2 * logLikelihood + penalty
  }

  /** A at the current η into `entries`, and half the negative slope ΛZᵀr − v into `gradient`. */
  #assemble(scales: Float64Array, gradient: Float64Array): void {
    const { successes, trials, unknowns } = this.#rows
    const sums = this.#sums.fill(0)
    for (let i = 0; i < gradient.length; i++) gradient[i] = -(this.#modes[i] ?? 0)
    for (let row = 0; row < successes.length; row++) {
      const { p, w } = binomialMoments(this.#eta[row] ?? 0, trials[row] ?? 0)
      const residual = (successes[row] ?? 0) - (trials[row] ?? 0) * p
      for (let f = 0; f < unknowns.length; f++) {
        const at = unknowns[f]?.[row] ?? 0
        gradient[at] = (gradient[at] ?? 0) + (scales[f] ?? 0) * residual
      }
      for (let k = 0; k < this.#places.length; k++) {
        const slot = this.#places[k]?.slot[row] ?? 0
        sums[slot] = (sums[slot] ?? 0) + w
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
    for (const [f, unknown] of this.#rows.unknowns.entries()) {
      for (let row = 0; row < unknown.length; row++) scaleOf[unknown[row] ?? 0] = scales[f] ?? 0
    }
    return scaleOf
  }

  #gradient(scales: Float64Array): Float64Array {
    const { successes, trials, unknowns, design, columns } = this.#rows
    const factors = unknowns.length
    const modes = this.#modes
    this.#ldl.selectedInverse(this.#inverse)
    // c = leverage × dW/dη per row; s = A⁻¹ ΛZᵀc carries the move of the mode.
    const c = new Float64Array(successes.length)
    const cross = Array.from({ length: factors }, () => new Float64Array(successes.length))
    const s = new Float64Array(modes.length)
    for (let row = 0; row < successes.length; row++) {
      let leverage = 0
      for (let k = 0; k < this.#places.length; k++) {
        const place = this.#places[k]
        if (place === undefined) continue
        const { f, g, slot } = place
        const entry = this.#inverse[slot[row] ?? 0] ?? 0
        const tf = scales[f] ?? 0
        const tg = scales[g] ?? 0
        leverage += (f === g ? 1 : 2) * tf * tg * entry
        const crossF = cross[f]
        const crossG = cross[g]
        if (crossF !== undefined) crossF[row] = (crossF[row] ?? 0) + tg * entry
        if (f !== g && crossG !== undefined) crossG[row] = (crossG[row] ?? 0) + tf * entry
      }
      const { p, w } = binomialMoments(this.#eta[row] ?? 0, trials[row] ?? 0)
      const ci = leverage * w * (1 - 2 * p)
      c[row] = ci
      for (let f = 0; f < factors; f++) {
        const at = unknowns[f]?.[row] ?? 0
        s[at] = (s[at] ?? 0) + (scales[f] ?? 0) * ci
      }
    }
    this.#ldl.solve(s)
    const gradient = new Float64Array(factors + columns)
    for (let row = 0; row < successes.length; row++) {
      const { p, w } = binomialMoments(this.#eta[row] ?? 0, trials[row] ?? 0)
      const residual = (successes[row] ?? 0) - (trials[row] ?? 0) * p
      let moved = 0
      for (let f = 0; f < factors; f++) moved += (scales[f] ?? 0) * (s[unknowns[f]?.[row] ?? 0] ?? 0)
      const weight = -2 * residual + (c[row] ?? 0) - w * moved
      for (let f = 0; f < factors; f++) {
        const at = unknowns[f]?.[row] ?? 0
        gradient[f] =
          (gradient[f] ?? 0) + (modes[at] ?? 0) * weight + residual * (s[at] ?? 0) + 2 * w * (cross[f]?.[row] ?? 0)
      }
      for (let k = 0; k < columns; k++) {
        gradient[factors + k] = (gradient[factors + k] ?? 0) + (design[row * columns + k] ?? 0) * weight
      }
    }
    return gradient
  }
}

function binomialMoments(eta: number, trials: number): { readonly p: number; readonly w: number } {
  const tail = Math.exp(-Math.abs(eta))
  const p = eta >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
  return { p, w: (trials * tail) / (1 + tail) ** 2 }
}

/** Upper triangle of ZᵀZ by columns, with the place of every row's pairs in it. */
function patternOf({ unknowns, size, successes }: LogitRows): {
  readonly pattern: SparsePattern
  readonly places: readonly { readonly f: number; readonly g: number; readonly slot: Int32Array }[]
} {
  const rows = successes.length
  const found = new Map<number, number>()
  const note = (i: number, k: number): void => {
    const key = Math.max(i, k) * size + Math.min(i, k)
    if (!found.has(key)) found.set(key, 0)
  }
  for (let at = 0; at < size; at++) note(at, at)
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < unknowns.length; f++) {
      for (let g = 0; g < f; g++) note(unknowns[f]?.[row] ?? 0, unknowns[g]?.[row] ?? 0)
    }
  }
  const keys = Float64Array.from(found.keys()).sort()
  const starts = new Int32Array(size + 1)
  const entryRows = new Int32Array(keys.length)
  for (let p = 0; p < keys.length; p++) {
    const key = keys[p] ?? 0
    found.set(key, p)
    const column = Math.floor(key / size)
    entryRows[p] = key - column * size
    starts[column + 1] = p + 1
  }
  const places: { f: number; g: number; slot: Int32Array }[] = []
  for (let f = 0; f < unknowns.length; f++) {
    for (let g = 0; g <= f; g++) {
      const slot = new Int32Array(rows)
      for (let row = 0; row < rows; row++) {
        const i = unknowns[f]?.[row] ?? 0
        const k = unknowns[g]?.[row] ?? 0
        slot[row] = found.get(Math.max(i, k) * size + Math.min(i, k)) ?? 0
      }
      places.push({ f, g, slot })
    }
  }
  return { pattern: { size, starts, rows: entryRows }, places }
}
