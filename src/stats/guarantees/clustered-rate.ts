/** Upper bounds on a rate when trials come in clusters: conversations, item families, variants. */
import type { Random } from '../../random/index.ts'
import { boundedMeanInterval } from '../bounded-mean-interval.ts'
import { checkCounts, checkLevel } from '../check-inputs.ts'
import { clopperPearson } from '../clopper-pearson.ts'
import { fail } from '../fail.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { bettingSequence } from '../sequential/betting.ts'

export interface ClusteredRateOptions {
  /** Events and trials of each cluster; a cluster without trials is not one. */
  readonly events: ArrayLike<number>
  readonly trials: ArrayLike<number>
  /** One-sided confidence. */
  readonly level: number
  /** Fixes the order in which the clusters are bet on; another seed gives another, equally valid bound. */
  readonly random: Random
}

export interface ClusteredRate {
  /** Chance that a cluster holds an event: exact over clusters. Also bounds the mean rate, which cannot exceed it. */
  readonly anyEvent: Outcome
  /** Mean rate of clusters, each counting the same: a betting bound, valid whatever the dependence inside clusters. */
  readonly meanRate: Outcome
  /** Rate over trials by an effective sample size: approximate, and flagged so. */
  readonly designEffect: Outcome
}

/**
 * Three bounds that count clusters, not trials, as the independent units; which one to print is decided before looking.
 *
 * `anyEvent`: Clopper–Pearson on clusters with at least one event; with none of G, 1 − α^(1/G). The one for rare events.
 * `meanRate`: the one-sided half of the hedged betting sequence (Waudby-Smith and Ramdas 2024) on cluster rates in a
 * shuffled order; the one where many clusters hold events. `designEffect`: Korn and Graubard's interval of
 * `boundedMeanInterval`, one-sided. Repeats of one prompt enlarge no bound but the last. Assumes that clusters are
 * independent draws from the population in the claim. Refuses no clusters.
 *
 * clusteredRate({ events: [0, 0, 0, 0], trials: [25, 25, 25, 25], level: 0.95, random }).anyEvent // => upper 0.527
 */
export function clusteredRate({ events, trials, level, random }: ClusteredRateOptions): ClusteredRate {
  checkLevel(level)
  const clusters = trials.length
  if (events.length !== clusters) {
    fail('lengths-differ', { events: events.length, trials: clusters }, 'pass events and trials of every cluster')
  }
  const shares = new Float64Array(clusters)
  let withEvent = 0
  for (let g = 0; g < clusters; g++) {
    const [count = Number.NaN, of = Number.NaN] = [events[g], trials[g]]
    checkCounts({ successes: count, trials: of })
    if (of === 0) fail('cluster-without-trials', { cluster: g }, 'leave out clusters without trials')
    shares[g] = count / of
    if (count > 0) withEvent++
  }
  const clustered = ['clusters-independent', 'clusters-fixed-in-advance']
  const anyEvent = clopperPearson({ successes: withEvent, trials: clusters, level, side: 'upper' })
  return {
    anyEvent:
      anyEvent.kind === 'estimate'
        ? { ...anyEvent, method: 'clusters-with-event-clopper-pearson', assumptions: clustered }
        : anyEvent,
    meanRate: bettingBound({ shares: shares.sort(), level, random, assumptions: clustered }),
    designEffect: effectiveBound({ events, trials, level }),
  }
}

interface BettingBound {
  /** Sorted, so that the shuffle alone decides their order. */
  readonly shares: Float64Array
  readonly level: number
  readonly random: Random
  readonly assumptions: readonly string[]
}

function bettingBound({ shares, level, random, assumptions }: BettingBound): Outcome {
  random.shuffle(shares)
  // Each half of the hedge is a one-sided test at half the error: 1 − 2α two-sided is 1 − α one-sided.
  const outcome = bettingSequence({ values: shares, level: Math.max(1e-12, 2 * level - 1) })
  if (outcome.kind === 'not-estimable') return outcome
  return {
    ...outcome,
    interval: { ...outcome.interval, lower: 0, level, side: 'upper' },
    method: 'cluster-means-betting-bound',
    assumptions,
  }
}

/** Trials become rows there; so many take about 200 MB. */
const mostRows = 2_000_000

function effectiveBound({ events, trials, level }: Pick<ClusteredRateOptions, 'events' | 'trials' | 'level'>): Outcome {
  const rows = Array.from(trials, Number).reduce((sum, count) => sum + count, 0)
  if (rows === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  if (rows > mostRows) return notEstimable('too-many-trials-to-expand', { trials: rows, most: mostRows })
  const values = new Float64Array(rows)
  const clusters = new Int32Array(rows)
  // Numbered by size and events, so that the order of clusters changes no bit.
  const order = Array.from(trials, (_, g) => g).sort(
    (a, b) => (trials[a] ?? 0) - (trials[b] ?? 0) || (events[a] ?? 0) - (events[b] ?? 0),
  )
  let at = 0
  for (const [number, g] of order.entries()) {
    const [count, of] = [events[g] ?? 0, trials[g] ?? 0]
    values.fill(1, at, at + count)
    clusters.fill(number, at, at + of)
    at += of
  }
  const outcome = boundedMeanInterval({
    values,
    clusters,
    range: { lower: 0, upper: 1 },
    level: Math.max(1e-12, 2 * level - 1),
  })
  if (outcome.kind === 'not-estimable') return outcome
  return {
    ...outcome,
    interval: { ...outcome.interval, lower: 0, level, side: 'upper' },
    method: `one-sided-${outcome.method}`,
    caveats: [
      { code: 'approximate-under-clustering', severity: 'caution', values: { clusters: outcome.n, trials: rows } },
      ...outcome.caveats,
    ],
  }
}
