/**
 * What a claim's rule can find: the mean nearest to its bar that so many units support with a given probability.
 *
 * Counts are followed exactly; other evidence is simulated, on the same draws for every mean that is tried.
 */
import type { Random } from '../random/index.ts'
import { advanceOneSidedBetting, criticalCount, crossingProbability, startOneSidedBetting } from '../stats/index.ts'
import { declaredNulls, type EvidencePlan, supportOfCounts } from './claim-evidence.ts'

export interface DetectableOptions {
  readonly plan: EvidencePlan
  readonly units: number
  /** The claim's own share of alpha. */
  readonly errorRate: number
  /** Whether a number of units fixed in advance decides by the exact binomial test. */
  readonly exact: boolean
  readonly power: number
  /**
   * Share of units whose value is 0 or 1; the others have ½, as where a model and its baseline agree. 1 is the widest
   * spread there is.
   */
  readonly apart: number
  readonly random: Random
}

/** On the claim's scale, 0–1; undefined where no mean is supported that surely. */
export function detectableMean(options: DetectableOptions): number | undefined {
  const { plan, power, apart } = options
  const powerAt = options.exact ? exactPower(options) : (countedPower(options) ?? simulatedPower(options))
  // A mean further from ½ needs more units apart than there are.
  const most = Math.min(1, 0.5 + apart / 2)
  if (!(powerAt(most) >= power)) return undefined
  let [low, high] = [plan.bar, most]
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2
    if (powerAt(middle) >= power) high = middle
    else low = middle
  }
  return high
}

/** To a thousandth of what is left above the bar. */
const bisections = 10

type PowerAt = (mean: number) => number

function exactPower({ plan, units, errorRate }: DetectableOptions): PowerAt {
  const boundary = new Float64Array(units).fill(Number.POSITIVE_INFINITY)
  boundary[units - 1] = criticalCount({ trials: units, nullRate: plan.bar, alpha: errorRate })
  return (rate) => crossingProbability({ boundary, rate })
}

/** By mean: P(the claim is ever supported within so many units), exactly; undefined where evidence is no matter of counts. */
export function countedPower({
  plan,
  units,
  errorRate,
}: Pick<DetectableOptions, 'plan' | 'units' | 'errorRate'>): PowerAt | undefined {
  const support = supportOfCounts(plan)
  if (support === undefined || !plan.binary) return undefined
  const boundary = new Float64Array(units)
  // What suffices grows with the trials, by one at most: a success more never weakens the evidence.
  let needed = 0
  for (let t = 1; t <= units; t++) {
    while (needed <= t && support(needed, t) < -Math.log(errorRate)) needed++
    boundary[t - 1] = needed > t ? Number.POSITIVE_INFINITY : needed
  }
  return (rate) => crossingProbability({ boundary, rate })
}

const mostValues = 100_000

function simulatedPower({ plan, units, errorRate, apart, random }: DetectableOptions): PowerAt {
  const runs = Math.max(40, Math.min(200, Math.floor(mostValues / units)))
  const draws = Float64Array.from({ length: runs * units }, () => random.uniform())
  const bet = { nullMean: declaredNulls(plan).support, errorRate: plan.alpha, population: plan.population }
  const wall = -Math.log(errorRate)
  const reaches = (run: number, mean: number): boolean => {
    const ones = mean - (1 - apart) / 2
    let state = startOneSidedBetting
    for (let unit = 0; unit < units; unit++) {
      const draw = draws[run * units + unit] ?? 0
      // The same draw never gives a smaller value under a larger mean.
      state = advanceOneSidedBetting(state, draw > 1 - ones ? 1 : draw > apart - ones ? 0.5 : 0, bet)
      if (state.logWealth >= wall) return true
    }
    return false
  }
  return (mean) => {
    let reached = 0
    for (let run = 0; run < runs; run++) if (reaches(run, mean)) reached++
    return reached / runs
  }
}
