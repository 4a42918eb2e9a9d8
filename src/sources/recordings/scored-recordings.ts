/** What scorers read, where a log holds no replies: whole short answers only, since longer ones are cut when read. */
import { categoryAt, type RecordedAnswer } from '../../domain/index.ts'
import { readLogs } from '../read-logs.ts'
import type { Source } from '../source.ts'

export async function scoredRecordings(options: {
  readonly paths: readonly string[]
  readonly workingDirectory: string
  readonly signal: AbortSignal
  readonly sources: readonly Source[]
}): Promise<readonly RecordedAnswer[]> {
  const { observations } = await readLogs({ ...options, columns: {}, onProgress: () => undefined })
  const answers = new Map<string, RecordedAnswer | 'contradictory'>()
  for (let row = 0; row < observations.rows; row++) {
    const text = categoryAt(observations.answer, row)
    const itemId = categoryAt(observations.item, row)
    if (text === undefined || itemId === undefined || text.endsWith('…')) continue
    const task = categoryAt(observations.task, row)
    const model = categoryAt(observations.model, row)
    const technique = categoryAt(observations.technique, row)
    const levels = observations.variants[observations.variant.codes[row] ?? -1] ?? {}
    const replicate = observations.replicate[row] ?? 1
    const place = { task, itemId, model, levels, technique, replicate, purpose: 'solve', sequence: 0 } as const
    const key = JSON.stringify(place)
    const known = answers.get(key)
    // Two scorers that read different answers from one reply: neither is the reply.
    if (known === undefined) {
      const response = { text, finish: 'unknown', usage: {} } as const
      answers.set(key, { ...place, outcome: { kind: 'response', response } })
    } else if (
      known !== 'contradictory' &&
      (known.outcome.kind !== 'response' || known.outcome.response.text !== text)
    ) {
      answers.set(key, 'contradictory')
    }
  }
  return [...answers.values()].filter((answer) => answer !== 'contradictory')
}
