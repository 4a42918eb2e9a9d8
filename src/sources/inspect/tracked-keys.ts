/** Which sample metadata a log's own metrics refer to, and which of it is the unit of independence above the item. */
import { type JsonRecord, recordOf, textOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'

export interface TrackedKeys {
  /** Every key whose values are kept for all samples. */
  readonly keys: readonly string[]
  /** Candidates for the cluster, best first: keys named by the log's clustered metrics, then keys of telling names. */
  readonly clusterCandidates: readonly string[]
}

/** Genuine logs name one or two. */
const mostKeys = 24
const tellingNames = ['cluster', 'cluster_id', 'family', 'passage_id']

/** Collects `stderr(cluster=…)`, `ci(cluster=…)` and `grouped(…, group_key)` wherever a header may state them. */
export function trackedKeys(header: InspectHeader): TrackedKeys {
  const clusters = new Set<string>()
  const groups = new Set<string>()
  const note = (options: JsonRecord | undefined): void => {
    const cluster = textOf(options?.cluster)
    const group = textOf(options?.group_key)
    if (cluster !== undefined) clusters.add(cluster)
    if (group !== undefined) groups.add(group)
    const inner = recordOf(options?.metric)
    if (inner !== undefined) note(recordOf(inner.params))
  }
  const walk = (metrics: unknown): void => {
    if (Array.isArray(metrics)) for (const metric of metrics) walk(metric)
    const record = recordOf(metrics)
    if (record === undefined) return
    note(recordOf(record.options))
    note(recordOf(record.params))
    // Metrics per key of a composite score stand in an object of lists; results in an object of metrics.
    if (typeof record.name !== 'string') for (const value of Object.values(record)) walk(value)
  }
  walk(header.eval.metrics)
  for (const scorer of listOf(header.eval.scorers)) walk(recordOf(scorer)?.metrics)
  for (const score of listOf(header.results?.scores)) walk(recordOf(score)?.metrics)
  const clusterCandidates = [...clusters, ...tellingNames.filter((name) => !clusters.has(name))]
  return { clusterCandidates, keys: [...new Set([...clusterCandidates, ...groups])].slice(0, mostKeys) }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
