/**
 * Reads the results file of lm-evaluation-harness, of version 0.4 (`"acc,none"`) and before (`"acc"`).
 *
 * A key that ends in `_stderr` is the standard error of another metric and never a metric itself.
 */
import { fail } from '../../stats/index.ts'
import { type JsonRecord, numberOf, printed, recordOf, textOf } from '../files/json-access.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'

export interface ReportedMetric {
  /** `exact_match,strict-match`, or `acc` before 0.4: how the rows are named too. */
  readonly scorer: string
  readonly metric: string
  readonly filter: string | undefined
  readonly value: number | undefined
  /** Undefined where the harness wrote none or "N/A". */
  readonly standardError: number | undefined
  readonly higherIsBetter: boolean | undefined
}

export interface TaskResults {
  readonly task: string
  readonly alias: string | undefined
  readonly version: string | undefined
  readonly metrics: readonly ReportedMetric[]
  /** Documents that were asked; undefined where the file does not say. */
  readonly documents: number | undefined
  readonly fewshot: string | undefined
  readonly config: JsonRecord | undefined
  readonly taskHash: string | undefined
  /** Tasks below it, for a group. */
  readonly subtasks: readonly string[]
}

export interface LmEvalResults {
  readonly tasks: readonly TaskResults[]
  readonly config: JsonRecord
  readonly root: JsonRecord
}

export function parseLmEvalResults(text: string, path: string): LmEvalResults {
  const root = recordOf(parseTolerantJson(text, { path, member: '', byte: 0 }))
  const results = recordOf(root?.results)
  if (root === undefined || results === undefined)
    fail('not-a-results-file', { path }, 'pass a results_*.json written by lm-evaluation-harness')
  // Before 0.4.3 groups stood beside the tasks, later in both places.
  const entries = { ...recordOf(root.groups), ...results }
  const tasks = Object.keys(entries)
    .sort()
    .flatMap((task) => {
      const entry = recordOf(entries[task])
      return entry === undefined ? [] : [taskOf({ task, entry, root })]
    })
  return { tasks, config: recordOf(root.config) ?? {}, root }
}

interface TaskEntry {
  readonly task: string
  readonly entry: JsonRecord
  readonly root: JsonRecord
}

function taskOf({ task, entry, root }: TaskEntry): TaskResults {
  const sizes = recordOf(recordOf(root['n-samples'])?.[task])
  const config = recordOf(recordOf(root.configs)?.[task])
  const shots = recordOf(root['n-shot'])?.[task] ?? config?.num_fewshot ?? recordOf(root.config)?.num_fewshot
  const subtasks = recordOf(root.group_subtasks)?.[task]
  return {
    task,
    alias: textOf(entry.alias)?.replace(/^[\s-]+/, ''),
    version: printed(recordOf(root.versions)?.[task]),
    metrics: reportedMetrics(entry, recordOf(recordOf(root.higher_is_better)?.[task])),
    documents: numberOf(sizes?.effective) ?? numberOf(entry.sample_len),
    fewshot: typeof shots === 'number' || typeof shots === 'string' ? String(shots) : undefined,
    config,
    taskHash: textOf(recordOf(root.task_hashes)?.[task]),
    subtasks: Array.isArray(subtasks) ? subtasks.filter((name) => typeof name === 'string') : [],
  }
}

/** Keys beside the metrics that may hold numbers. */
const notMetrics: ReadonlySet<string> = new Set(['name', 'alias', 'sample_len', 'sample_count', 'samples', ' '])

function reportedMetrics(entry: JsonRecord, higherIsBetter: JsonRecord | undefined): readonly ReportedMetric[] {
  return Object.keys(entry)
    .sort()
    .flatMap((key) => {
      const comma = key.indexOf(',')
      const metric = comma < 0 ? key : key.slice(0, comma)
      const filter = comma < 0 ? undefined : key.slice(comma + 1)
      const value = entry[key]
      if (notMetrics.has(key) || metric.endsWith('_stderr') || typeof value !== 'number') return []
      const standardErrorKey = filter === undefined ? `${metric}_stderr` : `${metric}_stderr,${filter}`
      const better = higherIsBetter?.[metric]
      return [
        {
          scorer: key,
          metric,
          filter,
          value: numberOf(value),
          standardError: numberOf(entry[standardErrorKey]),
          higherIsBetter: typeof better === 'boolean' ? better : undefined,
        },
      ]
    })
}
