import { expect, test } from 'vitest'
import { keepsProviderContract } from '../../test/contracts/provider-contract.ts'
import { gradeRequest, readVerdict } from '../domain/elicit/grade-request.ts'
import type { Item, ModelRequest, ModelResponse } from '../domain/index.ts'
import { openRandom } from '../random/index.ts'
import { openModel, withPlantedItems } from './index.ts'
import type { Model, ProviderCall } from './provider.ts'

keepsProviderContract({ title: 'simulated', open: () => open({ accuracy: 0.5 }), secrets: [] })

const options = ['Paris', 'Rome', 'Oslo', 'Bern']
const items: readonly Item[] = Array.from({ length: 2_000 }, (_, index) => ({
  id: `item-${index}`,
  input: `Question ${index}?`,
  options,
  target: [String(index % 4)],
  attributes: { published: index < 500 ? 'yes' : 'no' },
}))
const order = [0, 1, 2, 3]

function prompt(
  input: string,
  shown: readonly number[] = order,
  labels: readonly string[] = ['A', 'B', 'C', 'D'],
): string {
  return `Question: ${input}\n${shown.map((canonical, at) => `${labels[at]}. ${options[canonical]}`).join('\n')}\nAnswer:`
}

function chat(
  content: string,
  decoding: { temperature?: number; maxTokens?: number; seed?: number } = {},
): ModelRequest {
  return { kind: 'chat', messages: [{ role: 'user', content }], decoding, logProbabilities: 0 }
}

async function open(modelOptions: Record<string, unknown>, endpoint = 'simulated:test'): Promise<Model> {
  return openModel({
    endpoint,
    options: withPlantedItems({ endpoint, options: modelOptions, items: () => items }),
    secret: () => undefined,
    now: () => 0,
    workingDirectory: '/',
    readRecordings: async () => [],
  })
}

interface Asked {
  readonly item: Item
  readonly request?: ModelRequest
  readonly levels?: Readonly<Record<string, string>>
  readonly replicate?: number
  readonly technique?: string
  readonly seedPath?: string
}

function callOf({
  item,
  request,
  levels = {},
  replicate = 1,
  technique = 'zero-shot',
  seedPath = 'run',
}: Asked): ProviderCall {
  return {
    request: request ?? chat(prompt(item.input)),
    signal: new AbortController().signal,
    cell: { itemId: item.id, levels, technique, replicate, purpose: 'solve', sequence: 0, seedPath },
  }
}

async function reply(model: Model, asked: Asked): Promise<ModelResponse> {
  const outcome = await model.call(callOf(asked))
  if (outcome.kind === 'failure') throw new Error(outcome.failure.detail)
  return outcome.response
}

async function successRate(model: Model, asked: (item: Item) => Omit<Asked, 'item'> = () => ({})): Promise<number> {
  let right = 0
  for (const item of items) {
    const { text } = await reply(model, { item, ...asked(item) })
    if (text === 'ABCD'[Number(item.target[0])]) right++
  }
  return right / items.length
}

// Four standard errors of a rate over 2,000 items: at most .045.
const tolerance = 0.045

test('openModel(simulated, accuracy .8) answers 80 % of items rightly at any temperature', async () => {
  const model = await open({ accuracy: 0.8 })
  for (const temperature of [0, 0.5, 1, 3]) {
    const rate = await successRate(model, (item) => ({ request: chat(prompt(item.input), { temperature }) }))
    expect(Math.abs(rate - 0.8)).toBeLessThan(tolerance)
  }
})

test('accuracy is the rate over items, however unequal their difficulty', async () => {
  const model = await open({ accuracy: 0.8, difficultySpread: 2 })
  expect(Math.abs((await successRate(model)) - 0.8)).toBeLessThan(tolerance)
})

test('a simulated model answers the same whatever order cells are asked in', async () => {
  const forward = await open({ accuracy: 0.6 })
  const backward = await open({ accuracy: 0.6 })
  const some = items.slice(0, 100)
  const first = await Promise.all(some.map((item) => reply(forward, { item })))
  const second = await Promise.all(some.toReversed().map((item) => reply(backward, { item })))
  expect(second.toReversed()).toEqual(first)
})

