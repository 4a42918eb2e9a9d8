/** Tests whether two systems pass the same items equally often. */
import { binomialCdf, binomialPmf } from './distributions/binomial.ts'
import { checkPairedTable } from './paired-table.ts'
import type { Caveat, HypothesisTest } from './result.ts'

export interface McNemarOptions {
  /** Items that only A passed. */
  readonly onlyA: number
  /** Items that only B passed. */
  readonly onlyB: number
  /** `greater`: A passes more often than B. */
  readonly alternative: 'two-sided' | 'greater' | 'less'
}

/**
 * McNemar's test, exact: given m = b + c items on which the systems differ, b is Binomial(m, ½) if they are equally good.
 *
 * p = 2 P(X ≤ min(b, c)), at most 1; one-sided P(X ≥ b) or P(X ≤ b) (McNemar 1947; exact form Liddell 1983). Never rejects
 * too often, and for few differing items clearly less often than alpha; `mcnemarMidP` is closer to alpha. Equals the exact
 * sign-flip permutation test of 0/1 scores. `statistic` is b, `nullValue` the difference 0. `n` is m: items that both or neither passed carry no information on who is
 * better. With m = 0 the p-value is 1, with a caveat. Assumes independent items.
 *
 * mcnemarExact({ onlyA: 12, onlyB: 25, alternative: 'two-sided' }).pValue // => 0.0470310274…
 */
export function mcnemarExact(options: McNemarOptions): HypothesisTest {
  return test(options, 'mcnemar-exact')
}

/**
 * McNemar's test with the mid-p-value: the observed table counts half (Lancaster 1961; Fagerland, Lydersen and Laake 2013).
 *
 * Two-sided 2 P(X ≤ min) − P(X = min). Close to alpha, and over it by little and seldom; use `mcnemarExact` where the error
 * rate is promised.
 *
 * mcnemarMidP({ onlyA: 12, onlyB: 25, alternative: 'two-sided' }).pValue // => 0.0335524397…
 */
export function mcnemarMidP(options: McNemarOptions): HypothesisTest {
  return test(options, 'mcnemar-mid-p')
}

function test(options: McNemarOptions, method: 'mcnemar-exact' | 'mcnemar-mid-p'): HypothesisTest {
  const { onlyA, onlyB, alternative } = options
  const m = checkPairedTable({ both: 0, neither: 0, onlyA, onlyB })
  const twice = alternative === 'two-sided' ? 2 : 1
  const half = method === 'mcnemar-mid-p' && m > 0 ? 0.5 : 1
  const caveats: Caveat[] = m === 0 ? [{ code: 'no-discordant-pairs', severity: 'note', values: {} }] : []
  return {
    kind: 'test',
    statistic: onlyA,
    pValue: Math.min(1, twice * tail(options, m, half)),
    resolution: Math.min(1, twice * half * 0.5 ** m),
    alternative,
    nullValue: 0,
    n: m,
    method,
    assumptions: ['independent-pairs'],
    caveats,
  }
}

/** P(X ≤ k) for X ~ Binomial(m, ½), the observed count weighing `own`; k is the count that speaks against the alternative. */
function tail({ onlyA, onlyB, alternative }: McNemarOptions, m: number, own: number): number {
  const k = alternative === 'two-sided' ? Math.min(onlyA, onlyB) : alternative === 'greater' ? onlyB : onlyA
  if (k === 0) return own * 0.5 ** m
  return binomialCdf({ k, n: m, p: 0.5 }) - (1 - own) * binomialPmf({ k, n: m, p: 0.5 })
}
