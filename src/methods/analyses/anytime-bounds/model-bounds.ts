/** Bounds of one model on one measure that stay true however often somebody looked before stopping. */
import { itemScores, type Measure, type ModelRows, type Observations, scoreRange } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  betaMixtureSequence,
  bettingSequence,
  boundedMixtureSequence,
  chanceOverUses,
  cleanTestsForPromise,
  defaultRareRateMixture,
  empiricalBernsteinBound,
  notEstimable,
  type Outcome,
  rareRateLogEvidence,
  rareRateTrials,
} from '../../../stats/index.ts'
import { type ItemQuantile, itemQuantiles } from './item-quantiles.ts'

export interface ModelBounds {
  readonly measure: Measure
  readonly model: string
  /** Items, or clusters of items: what the bounds believe independent. */
  readonly units: number
  readonly clustered: boolean
  /** Whether each unit is one 0/1 response. */
  readonly single: boolean
  readonly anytime: Outcome
  /** Narrower, but only at a number of units that was fixed before. */
  readonly fixed: Outcome
  readonly rare?: RareEvent | undefined
  /** Of graded scores. */
  readonly quantiles: readonly ItemQuantile[]
}

export interface RareEvent {
  /** Which score is the event: the rarer one. */
  readonly event: 0 | 1
  /** Units with at least one event. */
  readonly failures: number
  /** Anytime-valid interval of the chance that a unit shows the event. */
  readonly bound: Outcome
  readonly claims: readonly RareClaim[]
  readonly promise: { readonly uses: number; readonly chance: number; readonly cleanTests: number } | undefined
}

export interface RareClaim {
  readonly rateBelow: number
  /** ln of the e-value against "rate ≥ rateBelow". */
  readonly logEvidence: number
  /** Supported, with every larger threshold: then all of them hold at one error rate. */
  readonly supported: boolean
  /** Units in all after which the claim is supported if no further event occurs. */
  readonly units: number
}

export interface BoundsOptions {
  readonly level: number
  readonly thresholds: readonly number[]
  readonly rareShare: number
  readonly uses: number
  readonly tolerated: number
  readonly bettingUnits: number
  readonly quantiles: readonly number[]
  readonly quantileFrom: number
  readonly random: Random
}

export function modelBounds(
  observations: Observations,
  {
    measure,
    model: { model, rows },
    ...options
  }: BoundsOptions & { readonly measure: Measure; readonly model: ModelRows },
): ModelBounds {
  const { level, random, bettingUnits } = options
  const items = itemScores(observations, rows)
  const single = measure.scale === 'binary' && !items.clustered && items.scored.every((count) => count <= 1)
  const means = unitMeans(items)
  // Rounding must not carry a mean past the end of its range.
  const values = measure.scale === 'unbounded' ? means : means.map((mean) => Math.min(1, mean))
  const quantiles =
    measure.scale === 'binary' ? [] : itemQuantiles(values, { ...options, range: scoreRange(measure.scale) })
  const share = { measure, model, units: values.length, clustered: items.clustered, single, quantiles }
  if (measure.scale === 'unbounded') {
    const unknown = notEstimable('scores-without-range', {})
    return { ...share, anytime: unknown, fixed: unknown }
  }
  const anytime = single
    ? betaMixtureSequence({ successes: countOf(values, 1), trials: values.length, a: 1, b: 1, level })
    : boundedMixtureSequence({ values, a: 1, b: 1, level })
  // The names of items may follow their content; a random order of independent items is as good as the one they came in.
  const shuffled = Float64Array.from(values)
  random.shuffle(shuffled)
  const fixed =
    values.length > bettingUnits
      ? empiricalBernsteinBound({ values, range: { lower: 0, upper: 1 }, level, side: 'two-sided' })
      : bettingSequence({ values: shuffled, level })
  return { ...share, anytime, fixed, rare: rareEvent(values, { ...options, binary: measure.scale === 'binary' }) }
}

/** Mean per item, or per cluster with every item of it weighing alike; units without a score are left out. */
function unitMeans({ score, cluster, clusters }: ReturnType<typeof itemScores>): Float64Array {
  const sums = new Float64Array(clusters)
  const counts = new Int32Array(clusters)
  for (let i = 0; i < score.length; i++) {
    const value = score[i] ?? Number.NaN
    const at = cluster[i] ?? 0
    if (Number.isNaN(value)) continue
    sums[at] = (sums[at] ?? 0) + value
    counts[at] = (counts[at] ?? 0) + 1
  }
  return Float64Array.from(
    Array.from(sums.keys()).filter((at) => (counts[at] ?? 0) > 0),
    (at) => (sums[at] ?? 0) / (counts[at] ?? 1),
  )
}

/** The rarer outcome, where it is rare enough for a claim about it to be worth making. */
function rareEvent(
  values: Float64Array,
  {
    level,
    thresholds,
    rareShare,
    uses,
    tolerated,
    binary,
  }: Pick<BoundsOptions, 'level' | 'thresholds' | 'rareShare' | 'uses' | 'tolerated'> & { readonly binary: boolean },
): RareEvent | undefined {
  const trials = values.length
  if (!binary || trials === 0) return undefined
  const without = { one: countOf(values, 0), zero: countOf(values, 1) }
  const event = trials - without.one <= trials - without.zero ? 1 : 0
  const failures = trials - (event === 1 ? without.one : without.zero)
  if (failures > rareShare * trials) return undefined
  const bound = betaMixtureSequence({ successes: failures, trials, a: 1, b: 1, level })
  const errorRate = 1 - level
  let supported = true
  const claims = thresholds
    .toSorted((a, b) => b - a)
    .map((rateBelow): RareClaim => {
      const counts = { failures, rateBelow, mixture: defaultRareRateMixture(rateBelow) }
      const logEvidence = rareRateLogEvidence({ ...counts, trials })
      supported &&= logEvidence >= -Math.log(errorRate)
      return { rateBelow, logEvidence, supported, units: rareRateTrials({ ...counts, errorRate }) }
    })
  const upper = bound.kind === 'estimate' ? bound.interval.upper : undefined
  const promise =
    upper === undefined
      ? undefined
      : {
          uses,
          chance: chanceOverUses({ rate: upper, uses }),
          cleanTests: cleanTestsForPromise({ chance: tolerated, uses, level }),
        }
  return { event, failures, bound, claims, promise }
}

function countOf(values: Float64Array, wanted: number): number {
  return values.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0)
}
