/** Do two samples have the same quantile? A test that may be looked at as often as one likes while both grow. */
import { checkAlpha, checkFinite, checkPositive, checkRate } from '../check-inputs.ts'
import { notEstimable, type TestOutcome } from '../result.ts'
import { betaBinomialMixtureLogEvidence } from './beta-binomial-mixture.ts'

export interface QuantileComparisonOptions {
  readonly first: ArrayLike<number>
  readonly second: ArrayLike<number>
  /** Which quantile, above 0 and below 1: ½ for medians. */
  readonly probability: number
  /** Observations per sample at which the test is tightest. */
  readonly tightestAt: number
  /** Error rate for which it is tightest there; the p-value holds at every rate. */
  readonly errorRate: number
}

/**
 * Anytime-valid p of equal quantiles (Howard and Ramdas 2022, "Sequential estimation of quantiles with applications to A/B
 * testing and best-arm identification", §6): p = min(1, 1 / min_x M₁(x) M₂(x)).
 *
 * M_k(x) is the two-sided beta-binomial mixture of the share of sample k below x against `probability`; a common quantile x
 * makes the product a supermartingale. Between the shares below and up to x the one that fits best is taken, so that ties
 * cannot reject. Both samples are independent draws; they may grow at different paces. Statistic: ln of the smallest product.
 *
 * quantileComparison({ first: [1, 2, 3], second: [2, 3, 4], probability: 0.5, tightestAt: 100, errorRate: 0.05 }).pValue // => 1
 */
export function quantileComparison(options: QuantileComparisonOptions): TestOutcome {
  const { first, second, probability, tightestAt, errorRate } = options
  checkRate(probability)
  checkPositive({ tightestAt })
  checkAlpha(errorRate)
  checkFinite(first)
  checkFinite(second)
  const n = Math.min(first.length, second.length)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const samples = [first, second].map((values) => sampleOf(values, options))
  const pooled = Float64Array.from([Array.from(first), Array.from(second)].flat()).sort()
  let least = Number.POSITIVE_INFINITY
  for (const [at, x] of pooled.entries()) {
    if (at > 0 && x === pooled[at - 1]) continue
    const evidence = samples.reduce((sum, sample) => sum + sample(x), 0)
    if (evidence < least) least = evidence
  }
  return {
    kind: 'test',
    statistic: least,
    pValue: Math.min(1, Math.exp(-least)),
    alternative: 'two-sided',
    nullValue: 0,
    n,
    method: 'quantile-comparison-mixture',
    assumptions: ['independent-draws', 'constant-distribution', 'samples-independent'],
    caveats: [],
  }
}

/** ln M of one sample as a function of x, at the best share between those below and up to x. Points are asked in ascending order. */
function sampleOf(
  values: ArrayLike<number>,
  { probability: p, tightestAt, errorRate }: QuantileComparisonOptions,
): (x: number) => number {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  const variance = p * (1 - p)
  const at = (share: number): number =>
    betaBinomialMixtureLogEvidence({
      sum: (share - p) * n,
      time: variance * n,
      tightestAt: variance * tightestAt,
      errorRate,
      side: 'two-sided',
      below: p,
      above: 1 - p,
    })
  const best = bestShare(at)
  let [below, upTo] = [0, 0]
  return (x) => {
    while (below < n && (sorted[below] ?? 0) < x) below++
    upTo = Math.max(upTo, below)
    while (upTo < n && (sorted[upTo] ?? 0) <= x) upTo++
    return at(Math.min(upTo / n, Math.max(below / n, best)))
  }
}

/** Share of least evidence, by golden section: the evidence is convex in it. */
function bestShare(at: (share: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [0, 1]
  while (high - low > 1e-9) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (at(left) <= at(right)) high = right
    else low = left
  }
  return (low + high) / 2
}
