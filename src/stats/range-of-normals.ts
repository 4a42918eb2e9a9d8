/**
 * The range (largest minus smallest) of independent standard normals: the studentized range with known variance.
 *
 * Integrals over the smallest value by the trapezoid rule, which converges exponentially for these smooth, fast
 * decaying integrands: 480 nodes on [−12, 12] give about 13 digits for counts up to 10,000.
 */
import { checkNumbers } from './check-inputs.ts'
import { normalDensity, normalUpperTail } from './distributions/normal.ts'
import { fail } from './fail.ts'

const lowest = -12
const highest = 12
const nodes = 480
const step = (highest - lowest) / nodes

/**
 * P(range > r) for `count` independent standard normals, with full relative accuracy in the tail.
 *
 * count ∫ φ(z) {[1 − Φ(z)]^(count−1) − [Φ(z + r) − Φ(z)]^(count−1)} dz (Pearson and Hartley 1942, Biometrika 32).
 *
 * rangeUpperTail({ range: 3.314493, count: 3 }) // => 0.05
 */
export function rangeUpperTail({ range, count }: { readonly range: number; readonly count: number }): number {
  checkCount(count)
  checkNumbers({ range })
  if (!(range > 0)) return 1
  let sum = 0
  for (let i = 0; i <= nodes; i++) {
    const z = lowest + i * step
    const above = normalUpperTail(z)
    if (above === 0) continue
    const ratio = normalUpperTail(z + range) / above
    sum -= normalDensity(z) * above ** (count - 1) * Math.expm1((count - 1) * Math.log1p(-ratio))
  }
  return Math.min(1, Math.max(0, count * sum * step))
}

/**
 * The r with P(range > r) = tail.
 *
 * rangeUpperPoint({ tail: 0.05, count: 10 }) // => 4.474124
 */
export function rangeUpperPoint({ tail, count }: { readonly tail: number; readonly count: number }): number {
  if (!(tail > 0 && tail < 1)) fail('tail-out-of-range', { tail }, 'pass a probability between 0 and 1, such as 0.05')
  let low = 0
  let high = 1
  while (rangeUpperTail({ range: high, count }) > tail) high *= 2
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2
    if (rangeUpperTail({ range: middle, count }) > tail) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * Expected range, ∫ [1 − Φ(x)^count − (1 − Φ(x))^count] dx (Tippett 1925).
 *
 * rangeMean(10) // => 3.077505
 */
export function rangeMean(count: number): number {
  checkCount(count)
  let sum = 0
  for (let i = 0; i <= nodes; i++) {
    const above = normalUpperTail(lowest + i * step)
    sum -= Math.expm1(count * Math.log1p(-above)) + above ** count
  }
  return sum * step
}

/**
 * P(range > r) when two of the normals lie `gap` apart (at ±gap/2) and the other `count` − 2 half-way between them:
 * the power of a range test against the least favourable pattern with that spread of means.
 *
 * rangePower({ range: 4.474124, count: 10, gap: 0 }) // => 0.05
 */
export function rangePower(options: { readonly range: number; readonly count: number; readonly gap: number }): number {
  const { range, count, gap } = options
  checkCount(count)
  checkNumbers({ range, gap })
  const half = gap / 2
  const between = count - 2
  let within = 0
  for (let i = 0; i <= nodes * 2; i++) {
    const z = lowest - half + (i * (highest - lowest + gap)) / (nodes * 2)
    // Which of the normals is the smallest, with the chance that each other one lies less than `range` above it.
    const low = normalUpperTail(z + half) - normalUpperTail(z + range + half)
    const high = normalUpperTail(z - half) - normalUpperTail(z + range - half)
    const middle = normalUpperTail(z) - normalUpperTail(z + range)
    const middles = middle ** between
    within += normalDensity(z - half) * low * middles
    within += normalDensity(z + half) * high * middles
    if (between > 0) within += between * normalDensity(z) * high * low * middle ** (between - 1)
  }
  return Math.min(1, Math.max(0, 1 - (within * (highest - lowest + gap)) / (nodes * 2)))
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 2) {
    fail('count-below-two', { count }, 'a range needs at least two values')
  }
}
