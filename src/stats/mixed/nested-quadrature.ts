/**
 * Deviance of a logit model whose finest random factor, and the one it lies in, are integrated out by quadrature.
 *
 * −2 Σ_outer ln ∫ Π_inner [∫ Π_rows Bernoulli(y | xβ + θ_o a + θ_i v + Σ_f θ_f b_f) dΦ(v)] dΦ(a) + |b|². The other factors have few levels
 * with many responses each: their b are parameters here, penalised, with θ_f given. Laplace's approximation in a and v leans low
 * where an inner level holds 2 responses; this integral does not. Rows, inner and outer levels that are alike are computed
 * once: 300 items × 2 prompts × 2 models are at most 16 kinds of items.
 */
import type { Evaluation } from '../optimize/bfgs.ts'
import type { UnitRows } from './laplace-deviance.ts'
import { type NestedKinds, type NestedRows, nestedKinds } from './nested-kinds.ts'

export interface NestedModel extends NestedRows {
  /** θ of each factor; those of inner and outer are not used. */
  readonly scales: Float64Array
  /** Points of the quadrature in either direction. */
  readonly nodes: Float64Array
}

/**
 * Trapezoid rule of this step out to ±5.2: for an analytic integrand its error falls exponentially (Trefethen and Weideman 2014), here as
 * exp(−2π²/(step · θ)), the logistic's poles being π/θ away. The ends leave 1e-7.
 */
export function nodesApart(step: number): Float64Array {
  const side = Math.ceil(5.2 / step)
  return Float64Array.from({ length: 2 * side + 1 }, (_, k) => step * (k - side))
}

const one = Float64Array.of(0)

export class NestedQuadrature {
  readonly #model: NestedModel
  readonly #kinds: NestedKinds
  /** Number of parameters, in this order: θ of outer if there is one, θ of inner, b of the other factors, β. */
  readonly size: number
  /** b of the other factors. */
  readonly others: number
  /** Of each other factor θ, and of each row kind the places of its b, factor after factor. */
  readonly #otherScales: Float64Array
  readonly #otherPlaces: Int32Array
  readonly #logWeights: Float64Array
  readonly #outerNodes: Float64Array
  readonly #outerLogWeights: Float64Array

