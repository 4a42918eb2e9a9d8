/** Where one more value, drawn like those at hand, would fall. */
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { groupClusters } from './clusters.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { type Caveat, notEstimable, type Outcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface NextValueOptions {
  /** One value per draw: the score under each variant, of each run. */
  readonly values: ArrayLike<number>
  /** Ends at which the interval is cut; `undefined` where a value has none. */
  readonly range: ScoreRange | undefined
  readonly level: number
}

/**
 * Prediction interval x̄ ± t(K − 1) · s · √(1 + 1/K) for the next of K normal draws (Fisher 1935, "The fiducial argument").
 *
 * `value` is x̄, `standardError` s√(1 + 1/K). Exact for independent normal draws; with K = 2 t has one degree of freedom
 * and the interval says almost nothing, as it should. Without normality the chance that the next value beats all K is
 * 1/(K + 1) whatever the distribution. Refuses fewer than 2 values, and values that are all equal.
 *
 * nextValueInterval({ values: [0.6, 0.7, 0.65], range: { lower: 0, upper: 1 }, level: 0.95 }).interval // => 0.4015 … 0.8985
 */
export function nextValueInterval({ values, range, level }: NextValueOptions): Outcome {
  checkLevel(level)
  if (range !== undefined) checkRange(values, range)
  const { values: sorted, mean, count } = groupClusters(values, undefined)
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  if (sorted[0] === sorted[count - 1]) return notEstimable('no-variation', { n: count, value: sorted[0] ?? Number.NaN })
  const variance = exactSum(sorted.map((value) => (value - mean) ** 2)) / (count - 1)
  const error = Math.sqrt(variance * (1 + 1 / count))
  const margin = studentTUpperQuantile((1 - level) / 2, count - 1) * error
  return {
    kind: 'estimate',
    value: mean,
    standardError: error,
    degreesOfFreedom: count - 1,
    interval: {
      lower: Math.max(range?.lower ?? Number.NEGATIVE_INFINITY, mean - margin),
      upper: Math.min(range?.upper ?? Number.POSITIVE_INFINITY, mean + margin),
      level,
      kind: 'prediction',
      side: 'two-sided',
    },
    n: count,
    method: 'next-value-t',
    assumptions: ['values-drawn-alike', 'values-approximately-normal'],
    caveats: fewDraws(count),
  }
}

function fewDraws(count: number): readonly Caveat[] {
  return count < 5 ? [{ code: 'few-draws', severity: 'caution', values: { draws: count } }] : []
}
