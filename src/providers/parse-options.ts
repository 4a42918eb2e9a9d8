/** Checks the options of a model and says which one is wrong. Values are not repeated: an option may hold a secret by mistake. */
import type { z } from 'zod'
import { fail } from '../stats/fail.ts'

export function parseOptions<Schema extends z.ZodType>(input: {
  readonly endpoint: string
  readonly schema: Schema
  readonly options: Readonly<Record<string, unknown>>
}): z.infer<Schema> {
  const parsed = input.schema.safeParse(input.options)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const option = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : '')
  fail(
    'model-option-invalid',
    { endpoint: input.endpoint, option, problem: issue?.message ?? 'not readable' },
    'correct this option of the model in the protocol',
  )
}
