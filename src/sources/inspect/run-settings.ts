/** Settings, levels and provenance of a run, as text, from its header. */
import type { Levels } from '../../domain/index.ts'
import { type JsonRecord, printed, printedFields, recordOf } from '../files/json-access.ts'
import { canonicalText } from '../json/canonical-text.ts'
import type { InspectHeader } from './header.ts'
import { solverChain } from './technique.ts'

const longestText = 300
const secret = /(api|access)_?(key|token)|secret|password|credential|authorization/i

/** Everything the header states about how the run was made: decoding, limits, task and model arguments, solvers. */
export function runSettings(header: InspectHeader): Readonly<Record<string, string>> {
  const { eval: evaluation, plan } = header
  const settings: Record<string, string> = {}
  put(settings, '', recordOf(evaluation.config))
  put(settings, '', recordOf(evaluation.model_generate_config))
  put(settings, '', recordOf(plan.config))
  put(settings, 'task.', recordOf(evaluation.task_args))
  put(settings, 'task.', recordOf(evaluation.task_args_passed))
  put(settings, 'model.', recordOf(evaluation.model_args))
  put(settings, 'solver.', recordOf(evaluation.solver_args))
  put(settings, '', {
    solver: solverChain(header),
    sandbox: recordOf(evaluation.sandbox)?.type ?? evaluation.sandbox,
    modelBaseUrl: evaluation.model_base_url,
  })
  const roles = recordOf(evaluation.model_roles)
  for (const [role, config] of Object.entries(roles ?? {}))
    put(settings, 'role.', { [role]: recordOf(config)?.model ?? config })
  return sorted(settings)
}

/**
 * Arguments that were passed to the task, as levels: runs of one task with other arguments are variants of it.
 * Scalars and short lists count; what was left at its default is "as given".
 */
export function runLevels(header: InspectHeader): Levels {
  // A log that assay exported says its levels whole, however long.
  const own = recordOf(recordOf(header.eval.metadata)?.assay_levels)
  if (own !== undefined) return printedFields(own, Object.keys(own).sort())
  const passed = recordOf(header.eval.task_args_passed) ?? recordOf(header.eval.task_args) ?? {}
  const levels: Record<string, string> = {}
  for (const key of Object.keys(passed).sort()) {
    const value = passed[key]
    if (value === undefined || recordOf(value) !== undefined || secret.test(key)) continue
    const text = typeof value === 'string' ? value : canonicalText(value)
    if (text !== '' && text.length <= 80) levels[key] = text
  }
  return levels
}

export function runProvenance(header: InspectHeader): Readonly<Record<string, string>> {
  const { eval: evaluation } = header
  const provenance: Record<string, string> = {}
  const revision = recordOf(evaluation.revision)
  const dataset = recordOf(evaluation.dataset)
  put(provenance, '', {
    created: evaluation.created,
    evalId: evaluation.eval_id,
    runId: evaluation.run_id,
    taskId: evaluation.task_id,
    evalSetId: evaluation.eval_set_id,
    taskFile: evaluation.task_file,
    commit: revision?.commit,
    commitDirty: revision?.dirty,
    repository: revision?.origin,
    dataset: dataset?.name,
    datasetLocation: dataset?.location,
    datasetSamples: dataset?.samples,
    datasetShuffled: dataset?.shuffled,
    tags: header.tags.length === 0 ? undefined : header.tags.join(', '),
    logVersion: header.version,
    error: header.error,
  })
  put(provenance, 'package.', recordOf(evaluation.packages))
  return sorted(provenance)
}

function put(target: Record<string, string>, prefix: string, fields: JsonRecord | undefined): void {
  for (const [key, value] of Object.entries(fields ?? {})) {
    const text = typeof value === 'object' && value !== null ? canonicalText(value) : printed(value)
    if (text === undefined || text === '{}') continue
    const shown = secret.test(key) ? 'withheld' : text
    target[`${prefix}${key}`] = shown.length > longestText ? `${shown.slice(0, longestText)}…` : shown
  }
}

function sorted(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
