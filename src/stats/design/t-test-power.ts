/** Exact power of t tests on normal values, and the sizes that reach a wanted power. */
import { checkAlpha, checkCountable, checkPower } from '../check-inputs.ts'
import { noncentralTUpperTail } from '../distributions/noncentral-t.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { fail } from '../fail.ts'

export interface TTestDesign {
  /** True mean, mean difference of pairs, or difference of two means, in units of the score. */
  readonly effect: number
  /** Of the values, of the pairs' differences, or within each of two groups. */
  readonly standardDeviation: number
  /** `one`: one sample, or pairs. `two`: two independent groups of equal size. */
  readonly samples: 'one' | 'two'
  readonly alpha: number
  readonly alternative: 'two-sided' | 'one-sided'
}

/**
 * Probability that the t test rejects: P(T > t_crit), and for a two-sided test P(T < −t_crit) as well, with T noncentral t.
 *
 * df = n − 1 and noncentrality effect·√n/σ for one sample, 2n − 2 and effect·√(n/2)/σ for two groups of n each (Cohen 1988,
 * exact). A one-sided test is towards the sign of the effect. Assumes normal values; for 0/1 scores on pairs use
 * `mcnemarPower`. `n` may be fractional, as in planning; at least 2.
 *
 * tTestPower({ effect: 0.5, standardDeviation: 1, samples: 'two', n: 64, alpha: 0.05, alternative: 'two-sided' }) // => 0.80145955…
 */
export function tTestPower(options: TTestDesign & { readonly n: number }): number {
  const { effect, standardDeviation, samples, n, alpha, alternative } = options
  checkDesign(options)
  if (!(n >= 2)) fail('items-out-of-range', { n }, 'pass at least 2 values per group')
  const df = samples === 'one' ? n - 1 : 2 * n - 2
  const noncentrality = (Math.abs(effect) / standardDeviation) * Math.sqrt(samples === 'one' ? n : n / 2)
  return powerOfT({ noncentrality, df, alpha, alternative })
}

/** Power of any t test from the true effect in standard errors. */
export function powerOfT({
  noncentrality,
  df,
  alpha,
  alternative,
}: {
  readonly noncentrality: number
  readonly df: number
  readonly alpha: number
  readonly alternative: 'two-sided' | 'one-sided'
}): number {
  if (alternative === 'one-sided') {
    return noncentralTUpperTail({ t: studentTUpperQuantile(alpha, df), df, noncentrality })
  }
  const t = studentTUpperQuantile(alpha / 2, df)
  // On the other side T exceeds t > 0 only if Z exceeds δ, which no double holds beyond 40.
  const opposite = noncentrality > 40 ? 0 : noncentralTUpperTail({ t, df, noncentrality: -noncentrality })
  return Math.min(1, noncentralTUpperTail({ t, df, noncentrality }) + opposite)
}

/**
 * Smallest size per group with at least the wanted power; `exact` is the fractional size at which it is met.
 *
 * tTestSize({ effect: 0.2, standardDeviation: 1, samples: 'one', alpha: 0.05, alternative: 'two-sided', power: 0.8 }).size // => 199
 */
export function tTestSize(options: TTestDesign & { readonly power: number }): {
  readonly size: number
  readonly exact: number
} {
  checkDesign(options)
  checkPower(options.power, options.alpha)
  if (options.effect === 0) fail('effect-out-of-range', { effect: 0 }, 'pass the smallest difference worth finding')
  const reaches = (n: number): boolean => tTestPower({ ...options, n }) >= options.power
  let high = 2
  while (!reaches(high)) {
    high *= 2
    checkCountable({ n: high })
  }
  if (high === 2) return { size: 2, exact: 2 }
  let low = high / 2
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2
    if (reaches(middle)) high = middle
    else low = middle
  }
  const size = Math.ceil(high)
  // The last bit of the bisection must not ask for one more.
  return { size: reaches(size - 1) ? size - 1 : size, exact: high }
}

function checkDesign({ effect, standardDeviation, alpha }: TTestDesign): void {
  checkAlpha(alpha)
  if (!Number.isFinite(effect)) fail('effect-out-of-range', { effect }, 'pass a finite difference')
  if (!(standardDeviation > 0 && standardDeviation < Number.POSITIVE_INFINITY)) {
    fail('standard-deviation-out-of-range', { standardDeviation }, 'pass a finite number above 0')
  }
}
