/** P(Σ a_i B_i ≤ most) for whole numbers a_i and fair coins B_i, precise far into the tail. */
import { sumReach } from './convolution-power.ts'

export interface SubsetSum {
  /** The a_i, positive whole numbers. */
  readonly steps: Int32Array
  /** Their sum. */
  readonly total: number
  readonly most: number
}

/** Most products of a point and a distinct size: about 0.2 s. */
const affordableProducts = 4e6
const largestTransform = 2 ** 20

/**
 * The tail by an exponentially tilted transform; undefined where that is not affordable.
 *
 * Tilted by e^{θt}, coin i comes up with probability p_i = 1/(1 + e^{−θ a_i}); θ < 0 is chosen so that the mean of the sum is
 * `most` itself (Esscher 1932). There the sum is likely, so a transform, whose error is absolute, gives its probabilities
 * with relative error about 1e-12, and P(T ≤ most) = e^{K(θ) − θ·most} Σ_{d ≥ 0} e^{θd} P_θ(T = most − d), however small.
 * With φ the characteristic function of T − most at the frequencies ω_j = 2πj/N of the N sums that can occur (Bernstein's
 * inequality, see `convolutionPower`), that sum is 1/N Σ_j Re φ_j Σ_d z_j^d for z_j = e^{θ + iω_j}: geometric in d, so that
 * no probability is needed, and no frequency at which φ is negligible.
 *
 * tiltedSubsetTail({ steps: Int32Array.of(1, 2, 3), total: 6, most: 1 }) // => 0.25
 */
export function tiltedSubsetTail({ steps, total, most }: SubsetSum): number | undefined {
  if (most < 0) return 0
  // The sum is symmetric about total/2: the shorter tail is computed, which also keeps small p accurate.
  if (2 * most >= total) {
    const other = tiltedSubsetTail({ steps, total, most: total - most - 1 })
    return other === undefined ? undefined : 1 - other
  }
  const sizes = countSizes(steps)
  const theta = tiltFor(sizes, most)
  const coins = sizes.map(({ size, count }) => ({ size, count, share: 1 / (1 + Math.exp(-theta * size)) }))
  const variance = coins.reduce((sum, { size, count, share }) => sum + count * size * size * share * (1 - share), 0)
  const largest = coins.reduce((size, coin) => Math.max(size, coin.size), 0)
  const reach = Math.ceil(sumReach({ largest, variance }))
  let points = 2
  while (points < 2 * reach + 1 && points <= total) points *= 2
  if (points > largestTransform || points * sizes.length > affordableProducts) return undefined
  // All sums fit the transform, or those further below than `reach` have no weight left.
  const sum = tiltedSum(coins, { points, most, theta, terms: (points > total ? most : Math.min(most, reach)) + 1 })
  // K(θ) = Σ ln((1 + e^{θa})/2) = −Σ ln(2(1 − p)).
  const cumulant = coins.reduce((value, { count, share }) => value - count * Math.log(2 * (1 - share)), 0)
  return Math.min(1, Math.exp(cumulant - theta * most + Math.log(sum)))
}

interface SizeCount {
  readonly size: number
  readonly count: number
}

interface Coin extends SizeCount {
  /** Probability of this coin under the tilt. */
  readonly share: number
}

function countSizes(steps: Int32Array): readonly SizeCount[] {
  const counts = new Map<number, number>()
  for (let i = 0; i < steps.length; i++) {
    const size = steps[i] ?? 0
    counts.set(size, (counts.get(size) ?? 0) + 1)
  }
  return [...counts].map(([size, count]) => ({ size, count })).sort((a, b) => a.size - b.size)
}

/** θ ≤ 0 with Σ count · size / (1 + e^{−θ size}) = most, to a few digits: any θ gives the same tail, this one best. */
function tiltFor(sizes: readonly SizeCount[], most: number): number {
  const target = Math.max(most, 0.5)
  const meanAt = (theta: number): number =>
    sizes.reduce((sum, { size, count }) => sum + (count * size) / (1 + Math.exp(-theta * size)), 0)
  let low = -1
  while (meanAt(low) > target) low *= 2
  let high = 0
  for (let step = 0; step < 60 && high - low > 1e-9 * Math.abs(low); step++) {
    const middle = (low + high) / 2
    if (meanAt(middle) > target) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** Σ_{d < terms} e^{θd} P_θ(T = most − d). */
function tiltedSum(
  coins: readonly Coin[],
  options: { readonly points: number; readonly most: number; readonly theta: number; readonly terms: number },
): number {
  const { points, most, theta, terms } = options
  let sum = 0
  for (let j = 0; j <= points / 2; j++) {
    const frequency = (2 * Math.PI * j) / points
    let logSize = 0
    let angle = -frequency * most
    for (const { size, count, share } of coins) {
      const sine = Math.sin((frequency * size) / 2)
      logSize += 0.5 * count * Math.log1p(-4 * share * (1 - share) * sine * sine)
      if (logSize < negligible) break
      const cosine = Math.cos((frequency * size) / 2)
      angle += count * Math.atan2(2 * share * sine * cosine, 1 - 2 * share * sine * sine)
    }
    // NaN where a fair coin cancels: its logarithm is −∞.
    if (!(logSize >= negligible)) continue
    const series = geometricSum({ theta, frequency, terms })
    // Every frequency but the first and the one in the middle stands for its opposite too.
    const weight = (Math.exp(logSize) * (j === 0 || 2 * j === points ? 1 : 2)) / points
    sum += weight * (Math.cos(angle) * series.re - Math.sin(angle) * series.im)
  }
  return sum
}

/** Σ_{d < terms} z^d = (1 − z^terms)/(1 − z) for z = e^{θ + iω}, θ ≤ 0. */
function geometricSum({ theta, frequency, terms }: { theta: number; frequency: number; terms: number }) {
  const over = oneMinusExp(theta * terms, frequency * terms)
  const under = oneMinusExp(theta, frequency)
  const size = under.re * under.re + under.im * under.im
  if (size === 0) return { re: terms, im: 0 }
  return {
    re: (over.re * under.re + over.im * under.im) / size,
    im: (over.im * under.re - over.re * under.im) / size,
  }
}

/** 1 − e^{x + iy}, without cancellation near 0. */
function oneMinusExp(x: number, y: number) {
  const half = Math.sin(y / 2)
  const size = Math.exp(x)
  return { re: -Math.expm1(x) + 2 * size * half * half, im: -size * Math.sin(y) }
}

/** ln of a modulus that adds nothing to a probability. */
const negligible = -80
