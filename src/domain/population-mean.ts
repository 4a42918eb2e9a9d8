/** Which interval a mean score gets: the one place where scale and clusters choose the method. */
import { boundedMeanInterval, clusterMean, meanInterval, type Outcome } from '../stats/index.ts'
import type { EvidenceClass } from './analysis.ts'
import type { ScoreScale } from './measures.ts'

/** Ends of a score's range, or undefined where none may be assumed. */
export function scoreRange(scale: ScoreScale): { readonly lower: number; readonly upper: number } | undefined {
  return scale === 'unbounded' ? undefined : { lower: 0, upper: 1 }
}

/** Intervals from resampling may reach beyond the scores that there can be; the part that does is cut, and said. */
export function withinRange(outcome: Outcome, scale: ScoreScale): Outcome {
  const range = scoreRange(scale)
  if (range === undefined || outcome.kind === 'not-estimable') return outcome
  const { interval } = outcome
  if (interval.lower >= range.lower && interval.upper <= range.upper) return outcome
  return {
    ...outcome,
    interval: {
      ...interval,
      lower: Math.max(range.lower, interval.lower),
      upper: Math.min(range.upper, interval.upper),
    },
    caveats: [...outcome.caveats, { code: 'interval-cut-at-end-of-range', severity: 'caution', values: {} }],
  }
}

export interface UnitScores {
  /** One score per item; NaN where nothing was scored, which is left out. */
  readonly score: Float64Array
  readonly cluster: Int32Array
  /** Whether any item shares its cluster with another. */
  readonly clustered: boolean
}

/**
 * Mean over items with its interval for the population that the items were drawn from.
 *
 * Scores in [0, 1]: `boundedMeanInterval`, which is the exact Clopper–Pearson interval for independent 0/1 scores.
 * Scores without a range: Student's t, over clusters with CR2 where items share them.
 */
export function populationMean(
  { score, cluster, clustered }: UnitScores,
  { scale, level }: { readonly scale: ScoreScale; readonly level: number },
): Outcome {
  const { values, clusters } = knownScores(score, cluster)
  const range = scoreRange(scale)
  if (range !== undefined)
    return boundedMeanInterval({ values, clusters: clustered ? clusters : undefined, range, level })
  return clustered
    ? clusterMean({ values, clusters, correction: 'cr2', level })
    : meanInterval({ values, skewness: 'allow', level })
}

/** The scores that there are, with their clusters. */
function knownScores(score: Float64Array, cluster: Int32Array) {
  const values = new Float64Array(score.length)
  const clusters = new Int32Array(score.length)
  let known = 0
  for (let i = 0; i < score.length; i++) {
    const value = score[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    values[known] = value
    clusters[known++] = cluster[i] ?? -1
  }
  return { values: values.subarray(0, known), clusters: clusters.subarray(0, known) }
}

/** Exact methods under independence are guarantees; all that rest on a large sample are asymptotic. */
export function classOfMean(outcome: Outcome): EvidenceClass {
  if (outcome.kind === 'not-estimable') return 'descriptive'
  return outcome.method === 'clopper-pearson' ? 'guarantee' : 'asymptotic'
}