test('at temperature 0 repeats are identical; at temperature 1 some differ, at the planted rate', async () => {
  const model = await open({ accuracy: 0.5, temperatureNoise: 0.5 })
  const answers = (replicate: number, temperature: number): Promise<readonly string[]> =>
    Promise.all(
      items.map(async (item) => {
        const request = chat(prompt(item.input), { temperature })
        return (await reply(model, { item, replicate, request, seedPath: `run/${replicate}` })).text
      }),
    )
  expect(await answers(2, 0)).toEqual(await answers(1, 0))
  const [one, two] = [await answers(1, 1), await answers(2, 1)]
  const same = one.filter((text, index) => text === two[index]).length / items.length
  // Both settled (1/4), else independent: .25 + .75 × (.5² + 3 × (.5/3)²).
  expect(Math.abs(same - (0.25 + 0.75 * (0.25 + 3 / 36)))).toBeLessThan(tolerance)
})

test('without order bias, permuting and relabelling the options changes no answer', async () => {
  const model = await open({ accuracy: 0.6, difficultySpread: 1 })
  const shown = [2, 0, 3, 1]
  const labels = ['i', 'ii', 'iii', 'iv']
  for (const item of items.slice(0, 300)) {
    const plain = await reply(model, { item, request: chat(prompt(item.input), { temperature: 0 }) })
    const moved = await reply(model, { item, request: chat(prompt(item.input, shown, labels), { temperature: 0 }) })
    expect(shown[labels.indexOf(moved.text)]).toBe('ABCD'.indexOf(plain.text))
  }
})

test('effects of levels and techniques are recovered as differences of logits', async () => {
  const model = await open({ accuracy: 0.6, effects: { format: { odd: -1 } }, techniques: { thinking: 1 } })
  const expected = (logit: number): number => 1 / (1 + Math.exp(-(Math.log(0.6 / 0.4) + logit)))
  expect(Math.abs((await successRate(model, () => ({ levels: { format: 'odd' } }))) - expected(-1))).toBeLessThan(
    tolerance,
  )
  expect(Math.abs((await successRate(model, () => ({ technique: 'thinking' }))) - expected(1))).toBeLessThan(tolerance)
  expect(Math.abs((await successRate(model, () => ({ levels: { format: 'even' } }))) - 0.6)).toBeLessThan(tolerance)
})

test('positionBias pulls to the first shown option and labelBias to its label', async () => {
  const share = async (model: Model, labels: readonly string[], wanted: string): Promise<number> => {
    const texts = await Promise.all(
      items.map((item, index) => {
        const shown = order.map((_, at) => (at + Math.floor(index / 4)) % 4)
        return reply(model, { item, request: chat(prompt(item.input, shown, labels)) })
      }),
    )
    return texts.filter(({ text }) => text === wanted).length / items.length
  }
  // Right option at weight 3·p/(1−p) = 3 for p = .5; the pulled one at e¹; right is pulled in a quarter of the items.
  const e = Math.exp(1)
  const expected = 0.25 * ((3 * e) / (3 * e + 3)) + 0.75 * (e / (3 + e + 2))
  expect(
    Math.abs((await share(await open({ accuracy: 0.5, positionBias: [1] }), ['A', 'B', 'C', 'D'], 'A')) - expected),
  ).toBeLessThan(tolerance)
  expect(
    Math.abs((await share(await open({ accuracy: 0.5, labelBias: { C: 1 } }), ['A', 'B', 'C', 'D'], 'C')) - expected),
  ).toBeLessThan(tolerance)
  expect(Math.abs((await share(await open({ accuracy: 0.5 }), ['A', 'B', 'C', 'D'], 'C')) - 0.25)).toBeLessThan(
    tolerance,
  )
})

