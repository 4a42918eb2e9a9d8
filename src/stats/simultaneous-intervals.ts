/** Intervals for several scores at once: for all variants, and for the best and worst of them whoever they are. */
import type { Random } from '../random/index.ts'
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkDraws, checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { type ClusterCodes, groupClusters } from './clusters.ts'
import { completeRows, sortedRows, type VariantTable } from './complete-rows.ts'
import { normalUpperTail } from './distributions/normal.ts'
import { fail } from './fail.ts'
import { aboutAHundred, type OnProgress } from './progress.ts'
import { type Caveat, type Estimate, type NotEstimable, notEstimable, type Outcome } from './result.ts'

export interface SimultaneousOptions extends VariantTable {
  readonly range: ScoreRange
  readonly level: number
  readonly draws: number
  readonly random: Random
}

export interface SimultaneousIntervals {
  readonly kind: 'simultaneous-intervals'
  /** Level that each interval has by itself so that all hold together at the level asked for. */
  readonly pointwiseLevel: number
  /** One per column. */
  readonly columns: readonly Estimate[]
  /** Highest true score among the columns: [max lower, max upper]. Its value, the highest mean seen, leans high. */
  readonly best: Estimate
  readonly worst: Estimate
  /** Best minus worst: [max(0, max lower − min upper), max upper − min lower]. */
  readonly spread: Estimate
  readonly items: number
  readonly incompleteItems: number
}

/**
 * Simultaneous confidence intervals for the column means of an items × variants table, valid after any choice among them.
 *
 * The critical value is the quantile of max_j |Σ_g ξ_g R_gj|/√(Σ_g R²_gj) over standard normal multipliers ξ of clusters
 * (Chernozhukov, Chetverikov and Kato 2013), R the cluster sums of residuals: columns that move together cost little.
 * It is turned into the two-sided level of one column, at which `boundedMeanInterval` is taken: bounds stay in the range,
 * keep their width at its ends and carry small-sample corrections. Where a column does not vary the multipliers know
 * nothing of it and the level is Bonferroni's. Incomplete items are left out. Refuses fewer than 2 items or clusters.
 *
 * simultaneousIntervals({ values, columns: 10, clusters: undefined, range: { lower: 0, upper: 1 }, level: 0.95, draws: 10_000, random })
 */
export function simultaneousIntervals(
  options: SimultaneousOptions,
  onProgress?: OnProgress,
): SimultaneousIntervals | NotEstimable {
  const { columns: k, range, level, draws } = options
  checkLevel(level)
  checkDraws(draws, 100)
  const complete = completeRows(options)
  checkRange(complete.values, range)
  const codes = options.clusters === undefined ? undefined : complete.codes
  // Independent rows have no order of their own: sorted, they meet the same multipliers whatever order they came in.
  const table = codes === undefined ? sortedRows(complete.values, k) : complete.values
  const columns = Array.from({ length: k }, (_, j) =>
    Float64Array.from({ length: complete.items }, (_, i) => table[i * k + j] ?? Number.NaN),
  )
  const critical = maxTCritical({ columns, codes, level, draws, random: options.random }, onProgress)
  if (critical.clusters < 2) return notEstimable('too-few-values', { needed: 2, given: critical.clusters })
  const { pointwiseLevel, method } = critical
  const outcomes = columns.map((values) =>
    boundedMeanInterval({ values, clusters: codes, range, level: pointwiseLevel }),
  )
  const estimates = outcomes
    .filter((outcome) => outcome.kind === 'estimate')
    .map((each) => relabelled(each, level, method))
  const lowers = estimates.map(({ interval }) => interval.lower)
  const uppers = estimates.map(({ interval }) => interval.upper)
  const values = estimates.map(({ value }) => value)
  const caveats: readonly Caveat[] = [
    ...(estimates[0]?.caveats.filter(({ code }) => code === 'few-clusters') ?? []),
    ...(complete.incompleteItems > 0
      ? [
          {
            code: 'incomplete-items-left-out',
            severity: 'caution',
            values: { items: complete.incompleteItems },
          } as const,
        ]
      : []),
  ]
  const extreme = (value: number, lower: number, upper: number): Estimate => ({
    kind: 'estimate',
    value,
    interval: { lower, upper, level, kind: 'confidence', side: 'two-sided' },
    n: critical.clusters,
    method: `simultaneous-${method}`,
    assumptions: ['clusters-independent'],
    caveats: [{ code: 'extreme-of-several-leans-outward', severity: 'note', values: { columns: k } }, ...caveats],
  })
  return {
    kind: 'simultaneous-intervals',
    pointwiseLevel,
    columns: estimates,
    best: extreme(Math.max(...values), Math.max(...lowers), Math.max(...uppers)),
    worst: extreme(Math.min(...values), Math.min(...lowers), Math.min(...uppers)),
    spread: extreme(
      Math.max(...values) - Math.min(...values),
      Math.max(0, Math.max(...lowers) - Math.min(...uppers)),
      Math.max(...uppers) - Math.min(...lowers),
    ),
    items: complete.items,
    incompleteItems: complete.incompleteItems,
  }
}