  constructor(model: NestedModel) {
    const { rows, inner, outer, scales, nodes } = model
    this.#model = model
    this.#kinds = nestedKinds(model)
    const others = rows.unknowns.map((_, f) => f).filter((f) => f !== inner && f !== outer)
    const placeOf = new Map<number, number>()
    for (const f of others)
      for (const unknown of rows.unknowns[f] ?? []) if (!placeOf.has(unknown)) placeOf.set(unknown, placeOf.size)
    this.others = placeOf.size
    this.size = (outer === undefined ? 1 : 2) + placeOf.size + rows.columns
    this.#otherScales = Float64Array.from(others, (f) => scales[f] ?? 0)
    this.#otherPlaces = Int32Array.from({ length: this.#kinds.rowOf.length * others.length }, (_, k) => {
      const row = this.#kinds.rowOf[Math.floor(k / others.length)] ?? 0
      return placeOf.get(rows.unknowns[others[k % others.length] ?? 0]?.[row] ?? 0) ?? 0
    })
    this.#logWeights = logNormalWeights(nodes)
    this.#outerNodes = outer === undefined ? one : nodes
    this.#outerLogWeights = outer === undefined ? one : this.#logWeights
  }

  /** Logistic functions that one evaluation takes. */
  get work(): number {
    return this.#kinds.innerRows.length * this.#model.nodes.length * this.#outerNodes.length
  }

  evaluate(point: Float64Array): Evaluation {
    const { values, gradients } = this.#byKind(point)
    const gradient = new Float64Array(this.size)
    let value = 0
    for (let kind = 0; kind < values.length; kind++) {
      const count = this.#kinds.outerCount[kind] ?? 0
      value += count * (values[kind] ?? 0)
      for (let k = 0; k < this.size; k++)
        gradient[k] = (gradient[k] ?? 0) + count * (gradients[kind * this.size + k] ?? 0)
    }
    const first = this.size - this.others - this.#model.rows.columns
    for (let at = first; at < first + this.others; at++) {
      const b = point[at] ?? 0
      value += b * b
      gradient[at] = (gradient[at] ?? 0) + 2 * b
    }
    return { value, gradient }
  }

  /** The gradient at `point` by unit, units × size, without the penalty; undefined where an outer level lies in two units. */
  unitGradients(point: Float64Array, { unitOf, units }: UnitRows): Float64Array | undefined {
    const { gradients } = this.#byKind(point)
    const unitOfOuter = new Int32Array(this.#kinds.kindOfOuter.length).fill(-1)
    for (let row = 0; row < this.#kinds.outerOfRow.length; row++) {
      const level = this.#kinds.outerOfRow[row] ?? 0
      const unit = unitOf[row] ?? 0
      if ((unitOfOuter[level] ?? -1) >= 0 && unitOfOuter[level] !== unit) return undefined
      unitOfOuter[level] = unit
    }
    const result = new Float64Array(units * this.size)
    for (let level = 0; level < unitOfOuter.length; level++) {
      const [to, from] = [(unitOfOuter[level] ?? 0) * this.size, (this.#kinds.kindOfOuter[level] ?? 0) * this.size]
      for (let k = 0; k < this.size; k++) result[to + k] = (result[to + k] ?? 0) + (gradients[from + k] ?? 0)
    }
    return result
  }

  /** −2 ln of the integral of each kind of outer level, and its gradient. */
  #byKind(point: Float64Array): { readonly values: Float64Array; readonly gradients: Float64Array } {
    const { rows, outer } = this.#model
    const { size } = this
    const thetaOuter = outer === undefined ? 0 : (point[0] ?? 0)
    const innerAt = outer === undefined ? 0 : 1
    const firstOther = innerAt + 1
    const firstBeta = firstOther + this.others
    const eta = this.#linear(point, { firstOther, firstBeta })
    const inner = this.#innerLevels({ eta, thetaOuter, thetaInner: point[innerAt] ?? 0 })
    const J = this.#outerNodes.length
    const kinds = this.#kinds.outerCount.length
    const values = new Float64Array(kinds)
    const gradients = new Float64Array(kinds * size)
    const share = new Float64Array(J)
    for (let kind = 0; kind < kinds; kind++) {
      const [from, to] = [this.#kinds.outerStarts[kind] ?? 0, this.#kinds.outerStarts[kind + 1] ?? 0]
      for (let j = 0; j < J; j++) {
        let sum = this.#outerLogWeights[j] ?? 0
        for (let p = from; p < to; p++) sum += inner.logs[(this.#kinds.outerInner[p] ?? 0) * J + j] ?? 0
        share[j] = sum
      }
      values[kind] = -2 * sharesOf(share)
      const at = kind * size
      for (let p = from; p < to; p++) {
        const level = this.#kinds.outerInner[p] ?? 0
        gradients[at + innerAt] = (gradients[at + innerAt] ?? 0) - 2 * weighted(share, inner.pulls, level * J)
        for (let q = this.#kinds.innerStarts[level] ?? 0; q < (this.#kinds.innerStarts[level + 1] ?? 0); q++) {
          const slope = -2 * weighted(share, inner.slopes, q * J)
          const row = this.#kinds.innerRows[q] ?? 0
          if (outer !== undefined) {
            let pull = 0
            for (let j = 0; j < J; j++)
              pull += (share[j] ?? 0) * (this.#outerNodes[j] ?? 0) * (inner.slopes[q * J + j] ?? 0)
            gradients[at] = (gradients[at] ?? 0) - 2 * pull
          }
          for (let f = 0; f < this.#otherScales.length; f++) {
            const place = at + firstOther + (this.#otherPlaces[row * this.#otherScales.length + f] ?? 0)
            gradients[place] = (gradients[place] ?? 0) + (this.#otherScales[f] ?? 0) * slope
          }
          const design = (this.#kinds.rowOf[row] ?? 0) * rows.columns
          for (let k = 0; k < rows.columns; k++)
            gradients[at + firstBeta + k] =
              (gradients[at + firstBeta + k] ?? 0) + (rows.design[design + k] ?? 0) * slope
        }
      }
    }
    return { values, gradients }
  }

  /** xβ + Σ θ_f b_f of each row kind. */
  #linear(
    point: Float64Array,
    { firstOther, firstBeta }: { readonly firstOther: number; readonly firstBeta: number },
  ): Float64Array {
    const { design, columns } = this.#model.rows
    return Float64Array.from({ length: this.#kinds.rowOf.length }, (_, kind) => {
      const row = this.#kinds.rowOf[kind] ?? 0
      let sum = 0
      for (let k = 0; k < columns; k++) sum += (design[row * columns + k] ?? 0) * (point[firstBeta + k] ?? 0)
      for (let f = 0; f < this.#otherScales.length; f++)
        sum +=
          (this.#otherScales[f] ?? 0) *
          (point[firstOther + (this.#otherPlaces[kind * this.#otherScales.length + f] ?? 0)] ?? 0)
      return sum
    })
  }

  /** At each outer node: ln of the integral of each inner kind, its slope in θ_inner, and in η of each of its rows. */
  #innerLevels({
    eta,
    thetaOuter,
    thetaInner,
  }: {
    readonly eta: Float64Array
    readonly thetaOuter: number
    readonly thetaInner: number
  }) {
    const { successes, trials } = this.#model.rows
    const { nodes } = this.#model
    const [J, L] = [this.#outerNodes.length, nodes.length]
    const kinds = this.#kinds.innerStarts.length - 1
    const logs = new Float64Array(kinds * J)
    const pulls = new Float64Array(kinds * J)
    const slopes = new Float64Array(this.#kinds.innerRows.length * J)
    const share = new Float64Array(L)
    let residuals = new Float64Array(L)
    for (let kind = 0; kind < kinds; kind++) {
      const [from, to] = [this.#kinds.innerStarts[kind] ?? 0, this.#kinds.innerStarts[kind + 1] ?? 0]
      if (residuals.length < (to - from) * L) residuals = new Float64Array((to - from) * L)
      for (let j = 0; j < J; j++) {
        const shift = thetaOuter * (this.#outerNodes[j] ?? 0)
        share.set(this.#logWeights)
        for (let q = from; q < to; q++) {
          const rowKind = this.#kinds.innerRows[q] ?? 0
          const row = this.#kinds.rowOf[rowKind] ?? 0
          const [k, n] = [successes[row] ?? 0, trials[row] ?? 0]
          const base = (eta[rowKind] ?? 0) + shift
          for (let l = 0; l < L; l++) {
            const value = base + thetaInner * (nodes[l] ?? 0)
            const tail = Math.exp(-Math.abs(value))
            share[l] = (share[l] ?? 0) + k * value - n * (Math.max(0, value) + Math.log1p(tail))
            residuals[(q - from) * L + l] = k - (n * (value >= 0 ? 1 : tail)) / (1 + tail)
          }
        }
        logs[kind * J + j] = sharesOf(share)
        let pull = 0
        for (let q = from; q < to; q++) {
          let slope = 0
          for (let l = 0; l < L; l++) {
            const part = (share[l] ?? 0) * (residuals[(q - from) * L + l] ?? 0)
            slope += part
            pull += part * (nodes[l] ?? 0)
          }
          slopes[q * J + j] = slope
        }
        pulls[kind * J + j] = pull
      }
    }
    return { logs, pulls, slopes }
  }
}

/** ln Σ exp(x), leaving in place of each x its share exp(x)/Σ exp(x). */
function sharesOf(logs: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY
  for (const value of logs) largest = Math.max(largest, value)
  let sum = 0
  for (let k = 0; k < logs.length; k++) {
    const share = Math.exp((logs[k] ?? 0) - largest)
    logs[k] = share
    sum += share
  }
  for (let k = 0; k < logs.length; k++) logs[k] = (logs[k] ?? 0) / sum
  return largest + Math.log(sum)
}

function weighted(shares: Float64Array, values: Float64Array, from: number): number {
  let sum = 0
  for (let j = 0; j < shares.length; j++) sum += (shares[j] ?? 0) * (values[from + j] ?? 0)
  return sum
}

function logNormalWeights(points: Float64Array): Float64Array {
  const total = points.reduce((sum, x) => sum + Math.exp((-x * x) / 2), 0)
  return points.map((x) => (-x * x) / 2 - Math.log(total))
}
