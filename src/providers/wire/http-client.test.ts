import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { HttpClient } from './http-client.ts'

test('HttpClient gives no answer that holds the key, also where a 200 repeats it in what the model says', async () => {
  const key = 'sk-planted-0123456789abcdef'
  const server = createServer((request, response) => {
    request.resume()
    response.end(JSON.stringify({ said: `You sent ${request.headers.authorization}`, twice: [key, key] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new HttpClient({
    headers: { authorization: `Bearer ${key}` },
    timeoutMs: 10_000,
    now: () => 0,
    secrets: [key],
  })
  try {
    const answer = await client.post({
      url: `http://127.0.0.1:${port}/v1`,
      body: '{}',
      signal: new AbortController().signal,
    })
    expect(JSON.stringify(answer)).not.toContain(key.slice(0, 12))
    expect(answer).toMatchObject({ kind: 'answer', status: 200 })
    expect(answer.kind === 'answer' && JSON.parse(answer.text)).toEqual({
      said: 'You sent Bearer [key]',
      twice: ['[key]', '[key]'],
    })
  } finally {
    await client.close()
    server.close()
  }
})
