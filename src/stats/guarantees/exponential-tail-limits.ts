/** Limits for a far quantile of an exponential tail, in units of its estimated slope above the threshold. */
import { betaCdf, betaQuantile } from '../distributions/beta.ts'
import { chiSquaredCdf, chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { normalCdf, normalDensity, normalQuantile, normalUpperTail } from '../distributions/normal.ts'
import { gaussLegendre } from '../special/gauss-legendre.ts'

/** Beyond it a normal deviate lies with probability 1e-12. */
const mostDeviation = 7

export interface ExponentialTail {
  /** k largest of m values, above the next of them as threshold. */
  readonly tailSize: number
  readonly tested: number
  /** n: the quantile is the one that one value in n exceeds. */
  readonly queries: number
  readonly level: number
}

/**
 * Quantiles of T = (Q − u)/β̂ = k (ln n + ln U)/G, exact under an exponential tail: the share U of values beyond the threshold u is
 * Beta(k + 1, m − k) as an order statistic of uniform values, and kβ̂/β is an independent Gamma(k) deviate G (Rényi 1953).
 *
 * Limits that take the threshold as known and let β̂ err alone are too short near the test set: 500 values forecast for 1,000 cover 0.9375
 * for 0.95.
 */
export function exponentialTailLimits({ tailSize: k, tested: m, queries, level }: ExponentialTail): {
  readonly lower: number
  readonly upper: number
} {
  const tail = (1 - level) / 2
  const known = new Map<number, number>()
  /** ln n + ln U where U takes its quantile at Φ(z). */
  const reach = (z: number): number => {
    const before = known.get(z)
    if (before !== undefined) return before
    const value = Math.log(queries) + Math.log(betaQuantile({ p: normalCdf(z), a: k + 1, b: m - k }))
    known.set(z, value)
    return value
  }
  const part = (from: number, to: number, share: (reach: number) => number): number =>
    gaussLegendre({ from, to, panels: 3, f: (z) => normalDensity(z) * share(reach(z)) })
  // Where U = 1/n the quantile is the threshold itself.
  const even = normalQuantile(betaCdf({ x: Math.min(1, 1 / queries), a: k + 1, b: m - k }))
  const split = Math.min(mostDeviation, Math.max(-mostDeviation, even))
  const shareAbove = (t: number): number =>
    t > 0
      ? part(split, mostDeviation, (ahead) => chiSquaredCdf(Math.max(0, (2 * k * ahead) / t), 2 * k))
      : normalUpperTail(split) +
        (t < 0
          ? part(-mostDeviation, split, (ahead) => chiSquaredUpperTail(Math.max(0, (2 * k * ahead) / t), 2 * k))
          : 0)
  const quantile = (share: number): number => {
    let [low, high] = [-1, 1]
    while (shareAbove(high) > share) high *= 2
    while (shareAbove(low) < share) low *= 2
    return falsePosition({ low, high, f: (t) => shareAbove(t) - share })
  }
  return { lower: quantile(1 - tail), upper: quantile(tail) }
}

/** A root of a falling function by the Illinois rule (Dowell and Jarratt 1971): few evaluations, where each costs an integral. */
function falsePosition({
  low,
  high,
  f,
}: {
  readonly low: number
  readonly high: number
  readonly f: (x: number) => number
}): number {
  let [a, b, fa, fb, side] = [low, high, f(low), f(high), 0]
  for (let step = 0; step < 200 && Math.abs(b - a) > 1e-12 * Math.max(1, Math.abs(a)); step++) {
    const x = (a * fb - b * fa) / (fb - fa)
    const fx = f(x)
    if (Math.abs(fx) < 1e-14) return x
    if (fx > 0) {
      ;[a, fa] = [x, fx]
      if (side === 1) fb /= 2
      side = 1
    } else {
      ;[b, fb] = [x, fx]
      if (side === -1) fa /= 2
      side = -1
    }
  }
  return (a + b) / 2
}
