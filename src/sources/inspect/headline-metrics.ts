/**
 * Inspect's own headline metrics over reduced item scores (its `scorer/_metrics`, 0.3.41 to 0.3.285).
 *
 * Reproduced for comparison only. Nothing here is offered as evidence: some of these intervals leave the range of the
 * score, and a standard error of one item is written as 0.
 */
import { studentTQuantile } from '../../stats/distributions/student-t.ts'
import { type JsonRecord, numberOf, recordOf, textOf } from '../files/json-access.ts'

/** One metric as the log names it. */
export interface HeadlineMetric {
  /** Without the package: `accuracy`, `lower`, or the name of a group. */
  readonly name: string
  /** Metric that returned several figures: `ci`, `grouped`. */
  readonly group: string | undefined
  readonly params: JsonRecord
}

/** Items with their metadata, parallel; only items that have a score. */
export interface ReducedScores {
  readonly values: Float64Array
  /** Value of a metadata key for item i. */
  readonly metadata: (item: number, key: string) => string | undefined
}

export type Recomputed =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'cannot'; readonly code: string; readonly values: Readonly<Record<string, string | number>> }

export function recomputeMetric(metric: HeadlineMetric, scores: ReducedScores): Recomputed {
  const { values } = scores
  const { params } = metric
  const kind = metric.group ?? metric.name
  if (kind === 'bootstrap_stderr' || kind === 'bootstrap_std' || (kind === 'ci' && params.method === 'bootstrap'))
    return cannot('metric-is-random', { metric: kind })
  if (kind === 'grouped') return grouped(metric, scores)
  if (values.length === 0) return cannot('no-scored-items', {})
  switch (kind) {
    case 'accuracy':
    case 'mean':
      return value(mean(values))
    case 'std':
      return value(values.length < 2 ? 0 : Math.sqrt(variance(values)))
    case 'var':
      return value(values.length < 2 ? 0 : variance(values))
    case 'stderr':
      return standardError(scores, textOf(params.cluster))
    case 'ci':
      return confidenceBound(metric, scores)
    default:
      return cannot('metric-unknown', { metric: kind })
  }
}

/** Sample SD/√n, or with clusters √(Σ_c (Σ_i (x_i − x̄))² · C/(C−1)) / n (Miller 2024, appendix A, with C/(C−1)). */
function standardError(scores: ReducedScores, cluster: string | undefined): Recomputed {
  const { values } = scores
  if (cluster === undefined) return value(values.length < 2 ? 0 : Math.sqrt(variance(values) / values.length))
  const sums = clusterSums(scores, cluster)
  if (sums === undefined) return cannot('cluster-values-missing', { key: cluster })
  const count = sums.size
  if (count < 2) return value(0)
  let squares = 0
  for (const sum of sums.values()) squares += sum * sum
  return value(Math.sqrt((squares * count) / (count - 1)) / values.length)
}

function clusterSums({ values, metadata }: ReducedScores, key: string): ReadonlyMap<string, number> | undefined {
  const center = mean(values)
  const sums = new Map<string, number>()
  for (let item = 0; item < values.length; item++) {
    const cluster = metadata(item, key)
    if (cluster === undefined) return undefined
    sums.set(cluster, (sums.get(cluster) ?? 0) + (values[item] ?? 0) - center)
  }
  return sums
}

/** x̄ ± t · stderr, with n − 1 degrees of freedom, or clusters − 1. */
function confidenceBound(metric: HeadlineMetric, scores: ReducedScores): Recomputed {
  const { values } = scores
  const center = mean(values)
  if (values.length < 2) return value(center)
  const level = numberOf(metric.params.level) ?? 0.95
  const cluster = textOf(metric.params.cluster)
  const error = standardError(scores, cluster)
  if (error.kind === 'cannot') return error
  const groups = cluster === undefined ? values.length : (clusterSums(scores, cluster)?.size ?? 0)
  const reach = studentTQuantile(1 - (1 - level) / 2, Math.max(1, groups - 1)) * error.value
  if (metric.name !== 'lower' && metric.name !== 'upper')
    return cannot('metric-unknown', { metric: `ci ${metric.name}` })
  return value(metric.name === 'lower' ? center - reach : center + reach)
}

/** One metric per group of a metadata key, and one over all samples or over the groups' figures. */
function grouped(metric: HeadlineMetric, scores: ReducedScores): Recomputed {
  const { params } = metric
  const inner = recordOf(params.metric)
  const key = textOf(params.group_key)
  if (inner === undefined || key === undefined) return cannot('metric-unknown', { metric: 'grouped' })
  const within = (items: readonly number[]): Recomputed =>
    recomputeMetric(innerMetric(inner), {
      values: Float64Array.from(items, (item) => scores.values[item] ?? Number.NaN),
      metadata: (item, name) => scores.metadata(items[item] ?? -1, name),
    })
  const groups = new Map<string, number[]>()
  for (let item = 0; item < scores.values.length; item++) {
    const group = scores.metadata(item, key)
    if (group === undefined) return cannot('cluster-values-missing', { key })
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [item])
    else members.push(item)
  }
  if (metric.name !== (textOf(params.all_label) ?? 'all')) {
    const template = textOf(params.name_template) ?? '{group_name}'
    const members = [...groups].find(([group]) => sameGroup(template.replace('{group_name}', group), metric.name))
    return members === undefined ? cannot('no-scored-items', {}) : within(members[1])
  }
  if (params.all !== 'groups') return within(Array.from(scores.values.keys()))
  const figures: number[] = []
  for (const members of groups.values()) {
    const figure = within(members)
    if (figure.kind === 'cannot') return figure
    figures.push(figure.value)
  }
  return figures.length === 0 ? cannot('no-scored-items', {}) : value(mean(Float64Array.from(figures)))
}

function innerMetric(inner: JsonRecord): HeadlineMetric {
  return {
    name: unqualifiedName(textOf(inner.name) ?? ''),
    group: undefined,
    params: recordOf(inner.params) ?? {},
  }
}

/** `inspect_ai/accuracy` → `accuracy`. */
export function unqualifiedName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** Group names are metadata as Python prints it: `True` for true, `2.0` for a whole float. */
function sameGroup(ours: string, theirs: string): boolean {
  return (
    ours === theirs || ours.toLowerCase() === theirs.toLowerCase() || (ours !== '' && Number(ours) === Number(theirs))
  )
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const x of values) sum += x
  return sum / values.length
}

function variance(values: Float64Array): number {
  const center = mean(values)
  let squares = 0
  for (const x of values) squares += (x - center) ** 2
  return squares / (values.length - 1)
}

function value(number: number): Recomputed {
  return { kind: 'value', value: number }
}

function cannot(code: string, values: Readonly<Record<string, string | number>>): Recomputed {
  return { kind: 'cannot', code, values }
}
