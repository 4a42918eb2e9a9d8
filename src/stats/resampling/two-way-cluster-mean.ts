/** Mean of scores that are correlated in two crossed ways: within items and within prompts. */
import { checkCodes, checkLevel, checkRange, type ScoreRange } from '../check-inputs.ts'
import { fewClusters } from '../cluster-mean.ts'
import { clusterRobustVariance } from '../cluster-robust-variance.ts'
import { clusterTotals } from '../clusters.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { type Caveat, type Interval, notEstimable, type Outcome } from '../result.ts'
import { twoWayAllowance, type Way } from './two-way-allowance.ts'

export interface TwoWayClusterOptions {
  readonly values: ArrayLike<number>
  /** Codes of the two ways in which rows are alike, one per row: item and prompt. */
  readonly first: ArrayLike<number>
  readonly second: ArrayLike<number>
  /** Ends of the range of a score, where it has one: the interval then stays inside it and holds near its ends. */
  readonly range?: ScoreRange
  readonly level: number
}

/**
 * ȳ ± t·√V with V = V_first + V_second − V_both (Cameron, Gelbach and Miller 2011), each a CR1 variance of the mean; V_both
 * clusters rows that share both codes. t has min(G_first, G_second) − 1 degrees of freedom.
 *
 * Where V is not above the larger of V_first and V_second, as happens by chance when one way carries all of the
 * correlation, that larger one is used and a caveat says so: V can even be negative. Asymptotic in the number of
 * levels of both ways, and conservative by design with few: the degrees of freedom are the smaller facet's even where the
 * other carries the variance, so that 40 items × 3 prompts cover 0.99. Refuses fewer than 2 levels either way, and values
 * that are all equal.
 *
 * For 0/1 scores at a rate of 0.05 t alone covers 0.84 to 0.93: `twoWayAllowance` holds 95 % there. Without `range` the interval may
 * leave that of a score.
 *
 * twoWayClusterMean({ values: [1, 0, 1, 1, 0, 0, 1, 1, 0], first: [1, 1, 1, 2, 2, 2, 3, 3, 3], second: [1, 2, 3, 1, 2, 3, 1, 2, 3], level: 0.95 })
 *   .standardError // => 0.22222…
 */
export function twoWayClusterMean({ values, first, second, range, level }: TwoWayClusterOptions): Outcome {
  checkLevel(level)
  if (range !== undefined) checkRange(values, range)
  checkCodes(first, values.length)
  checkCodes(second, values.length)
  const [one, other] = [wayOf(values, first), wayOf(values, second)]
  const smaller = Math.min(one.totals.count, other.totals.count)
  if (smaller < 2) return notEstimable('too-few-values', { needed: 2, given: smaller })
  const cells = clusterTotals(values, cellCodes(first, second))
  if (cells.constant) return notEstimable('no-variation', { n: smaller, value: cells.mean })
  const [ofFirst, ofSecond] = [one.robust.variance, other.robust.variance]
  const sum = ofFirst + ofSecond - clusterRobustVariance(cells, 'cr1').variance
  const larger = Math.max(ofFirst, ofSecond)
  if (!(larger > 1e-28 * Math.max(1, cells.mean ** 2))) {
    return notEstimable('no-variation-between-clusters', { n: smaller })
  }
  const variance = Math.max(sum, larger)
  const standardError = Math.sqrt(variance)
  const degreesOfFreedom = smaller - 1
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * standardError
  const floored: readonly Caveat[] =
    sum < larger ? [{ code: 'two-way-variance-floored', severity: 'note', values: { sum, larger } }] : []
  const interval: Interval = {
    lower: cells.mean - margin,
    upper: cells.mean + margin,
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
  const [rows, columns] = [one.totals.count, other.totals.count]
  const firstIsFiner = rows > columns || (rows === columns && ofFirst > ofSecond)
  const wider = twoWayAllowance({
    finer: firstIsFiner ? one : other,
    coarser: firstIsFiner ? other : one,
    values,
    range,
    value: cells.mean,
    variance,
    degreesOfFreedom,
    interval,
  })
  return {
    kind: 'estimate',
    value: cells.mean,
    standardError,
    degreesOfFreedom,
    interval: wider.interval,
    n: smaller,
    method: `two-way-cluster-robust-t${methodSuffix(wider.caveats)}`,
    assumptions: ['facets-drawn-at-random', 'mean-approximately-normal'],
    caveats: [...fewClusters(smaller), ...floored, ...wider.caveats],
  }
}

function wayOf(values: ArrayLike<number>, codes: ArrayLike<number>): Way {
  const totals = clusterTotals(values, codes)
  return { totals, robust: clusterRobustVariance(totals, 'cr1') }
}

function methodSuffix([caveat]: readonly Caveat[]): string {
  if (caveat === undefined) return ''
  return caveat.code === 'interval-allows-for-skewness' ? '-with-skewness' : '-with-ends'
}

/** One code per pair of codes, numbered in the order of the pairs. */
function cellCodes(first: ArrayLike<number>, second: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: first.length }, (_, row) => row).sort(
    (a, b) => (first[a] ?? 0) - (first[b] ?? 0) || (second[a] ?? 0) - (second[b] ?? 0),
  )
  const codes = new Int32Array(first.length)
  let code = 0
  for (let at = 0; at < order.length; at++) {
    const [row = 0, before = 0] = [order[at], order[at - 1]]
    if (at > 0 && (first[row] !== first[before] || second[row] !== second[before])) code++
    codes[row] = code
  }
  return codes
}
