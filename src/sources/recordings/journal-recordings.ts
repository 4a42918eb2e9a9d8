/** Answers of a run of ours: every call that was paid, with the setting, technique and repeat it belongs to. */
import { createHash } from 'node:crypto'
import {
  type CallRecord,
  cellAt,
  type JournalRecord,
  levelsAt,
  type RecordedAnswer,
  type SearchEnds,
  type Study,
  searchPlaceAt,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { readLines } from '../files/read-lines.ts'
import type { LogFile } from '../source.ts'

export async function journalRecordings(
  segments: readonly LogFile[],
  signal: AbortSignal,
): Promise<readonly RecordedAnswer[]> {
  const answers: RecordedAnswer[] = []
  let study: Study | undefined
  const ends = new Map<string, SearchEnds>()
  let chain = '0'.repeat(64)
  for (const [position, file] of segments.entries()) {
    const isLast = position === segments.length - 1
    await readLines({
      file,
      signal,
      onProgress: () => undefined,
      limitBytes: 2 ** 40,
      onLine: ({ text, number, ended }) => {
        // A last line that was cut off by a crash was never counted as written.
        if (!ended && isLast) return
        const body = `{${text.slice(76)}`
        chain = createHash('sha256').update(chain).update(body).digest('hex')
        if (!text.startsWith(`{"chain":"${chain}",`))
          fail('journal-changed', { path: file.path, line: number }, 'restore the run folder from a copy')
        const record = JSON.parse(body) as JournalRecord
        if (record.kind === 'start') study ??= record.study
        if (record.kind === 'call' && study !== undefined) answers.push(...answerOf({ record, study, ends }))
        if (record.kind === 'search-end') ends.set(record.model, record.ends)
      },
    })
  }
  return answers
}

/** None for calls of a technique's fitting: they belong to no item. */
function answerOf(given: {
  readonly record: CallRecord
  readonly study: Study
  readonly ends: ReadonlyMap<string, SearchEnds>
}): readonly RecordedAnswer[] {
  const { record, study, ends } = given
  if (record.index === -1) return []
  const searched = record.index < 0
  const place = searched ? searchPlaceAt(study, record.index) : cellAt(study, record.index)
  const { technique, replicate } = place
  const item = (searched ? study.search?.items : study.items)?.[place.item]
  const { response, failure, model, purpose, sequence } = record
  if (item === undefined || (response === undefined && failure === undefined)) return []
  const outcome: RecordedAnswer['outcome'] | undefined =
    response !== undefined
      ? { kind: 'response', response }
      : failure !== undefined
        ? { kind: 'failure', failure: { ...failure, retryable: false, retryAfterMs: undefined } }
        : undefined
  if (outcome === undefined) return []
  const levels = (searched ? study.settings[place.setting] : levelsAt(study, place, ends)) ?? {}
  return [
    {
      task: study.title,
      itemId: item.id,
      model,
      levels,
      technique: study.techniques[technique],
      replicate,
      purpose,
      sequence,
      outcome,
    },
  ]
}
