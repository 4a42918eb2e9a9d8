/** What a log says of its run as a whole: `header.json`, or `_journal/start.json` of a run that never finished. */
import type { RunRecord } from '../../domain/index.ts'
import { fail } from '../../stats/fail.ts'
import { type JsonRecord, numberOf, recordOf, textOf } from '../files/json-access.ts'

export interface InspectHeader {
  /** Schema version of the log; absent in early ones. */
  readonly version: number | undefined
  readonly status: RunRecord['status']
  readonly eval: JsonRecord
  readonly plan: JsonRecord
  /** Inspect's own figures; absent in an unfinished or unscored log. */
  readonly results: JsonRecord | undefined
  /** Whether some samples were declared invalid after the run. */
  readonly invalidated: boolean
  /** Times the log's tags or metadata were edited after the run. */
  readonly edits: number
  readonly tags: readonly string[]
  readonly error: string | undefined
}

/** Members of the top-level object that make up the header. */
export const headerMembers: ReadonlySet<string> = new Set([
  'version',
  'status',
  'eval',
  'plan',
  'results',
  'error',
  'invalidated',
  'log_updates',
  'tags',
])

/** Schema versions whose layout is known. Others are read all the same, with a caveat. */
export const knownVersions: ReadonlySet<number> = new Set([1, 2, 3, 4])

/** `place` names where the header stands, for the error when it is none. */
export function readHeader(
  header: JsonRecord,
  place: { readonly path: string; readonly member: string },
): InspectHeader {
  const evaluation = recordOf(header.eval)
  if (evaluation === undefined || textOf(evaluation.task) === undefined || textOf(evaluation.model) === undefined)
    fail(
      'inspect-header-malformed',
      { path: place.path, member: place.member },
      'pass a log written by Inspect; its header has an "eval" object with a task and a model',
    )
  return {
    version: numberOf(header.version),
    status: statusOf(header.status),
    eval: evaluation,
    plan: recordOf(header.plan) ?? {},
    results: recordOf(header.results),
    invalidated: header.invalidated === true,
    edits: Array.isArray(header.log_updates) ? header.log_updates.length : 0,
    tags: textList(header.tags ?? evaluation.tags),
    error: textOf(recordOf(header.error)?.message),
  }
}

/** A log without a status is the journal of a run that has not finished. */
function statusOf(status: unknown): RunRecord['status'] {
  if (status === undefined || status === null || status === 'started') return 'started'
  if (status === 'success') return 'finished'
  return status === 'error' || status === 'cancelled' ? status : 'unknown'
}

function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((tag): tag is string => typeof tag === 'string') : []
}
