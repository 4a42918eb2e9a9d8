/** Mean of independent values with Student's t interval. */
import { checkLevel } from './check-inputs.ts'
import { groupClusters } from './clusters.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { type Interval, notEstimable, type Outcome } from './result.ts'
import { skewnessAllowance, skewnessNotSeen } from './skewness-allowance.ts'
import { exactSum } from './special/exact-sum.ts'

export interface MeanIntervalOptions {
  /** One finite value per independent unit; repeats of one unit are averaged first. */
  readonly values: ArrayLike<number>
  /** `ignore`: the plain interval of Student, to reproduce tools that print it. */
  readonly skewness: 'allow' | 'ignore'
  readonly level: number
}

/**
 * ȳ ± t(n − 1) · s/√n, the central-limit interval (Student 1908).
 *
 * For values without a known range. Scores have one: `boundedMeanInterval` never leaves it and never closes up at its
 * ends, where this interval does both. Refuses fewer than 2 values, and values that are all equal: s = 0 says that the
 * sample is uninformative about the spread, not that the mean is known. Exact for normal values; otherwise the level
 * holds as n grows, slower the more skewed the values: of exponential ones it covers 0.88 to 0.94 up to n = 200, and
 * `skewnessAllowance` mends that from 15 on (calibration `skewed-t-limits`). The order of values does not change a bit of the result.
 *
 * meanInterval({ values: [1, 2, 3, 4, 5], skewness: 'ignore', level: 0.95 }).interval // => { lower: 1.0367…, upper: 4.9632…, … }
 */
export function meanInterval({ values, skewness, level }: MeanIntervalOptions): Outcome {
  checkLevel(level)
  const { values: sorted, mean, pair } = groupClusters(values, undefined)
  const n = sorted.length
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  if (sorted[0] === sorted[n - 1]) return notEstimable('no-variation', { n, value: sorted[0] ?? Number.NaN })
  const variance = exactSum(sorted.map((value) => (value - mean) ** 2)) / (n - 1)
  const standardError = Math.sqrt(variance / n)
  const margin = studentTUpperQuantile((1 - level) / 2, n - 1) * standardError
  const interval: Interval = {
    lower: mean - margin,
    upper: mean + margin,
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const allows = skewness === 'allow'
  const wider = allows
    ? skewnessAllowance({
        pulls: sorted.map((value) => (value - mean) / Math.sqrt(n * (n - 1))),
        otherVariance: 0,
        value: mean,
        degreesOfFreedom: n - 1,
        interval,
        ends: pair,
      })
    : undefined
  return {
    kind: 'estimate',
    value: mean,
    standardError,
    degreesOfFreedom: n - 1,
    interval: wider?.interval ?? interval,
    n,
    method: wider === undefined ? 'mean-t' : 'mean-t-with-skewness',
    assumptions: ['independent-values', 'mean-approximately-normal'],
    caveats: [...(allows ? skewnessNotSeen(n) : []), ...(wider === undefined ? [] : [wider.caveat])],
  }
}
