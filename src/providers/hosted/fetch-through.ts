/** A `fetch` that goes through our own client and remembers what came back. One for each call. */
import type { CallFailure } from '../../domain/index.ts'
import type { HttpAnswer, HttpClient } from '../wire/http-client.ts'

export interface Exchange {
  answer: HttpAnswer | undefined
  failure: CallFailure | undefined
}

export function fetchThrough(client: HttpClient, exchange: Exchange): typeof globalThis.fetch {
  return async (input, init) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url
    const result = await client.post({
      url,
      body: typeof init?.body === 'string' ? init.body : '',
      headers: Object.fromEntries(new Headers(init?.headers)),
      signal: init?.signal ?? new AbortController().signal,
    })
    if (result.kind === 'failure') {
      exchange.failure = result.failure
      throw new TypeError('fetch failed')
    }
    exchange.answer = result
    const { status, headers, text } = result
    const plain = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || name === 'content-length' ? [] : [[name, String(value)]],
    )
    return new Response(status === 204 || status === 304 ? null : text, { status, headers: plain })
  }
}