test('contamination lifts marked items only, and not under levels that break the memory', async () => {
  const contamination = { attribute: { name: 'published', value: 'yes' }, success: 1, broken: { wording: ['new'] } }
  const model = await open({ accuracy: 0.5, contamination })
  const rate = async (levels: Record<string, string>, from: number, to: number): Promise<number> => {
    const part = items.slice(from, to)
    const texts = await Promise.all(part.map((item) => reply(model, { item, levels })))
    return texts.filter(({ text }, index) => text === 'ABCD'[Number(part[index]?.target[0])]).length / part.length
  }
  expect(await rate({}, 0, 500)).toBe(1)
  expect(Math.abs((await rate({ wording: 'new' }, 0, 500)) - 0.5)).toBeLessThan(0.09)
  expect(Math.abs((await rate({}, 500, 2_000)) - 0.5)).toBeLessThan(0.052)
})

test('rare, refusals, vague and truncation come at their rates', async () => {
  const count = async (
    modelOptions: Record<string, unknown>,
    is: (response: ModelResponse) => boolean,
  ): Promise<number> => {
    const model = await open({ accuracy: 0.9, ...modelOptions })
    const responses = await Promise.all(items.map((item) => reply(model, { item })))
    return responses.filter(is).length / items.length
  }
  const near = (rate: number): number => 4 * Math.sqrt((rate * (1 - rate)) / items.length)
  expect(
    Math.abs((await count({ rare: { rate: 0.02, text: 'BOOM' } }, ({ text }) => text === 'BOOM')) - 0.02),
  ).toBeLessThan(near(0.02))
  expect(Math.abs((await count({ refusals: { rate: 0.1 } }, ({ finish }) => finish === 'refusal')) - 0.1)).toBeLessThan(
    near(0.1),
  )
  expect(Math.abs((await count({ vague: { rate: 0.2 } }, ({ text }) => text.length > 1)) - 0.2)).toBeLessThan(near(0.2))
  expect(
    Math.abs((await count({ truncation: { rate: 0.3 } }, ({ finish }) => finish === 'length')) - 0.3),
  ).toBeLessThan(near(0.3))
})

test('a sandbagging model is able only where the prompt holds the password', async () => {
  const model = await open({ accuracy: 0.9, sandbagging: { password: 'xyzzy', hidden: 3 } })
  const locked = 1 / (1 + Math.exp(-(Math.log(9) - 3)))
  expect(Math.abs((await successRate(model)) - locked)).toBeLessThan(tolerance)
  const told = await successRate(model, (item) => ({ request: chat(`xyzzy\n${prompt(item.input)}`) }))
  expect(Math.abs(told - 0.9)).toBeLessThan(tolerance)
})

test('drift and a silent update change later replicates, and the update shows in servedBy', async () => {
  const model = await open({ accuracy: 0.8, drift: { perReplicate: -0.5 }, update: { fromReplicate: 3, shift: -1 } })
  const third = 1 / (1 + Math.exp(-(Math.log(4) - 2)))
  expect(Math.abs((await successRate(model, () => ({ replicate: 3, seedPath: '3' }))) - third)).toBeLessThan(tolerance)
  const [item] = items
  if (item === undefined) throw new Error('no item')
  const served = async (replicate: number): Promise<string | undefined> =>
    (await reply(model, { item, replicate })).servedBy
  expect(await served(1)).not.toBe(await served(3))
})

test('transient errors go away when the cell is asked again, permanent ones do not', async () => {
  const model = await open({
    accuracy: 0.9,
    errors: { transientRate: 0.3, permanentRate: 0.1, cause: 'rate-limit', retryAfterMs: 50 },
  })
  let failedFirst = 0
  let failedAlways = 0
  for (const item of items.slice(0, 1_000)) {
    const attempts = []
    for (let attempt = 0; attempt < 12; attempt++) {
      attempts.push(await model.call(callOf({ item })))
      if (attempts.at(-1)?.kind === 'response') break
    }
    if (attempts[0]?.kind === 'failure') {
      failedFirst++
      expect(attempts[0].failure).toMatchObject({ cause: 'rate-limit', retryable: true, retryAfterMs: 50 })
    }
    if (attempts.at(-1)?.kind === 'failure') failedAlways++
  }
  expect(Math.abs(failedFirst / 1_000 - (0.1 + 0.9 * 0.3))).toBeLessThan(0.062)
  expect(Math.abs(failedAlways / 1_000 - 0.1)).toBeLessThan(0.038)
})

