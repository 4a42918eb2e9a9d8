/** What hosted providers have in common: their own address and key, and how to put another in their place. */
import { z } from 'zod'
import { fail } from '../../stats/fail.ts'

export const hostedOptions = {
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('another address with the same protocol; needs keyVariable, so that a key goes only where it belongs'),
}

export function hostedAddress(input: {
  readonly endpoint: string
  readonly options: { readonly baseUrl?: string | undefined; readonly keyVariable?: string | undefined }
  readonly baseUrl: string
  readonly variable: string
}): { readonly baseUrl: string; readonly model: string; readonly variable: string } {
  const { endpoint, options } = input
  const model = endpoint.slice(endpoint.indexOf(':') + 1)
  const provider = endpoint.slice(0, endpoint.indexOf(':'))
  if (model === '') fail('endpoint-without-model', { endpoint }, `write it as ${provider}:MODEL`)
  if (options.baseUrl === undefined)
    return { baseUrl: input.baseUrl, model, variable: options.keyVariable ?? input.variable }
  const url = new URL(options.baseUrl)
  if (url.username !== '' || url.password !== '' || url.search !== '')
    fail(
      'endpoint-holds-credentials',
      { host: url.host },
      'leave out user, password and query; name the key as keyVariable',
    )
  if (options.keyVariable === undefined) {
    fail(
      'key-variable-missing',
      { endpoint, host: url.host },
      `${input.variable} is sent to ${new URL(input.baseUrl).host} alone: name the variable for this address as keyVariable`,
    )
  }
  return { baseUrl: options.baseUrl.replace(/\/+$/, ''), model, variable: options.keyVariable }
}
