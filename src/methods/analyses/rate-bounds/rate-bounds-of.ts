/** All bounds on the rate of one model and measure, by what its responses are independent in. */
import { itemScores, type Measure, type ModelRows, type Observations } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  type BinomialCount,
  betaPosterior,
  binomialTest,
  type ClusteredRate,
  clopperPearson,
  clusteredRate,
  judgedRateBound,
  type Outcome,
  type TestOutcome,
} from '../../../stats/index.ts'
import { type RareScore, rareScore } from './rare-score.ts'

export interface BoundOptions {
  readonly measure: Measure
  readonly model: ModelRows
  /** One-sided. */
  readonly level: number
  readonly thresholds: readonly number[]
  /** Known events that the judge flagged; undefined where none were shown to it. */
  readonly judge: BinomialCount | undefined
  /** Rates that a rare score may be believed to be below. */
  readonly below: readonly number[]
  /** Largest share of responses that still is rare. */
  readonly rareShare: number
  readonly uses: number
  readonly random: Random
}

interface Shared {
  readonly measure: Measure
  readonly model: string
  /** Items, or clusters of items. */
  readonly units: number
  readonly clustered: boolean
  /** The rarer score: 0 or 1. */
  readonly event: 0 | 1
}

export interface IndependentBounds extends Shared {
  readonly kind: 'independent'
  readonly successes: number
  /** Bounds on the rate of a score of 1, each one-sided. */
  readonly atLeast: Outcome
  readonly atMost: Outcome
  readonly lower: number
  readonly upper: number
  readonly tests: readonly { readonly threshold: number; readonly outcome: TestOutcome }[]
  readonly judged: Outcome | undefined
  /** Priors on the rate of a score of 1. */
  readonly posteriors: readonly { readonly prior: 'uniform' | 'Jeffreys'; readonly outcome: Outcome }[]
  /** Of the rarer score, where it is rare. */
  readonly rare: RareScore | undefined
}

export interface ClusteredBounds extends Shared, ClusteredRate {
  readonly kind: 'clustered'
}

export type RateBounds = IndependentBounds | ClusteredBounds

/** One entry, or none where nothing was scored. */
export function rateBoundsOf(observations: Observations, options: BoundOptions): readonly RateBounds[] {
  const { measure, model, level, thresholds, judge, below, rareShare, uses, random } = options
  const { events, trials, clustered } = unitCounts(observations, model.rows)
  const units = trials.length
  if (units === 0) return []
  const successes = sum(events)
  const all = sum(trials)
  const event = successes <= all - successes ? 1 : 0
  const shared = { measure, model: model.model, units, clustered, event } as const
  const ofEvent = event === 1 ? events : events.map((count, unit) => (trials[unit] ?? 0) - count)
  if (clustered || all > units)
    return [{ ...shared, kind: 'clustered', ...clusteredRate({ events: ofEvent, trials, level, random }) }]
  const counts = { successes, trials: units }
  const ofRarer = { successes: sum(ofEvent), trials: units }
  const atLeast = clopperPearson({ ...counts, level, side: 'lower' })
  const atMost = clopperPearson({ ...counts, level, side: 'upper' })
  return [
    {
      ...shared,
      kind: 'independent',
      successes,
      atLeast,
      atMost,
      lower: atLeast.kind === 'estimate' ? atLeast.interval.lower : 0,
      upper: atMost.kind === 'estimate' ? atMost.interval.upper : 1,
      tests: thresholds.map((threshold) => ({
        threshold,
        outcome: binomialTest({ ...counts, nullRate: threshold, alternative: 'greater' }),
      })),
      judged:
        judge === undefined
          ? undefined
          : judgedRateBound({
              confirmed: ofRarer,
              sensitivity: judge,
              level,
            }),
      posteriors: [
        { prior: 'uniform', outcome: betaPosterior({ ...counts, a: 1, b: 1, level }) },
        { prior: 'Jeffreys', outcome: betaPosterior({ ...counts, a: 0.5, b: 0.5, level }) },
      ],
      rare:
        ofRarer.successes > rareShare * units
          ? undefined
          : rareScore({
              counts: ofRarer,
              bound: clopperPearson({ ...ofRarer, level, side: 'upper' }),
              below,
              uses,
              level,
            }),
    },
  ]
}

/** Scores of 1 and scored responses of each unit that holds any, in the order of units. */
function unitCounts(observations: Observations, rows: Int32Array) {
  const { items, cluster, clusters, clustered } = itemScores(observations, rows)
  const unitOf = new Map(Array.from(items, (item, at) => [item, cluster[at] ?? 0]))
  const events = new Float64Array(clusters)
  const trials = new Float64Array(clusters)
  for (const row of rows) {
    if (observations.missing[row] !== 0) continue
    const unit = unitOf.get(observations.item.codes[row] ?? -1) ?? 0
    events[unit] = (events[unit] ?? 0) + (observations.score[row] ?? 0)
    trials[unit] = (trials[unit] ?? 0) + 1
  }
  const kept = (_: number, unit: number): boolean => (trials[unit] ?? 0) > 0
  return { events: events.filter(kept), trials: trials.filter((count) => count > 0), clustered }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
