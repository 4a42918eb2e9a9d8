import { expect, test } from 'vitest'
import { blindItem, type CallOutcome, type ModelRequest } from '../domain/index.ts'
import { paraphrase } from '../methods/factors/paraphrase.ts'
import { openRandom } from '../random/index.ts'
import { queueLines, readQueue } from './paraphrase-factory/human-queue.ts'
import { readEquivalence, readList } from './paraphrase-factory/paraphrase-prompts.ts'
import { type Asked, makeParaphrases } from './paraphrase-factory.ts'

const template = 'Choose one of {{labels}}.'
const example = blindItem({ id: 'e', input: 'Which?', options: ['x', 'y'], target: ['0'], attributes: {} })

function answer(text: string): CallOutcome {
  return { kind: 'response', response: { text, finish: 'stop', usage: {}, latencyMs: 1, attempts: 1 } }
}

const failure: CallOutcome = {
  kind: 'failure',
  failure: { cause: 'timeout', retryable: true, detail: 'slow' },
  attempts: 3,
}

function asked(
  name: string,
  reply: (text: string, call: number) => CallOutcome,
): Asked & { readonly calls: ModelRequest[] } {
  const calls: ModelRequest[] = []
  return {
    name,
    calls,
    call: async (request) => {
      calls.push(request)
      return reply(request.kind === 'chat' ? (request.messages[0]?.content ?? '') : '', calls.length)
    },
  }
}

const agreeing = (name: string) => asked(name, () => answer('{"equivalent": true, "reasons": []}'))

test('makeParaphrases accepts what both judges find equivalent in both orders, and drops by reason what is not usable', async () => {
  const generator = asked('writer', (_, call) => {
    if (call === 1)
      return answer('```json\n["Pick from {{labels}}.", "Pick {{label}}.", "choose one of  {{labels}}."]\n```')
    if (call === 2) return answer('["Select: {{labels}}", "Take {{labels}}!"]')
    if (call === 3) return answer('Sure!')
    return failure
  })
  const harvest = await makeParaphrases({
    template,
    example,
    perRecipe: 3,
    generator,
    judges: [agreeing('a'), agreeing('b')],
  })
  expect(harvest.accepted.map(({ text }) => text)).toEqual([
    'Pick from {{labels}}.',
    'Select: {{labels}}',
    'Take {{labels}}!',
  ])
  // Recipe 1: two requests. Recipe 2: an unreadable reply and two failures. Recipe 3: three failures.
  expect(harvest.dropped).toEqual({
    'call-failed': 5,
    'control-characters': 0,
    'reply-unreadable': 1,
    'placeholders-differ': 1,
    duplicate: 1,
    'not-equivalent': 0,
  })
  expect([generator.calls.length, harvest.judged, harvest.calls]).toEqual([8, 3, 8 + 3 * 4])
})

test('makeParaphrases drops on four times no, and leaves everything else to a person', async () => {
  const generator = asked('writer', (_, call) => answer(JSON.stringify([`Wording ${call} of {{labels}}.`])))
  // Wording 1: all no. Wording 2: the first judge changes its mind with the order. Wording 3: a reply without a verdict.
  const strict = asked('a', (text) => {
    if (text.includes('Wording 1')) return answer('{"equivalent": false, "reasons": ["another task"]}')
    if (text.includes('Wording 2')) return answer(`{"equivalent": ${text.indexOf('Wording') > text.indexOf('Choose')}}`)
    return answer('I think they are alike.')
  })
  const lax = asked('b', (text) => answer(`{"equivalent": ${!text.includes('Wording 1')}, "reasons": []}`))
  const harvest = await makeParaphrases({ template, example, perRecipe: 1, generator, judges: [strict, lax] })
  expect(harvest.accepted).toEqual([])
  expect(harvest.dropped['not-equivalent']).toBe(1)
  expect(harvest.queue.map(({ name }) => name)).toEqual(['expand-1', 'describe-1'])
  expect(harvest.queue[1]?.judgements.filter(({ verdict }) => verdict === undefined)).toHaveLength(2)
})

test('judges see both texts filled with the example, each order once', async () => {
  const generator = asked('writer', () => answer('["Pick from {{labels}}."]'))
  const judge = agreeing('a')
  await makeParaphrases({ template, example, perRecipe: 1, generator, judges: [judge, agreeing('b')] })
  const texts = judge.calls.map((request) => (request.kind === 'chat' ? (request.messages[0]?.content ?? '') : ''))
  expect(texts[0]?.indexOf('Choose')).toBeLessThan(texts[0]?.indexOf('Pick') ?? -1)
  expect(texts[1]?.indexOf('Pick')).toBeLessThan(texts[1]?.indexOf('Choose') ?? -1)
  expect(texts[0]).not.toContain('{{')
})

test('makeParaphrases refuses one judge under two roles', async () => {
  const judges = [agreeing('a'), agreeing('a')] as const
  const generator = asked('writer', () => failure)
  await expect(makeParaphrases({ template, example, perRecipe: 1, generator, judges })).rejects.toThrow(
    'judges are one',
  )
})

test('a person’s decisions come back from the queue and serve as levels of the paraphrase factor', () => {
  const entry = {
    name: 'expand-1',
    original: template,
    text: 'Take {{labels}}.',
    recipe: 'expand',
    judgements: [],
  } as const
  const lines = queueLines([entry, { ...entry, name: 'expand-2' }, { ...entry, name: 'expand-3' }])
  expect(readQueue(lines)).toEqual({ accepted: [], different: 0, undecided: 3 })
  const decided = lines.replace('undecided', 'equivalent').replace('undecided', 'different')
  const { accepted, different, undecided } = readQueue(decided)
  expect([accepted.length, different, undecided]).toEqual([1, 1, 1])
  const parameters = paraphrase.parameters.parse({ paraphrases: accepted })
  expect(paraphrase.levels(parameters, openRandom(1))).toEqual(['original', 'expand-1'])
  expect(() => readQueue('{"name": "a"')).toThrow('queue line not json')
  expect(() => readQueue(lines.replace('undecided', 'yes'))).toThrow('queue line not usable')
})

test('paraphrases nobody checked are refused by the factor', () => {
  expect(paraphrase.parameters.safeParse({ paraphrases: [{ name: 'p', text: 'Pick.' }] }).success).toBe(false)
})

test('readList and readEquivalence find JSON among words and give nothing where there is none', () => {
  expect(readList('Here: ["a", " b "]')).toEqual(['a', 'b'])
  for (const text of ['', '[1]', '["a"', '{}']) expect(readList(text)).toBeUndefined()
  expect(readEquivalence('{"equivalent": false}')).toEqual({ equivalent: false, reasons: [] })
  for (const text of ['', 'yes', '{"equivalent": "yes"}', '[]']) expect(readEquivalence(text)).toBeUndefined()
})

test('makeParaphrases drops wordings that hold control characters, and no model judges its own', async () => {
  const generator = asked('writer', (_, call) =>
    answer(JSON.stringify([`Pick \u001b[2J{{labels}} ${call}`, `Take\u202e {{labels}} ${call}`])),
  )
  const judges = [agreeing('a'), agreeing('b')] as const
  const harvest = await makeParaphrases({ template, example, perRecipe: 2, generator, judges })
  expect(harvest).toMatchObject({ accepted: [], queue: [], judged: 0, dropped: { 'control-characters': 18 } })
  const own = makeParaphrases({
    template,
    example,
    perRecipe: 2,
    generator,
    judges: [agreeing('a'), agreeing('writer')],
  })
  await expect(own).rejects.toMatchObject({ code: 'generator-judges-itself' })
})
