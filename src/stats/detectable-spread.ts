/** How large a spread over variants a design can tell from none. */
import { checkLevel } from './check-inputs.ts'
import { fail } from './fail.ts'
import { rangePower, rangeUpperPoint } from './range-of-normals.ts'

export interface SpreadDesign {
  readonly variants: number
  /** Independent items, or clusters of items, each scored under every variant. */
  readonly units: number
  /** Variance of one unit's score from variant to variant that is not the variant's own effect (σ² of the residual). */
  readonly variance: number
  /** 1 − error rate of the test of the spread. */
  readonly level: number
  /** Wanted probability of finding the spread. */
  readonly power: number
}

/**
 * Smallest true spread (best minus worst variant, the others half-way) that the test of the observed range finds with
 * the wanted power: the least favourable pattern of effects with that spread.
 *
 * Means of K variants over n shared units have independent normal errors of variance σ²/n once the units' own means are
 * taken out; the critical range is q_K √(σ²/n), q_K the upper point of the range of K standard normals. Normal
 * approximation: for small n treat it as a guide.
 *
 * detectableSpread({ variants: 10, units: 100, variance: 0.08, level: 0.95, power: 0.8 }) // => 0.15274…
 */
export function detectableSpread({ variants, units, variance, level, power }: SpreadDesign): number {
  checkLevel(level)
  if (!(units > 0)) fail('units-out-of-range', { units }, 'pass at least 1 unit')
  if (!(variance >= 0)) fail('variance-out-of-range', { variance }, 'pass a variance of at least 0')
  const tail = 1 - level
  if (!(power > tail && power < 1)) fail('power-out-of-range', { power, level }, 'pass a number such as 0.8')
  const range = rangeUpperPoint({ tail, count: variants })
  let [low, high] = [0, range]
  while (rangePower({ range, count: variants, gap: high }) < power) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (rangePower({ range, count: variants, gap: middle }) < power) low = middle
    else high = middle
  }
  return high * Math.sqrt(variance / units)
}
