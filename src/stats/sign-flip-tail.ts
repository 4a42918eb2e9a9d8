/** P(Σ ±a_i ≥ target), or of |Σ ±a_i|, over independent fair signs: exactly where affordable, or by simulation. */
import type { Random } from '../random/index.ts'
import { binomialUpperTail } from './distributions/binomial.ts'
import { findLattice } from './lattice.ts'
import { aboutAHundred, type OnProgress } from './progress.ts'
import { tiltedSubsetTail } from './tilted-subset-tail.ts'

export interface SignFlipTail {
  /** Never below the smallest positive double. */
  readonly p: number
  readonly method: 'binomial' | 'dynamic-programming' | 'tilted-convolution' | 'enumeration' | 'monte-carlo'
  readonly resolution: number
}

interface Signs {
  /** The a_i, positive, ascending; at least one. */
  readonly sizes: Float64Array
  readonly target: number
  /** `both`: the probability of |Σ ±a| ≥ |target|, which the symmetry of the sum makes twice the upper tail. */
  readonly sides: 'upper' | 'both'
}

/** Most additions that dynamic programming may take: about 0.3 s. Below `quick` nothing is faster. */
const affordable = 3e8
const quick = 1e6

export interface SampledSigns extends Signs {
  readonly draws: number
  readonly random: Random
}

/** Exact where one of the exact methods is affordable, simulated otherwise. */
export function signFlipTail(signs: SampledSigns, onProgress?: OnProgress): SignFlipTail {
  return exactSignFlipTail(signs) ?? sampledSignFlipTail(signs, onProgress)
}

/** The exact probability, or `undefined` where none of the exact methods is affordable. */
export function exactSignFlipTail(signs: Signs): SignFlipTail | undefined {
  const upper = exactUpperTail(signs.sides === 'both' ? { ...signs, target: Math.abs(signs.target) } : signs)
  if (upper === undefined) return undefined
  const factor = signs.sides === 'both' ? 2 : 1
  const resolution = Math.max(Number.MIN_VALUE, factor * 2 ** -signs.sizes.length)
  return { p: Math.max(resolution, Math.min(1, factor * upper.p)), method: upper.method, resolution }
}

function exactUpperTail({ sizes, target }: Signs): Pick<SignFlipTail, 'p' | 'method'> | undefined {
  const m = sizes.length
  // The origin belongs to the grid: a sign flip moves a sum by twice its size, from −a to a.
  const places = new Float64Array(m + 1)
  places.set(sizes, 1)
  const lattice = findLattice(places, 1e6)
  if (lattice !== undefined) {
    const steps = lattice.steps.subarray(1)
    const total = steps.reduce((sum, step) => sum + step, 0)
    // Σ ±a = total − 2T, T the sum of the sizes with a minus: the tail is P(T ≤ most).
    const place = target / lattice.step
    const most = Math.floor((total - Math.ceil(place - 1e-9 * Math.max(1, Math.abs(place)))) / 2)
    if (steps[0] === steps[m - 1]) {
      const minuses = Math.floor(most / (steps[0] ?? 1))
      return { p: minuses < 0 ? 0 : binomialUpperTail({ k: m - minuses, n: m, p: 0.5 }), method: 'binomial' }
    }
    const additions = m * Math.min(most, total - most)
    if (additions > quick) {
      const p = tiltedSubsetTail({ steps, total, most })
      if (p !== undefined) return { p, method: 'tilted-convolution' }
    }
    if (additions <= affordable) return { p: subsetTail({ steps, total, most }), method: 'dynamic-programming' }
  }
  return m <= 20 ? { p: enumeratedTail({ sizes, target }), method: 'enumeration' } : undefined
}

/** P(T ≤ most) for T = Σ a_i B_i with fair B_i: one pass over the distribution per size, in probabilities. */
function subsetTail({ steps, total, most }: { steps: Int32Array; total: number; most: number }): number {
  if (most < 0) return 0
  // T is symmetric about total/2: the shorter tail is computed, which also keeps small p accurate.
  if (2 * most >= total) return 1 - subsetTail({ steps, total, most: total - most - 1 })
  const probabilities = new Float64Array(most + 1)
  probabilities[0] = 1
  let [lowest, highest] = [0, 0]
  for (const step of steps) {
    highest = Math.min(most, highest + step)
    for (let t = highest; t >= lowest; t--) {
      const moved = t - step >= lowest ? (probabilities[t - step] ?? 0) : 0
      probabilities[t] = ((probabilities[t] ?? 0) + moved) / 2
    }
    // Shares below 1e-290 would slow the processor down and can never matter to a p-value above 1e-280.
    while (lowest < highest && (probabilities[lowest] ?? 0) < 1e-290) probabilities[lowest++] = 0
  }
  let sum = 0
  for (const probability of probabilities) sum += probability
  return sum
}

