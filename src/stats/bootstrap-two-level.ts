/** Bootstrap of clustered data: clusters are drawn, and on request the rows inside them too. */
import type { Random } from '../random/index.ts'
import { finiteStatistic, type Resampled, sampled } from './bootstrap-distribution.ts'
import { bootstrapErrorInterval } from './bootstrap-error-interval.ts'
import { checkCodes, checkDraws, checkLevel } from './check-inputs.ts'
import { fewClusters } from './cluster-mean.ts'
import { groupClusters } from './clusters.ts'
import { aboutAHundred, type OnProgress } from './progress.ts'
import { notEstimable, type Outcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface BootstrapTwoLevelOptions {
  /** The mean over rows, or a statistic of row numbers: the whole statistic is recomputed for every resample. */
  readonly of: Resampled
  /** Cluster code of each row: families of items, or items with repeated runs. */
  readonly clusters: ArrayLike<number>
  /**
   * `clusters`: whole clusters, the choice for a mean over a population of clusters. `clusters-and-rows`: then as many
   * rows with replacement inside each drawn cluster; it counts the noise inside clusters twice and errs on the wide side.
   */
  readonly resample: 'clusters' | 'clusters-and-rows'
  readonly level: number
  readonly draws: number
  readonly random: Random
}

/**
 * Resamples of clusters (Davison and Hinkley 1997, §3.8) give the standard error; the interval is `bootstrapErrorInterval`.
 *
 * Only facets that are random in the claim may be resampled. `standardError` is the bootstrap's own, which understates by
 * (G − 1)/G and more; the interval makes that good and has at most G − 1 degrees of freedom, from leaving out each cluster
 * in turn, which costs as much again as G draws. It may leave the range of a score. Refuses fewer than 2 clusters, and resamples that all agree.
 *
 * bootstrapTwoLevel({ of: { values }, clusters, resample: 'clusters', level: 0.95, draws: 10_000, random })
 */
export function bootstrapTwoLevel(options: BootstrapTwoLevelOptions, onProgress?: OnProgress): Outcome {
  const { level, draws, resample } = options
  checkLevel(level)
  checkDraws(draws, 100)
  const { count, observed, results, without } =
    'values' in options.of ? resampledMeans(options, onProgress) : resampledStatistics(options, onProgress)
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  const distribution = sampled(observed, results)
  if (!distribution.varies) return notEstimable('no-variation', { n: count, value: observed })
  const scores = 'values' in options.of ? options.of.values : undefined
  const { allowances, ...bounds } = bootstrapErrorInterval({ distribution, strata: [without], scores, level })
  return {
    kind: 'estimate',
    value: observed,
    standardError: distribution.standardDeviation,
    ...bounds,
    n: count,
    method: `bootstrap-${resample}-t`,
    assumptions: ['clusters-independent', 'mean-approximately-normal'],
    caveats: [...fewClusters(count), ...allowances],
  }
}

interface Resamples {
  readonly count: number
  readonly observed: number
  readonly results: Float64Array
  /** The statistic without each cluster. */
  readonly without: Float64Array
}

function resampledMeans(
  { of, clusters: codes, resample, draws, random }: BootstrapTwoLevelOptions,
  onProgress: OnProgress | undefined,
): Resamples {
  if (!('values' in of)) throw new Error('resampledMeans needs values')
  const clusters = groupClusters(of.values, codes)
  const { count, sums, sizes, starts, values, mean } = clusters
  const results = new Float64Array(count < 2 ? 0 : draws)
  const drawn = new Int32Array(count)
  const buffers = Array.from(sizes, (size) => new Int32Array(resample === 'clusters' ? 0 : size))
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < results.length; draw++) {
    tell(draw)
    random.fillIntegers(drawn, count)
    let [sum, rows] = [0, 0]
    for (let i = 0; i < count; i++) {
      const cluster = drawn[i] ?? 0
      rows += sizes[cluster] ?? 0
      if (resample === 'clusters') {
        sum += sums[cluster] ?? 0
        continue
      }
      const inside = buffers[cluster] ?? new Int32Array(0)
      const start = starts[cluster] ?? 0
      random.fillIntegers(inside, inside.length)
      for (let j = 0; j < inside.length; j++) sum += values[start + (inside[j] ?? 0)] ?? 0
    }
    results[draw] = sum / rows
  }
  const total = exactSum(sums)
  const without = sums.map((sum, cluster) => (total - sum) / (values.length - (sizes[cluster] ?? 0)))
  return { count, observed: mean, results, without }
}

function resampledStatistics(
  { of, clusters: codes, resample, draws, random }: BootstrapTwoLevelOptions,
  onProgress: OnProgress | undefined,
): Resamples {
  if ('values' in of) throw new Error('resampledStatistics needs a statistic')
  const { rows, statistic } = of
  checkCodes(codes, rows)
  // Grouping row numbers as if they were values keeps each cluster's rows in order.
  const {
    count,
    starts,
    values: members,
  } = groupClusters(
    Int32Array.from({ length: rows }, (_, row) => row),
    codes,
  )
  const observed = finiteStatistic(statistic(Int32Array.from({ length: rows }, (_, row) => row)))
  const results = new Float64Array(count < 2 ? 0 : draws)
  const drawn = new Int32Array(count)
  let sample = new Int32Array(rows)
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < results.length; draw++) {
    tell(draw)
    random.fillIntegers(drawn, count)
    let length = 0
    for (const cluster of drawn) length += (starts[cluster + 1] ?? 0) - (starts[cluster] ?? 0)
    if (length > sample.length) sample = new Int32Array(2 * length)
    let at = 0
    for (const cluster of drawn) {
      const [start, end] = [starts[cluster] ?? 0, starts[cluster + 1] ?? 0]
      for (let i = start; i < end; i++) {
        const member = resample === 'clusters' ? i : start + random.integer(end - start)
        sample[at++] = members[member] ?? 0
      }
    }
    results[draw] = finiteStatistic(statistic(sample.subarray(0, length)))
  }
  const without = new Float64Array(count < 2 ? 0 : count)
  for (let cluster = 0; cluster < without.length; cluster++) {
    const [start = 0, end = 0] = [starts[cluster], starts[cluster + 1]]
    const kept = Int32Array.from([...members.subarray(0, start), ...members.subarray(end)])
    without[cluster] = finiteStatistic(statistic(kept.sort()))
  }
  return { count, observed, results, without }
}
