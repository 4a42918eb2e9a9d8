/** What k attempts are worth: at least one success, all successes, or a share of them. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkCodes, checkLevel } from './check-inputs.ts'
import type { ClusterCodes } from './clusters.ts'
import { fail } from './fail.ts'
import { withLeftOut } from './flip-rate.ts'
import { notEstimable, type Outcome } from './result.ts'
import { logGamma } from './special/log-gamma.ts'

export interface Attempts {
  /** Attempts made. */
  readonly n: number
  /** Successes among them. */
  readonly c: number
  /** Attempts asked about, at most n. */
  readonly k: number
}

/**
 * P(at least one success in k attempts drawn without replacement from the n made) = 1 − C(n − c, k)/C(n, k), the unbiased
 * estimate (Chen et al. 2021). Never 1 − (1 − c/n)^k, which is biased down. Needs n ≥ k.
 *
 * passAtK({ n: 10, c: 3, k: 5 }) // => 0.91666666…
 */
export function passAtK({ n, c, k }: Attempts): number {
  check({ n, c, k })
  if (n - c < k) return 1
  let none = 1
  for (let j = n - c + 1; j <= n; j++) none *= 1 - k / j
  return 1 - none
}

/**
 * P(all k attempts succeed) = C(c, k)/C(n, k), pass^k (Yao et al. 2024, τ-bench): reliability rather than luck.
 *
 * passHatK({ n: 10, c: 8, k: 4 }) // => 0.33333333…
 */
export function passHatK({ n, c, k }: Attempts): number {
  check({ n, c, k })
  if (c < k) return 0
  let all = 1
  for (let j = 0; j < k; j++) all *= (c - j) / (n - j)
  return all
}

/**
 * P(at least ⌈τk⌉ of k attempts succeed), G-Pass@k (Liu et al. 2024): a hypergeometric tail. τ = 1 is pass^k, τ → 0 is pass@k.
 *
 * gPassAtK({ n: 16, c: 10, k: 8, tau: 0.75 }) // => 0.30419580…
 */
export function gPassAtK({ n, c, k, tau }: Attempts & { readonly tau: number }): number {
  check({ n, c, k })
  if (!(tau > 0 && tau <= 1)) fail('tau-out-of-range', { tau }, 'pass a share above 0 and up to 1')
  // 0.7 · 10 is 7.000000000000001 in doubles and must not ask for 8 successes.
  const least = Math.max(1, Math.ceil(tau * k - 1e-9))
  if (n - c <= k - least) return 1
  let sum = 0
  for (let j = Math.max(least, k - (n - c)); j <= Math.min(c, k); j++) {
    sum += Math.exp(logChoose(c, j) + logChoose(n - c, k - j) - logChoose(n, k))
  }
  return Math.min(1, sum)
}

export type PassEstimand =
  | { readonly name: 'pass@k' }
  | { readonly name: 'pass^k' }
  | { readonly name: 'g-pass@k'; readonly tau: number }

export interface MeanPassOptions {
  /** Attempts and successes per item, parallel. */
  readonly attempts: ArrayLike<number>
  readonly successes: ArrayLike<number>
  /** Cluster code per item; `undefined` where items are independent. */
  readonly clusters: ClusterCodes
  readonly k: number
  readonly estimand: PassEstimand
  readonly level: number
}

/**
 * pass@k, pass^k or G-pass@k averaged over items, with `boundedMeanInterval` over items (which includes the noise of
 * attempts). Items with fewer than k attempts are left out and counted in a caveat; more attempts than were made need a
 * model, not this function.
 *
 * meanPassAtK({ attempts: [10, 10], successes: [3, 10], clusters: undefined, k: 5, estimand: { name: 'pass@k' }, level: 0.95 }).value // => 0.95833333…
 */
export function meanPassAtK({ attempts, successes, clusters, k, estimand, level }: MeanPassOptions): Outcome {
  checkLevel(level)
  if (attempts.length !== successes.length) {
    fail('lengths-differ', { attempts: attempts.length, successes: successes.length }, 'pass both for every item')
  }
  if (clusters !== undefined) checkCodes(clusters, attempts.length)
  const values: number[] = []
  const kept: number[] = []
  for (let item = 0; item < attempts.length; item++) {
    const n = attempts[item] ?? Number.NaN
    const c = successes[item] ?? Number.NaN
    check({ n, c, k: Math.min(k, n) })
    if (n < k) continue
    values.push(passOf({ n, c, k }, estimand))
    if (clusters !== undefined) kept.push(clusters[item] ?? 0)
  }
  const leftOut = attempts.length - values.length
  if (values.length === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: k })
  const outcome = boundedMeanInterval({
    values,
    clusters: clusters === undefined ? undefined : kept,
    range: { lower: 0, upper: 1 },
    level,
  })
  const method = { 'pass@k': 'pass-at-k', 'pass^k': 'pass-hat-k', 'g-pass@k': 'g-pass-at-k' }[estimand.name]
  return withLeftOut(outcome, { method, leftOut, needed: k })
}

function passOf(attempts: Attempts, estimand: PassEstimand): number {
  switch (estimand.name) {
    case 'pass@k':
      return passAtK(attempts)
    case 'pass^k':
      return passHatK(attempts)
    case 'g-pass@k':
      return gPassAtK({ ...attempts, tau: estimand.tau })
    default:
      return estimand satisfies never
  }
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

/** Products and sums run over attempts one by one. */
const mostAttempts = 1e8

function check({ n, c, k }: Attempts): void {
  const whole = Number.isInteger(n) && Number.isInteger(c) && Number.isInteger(k)
  if (!whole || c < 0 || c > n || k < 1 || k > n || n > mostAttempts) {
    fail('attempts-out-of-range', { n, c, k }, 'pass whole numbers with 0 ≤ c ≤ n and 1 ≤ k ≤ n ≤ 10^8')
  }
}
