/** Expectation–maximisation for item response models; `item-response-model.ts` says what is fitted and why. */

import type { OnProgress } from '../progress.ts'
import { clamp, extrapolate } from './extrapolate.ts'
import { type ItemResponseOptions, startIntercept } from './item-responses.ts'

const pointCount = 61
const points = Float64Array.from({ length: pointCount }, (_, q) => -6 + (12 * q) / (pointCount - 1))
const logWeights = (() => {
  const total = points.reduce((sum, theta) => sum + Math.exp((-theta * theta) / 2), 0)
  return points.map((theta) => (-theta * theta) / 2 - Math.log(total))
})()

export interface ItemResponseState {
  /** Whether all items share one slope. */
  readonly common: boolean
  readonly items: number
  readonly counts: Float64Array
  readonly solved: readonly Int32Array[]
  readonly skipped: readonly Int32Array[]
  /** persons × points. */
  readonly posterior: Float64Array
  /** items × points. */
  readonly logits: Float64Array
  readonly points: Float64Array
}

export class ItemResponseEm {
  readonly slopes: Float64Array
  readonly intercepts: Float64Array
  readonly #counts: Float64Array
  readonly #common: boolean
  readonly #persons: number
  readonly #items: number
  /** Items solved and items answered by each row, as lists: most sums run over solved items only. */
  readonly #solved: readonly Int32Array[]
  readonly #skipped: readonly Int32Array[]
  /** persons × points. */
  readonly #posterior: Float64Array
  /** items × points: a θ + d, and ln(1 − P). */
  readonly #logits: Float64Array
  readonly #logMisses: Float64Array

