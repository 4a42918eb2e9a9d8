/** A t interval made to allow for skewness where scores have no declared range. */
import { normalUpperQuantile } from './distributions/normal.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import type { Caveat, Interval } from './result.ts'
import type { TwoValues } from './two-values.ts'

export interface SkewnessAllowanceOptions {
  /** How far each unit pulls the estimate off; their squares add up to the variance that units make. */
  readonly pulls: Float64Array
  /** Variance beside that: of the other way of a crossed table. */
  readonly otherVariance: number
  readonly value: number
  readonly degreesOfFreedom: number
  /** t interval of the sample. */
  readonly interval: Interval
  /** Where what the mean is of takes two values only: means of units lie between those. `undefined`: no mean, or not known. */
  readonly ends: TwoValues | undefined
}

export interface SkewnessAllowance {
  readonly interval: Interval
  readonly caveat: Caveat
}

/** As far again by half as the farthest unit seen: the next ones of a skewed kind lie beyond it. */
const beyond = 1.5
const mostSkewness = 0.1
/** Fewer units than this do not show that they are as skewed as an exponential. */
const leastUnits = 20

/**
 * Hull of the t interval and of the one with z² more units (z² = 3.84 at 95 %), half of them at each of the ends, or where those are not
 * known half 1.5 times as far out as the farthest unit on either side. As `endClustersInterval` does for a declared range.
 *
 * A skewed mean and its standard error are small together, so that t intervals of exponential scores in 20 clusters cover
 * 0.92 to 0.94, and of 0/1 scores at a rate of 0.05 0.8 to 0.9. No interval holds for every shape without a range (Bahadur and Savage
 * 1956): this one does for shapes as skewed as an exponential from 20 units on. With fewer the sample does not show its
 * skewness, and scores near symmetry are taken for granted.
 *
 * `undefined` where the units are not skewed: |Σp³|/(Σp²)^1.5 ≤ √6/(ν + 1), its standard error under normality with ν degrees of
 * freedom, or ≤ 0.1.
 */
export function skewnessAllowance(options: SkewnessAllowanceOptions): SkewnessAllowance | undefined {
  const { pulls, otherVariance, value, degreesOfFreedom, interval, ends } = options
  const units = pulls.length
  const skewness = skewnessOf(pulls)
  if (!(skewness > mostSkewness)) return undefined
  if (ends === undefined && skewness <= Math.sqrt(6) / (degreesOfFreedom + 1)) return undefined
  const tail = (1 - interval.level) / 2
  const added = normalUpperQuantile(tail) ** 2
  const all = units + added
  const scale = Math.sqrt(units * (units - 1))
  const [low, high] =
    ends === undefined
      ? [beyond * scale * farthest(pulls, Math.min), beyond * scale * farthest(pulls, Math.max)]
      : [ends.low - value, ends.high - value]
  const shift = ((added / 2) * (low + high)) / all
  let squares = (added / 2) * ((low - shift) ** 2 + (high - shift) ** 2)
  for (let unit = 0; unit < units; unit++) squares += ((pulls[unit] ?? 0) * scale - shift) ** 2
  const error = Math.sqrt(squares / (all * (all - 1)) + otherVariance)
  const margin = studentTUpperQuantile(tail, degreesOfFreedom) * error
  return {
    interval: {
      ...interval,
      lower: Math.min(interval.lower, value + shift - margin),
      upper: Math.max(interval.upper, value + shift + margin),
    },
    caveat: {
      code: 'interval-allows-for-skewness',
      severity: 'note',
      values: { lower: interval.lower, upper: interval.upper },
    },
  }
}

/** What a t interval of scores without a range carries where too few units would show skewness. */
export function skewnessNotSeen(units: number): readonly Caveat[] {
  return units < leastUnits
    ? [{ code: 'too-few-units-to-show-skewness', severity: 'caution', values: { units, needed: leastUnits } }]
    : []
}

/** |Σp³|/(Σp²)^1.5: that of the mean. */
function skewnessOf(pulls: Float64Array): number {
  let [squares, cubes] = [0, 0]
  // Iterating would take most of the first call.
  for (let unit = 0; unit < pulls.length; unit++) {
    const pull = pulls[unit] ?? 0
    squares += pull * pull
    cubes += pull * pull * pull
  }
  return Math.abs(cubes) / squares ** 1.5
}

function farthest(pulls: Float64Array, of: (a: number, b: number) => number): number {
  return pulls.reduce((most, pull) => of(most, pull), 0)
}