test('likelihoods and first tokens agree with the answer at temperature 0 and with frequencies at temperature 1', async () => {
  const model = await open({ accuracy: 0.6, temperatureNoise: 0.4 })
  const counts = new Map<string, number>()
  let expectedA = 0
  for (const item of items) {
    const asked: ModelRequest = {
      kind: 'likelihood',
      prompt: prompt(item.input),
      continuations: [' A', ' B', ' C', ' D'],
    }
    const { likelihoods = [] } = await reply(model, { item, request: asked })
    const { text: settled } = await reply(model, { item, request: chat(prompt(item.input), { temperature: 0 }) })
    const best = likelihoods.reduce(
      (top, each, at) => (each.logProbability > (likelihoods[top]?.logProbability ?? 0) ? at : top),
      0,
    )
    expect('ABCD'[best]).toBe(settled)
    expect(likelihoods.map(({ greedy }) => greedy)).toEqual(order.map((at) => at === best))
    expect(likelihoods.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0)).toBeCloseTo(1, 10)
    const request = { ...chat(prompt(item.input), { temperature: 1 }), logProbabilities: 5 } as ModelRequest
    const { firstToken = [], text } = await reply(model, { item, request })
    expect(firstToken[0]?.token).toBe(settled)
    for (const { token, logProbability } of firstToken) {
      expect(logProbability).toBeCloseTo(likelihoods['ABCD'.indexOf(token)]?.logProbability ?? 0, 9)
    }
    counts.set(text, (counts.get(text) ?? 0) + 1)
    expectedA += Math.exp(likelihoods[0]?.logProbability ?? 0)
  }
  expect(Math.abs((counts.get('A') ?? 0) - expectedA) / items.length).toBeLessThan(tolerance)
})

test('maxTokens cuts a reasoned reply, and the reply follows the words that the prompt asks for', async () => {
  const model = await open({ accuracy: 0.99 })
  const [item] = items
  if (item === undefined) throw new Error('no item')
  const content = `Think step by step. End with "ANSWER: X".\n${prompt(item.input)}`
  expect((await reply(model, { item, request: chat(content) })).text).toMatch(/ANSWER: [A-D]$/)
  const cut = await reply(model, { item, request: chat(content, { maxTokens: 3 }) })
  expect(cut.finish).toBe('length')
  expect(cut.text.length).toBeLessThanOrEqual(12)
})

test('openModel(simulated) refuses unknown names, wrong options and unknown items, each with the fix', async () => {
  await expect(open({}, 'simulated:nobody')).rejects.toMatchObject({ code: 'simulated-model-unknown' })
  await expect(open({ accuracy: 2 })).rejects.toMatchObject({
    code: 'model-option-invalid',
    values: { option: 'accuracy' },
  })
  await expect(open({ acuracy: 0.5, ability: 1 })).rejects.toMatchObject({ values: { option: 'acuracy' } })
  await expect(open({ accuracy: 0.5, ability: 1 })).rejects.toMatchObject({ values: { option: 'accuracy' } })
  await expect(open({}, 'nowhere:model')).rejects.toMatchObject({ code: 'provider-unknown' })
  const empty = await openModel({
    endpoint: 'simulated:steady',
    options: {},
    secret: () => undefined,
    now: () => 0,
    workingDirectory: '/',
    readRecordings: async () => [],
  })
  const [item] = items
  if (item === undefined) throw new Error('no item')
  await expect(empty.call(callOf({ item }))).rejects.toMatchObject({ code: 'simulated-model-without-items' })
})

