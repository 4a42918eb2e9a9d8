/** Reads a key from the environment, or says which variable to set. */
import { fail } from '../stats/fail.ts'

export function readKey(input: {
  readonly endpoint: string
  readonly variable: string
  readonly secret: (name: string) => string | undefined
}): string {
  const { endpoint, variable, secret } = input
  const key = secret(variable)?.trim()
  if (key === undefined || key === '')
    fail('key-missing', { endpoint, variable }, `set the environment variable ${variable} to the key of this endpoint`)
  // A line break inside a header would end the request; the key itself is not repeated.
  if (/[^\x21-\x7e]/.test(key))
    fail(
      'key-malformed',
      { endpoint, variable },
      `set ${variable} to the key alone, without spaces or line breaks inside`,
    )
  return key
}
