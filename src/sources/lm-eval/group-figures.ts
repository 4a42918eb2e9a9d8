/** Recomputes the figures of an lm-eval group (MMLU over its subjects, say) from the rows of all tasks below it. */
import type { Reconciliation } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import type { LmEvalResults, TaskResults } from './lm-eval-results.ts'
import type { MetricSummary } from './metric-summary.ts'

/** Summaries of the tasks whose rows are complete: task → scorer → summary. */
export type TaskSummaries = ReadonlyMap<string, ReadonlyMap<string, MetricSummary>>

/** The tasks at the leaves of a group; groups may hold groups. */
export function leavesOf(results: LmEvalResults, group: TaskResults): readonly string[] {
  const byName = new Map(results.tasks.map((task) => [task.task, task]))
  const seen = new Set<string>()
  const visit = (name: string): readonly string[] => {
    if (seen.has(name)) return []
    seen.add(name)
    const below = byName.get(name)?.subtasks ?? []
    return below.length === 0 ? [name] : below.flatMap(visit)
  }
  return group.subtasks.flatMap(visit)
}

export interface GroupOptions {
  readonly group: TaskResults
  readonly leaves: readonly string[]
  readonly summaries: TaskSummaries
}

/**
 * Mean over tasks, by size or plain as the group was configured (the file does not say which), and the pooled standard
 * error √(Σ(nᵢ − 1) nᵢ sᵢ² / (Σnᵢ − k) / Σnᵢ) of `pooled_sample_stderr`.
 */
export function reconcileGroup({ group, leaves, summaries }: GroupOptions): readonly Reconciliation[] {
  return group.metrics.flatMap((reported) => {
    const name = `${group.task} / ${reported.scorer}`
    const parts = leaves.map((leaf) => summaries.get(leaf)?.get(reported.scorer))
    const known = parts.filter((part) => part !== undefined)
    const missing = parts.length - known.length
    const because: Caveat | undefined =
      missing === 0 && known.length > 0
        ? undefined
        : { code: 'group-rows-missing', severity: 'note', values: { group: group.task, missing, tasks: parts.length } }
    const size = known.reduce((sum, { scored }) => sum + scored, 0)
    const weighted = known.reduce((sum, { mean, scored }) => sum + mean * scored, 0) / size
    const plain = known.reduce((sum, { mean }) => sum + mean, 0) / known.length
    const squares = known.reduce((sum, part) => sum + (part.scored - 1) * part.scored * part.standardError ** 2, 0)
    const pooled = Math.sqrt(squares / (size - known.length) / size)
    const either = close(reported.value, plain) ? plain : weighted
    const figures = [
      check({ metric: `${name} / mean over tasks`, said: reported.value, found: either, because }),
      check({ metric: `${name} / pooled standard error`, said: reported.standardError, found: pooled, because }),
    ]
    return figures.filter(({ reported: said }) => said !== undefined)
  })
}

interface Check {
  readonly metric: string
  readonly said: number | undefined
  readonly found: number
  readonly because: Caveat | undefined
}

function check({ metric, said, found, because }: Check): Reconciliation {
  if (because !== undefined || Number.isNaN(found))
    return { metric, reported: said, recomputed: undefined, verdict: 'cannot', because }
  if (close(said, found)) return { metric, reported: said, recomputed: found, verdict: 'match' }
  const values = { difference: found - (said ?? 0) }
  const differs: Caveat = { code: 'difference-unexplained', severity: 'note', values }
  return { metric, reported: said, recomputed: found, verdict: 'differs', because: differs }
}

function close(said: number | undefined, found: number): boolean {
  return said !== undefined && Math.abs(said - found) <= 1e-9 * Math.max(1, Math.abs(said))
}
