/** Mean of scores with a known range: an interval inside it, never closed up at its ends, aware of clusters. */
import { checkLevel, checkRange, onUnitScale, type ScoreRange } from './check-inputs.ts'
import { fewClusters } from './cluster-mean.ts'
import { type ClusterCodes, type Clusters, groupClusters } from './clusters.ts'
import { betaQuantile, betaUpperQuantile } from './distributions/beta.ts'
import { effectiveSampleSize, kishSize } from './effective-sample-size.ts'
import { type Caveat, notEstimable, type Outcome } from './result.ts'

export interface BoundedMeanOptions {
  readonly values: ArrayLike<number>
  /** Cluster code per value; `undefined` where every value is independent. */
  readonly clusters: ClusterCodes
  /** Ends of the range a score can take: `{ lower: 0, upper: 1 }`. */
  readonly range: ScoreRange
  readonly level: number
}

/**
 * Confidence interval for the mean of bounded scores: the one to use for every headline rate.
 *
 * All cases are Clopper–Pearson limits, Beta quantiles at x = n*p̂ of n* trials, for the effective number n* of 0/1 trials
 * that the scores are worth (p̂ is the mean on the unit scale):
 *
 * - independent two-valued scores: n* = n, the exact interval;
 * - clustered two-valued scores: n* of Korn and Graubard (1998) with the safeguards of `effectiveSampleSize`;
 * - graded scores: the same n*, which exceeds n as scores vary less than 0/1 scores would. Where the mean lies within
 *   one worst-case unit of an end (n_K · min(p̂, 1 − p̂) < 1), variances say nothing about rare scores that the
 *   sample happens to lack, and n* falls back to the worst case n_K = N²/Σn_g²;
 * - scores that are all equal: at an end, n* = n_K (for 0 of n independent trials the exact bound 1 − (α/2)^(1/n));
 *   inside the range, the value moved by the share 1 − (α/2)^(1/n_K) of scores that may differ unseen.
 *
 * Contains the mean, lies inside the range, has positive width; scale and reflection change it accordingly. Simulated
 * coverage over unequal clusters, few clusters and rates .001–.999 is in the calibration table. Refuses rows of a single
 * cluster. Not covered: graded scores with a rare catastrophe that the sample does not show, and scores related to cluster
 * size. `standardError` is CR2's and is absent where nothing varies.
 *
 * boundedMeanInterval({ values: new Float64Array(5000), clusters: undefined, range: { lower: 0, upper: 1 }, level: 0.95 })
 *   .interval // => { lower: 0, upper: 0.000737…, … }
 */
export function boundedMeanInterval({ values, clusters: codes, range, level }: BoundedMeanOptions): Outcome {
  checkLevel(level)
  checkRange(values, range)
  const width = range.upper - range.lower
  const unit = onUnitScale(values, range)
  const clusters = groupClusters(unit, codes)
  const rows = unit.length
  if (clusters.count < Math.min(2, Math.max(1, rows))) {
    return notEstimable('too-few-values', { needed: rows === 0 ? 1 : 2, given: clusters.count })
  }
  const limits = unitLimits(clusters, level)
  const onScale = (share: number): number => Math.min(range.upper, range.lower + share * width)
  return {
    kind: 'estimate',
    value: onScale(clusters.mean),
    ...(limits.standardError === undefined ? {} : { standardError: limits.standardError * width }),
    ...(limits.degreesOfFreedom === undefined ? {} : { degreesOfFreedom: limits.degreesOfFreedom }),
    interval: {
      lower: onScale(limits.lower),
      upper: onScale(limits.upper),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: clusters.count,
    method: limits.method,
    assumptions:
      codes === undefined ? ['independent-values'] : ['clusters-independent', 'scores-unrelated-to-cluster-size'],
    caveats: [...limits.caveats, ...(codes === undefined ? [] : fewClusters(clusters.count))],
  }
}

interface UnitLimits {
  readonly lower: number
  readonly upper: number
  readonly method: string
  readonly standardError?: number
  readonly degreesOfFreedom?: number
  readonly caveats: readonly Caveat[]
}

function unitLimits(clusters: Clusters, level: number): UnitLimits {
  const { values, mean, count, constant, pair } = clusters
  const tail = (1 - level) / 2
  if (constant) return constantLimits(clusters, tail)
  const twoValued = pair?.low === 0 && pair.high === 1
  const clustered = count < values.length
  const { size, worstCase, variance, degreesOfFreedom } = effectiveSampleSize(clusters, { level, twoValued })
  const nearEnd = !twoValued && worstCase * Math.min(mean, 1 - mean) < 1
  const effective = nearEnd ? worstCase : size
  const method = twoValued ? (clustered ? 'korn-graubard' : 'clopper-pearson') : 'effective-size-beta'
  const caveats: Caveat[] = []
  if (nearEnd) {
    caveats.push({ code: 'mean-near-end-of-range', severity: 'note', values: { effective: worstCase } })
  } else if (clustered && twoValued && size === worstCase) {
    caveats.push(worstCaseClustering(clusters, worstCase))
  }
  return {
    ...clopperPearsonLimits({ successes: effective * mean, trials: effective, tail }),
    method: nearEnd ? `${method}-worst-case` : method,
    ...(variance > 0 ? { standardError: Math.sqrt(variance) } : {}),
    ...(twoValued && !clustered ? {} : { degreesOfFreedom }),
    caveats,
  }
}

/** All scores equal: what a share of unseen different scores could do. */
function constantLimits(clusters: Clusters, tail: number): UnitLimits {
  const { values, count } = clusters
  const value = values[0] ?? Number.NaN
  const trials = kishSize(clusters)
  const caveats = count < values.length ? [worstCaseClustering(clusters, trials)] : []
  if (value === 0 || value === 1) {
    const method = count < values.length ? 'korn-graubard' : 'clopper-pearson'
    return { ...clopperPearsonLimits({ successes: trials * value, trials, tail }), method, caveats }
  }
  const unseen = -Math.expm1(Math.log(tail) / trials)
  return {
    lower: value * (1 - unseen),
    upper: value + unseen * (1 - value),
    method: 'no-variation-bound',
    caveats: [{ code: 'no-variation-observed', severity: 'note', values: { n: count } }, ...caveats],
  }
}

interface Trials {
  /** May be fractional, as may be the trials. */
  readonly successes: number
  readonly trials: number
  readonly tail: number
}

function clopperPearsonLimits({ successes, trials, tail }: Trials): { readonly lower: number; readonly upper: number } {
  const failures = trials - successes
  return {
    lower: successes > 0 ? betaQuantile({ p: tail, a: successes, b: failures + 1 }) : 0,
    upper: failures > 0 ? betaUpperQuantile({ p: tail, a: successes + 1, b: failures }) : 1,
  }
}

function worstCaseClustering({ values, count }: Clusters, effective: number): Caveat {
  return {
    code: 'worst-case-clustering',
    severity: 'note',
    values: { rows: values.length, clusters: count, effective },
  }
}
