/** Answers of a samples file of Every Eval Ever: the first completion of each line. */
import type { RecordedAnswer } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { observationOf } from '../every-eval-ever/instance-observation.ts'
import { recordOf, textOf } from '../files/json-access.ts'
import { streamLimitBytes } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile } from '../source.ts'
import { ToldAnswers } from './told-answers.ts'

export async function instanceRecordings(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const { path } = file
  const answers = new ToldAnswers()
  await readLines({
    file,
    signal,
    onProgress: () => undefined,
    limitBytes: streamLimitBytes,
    onLine({ text, number }) {
      const line = recordOf(parseTolerantJson(text, { path, member: `line ${number}`, byte: 0 }))
      const observation = line === undefined ? undefined : observationOf(line, () => undefined)
      if (line === undefined || observation === undefined)
        return fail('recording-line-invalid', { path, line: number, problem: 'no instance' }, 'correct this line')
      const raw = recordOf(line.output)?.raw
      const reply: unknown = Array.isArray(raw) ? raw[0] : undefined
      if (typeof reply !== 'string') return undefined
      const { task, item, model, levels, technique, replicate, inputTokens, outputTokens } = observation.row
      const metadata = recordOf(line.metadata)
      answers.add({
        ...{ task, itemId: item, model, levels: levels ?? {}, technique, replicate: replicate ?? 1, text: reply },
        usage: {
          ...(inputTokens === undefined ? {} : { inputTokens }),
          ...(outputTokens === undefined ? {} : { outputTokens }),
        },
        state: observation.own ? textOf(metadata?.state) : undefined,
        calls: observation.own && metadata?.calls !== undefined ? Number(metadata.calls) : undefined,
      })
      return undefined
    },
  })
  return answers.list()
}