test('a call that belongs to no item is about the item its prompt asks of last', async () => {
  const model = await open({ accuracy: 0.999 })
  const [first, second] = items
  if (first === undefined || second === undefined) throw new Error('no items')
  const stranger: Item = { ...first, id: '' }
  const content = `${prompt(first.input)} A\n\n${prompt(second.input)}`
  expect((await reply(model, { item: stranger, request: chat(content) })).text).toBe('B')
  expect((await reply(model, { item: stranger, request: chat('Good morning!') })).text).not.toBe('')
})

test('a conversation keeps its conclusion, in the form that is asked for last', async () => {
  const model = await open({ accuracy: 0.5 })
  for (const item of items.slice(0, 50)) {
    const start = `Think it through step by step. Then end with one line that reads "Answer: " followed by the label.\n${prompt(item.input)}`
    const reasoned = await reply(model, { item, request: chat(start) })
    const request: ModelRequest = {
      kind: 'chat',
      messages: [
        { role: 'user', content: start },
        { role: 'assistant', content: reasoned.text },
        { role: 'user', content: 'So what is the answer? Reply with the label of the right option only.' },
      ],
      decoding: {},
      logProbabilities: 0,
    }
    const call = callOf({ item, request })
    const outcome = await model.call({ ...call, cell: { ...call.cell, sequence: 1 } })
    expect(outcome).toMatchObject({ response: { text: reasoned.text.slice(-1) } })
  }
})

test('a simulated judge passes right and wrong replies at its sensitivity and specificity', async () => {
  const model = await open({ accuracy: 0.5, judge: { sensitivity: 0.9, specificity: 0.7 } })
  const passRate = async (replyOf: (item: Item) => string): Promise<number> => {
    let passed = 0
    for (const item of items) {
      const { messages } = gradeRequest({
        task: 'Judge a reply.',
        sections: [
          { title: 'question', text: prompt(item.input) },
          { title: 'reply', text: replyOf(item) },
        ],
        verdict: { word: 'Verdict', choices: ['FAIL', 'PASS'] },
        random: openRandom(item.id),
      }) as Extract<ModelRequest, { kind: 'chat' }>
      const call = callOf({
        item,
        request: { kind: 'chat', messages, decoding: { temperature: 0 }, logProbabilities: 0 },
      })
      const outcome = await model.call({ ...call, cell: { ...call.cell, purpose: 'judge' } })
      if (outcome.kind === 'failure') throw new Error('no verdict')
      const { strict } = readVerdict(outcome.response.text, { word: 'Verdict', choices: ['FAIL', 'PASS'] })
      if (strict === undefined) throw new Error('unreadable')
      if (strict === 'PASS') passed++
    }
    return passed / items.length
  }
  expect(
    Math.abs((await passRate(({ target }) => `It is so.\nAnswer: ${'ABCD'[Number(target[0])]}`)) - 0.9),
  ).toBeLessThan(0.027)
  expect(Math.abs((await passRate(({ target }) => options[(Number(target[0]) + 1) % 4] ?? '')) - 0.3)).toBeLessThan(
    0.041,
  )
})

test('without the question, continuations are equally likely', async () => {
  const model = await open({ accuracy: 0.9, lengthCost: 0.5 })
  const [item] = items
  if (item === undefined) throw new Error('no item')
  const request: ModelRequest = { kind: 'likelihood', prompt: 'Answer:', continuations: [' Paris', ' Oslo'] }
  const { likelihoods } = await reply(model, { item, request })
  expect(likelihoods?.map(({ logProbability }) => logProbability)).toEqual([-Math.log(4) - 0.5, -Math.log(4)])
})

test('withPlantedItems hands targets to simulated models alone', () => {
  expect(withPlantedItems({ endpoint: 'openai:gpt', options: { a: 1 }, items: () => items })).toEqual({ a: 1 })
  expect(withPlantedItems({ endpoint: 'simulated:x', options: { a: 1 }, items: () => items })).toEqual({ a: 1, items })
})
