/** Exact test of a difference of two rates on the same items against a margin. */
import { binomialPmf, binomialUpperTail } from '../distributions/binomial.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { checkPairedTable, type PairedTable } from '../paired-table.ts'
import { notEstimable, type TestOutcome } from '../result.ts'
import { tangoScore } from '../tango.ts'

export interface PairedMarginOptions extends PairedTable {
  /** Difference A − B under test, between −1 and 1: −0.02 for "A is at most 2 points worse". */
  readonly nullDifference: number
  /** `greater`: the evidence is to show that the difference exceeds `nullDifference`. */
  readonly alternative: 'greater' | 'less'
}

/** Above this many pairs the sum over tables gives way to the normal tail of the score, which is then close to it. */
const largestExact = 1000

/**
 * Unconditional exact test of H0: p_A − p_B ≤ Δ₀ (`greater`) or ≥ Δ₀ (`less`), tables ordered by Tango's score.
 *
 * p = max over P(only B) = q of P(score ≥ the observed one), at the boundary Δ₀ (Tang, Tang and Chan 2003; Röhmel and
 * Mansmann 1999): the score grows with b and falls with c, so the boundary is the worst case. Never rejects too often,
 * at any n. The maximum is searched on 128 values of q and refined around the three highest. Above 1,000 pairs the
 * p-value is the normal tail of Tango's score (method `tango-score-test`), asymptotic. At Δ₀ = 0 `mcnemarExact` is the
 * conditional alternative. Assumes independent items. Refuses no pairs.
 *
 * pairedMarginTest({ both: 70, onlyA: 8, onlyB: 6, neither: 16, nullDifference: -0.1, alternative: 'greater' }).pValue // => 0.00339…
 */
export function pairedMarginTest(options: PairedMarginOptions): TestOutcome {
  const { nullDifference, alternative } = options
  const n = checkPairedTable(options)
  if (!(nullDifference > -1 && nullDifference < 1)) {
    fail('difference-out-of-range', { nullDifference }, 'pass a difference of rates between -1 and 1')
  }
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const oriented =
    alternative === 'greater'
      ? { b: options.onlyA, c: options.onlyB, n, difference: nullDifference }
      : { b: options.onlyB, c: options.onlyA, n, difference: -nullDifference }
  const score = scoreOf(oriented, oriented.b, oriented.c)
  const exact = n <= largestExact
  return {
    kind: 'test',
    statistic: alternative === 'greater' ? score : -score,
    pValue: exact ? largestTail(oriented, score) : normalUpperTail(score),
    alternative,
    nullValue: nullDifference,
    n,
    method: exact ? 'exact-unconditional-tango' : 'tango-score-test',
    assumptions: ['independent-pairs'],
    caveats: [],
  }
}

interface Oriented {
  readonly b: number
  readonly c: number
  readonly n: number
  readonly difference: number
}

function scoreOf({ n, difference }: Oriented, b: number, c: number): number {
  return tangoScore({ onlyA: b, onlyB: c, n, difference })
}

function largestTail(observed: Oriented, score: number): number {
  const { n, difference } = observed
  const least = smallestB(observed, score)
  const from = Math.max(0, -difference)
  const to = (1 - difference) / 2
  const tailAt = (q: number): number => tail({ n, difference, least, q })
  const grid = Array.from({ length: 129 }, (_, i) => from + ((to - from) * i) / 128)
  const values = grid.map(tailAt)
  const peaks = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
  let largest = values[peaks[0] ?? 0] ?? 1
  for (const peak of peaks.slice(0, 3)) {
    const left = grid[Math.max(0, peak - 1)] ?? from
    const right = grid[Math.min(128, peak + 1)] ?? to
    largest = Math.max(largest, maximum({ left, right, f: tailAt }))
  }
  return Math.min(1, largest)
}

/** For each c the smallest b whose table is as extreme; c + b may exceed n, which says that none is. */
function smallestB(observed: Oriented, score: number): Int32Array {
  const { n } = observed
  // Scores of equal tables reached by another path differ in their last bits.
  const threshold = score - 1e-10 * Math.max(1, Math.abs(score))
  const least = new Int32Array(n + 1)
  let start = 0
  for (let c = 0; c <= n; c++) {
    let [low, high] = [start - 1, n - c + 1]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (scoreOf(observed, middle, c) >= threshold) high = middle
      else low = middle
    }
    least[c] = Math.max(high, low + 1)
    start = Math.min(least[c] ?? 0, n)
  }
  // A region closed under "more b, fewer c" has its largest probability at the boundary of the null hypothesis.
  for (let c = n - 1; c >= 0; c--) least[c] = Math.min(least[c] ?? 0, least[c + 1] ?? 0)
  return least
}

interface Tail {
  readonly n: number
  readonly difference: number
  readonly least: Int32Array
  /** P(only B). */
  readonly q: number
}

function tail({ n, difference, least, q }: Tail): number {
  const p = Math.max(0, q + difference)
  const spread = 9 * Math.sqrt(n * q * (1 - q)) + 12
  const last = Math.min(n, Math.ceil(n * q + spread))
  let sum = 0
  for (let c = Math.max(0, Math.floor(n * q - spread)); c <= last; c++) {
    const weight = binomialPmf({ k: c, n, p: q })
    if (weight < 1e-20) continue
    const given = q === 1 ? 0 : Math.min(1, p / (1 - q))
    sum += weight * binomialUpperTail({ k: least[c] ?? 0, n: n - c, p: given })
  }
  return sum
}

/** Largest value met by a golden-section search: never less than what the maximum really is where there is one peak. */
function maximum({
  left,
  right,
  f,
}: {
  readonly left: number
  readonly right: number
  readonly f: (x: number) => number
}): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [a, b] = [left, right]
  let [x, y] = [b - ratio * (b - a), a + ratio * (b - a)]
  let [fx, fy] = [f(x), f(y)]
  for (let step = 0; step < 24; step++) {
    if (fx >= fy) {
      b = y
      ;[y, fy] = [x, fx]
      x = b - ratio * (b - a)
      fx = f(x)
    } else {
      a = x
      ;[x, fx] = [y, fy]
      y = a + ratio * (b - a)
      fy = f(y)
    }
  }
  return Math.max(fx, fy)
}
