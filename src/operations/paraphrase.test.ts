import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paraphrase as factor } from '../methods/factors/paraphrase.ts'
import { paraphrase } from './paraphrase.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-paraphrase-'))

const protocol = {
  version: 1,
  title: 'primes',
  construct: { definition: 'telling primes' },
  envelope: { normalUse: 'a chat' },
  models: [{ id: 'm', endpoint: 'simulated:steady' }],
  items: { inline: [{ id: 'q1', input: 'Is 7 prime?', target: 'yes' }] },
  instruction: 'Answer the question briefly: {{question}}',
  scorers: [{ use: 'exact-match' }],
  claims: [
    {
      id: 'c',
      kind: 'capability',
      quantifier: 'mean',
      scorer: 'exact-match',
      model: 'm',
      population: 'these-items',
      direction: 'above',
      threshold: 0.5,
      decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
    },
  ],
}

let written = 0

/** What the models say: the writer a new wording per request, the judges yes unless the wording is the second. */
function reply(model: string, text: string): string {
  if (model === 'writer') return JSON.stringify([`Wording ${++written}, in short: {{question}}`])
  return JSON.stringify({ equivalent: !(text.includes('Wording 2') && model === 'judge-a'), reasons: [] })
}

// A real server on the loopback: the operation goes the whole way to the wire.
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { model, messages } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const content = reply(model, messages[0].content)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        id: 'r',
        object: 'chat.completion',
        created: 1,
        model,
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
      }),
    )
  })
})

let base = ''
beforeAll(async () => {
  writeFileSync(join(folder, 'protocol.json'), JSON.stringify(protocol))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `openai-compatible:http://127.0.0.1:${(server.address() as AddressInfo).port}/v1#`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

function run(given: Record<string, unknown>) {
  const host = { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined }
  const context = { signal: new AbortController().signal, workingDirectory: folder, progress: () => {}, host }
  const all = {
    protocol: 'protocol.json',
    generator: `${base}writer`,
    judge: [`${base}judge-a`, `${base}judge-b`],
    ...given,
  }
  return paraphrase.run(paraphrase.input.parse(all), context)
}

test('paraphrase writes what both judges accept, queues what they disagree on, and takes a person’s decision', async () => {
  const result = await run({ perRecipe: 1 })
  const made = JSON.parse(readFileSync(join(folder, 'paraphrases/paraphrases.json'), 'utf8'))
  expect(made).toMatchObject({ judged: 3, queued: 1, spent: { calls: 15, tokens: 225 } })
  expect(made.paraphrases.map(({ text }: { text: string }) => text)).toEqual([
    'Wording 1, in short: {{question}}',
    'Wording 3, in short: {{question}}',
  ])
  expect(factor.parameters.safeParse({ paraphrases: made.paraphrases }).success).toBe(true)
  expect(result.text({ columns: 80, style: (_, text) => text })).toContain(
    '2 wordings accepted, 1 left to a person, of 3',
  )
  const queue = join(folder, 'paraphrases/human-queue.jsonl')
  writeFileSync(join(folder, 'decided.jsonl'), readFileSync(queue, 'utf8').replace('undecided', 'equivalent'))
  written = 10
  await run({ perRecipe: 1, decided: 'decided.jsonl', out: 'more' })
  const more = JSON.parse(readFileSync(join(folder, 'more/paraphrases.json'), 'utf8'))
  expect(more.paraphrases.at(-1)).toEqual({
    name: 'human-expand-1',
    text: 'Wording 2, in short: {{question}}',
    equivalence: 'human',
  })
})

test('paraphrase refuses one judge, the same judge twice, and a protocol without an instruction', async () => {
  await expect(run({ judge: [`${base}judge-a`] })).rejects.toThrow('needs two judges')
  await expect(run({ judge: [`${base}judge-a`, `${base}judge-a`] })).rejects.toThrow('needs two judges')
  writeFileSync(join(folder, 'bare.json'), JSON.stringify({ ...protocol, instruction: '' }))
  await expect(run({ protocol: 'bare.json' })).rejects.toThrow('no instruction')
})
