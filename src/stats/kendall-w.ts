/** Do judges, or prompts, put the models in the same order? Kendall's coefficient of concordance. */
import { checkFinite, checkMatrix } from './check-inputs.ts'
import { chiSquaredUpperTail } from './distributions/chi-squared.ts'
import { type NotEstimable, notEstimable, type TestOutcome } from './result.ts'

export interface Concordance {
  readonly kind: 'concordance'
  /** 1: all judges agree on the order; 0: no agreement at all. Corrected for ties. */
  readonly w: number
  /** Without the correction: smaller, and 1 out of reach when there are ties. */
  readonly uncorrected: number
  /** Friedman's test of no agreement, χ² = m(n − 1)W on n − 1 degrees of freedom. */
  readonly test: TestOutcome
  readonly judges: number
  readonly objects: number
}

/**
 * W = 12S/(m²(n³ − n) − mΣT) for m judges who rank n objects (Kendall and Babington Smith 1939); T = Σ(t³ − t) over the
 * ties of a judge, S the squared deviations of rank sums. Scores are ranked within each judge, ties by mid-ranks.
 *
 * Refuses fewer than 2 judges or objects, and judges who all tie everything. The χ² p-value is rough below 8 objects and
 * few judges; permutation p-values come from `variantSpread` on the ranks.
 *
 * kendallW({ values: [1, 2, 3, 1, 3, 2], objects: 3 }).w // => 0.75
 */
export function kendallW({
  values,
  objects,
}: {
  /** Judges × objects, row-major: row i holds the scores of judge i. */
  readonly values: ArrayLike<number>
  readonly objects: number
}): Concordance | NotEstimable {
  checkMatrix({ values, columns: objects })
  const judges = values.length / objects
  if (judges < 2 || objects < 2) {
    return notEstimable('too-few-values', { needed: 2, given: Math.min(judges, objects) })
  }
  const sums = new Float64Array(objects)
  let ties = 0
  for (let judge = 0; judge < judges; judge++) {
    const row = Float64Array.from({ length: objects }, (_, j) => values[judge * objects + j] ?? Number.NaN)
    const { ranks, tied } = midRanks(row)
    ties += tied
    for (let j = 0; j < objects; j++) sums[j] = (sums[j] ?? 0) + (ranks[j] ?? 0)
  }
  const middle = (judges * (objects + 1)) / 2
  let deviation = 0
  for (const sum of sums) deviation += (sum - middle) ** 2
  const most = judges * judges * (objects ** 3 - objects)
  const possible = most - judges * ties
  if (possible <= 0) return notEstimable('no-variation', { n: judges, value: values[0] ?? Number.NaN })
  const w = (12 * deviation) / possible
  const statistic = judges * (objects - 1) * w
  return {
    kind: 'concordance',
    w,
    uncorrected: (12 * deviation) / most,
    test: {
      kind: 'test',
      statistic,
      pValue: chiSquaredUpperTail(statistic, objects - 1),
      alternative: 'greater',
      nullValue: 0,
      degreesOfFreedom: objects - 1,
      n: judges,
      method: 'friedman-chi-squared',
      assumptions: ['judges-independent'],
      caveats:
        judges * objects < 24
          ? [{ code: 'sparse-table-approximate-p', severity: 'caution', values: { items: judges, variants: objects } }]
          : [],
    },
    judges,
    objects,
  }
}

/** Ranks from 1, equal values sharing the mean of their ranks; `tied` is Σ(t³ − t). */
export function midRanks(values: Float64Array): { readonly ranks: Float64Array; readonly tied: number } {
  checkFinite(values)
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Float64Array(values.length)
  let tied = 0
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + end + 1) / 2
    tied += (end - start) ** 3 - (end - start)
    start = end
  }
  return { ranks, tied }
}
