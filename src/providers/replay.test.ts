import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatRequest, keepsProviderContract, providerCall } from '../../test/contracts/provider-contract.ts'
import { readRecordings } from '../sources/index.ts'
import { headerOf, writeArchiveLog, writeJsonLog } from '../sources/inspect/fixtures/write-log.ts'
import { openModel } from './index.ts'
import type { Model, ProviderCall } from './provider.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-replay-'))
  const sample = (id: string, epoch: number, completion: string, more: object = {}): readonly [string, unknown] => [
    `samples/${id}_epoch_${epoch}.json`,
    {
      id,
      epoch,
      input: 'question',
      target: 'x',
      output: {
        model: 'served',
        completion,
        choices: [{ message: { role: 'assistant', content: completion }, stop_reason: 'stop' }],
        usage: { input_tokens: 7, output_tokens: 2, input_tokens_cache_read: 3 },
        time: 0.25,
      },
      ...more,
    },
  ]
  const members = [
    sample('item-1', 1, `A ${'long '.repeat(200)}reply`),
    sample('item-1', 2, 'second'),
    sample('item-2', 1, '', { output: {}, error: { message: 'crashed' } }),
  ]
  writeArchiveLog(join(folder, 'log.eval'), { header: headerOf({}), summaries: [], members })
  writeJsonLog(join(folder, 'log.json'), { header: headerOf({}), summaries: members.map(([, value]) => value) })
  writeFileSync(
    join(folder, 'answers.jsonl'),
    '{"item":"item-1","text":"B","model":"one"}\n{"item":"item-1","text":"C","model":"two","levels":{"format":"odd"}}\n',
  )
  writeFileSync(join(folder, 'table.csv'), 'item,score,prediction\nitem-1,1,north\nitem-2,0,south\n')
  writeFileSync(join(folder, 'bad.jsonl'), '{"item":"item-1","text":"B"}\n{"item":"item-1","txt":"B"}\n')
  writeFileSync(join(folder, 'journal-0001.jsonl'), journal())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run of two settings and two techniques over one item, with one failed call and a torn last line. */
function journal(): string {
  const study = {
    models: ['small'],
    items: [{ id: 'item-1', attributes: {} }],
    settings: [{}, { format: 'odd' }],
    techniques: ['zero-shot', 'chain-of-thought'],
    replicates: 1,
  }
  const response = { text: 'plain', finish: 'stop', usage: { inputTokens: 3 }, latencyMs: 12, attempts: 2 }
  const call = {
    kind: 'call',
    model: 'small',
    purpose: 'solve',
    sequence: 0,
    cell: 'c',
    request: 'r',
    attempts: 1,
    charged: {},
  }
  const records = [
    { kind: 'start', study },
    { ...call, index: -1, response },
    { ...call, index: 0, response },
    { ...call, index: 3, response: { ...response, text: 'odd and thought through' } },
    { ...call, index: 2, failure: { cause: 'timeout', retryable: true, retryAfterMs: 5, detail: 'late' } },
    { kind: 'of-the-future' },
  ]
  let chain = '0'.repeat(64)
  const lines = records.map((record) => {
    const body = JSON.stringify(record)
    chain = createHash('sha256').update(chain).update(body).digest('hex')
    return `{"chain":"${chain}",${body.slice(1)}\n`
  })
  return `${lines.join('')}{"chain":"abc`
}

function open(file: string, options: Record<string, unknown> = {}): Promise<Model> {
  return openModel({
    endpoint: `replay:${file}`,
    options,
    secret: () => undefined,
    now: () => 0,
    workingDirectory: folder,
    readRecordings: (path) => readRecordings({ path, workingDirectory: folder, signal: new AbortController().signal }),
  })
}

function at(cell: Partial<ProviderCall['cell']>): ProviderCall {
  const call = providerCall()
  return { ...call, cell: { ...call.cell, ...cell } }
}

keepsProviderContract({ title: 'replay', open: () => open('log.eval'), secrets: [] })