export interface Subgroup {
  readonly values: ArrayLike<number>
  readonly clusters: ClusterCodes
}

/**
 * Bonferroni intervals for subgroups of different items: each at level 1 − (1 − level)/groups, all hold together.
 *
 * Subgroups that cannot be estimated keep their reason and still count in the correction: what was looked at counts.
 *
 * subgroupIntervals({ groups: [{ values, clusters: undefined }], range: { lower: 0, upper: 1 }, level: 0.95 })
 */
export function subgroupIntervals({
  groups,
  range,
  level,
}: {
  readonly groups: readonly Subgroup[]
  readonly range: ScoreRange
  readonly level: number
}): readonly Outcome[] {
  checkLevel(level)
  if (groups.length === 0) fail('no-groups', {}, 'pass at least one subgroup')
  const pointwise = 1 - (1 - level) / groups.length
  return groups.map(({ values, clusters }) => {
    const outcome = boundedMeanInterval({ values, clusters, range, level: pointwise })
    return outcome.kind === 'estimate' ? relabelled(outcome, level, 'bonferroni') : outcome
  })
}

/** The interval holds at `level` together with the others; by itself it would hold at a higher one. */
function relabelled(estimate: Estimate, level: number, method: string): Estimate {
  return {
    ...estimate,
    interval: { ...estimate.interval, level },
    method: `simultaneous-${method}-${estimate.method}`,
  }
}

interface MaxT {
  readonly columns: readonly Float64Array[]
  readonly codes: ClusterCodes
  readonly level: number
  readonly draws: number
  readonly random: Random
}

function maxTCritical({ columns, codes, level, draws, random }: MaxT, onProgress: OnProgress | undefined) {
  const grouped = columns.map((values) => groupInOrder(values, codes))
  const clusters = grouped[0]?.length ?? 0
  const scaled = grouped.map((residuals) => {
    const norm = Math.hypot(...residuals)
    return norm > 1e-12 ? residuals.map((residual) => residual / norm) : undefined
  })
  const varying = scaled.filter((column) => column !== undefined)
  const bonferroni = 1 - (1 - level) / columns.length
  if (clusters < 2 || varying.length < columns.length) {
    return { clusters, pointwiseLevel: bonferroni, method: 'bonferroni' }
  }
  const largest = new Float64Array(draws)
  const multipliers = new Float64Array(clusters)
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    for (let g = 0; g < clusters; g++) multipliers[g] = random.normal()
    let most = 0
    for (const column of varying) {
      let sum = 0
      for (let g = 0; g < clusters; g++) sum += (multipliers[g] ?? 0) * (column[g] ?? 0)
      if (Math.abs(sum) > most) most = Math.abs(sum)
    }
    largest[draw] = most
  }
  largest.sort()
  const quantile = largest[Math.min(draws - 1, Math.ceil(level * (draws + 1)) - 1)] ?? Number.NaN
  // Chance cannot make the correction weaker than none or stronger than Bonferroni's.
  const pointwiseLevel = Math.min(bonferroni, Math.max(level, 1 - 2 * normalUpperTail(quantile)))
  return { clusters, pointwiseLevel, method: 'max-t' }
}

/** Cluster sums of residuals; all columns share the clusters, so their order is the same. */
function groupInOrder(values: Float64Array, codes: ClusterCodes): readonly number[] {
  // Without clusters `groupClusters` would sort each column by itself and tear the rows apart.
  const rows = codes ?? Float64Array.from(values, (_, row) => row)
  const { sums, sizes, mean } = groupClusters(values, rows)
  return Array.from(sums, (sum, g) => sum - (sizes[g] ?? 0) * mean)
}