  constructor({ responses, persons, items, counts, model }: ItemResponseOptions, kept: readonly number[]) {
    this.#common = model === '1pl'
    this.#persons = persons
    this.#items = kept.length
    this.#counts = Float64Array.from(counts)
    const listOf = (test: (response: number) => boolean): Int32Array[] =>
      Array.from({ length: persons }, (_, i) =>
        Int32Array.from(kept.flatMap((item, k) => (test(responses[i * items + item] ?? Number.NaN) ? [k] : []))),
      )
    this.#solved = listOf((response) => response === 1)
    this.#skipped = listOf(Number.isNaN)
    this.slopes = new Float64Array(kept.length).fill(1)
    this.intercepts = Float64Array.from(kept, (item) =>
      startIntercept({ responses, persons, items, counts: this.#counts, item }),
    )
    this.#posterior = new Float64Array(persons * pointCount)
    this.#logits = new Float64Array(kept.length * pointCount)
    this.#logMisses = new Float64Array(kept.length * pointCount)
  }

  /**
   * EM with the squared extrapolation of Varadhan and Roland 2008: two plain steps give a direction and a length, and
   * the long step is kept only where it does not lose likelihood.
   */
  run(onProgress: OnProgress | undefined): {
    readonly iterations: number
    readonly converged: boolean
    readonly logLikelihood: number
  } {
    let logLikelihood = this.#expect()
    for (let iteration = 1; iteration <= 500; iteration++) {
      onProgress?.({ done: iteration - 1, total: undefined })
      const before = logLikelihood
      const start = this.#parameters()
      this.#maximise()
      const first = this.#parameters()
      this.#expect()
      this.#maximise()
      const second = this.#parameters()
      this.#setParameters(extrapolate({ start, first, second }))
      logLikelihood = this.#expect()
      if (!(logLikelihood >= before)) {
        this.#setParameters(second)
        logLikelihood = this.#expect()
      }
      if (logLikelihood - before < 1e-11 * Math.abs(logLikelihood)) {
        this.#fixSign()
        return { iterations: iteration, converged: true, logLikelihood }
      }
    }
    this.#fixSign()
    return { iterations: 500, converged: false, logLikelihood }
  }

  #parameters(): Float64Array {
    const all = new Float64Array(2 * this.#items)
    all.set(this.slopes)
    all.set(this.intercepts, this.#items)
    return all
  }

  #setParameters(all: Float64Array): void {
    this.slopes.set(all.subarray(0, this.#items))
    this.intercepts.set(all.subarray(this.#items))
  }

  /** Posterior of each row on the points; returns the marginal log-likelihood. */
  #expect(): number {
    const items = this.#items
    const base = Float64Array.from(logWeights)
    for (let j = 0; j < items; j++) {
      const a = this.slopes[j] ?? 0
      const d = this.intercepts[j] ?? 0
      for (let q = 0; q < pointCount; q++) {
        const logit = a * (points[q] ?? 0) + d
        const miss = -Math.max(0, logit) - Math.log1p(Math.exp(-Math.abs(logit)))
        this.#logits[j * pointCount + q] = logit
        this.#logMisses[j * pointCount + q] = miss
        base[q] = (base[q] ?? 0) + miss
      }
    }
    let total = 0
    const row = new Float64Array(pointCount)
    for (let i = 0; i < this.#persons; i++) {
      row.set(base)
      addRows({ target: row, rows: this.#logits, chosen: this.#solved[i], sign: 1 })
      addRows({ target: row, rows: this.#logMisses, chosen: this.#skipped[i], sign: -1 })
      let top = row[0] ?? 0
      for (let q = 1; q < pointCount; q++) top = Math.max(top, row[q] ?? 0)
      let sum = 0
      for (let q = 0; q < pointCount; q++) {
        const density = Math.exp((row[q] ?? 0) - top)
        row[q] = density
        sum += density
      }
      const count = this.#counts[i] ?? 0
      total += count * (top + Math.log(sum))
      for (let q = 0; q < pointCount; q++) this.#posterior[i * pointCount + q] = (row[q] ?? 0) / sum
    }
    return total
  }

  /** Newton steps on the expected log-likelihood of each item. */
  #maximise(): void {
    const { solved, answered } = this.#expectedCounts()
    for (let step = 0; step < 3; step++) {
      let slopePull = 0
      let slopeCurve = 0
      const common: { pull: number; curve: number; cross: number }[] = []
      for (let j = 0; j < this.#items; j++) {
        const sums = this.#itemDerivatives({ j, solved, answered })
        if (!this.#common) {
          const determinant = sums.aa * sums.dd - sums.ad * sums.ad
          if (!(determinant > 1e-12)) continue
          this.slopes[j] = clamp((this.slopes[j] ?? 0) + (sums.dd * sums.a - sums.ad * sums.d) / determinant)
          this.intercepts[j] = clamp((this.intercepts[j] ?? 0) + (sums.aa * sums.d - sums.ad * sums.a) / determinant)
          continue
        }
        // Arrow system: the shared slope is solved after each intercept is eliminated.
        slopePull += sums.a - (sums.ad * sums.d) / sums.dd
        slopeCurve += sums.aa - sums.ad ** 2 / sums.dd
        common.push({ pull: sums.d, curve: sums.dd, cross: sums.ad })
      }
      if (!this.#common) continue
      const move = slopePull / slopeCurve
      for (const [j, { pull, curve, cross }] of common.entries()) {
        this.slopes[j] = clamp((this.slopes[j] ?? 0) + move)
        this.intercepts[j] = clamp((this.intercepts[j] ?? 0) + (pull - cross * move) / curve)
      }
    }
  }

  #expectedCounts(): { readonly solved: Float64Array; readonly answered: Float64Array } {
    const everyone = new Float64Array(pointCount)
    const solved = new Float64Array(this.#items * pointCount)
    const missed = new Float64Array(this.#items * pointCount)
    const weighted = new Float64Array(pointCount)
    for (let i = 0; i < this.#persons; i++) {
      const count = this.#counts[i] ?? 0
      for (let q = 0; q < pointCount; q++) {
        const weight = count * (this.#posterior[i * pointCount + q] ?? 0)
        weighted[q] = weight
        everyone[q] = (everyone[q] ?? 0) + weight
      }
      spreadRow({ target: solved, row: weighted, chosen: this.#solved[i] })
      spreadRow({ target: missed, row: weighted, chosen: this.#skipped[i] })
    }
    return { solved, answered: missed.map((skipped, k) => (everyone[k % pointCount] ?? 0) - skipped) }
  }

  #itemDerivatives({
    j,
    solved,
    answered,
  }: {
    readonly j: number
    readonly solved: Float64Array
    readonly answered: Float64Array
  }) {
    const a = this.slopes[j] ?? 0
    const d = this.intercepts[j] ?? 0
    const sums = { a: 0, d: 0, aa: 0, ad: 0, dd: 0 }
    for (let q = 0; q < pointCount; q++) {
      const theta = points[q] ?? 0
      const p = 1 / (1 + Math.exp(-(a * theta + d)))
      const n = answered[j * pointCount + q] ?? 0
      const residual = (solved[j * pointCount + q] ?? 0) - n * p
      const weight = n * p * (1 - p)
      sums.a += residual * theta
      sums.d += residual
      sums.aa += weight * theta * theta
      sums.ad += weight * theta
      sums.dd += weight
    }
    return sums
  }

  /** The model is blind to flipping ability and all slopes together; most slopes are made positive. */
  #fixSign(): void {
    if (this.slopes.reduce((sum, slope) => sum + slope, 0) >= 0) return
    for (let j = 0; j < this.#items; j++) this.slopes[j] = -(this.slopes[j] ?? 0)
    this.#expect()
  }

  abilities(): { readonly abilities: Float64Array; readonly abilityErrors: Float64Array } {
    const abilities = new Float64Array(this.#persons)
    const abilityErrors = new Float64Array(this.#persons)
    for (let i = 0; i < this.#persons; i++) {
      let mean = 0
      let square = 0
      for (let q = 0; q < pointCount; q++) {
        const weight = this.#posterior[i * pointCount + q] ?? 0
        mean += weight * (points[q] ?? 0)
        square += weight * (points[q] ?? 0) ** 2
      }
      abilities[i] = mean
      abilityErrors[i] = Math.sqrt(Math.max(0, square - mean * mean))
    }
    return { abilities, abilityErrors }
  }

  /** What the standard errors need of the fit. */
  state(): ItemResponseState {
    return {
      common: this.#common,
      items: this.#items,
      counts: this.#counts,
      solved: this.#solved,
      skipped: this.#skipped,
      posterior: this.#posterior,
      logits: this.#logits,
      points,
    }
  }
}

function addRows({
  target,
  rows,
  chosen,
  sign,
}: {
  readonly target: Float64Array
  readonly rows: Float64Array
  readonly chosen: Int32Array | undefined
  readonly sign: 1 | -1
}): void {
  if (chosen === undefined) return
  for (let k = 0; k < chosen.length; k++) {
    const start = (chosen[k] ?? 0) * pointCount
    for (let q = 0; q < pointCount; q++) target[q] = (target[q] ?? 0) + sign * (rows[start + q] ?? 0)
  }
}

function spreadRow({
  target,
  row,
  chosen,
}: {
  readonly target: Float64Array
  readonly row: Float64Array
  readonly chosen: Int32Array | undefined
}): void {
  if (chosen === undefined) return
  for (let k = 0; k < chosen.length; k++) {
    const start = (chosen[k] ?? 0) * pointCount
    for (let q = 0; q < pointCount; q++) target[start + q] = (target[start + q] ?? 0) + (row[q] ?? 0)
  }
}
