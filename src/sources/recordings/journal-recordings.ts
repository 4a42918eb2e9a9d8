/** Answers of a run of ours: every call that was paid, with the setting, technique and repeat it belongs to. */
import { createHash } from 'node:crypto'
import { type CallRecord, cellAt, type JournalRecord, type RecordedAnswer, type Study } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { readLines } from '../files/read-lines.ts'
import type { LogFile } from '../source.ts'

export async function journalRecordings(
  segments: readonly LogFile[],
  signal: AbortSignal,
): Promise<readonly RecordedAnswer[]> {
  const answers: RecordedAnswer[] = []
  let study: Study | undefined
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
        if (record.kind === 'call' && study !== undefined) answers.push(...answerOf(record, study))
      },
    })
  }
  return answers
}

/** None for calls of a technique's fitting: they belong to no item. */
function answerOf(record: CallRecord, study: Study): readonly RecordedAnswer[] {
  if (record.index < 0) return []
  const { item: at, setting, technique, replicate } = cellAt(study, record.index)
  const item = study.items[at]
  const { response, failure, model, purpose, sequence } = record
  if (item === undefined || (response === undefined && failure === undefined)) return []
  const outcome: RecordedAnswer['outcome'] | undefined =
    response !== undefined
      ? { kind: 'response', response }
      : failure !== undefined
        ? { kind: 'failure', failure: { ...failure, retryable: false, retryAfterMs: undefined } }
        : undefined
  if (outcome === undefined) return []
  const levels = study.settings[setting] ?? {}
  return [
    { itemId: item.id, model, levels, technique: study.techniques[technique], replicate, purpose, sequence, outcome },
  ]
}
