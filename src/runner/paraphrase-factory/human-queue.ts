/** The file of paraphrases that wait for a person: one JSON object a line, with an empty place for the decision. */
import { z } from 'zod'
import { fail } from '../../stats/index.ts'
import type { Paraphrase, QueuedParaphrase } from '../paraphrase-factory.ts'

const lineSchema = z.object({
  name: z.string().min(1),
  text: z.string().min(1),
  decision: z.enum(['equivalent', 'different', 'undecided']),
})

/** Lines to write. A person replaces `undecided` by `equivalent` or `different`. */
export function queueLines(queue: readonly QueuedParaphrase[]): string {
  return queue.map((entry) => `${JSON.stringify({ ...entry, decision: 'undecided' })}\n`).join('')
}

export interface DecidedQueue {
  readonly accepted: readonly Paraphrase[]
  readonly different: number
  readonly undecided: number
}

/** Reads a file that a person went through. Undecided lines stay out. */
export function readQueue(text: string): DecidedQueue {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parsedLine(line, index + 1)]))
  return {
    accepted: lines
      .filter(({ decision }) => decision === 'equivalent')
      .map(({ name, text: worded }) => ({ name, text: worded, equivalence: 'human' as const })),
    different: lines.filter(({ decision }) => decision === 'different').length,
    undecided: lines.filter(({ decision }) => decision === 'undecided').length,
  }
}

function parsedLine(line: string, number: number): z.infer<typeof lineSchema> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return fail('queue-line-not-json', { line: number }, 'keep one JSON object a line')
  }
  const parsed = lineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return fail(
    'queue-line-not-usable',
    { line: number, field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' },
    'decide with "equivalent", "different" or "undecided"',
  )
}
