/** Answers written one a line: `{ "item": "q1", "text": "B" }`, with model, replicate, levels and technique where known. */
import { z } from 'zod'
import type { RecordedAnswer } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { readLines } from '../files/read-lines.ts'
import type { LogFile } from '../source.ts'

const line = z.strictObject({
  item: z.union([z.string(), z.int()]).transform(String),
  text: z.string(),
  model: z.string().min(1).optional(),
  replicate: z.int().min(1).default(1),
  levels: z.record(z.string(), z.string()).default({}),
  technique: z.string().min(1).optional(),
  sequence: z.int().min(0).default(0),
  finish: z.enum(['stop', 'length', 'refusal', 'tool', 'unknown']).default('unknown'),
  inputTokens: z.int().min(0).optional(),
  outputTokens: z.int().min(0).optional(),
  latencyMs: z.number().min(0).optional(),
})

export function isAnswerLines({ path, head }: LogFile): boolean {
  if (!/\.jsonl(\.gz)?$/i.test(path)) return false
  const first = Buffer.from(head).toString('utf8').split('\n', 1)[0] ?? ''
  return /^\s*\{/.test(first) && /"item"\s*:/.test(first) && /"text"\s*:/.test(first)
}

export async function lineRecordings(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const answers: RecordedAnswer[] = []
  await readLines({
    file,
    signal,
    onProgress: () => undefined,
    limitBytes: 2 ** 34,
    onLine: ({ text: raw, number }) => {
      const {
        item,
        text,
        model,
        replicate,
        levels,
        technique,
        sequence,
        finish,
        inputTokens,
        outputTokens,
        latencyMs,
      } = parseLine(raw, { path: file.path, line: number })
      const usage = {
        ...(inputTokens === undefined ? {} : { inputTokens }),
        ...(outputTokens === undefined ? {} : { outputTokens }),
      }
      const response = { text, finish, usage, ...(latencyMs === undefined ? {} : { latencyMs }) }
      const place = { itemId: item, model, levels, technique, replicate, sequence, purpose: 'solve' } as const
      answers.push({ ...place, outcome: { kind: 'response', response } })
    },
  })
  return answers
}

function parseLine(text: string, place: { readonly path: string; readonly line: number }): z.infer<typeof line> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('recording-line-invalid', { ...place, problem: 'no JSON' }, 'write one JSON object on each line')
  }
  const parsed = line.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const problem = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
  return fail('recording-line-invalid', { ...place, problem }, 'correct this line; "item" and "text" are needed')
}