/** All 2^m sums, as pairs of the 2^(m/2) sums of two halves: sorted once, counted by bisection. */
function enumeratedTail({ sizes, target }: Pick<Signs, 'sizes' | 'target'>): number {
  const half = sizes.length >> 1
  const left = signedSums(sizes.subarray(0, half))
  const right = signedSums(sizes.subarray(half)).sort()
  let scale = 0
  for (const size of sizes) scale += size
  let count = 0
  for (const sum of left) {
    // Equal totals reached by different orders of addition must count as equal.
    const needed = target - sum - 1e-11 * scale
    let [low, high] = [0, right.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((right[middle] ?? 0) < needed) low = middle + 1
      else high = middle
    }
    count += right.length - low
  }
  return count / (left.length * right.length)
}

/** The 2^k sums of k sizes with all signs; entry b has a plus where bit i of b is set. */
function signedSums(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** sizes.length)
  // Each size doubles the table: every entry is still summed from the first size to the last.
  for (let i = 0, filled = 1; i < sizes.length; i++, filled *= 2) {
    const size = sizes[i] ?? 0
    for (let bits = 0; bits < filled; bits++) {
      const sum = sums[bits] ?? 0
      sums[filled + bits] = sum + size
      sums[bits] = sum - size
    }
  }
  return sums
}

/**
 * (1 + b)/(1 + B), b of B simulated sums being as large as the target.
 *
 * Sizes are taken eight at a time with a table of their 256 signed sums: one byte of randomness and one addition per
 * eight signs.
 */
export function sampledSignFlipTail(
  { sizes, target, sides, draws, random }: SampledSigns,
  onProgress?: OnProgress,
): SignFlipTail {
  const bytes = Math.ceil(sizes.length / 8)
  const width = Math.ceil(bytes / 4)
  // Four tables a word; those past the last size hold zeros.
  const tables = new Float64Array(width * 1024)
  let scale = 0
  for (let byte = 0; byte < bytes; byte++) {
    const part = sizes.subarray(8 * byte, 8 * byte + 8)
    const sums = signedSums(part)
    for (let bits = 0; bits < 256; bits++) tables[256 * byte + bits] = sums[bits & (sums.length - 1)] ?? 0
    for (const size of part) scale += size
  }
  // Words of many draws at a time: filling a few of them costs more in calls than in numbers. One draw more has room, as
  // draws are summed in twos.
  const block = Math.max(1, Math.floor(4096 / width))
  const words = new Uint32Array(width * (Math.min(block, draws) + 1))
  const threshold = (sides === 'both' ? Math.abs(target) : target) - 1e-11 * scale
  let asLarge = 0
  const tell = aboutAHundred(draws, onProgress)
  const isLarge = (sum: number): boolean => sum >= threshold || (sides === 'both' && -sum >= threshold)
  for (let start = 0; start < draws; start += block) {
    const count = Math.min(block, draws - start)
    random.fillIntegers(words.subarray(0, width * count), 2 ** 32)
    for (let draw = 0; draw < count; draw += 2) {
      tell(start + draw)
      if (draw + 1 < count) tell(start + draw + 1)
      const first = draw * width
      let [sum, next] = [0, 0]
      // Two sums at a time: additions of one wait for one another, those of the other do not.
      for (let at = 0; at < width; at++) {
        const bits = words[first + at] ?? 0
        const other = words[first + width + at] ?? 0
        const table = 1024 * at
        sum += tables[table + (bits & 255)] ?? 0
        next += tables[table + (other & 255)] ?? 0
        sum += tables[table + 256 + ((bits >>> 8) & 255)] ?? 0
        next += tables[table + 256 + ((other >>> 8) & 255)] ?? 0
        sum += tables[table + 512 + ((bits >>> 16) & 255)] ?? 0
        next += tables[table + 512 + ((other >>> 16) & 255)] ?? 0
        sum += tables[table + 768 + (bits >>> 24)] ?? 0
        next += tables[table + 768 + (other >>> 24)] ?? 0
      }
      if (isLarge(sum)) asLarge++
      if (draw + 1 < count && isLarge(next)) asLarge++
    }
  }
  return { p: (1 + asLarge) / (1 + draws), method: 'monte-carlo', resolution: 1 / (1 + draws) }
}
