/** Scores of the groups of one attribute for one model, with simultaneous intervals and a test that they are all one. */
import type { ItemScores, ScoreScale } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  clusterMean,
  meanInterval,
  meanScoreTest,
  type Outcome,
  subgroupIntervals,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { ItemAttribute } from './item-attributes.ts'

export interface GroupComparison {
  /** Parallel to the levels of the attribute; intervals hold for all of them at once. */
  readonly groups: readonly Outcome[]
  readonly heterogeneity: TestOutcome
}

export interface GroupComparisonOptions {
  readonly scores: ItemScores
  readonly attribute: ItemAttribute
  readonly scale: ScoreScale
  /** Level at which all intervals together hold; each gets level 1 − (1 − level)/groups (Bonferroni). */
  readonly level: number
  readonly random: Random
}

/** More units than this are never permuted: the test is then asymptotic and says so where groups are sparse. */
const mostPermutedUnits = 2000
const draws = 1999

export function compareGroups({ scores, attribute, scale, level, random }: GroupComparisonOptions): GroupComparison {
  const units = scoredUnits(scores, attribute)
  const groups = splitByGroup(units, scores.clustered)
  return {
    groups:
      scale === 'unbounded'
        ? unboundedMeans(groups, level)
        : subgroupIntervals({ groups, range: { lower: 0, upper: 1 }, level }),
    heterogeneity: testHeterogeneity({ units, clustered: scores.clustered, random }),
  }
}

/** Scored items that lie in a group; columns, since there may be many. */
interface Units {
  readonly values: Float64Array
  readonly groups: Int32Array
  readonly clusters: Int32Array
  readonly groupCount: number
}

function scoredUnits(scores: ItemScores, { levels, levelOfItem }: ItemAttribute): Units {
  const values = new Float64Array(scores.items.length)
  const groups = new Int32Array(scores.items.length)
  const clusters = new Int32Array(scores.items.length)
  let count = 0
  for (let i = 0; i < scores.items.length; i++) {
    const score = scores.score[i] ?? Number.NaN
    const group = levelOfItem[scores.items[i] ?? 0] ?? -1
    if (group < 0 || Number.isNaN(score)) continue
    values[count] = score
    groups[count] = group
    clusters[count] = scores.cluster[i] ?? 0
    count++
  }
  return {
    values: values.subarray(0, count),
    groups: groups.subarray(0, count),
    clusters: clusters.subarray(0, count),
    groupCount: levels.length,
  }
}

interface Group {
  readonly values: Float64Array
  readonly clusters: Int32Array | undefined
}

function splitByGroup({ values, groups, clusters, groupCount }: Units, clustered: boolean): readonly Group[] {
  const sizes = new Int32Array(groupCount)
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
  const split = Array.from(sizes, (size) => ({ values: new Float64Array(size), clusters: new Int32Array(size) }))
  const next = new Int32Array(groupCount)
  for (let i = 0; i < values.length; i++) {
    const group = groups[i] ?? 0
    const at = next[group] ?? 0
    const own = split[group]
    if (own === undefined) continue
    own.values[at] = values[i] ?? Number.NaN
    own.clusters[at] = clusters[i] ?? 0
    next[group] = at + 1
  }
  return split.map((own) => ({ values: own.values, clusters: clustered ? own.clusters : undefined }))
}

function unboundedMeans(groups: readonly Group[], level: number): readonly Outcome[] {
  const each = 1 - (1 - level) / groups.length
  return groups.map(({ values, clusters }) => {
    const outcome =
      clusters === undefined
        ? meanInterval({ values, skewness: 'allow', level: each })
        : clusterMean({ values, clusters, correction: 'cr2', level: each })
    // As in `subgroupIntervals`: together the intervals hold at `level`.
    return outcome.kind === 'estimate'
      ? { ...outcome, interval: { ...outcome.interval, level }, method: `simultaneous-bonferroni-${outcome.method}` }
      : outcome
  })
}

interface Heterogeneity {
  readonly units: Units
  readonly clustered: boolean
  readonly random: Random
}

/**
 * Permutation logic of the test: items are exchangeable where there are no clusters. Where every cluster lies in one
 * group, whole clusters are (their totals, centred, are the units). Where clusters cross groups, items are exchanged
 * within clusters only, and single items among one another.
 */
function testHeterogeneity({ units, clustered, random }: Heterogeneity): TestOutcome {
  const { groupCount } = units
  const { values, groups, strata } = clustered
    ? clusteredUnits(units)
    : { ...units, strata: new Int32Array(units.values.length) }
  const test = (reference: 'chi-squared' | { random: Random; draws: number }) =>
    meanScoreTest({ values, groups, groupCount, strata, reference })
  const asymptotic = test('chi-squared')
  // Permutation is kept for where the χ² reference is poor: it would cost seconds over many attributes and models.
  const sparse = asymptotic.kind === 'test' && asymptotic.caveats.length > 0
  return sparse && values.length <= mostPermutedUnits ? test({ random, draws }) : asymptotic
}

function clusteredUnits({ values, groups, clusters }: Units) {
  const most = clusters.reduce((a, b) => Math.max(a, b), 0) + 1
  const sizes = new Int32Array(most)
  const groupOf = new Int32Array(most).fill(-1)
  let [crossed, sum] = [false, 0]
  for (let i = 0; i < values.length; i++) {
    const [cluster, group] = [clusters[i] ?? 0, groups[i] ?? 0]
    sizes[cluster] = (sizes[cluster] ?? 0) + 1
    if ((groupOf[cluster] ?? -1) < 0) groupOf[cluster] = group
    else if (groupOf[cluster] !== group) crossed = true
    sum += values[i] ?? 0
  }
  if (crossed) {
    return { values, groups, strata: clusters.map((cluster) => ((sizes[cluster] ?? 0) > 1 ? cluster : -1)) }
  }
  const mean = sum / values.length
  const totals = new Float64Array(most)
  for (let i = 0; i < values.length; i++) {
    const cluster = clusters[i] ?? 0
    totals[cluster] = (totals[cluster] ?? 0) + (values[i] ?? 0) - mean
  }
  const used = Int32Array.from(sizes.keys()).filter((cluster) => (sizes[cluster] ?? 0) > 0)
  return {
    values: Float64Array.from(used, (cluster) => totals[cluster] ?? 0),
    groups: used.map((cluster) => groupOf[cluster] ?? 0),
    strata: new Int32Array(used.length),
  }
}
