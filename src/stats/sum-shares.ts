/** Shares of a sum of n independent draws at the few places that quantiles ask for. */
import { convolutionPower, sumWindow } from './convolution-power.ts'

export interface SumShares {
  /** Sums that can occur, up to 1e-17 in all. */
  readonly from: number
  readonly to: number
  /** P(S ≤ k). */
  upTo(k: number): number
  /** P(S = k). */
  at(k: number): number
}

/** More waves than these cost more at each place than a transform costs for all of them. */
const mostWaves = 512
/** Frequencies with a logarithm below this add nothing to a probability. */
const negligible = -80

/**
 * The sum of n draws from a distribution on 0, 1, … span, by inversion of its characteristic function φ.
 *
 * With N > `to − from` points, ω_j = 2πj/N and w_j e^{ia_j} = φ(ω_j)ⁿ/N,
 *
 *   P(S = k) = Σ_j w_j cos(a_j + ω_j k),   P(S ≤ k) = Σ_j w_j cos(a_j + ω_j (from + k)/2) sin(ω_j L/2)/sin(ω_j/2)
 *
 * for L = k − from + 1 (Dirichlet's kernel), each to about 5e-17 n. φⁿ is negligible except near 0 for all but small n: 14,042
 * scores on five marks leave some 70 of 2,048 frequencies. Where more are left, the distribution comes from a transform.
 *
 * sumShares(Float64Array.of(0.5, 0.5), 2).upTo(1) // => 0.75
 */
export function sumShares(probabilities: Float64Array, n: number): SumShares {
  const { from, length, center, size } = sumWindow(probabilities, n)
  const waves = wavesOf({ probabilities, n, center, size })
  if (waves === undefined) return transformed(probabilities, n)
  const { count, weights, angles, frequencies } = waves
  const origin = n * center
  return {
    from,
    to: from + length - 1,
    at: (k) => {
      let share = 0
      for (let j = 0; j < count; j++) {
        share += (weights[j] ?? 0) * Math.cos((angles[j] ?? 0) + (frequencies[j] ?? 0) * (k - origin))
      }
      return Math.max(0, share)
    },
    upTo: (k) => {
      if (k < from) return 0
      const places = k - from + 1
      const middle = (from + k) / 2 - origin
      // The frequency 0 adds the same weight at every place.
      let share = places * (weights[0] ?? 0)
      for (let j = 1; j < count; j++) {
        const half = (frequencies[j] ?? 0) / 2
        const kernel = Math.sin(half * places) / Math.sin(half)
        share += (weights[j] ?? 0) * Math.cos((angles[j] ?? 0) + 2 * half * middle) * kernel
      }
      return Math.min(1, Math.max(0, share))
    },
  }
}

interface Waves {
  readonly count: number
  readonly weights: Float64Array
  readonly angles: Float64Array
  readonly frequencies: Float64Array
}

/** The frequencies of which φⁿ is not negligible, 0 first; undefined where they are many. */
function wavesOf(options: {
  readonly probabilities: Float64Array
  readonly n: number
  readonly center: number
  readonly size: number
}): Waves | undefined {
  const { probabilities, n, center, size } = options
  const places: number[] = []
  const shares: number[] = []
  for (let k = 0; k < probabilities.length; k++) {
    const share = probabilities[k] ?? 0
    if (share === 0) continue
    places.push(k - center)
    shares.push(share)
  }
  const { gap, product } = commonPair(places, shares)
  // |φ|² = 1 − 4 Σ p_a p_b sin²(ω(a − b)/2), summed over pairs: any one of them bounds it.
  const mostSine = -Math.expm1((2 * negligible) / n) / (4 * product)
  const weights = new Float64Array(mostWaves)
  const angles = new Float64Array(mostWaves)
  const frequencies = new Float64Array(mostWaves)
  let count = 0
  for (let j = 0; 2 * j <= size; j++) {
    const frequency = (2 * Math.PI * j) / size
    const sine = Math.sin((frequency * gap) / 2)
    if (sine * sine > mostSine) continue
    let [re, im] = [0, 0]
    for (let a = 0; a < places.length; a++) {
      const angle = frequency * (places[a] ?? 0)
      re += (shares[a] ?? 0) * Math.cos(angle)
      im -= (shares[a] ?? 0) * Math.sin(angle)
    }
    const logSize = 0.5 * n * Math.log(re * re + im * im)
    if (!(logSize > negligible)) continue
    if (count === mostWaves) return undefined
    // Every frequency but the first and the one in the middle stands for its opposite too.
    weights[count] = (Math.exp(logSize) * (j === 0 || 2 * j === size ? 1 : 2)) / size
    // The argument is multiplied by n: reduced first, it would lose n times its rounding either way.
    angles[count] = n * Math.atan2(im, re)
    frequencies[count++] = frequency
  }
  return { count, weights, angles, frequencies }
}

/** Distance of the two commonest places, and the product of their shares. */
function commonPair(places: readonly number[], shares: readonly number[]): { gap: number; product: number } {
  let [first, second] = [0, 1]
  if ((shares[1] ?? 0) > (shares[0] ?? 0)) [first, second] = [1, 0]
  for (let a = 2; a < places.length; a++) {
    const share = shares[a] ?? 0
    if (share > (shares[first] ?? 0)) [first, second] = [a, first]
    else if (share > (shares[second] ?? 0)) second = a
  }
  return {
    gap: Math.abs((places[first] ?? 0) - (places[second] ?? 0)),
    product: (shares[first] ?? 0) * (shares[second] ?? 0),
  }
}

function transformed(probabilities: Float64Array, n: number): SumShares {
  const { from, probabilities: shares } = convolutionPower(probabilities, n)
  const cumulative = new Float64Array(shares.length)
  let sum = 0
  for (let k = 0; k < shares.length; k++) {
    sum += shares[k] ?? 0
    cumulative[k] = sum
  }
  return {
    from,
    to: from + shares.length - 1,
    at: (k) => (shares[k - from] ?? 0) / sum,
    upTo: (k) => (k < from ? 0 : (cumulative[Math.min(k - from, shares.length - 1)] ?? 0) / sum),
  }
}