test.each(['log.eval', 'log.json'])(
  'replay:%s gives whole completions, epochs as repeats, and recorded errors as failures',
  async (file) => {
    const model = await open(file)
    expect(await model.call(providerCall())).toEqual({
      kind: 'response',
      response: {
        text: `A ${'long '.repeat(200)}reply`,
        finish: 'stop',
        usage: { inputTokens: 10, outputTokens: 2, cachedTokens: 3 },
        latencyMs: 250,
        servedBy: 'served',
        attempts: 1,
      },
    })
    expect(await model.call(at({ replicate: 2 }))).toMatchObject({ response: { text: 'second' } })
    expect(await model.call(at({ itemId: 'item-2' }))).toMatchObject({
      failure: { cause: 'server-error', retryable: false },
    })
  },
)

test('replay gives nothing that was not recorded: other items, repeats, settings, techniques, later calls, likelihoods', async () => {
  const model = await open('log.eval')
  for (const cell of [
    { itemId: 'item-9' },
    { replicate: 3 },
    { levels: { format: 'odd' } },
    { technique: 'chain-of-thought' },
    { sequence: 1 },
    { purpose: 'judge' as const },
  ]) {
    expect(await model.call(at(cell))).toMatchObject({ failure: { cause: 'not-recorded', retryable: false } })
  }
  const likelihood = { kind: 'likelihood', prompt: 'x', continuations: [' a'] } as const
  expect(await model.call(providerCall(likelihood))).toMatchObject({ failure: { cause: 'not-recorded' } })
  const named = await open('log.eval', { technique: 'chain-of-thought' })
  expect(await named.call(at({ technique: 'chain-of-thought' }))).toMatchObject({ kind: 'response' })
})

test('replay of a run of ours keeps settings, techniques and failures apart, past a torn last line', async () => {
  const model = await open('journal-0001.jsonl')
  expect(await model.call(at({}))).toMatchObject({ response: { text: 'plain', latencyMs: 12, attempts: 1 } })
  const odd = { format: 'odd' }
  expect(await model.call(at({ levels: odd, technique: 'chain-of-thought' }))).toMatchObject({
    response: { text: 'odd and thought through' },
  })
  expect(await model.call(at({ levels: odd }))).toMatchObject({
    failure: { cause: 'timeout', retryable: false, detail: 'late' },
  })
  expect(await model.call(at({ technique: 'chain-of-thought' }))).toMatchObject({ failure: { cause: 'not-recorded' } })
})

test('replay of JSONL picks the model of the endpoint and asks for it where several are recorded', async () => {
  await expect(open('answers.jsonl')).rejects.toMatchObject({
    code: 'replay-model-ambiguous',
    values: { models: 'one, two' },
  })
  await expect(open('answers.jsonl#three')).rejects.toMatchObject({ code: 'replay-model-unknown' })
  const one = await open('answers.jsonl#one')
  expect(await one.call(providerCall(chatRequest()))).toMatchObject({ response: { text: 'B', usage: {} } })
  const two = await open('answers.jsonl#two')
  expect(await two.call(at({ levels: { format: 'odd' } }))).toMatchObject({ response: { text: 'C' } })
})

test('replay of a table gives what the scorer read', async () => {
  const model = await open('table.csv')
  expect(await model.call(at({ itemId: 'item-2' }))).toMatchObject({ response: { text: 'south', finish: 'unknown' } })
})

test('replay says which line is wrong, which file is missing, and that an endpoint needs a path', async () => {
  await expect(open('bad.jsonl')).rejects.toMatchObject({ code: 'recording-line-invalid', values: { line: 2 } })
  await expect(open('nowhere.jsonl')).rejects.toMatchObject({ name: 'AssayError' })
  await expect(open('')).rejects.toMatchObject({ code: 'endpoint-without-path' })
})

test('replay of a table takes no token count that cannot be, and blanks for unknown', async () => {
  const table = (tokens: string): Promise<Model> => {
    writeFileSync(join(folder, 'tokens.csv'), `item,response,output_tokens\nitem-1,north,${tokens}\n`)
    return open('tokens.csv')
  }
  const usageOf = async (tokens: string) => {
    const outcome = await (await table(tokens)).call(at({}))
    return outcome.kind === 'response' ? outcome.response.usage : undefined
  }
  expect(await usageOf('12')).toEqual({ outputTokens: 12 })
  for (const unknown of ['', 'NA', 'nan']) expect(await usageOf(unknown)).toEqual({})
  for (const wrong of ['-3', '2.5', '1e300', 'many'])
    await expect(table(wrong)).rejects.toMatchObject({
      code: 'count-not-whole',
      values: { column: 'output_tokens', value: wrong },
    })
})
