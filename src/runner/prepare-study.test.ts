import { expect, test } from 'vitest'
import { type Protocol, type ProtocolWithItems, protocolSchema } from '../domain/index.ts'
import { designs } from '../methods/designs/index.ts'
import { factors } from '../methods/factors/index.ts'
import { scorers } from '../methods/scorers/index.ts'
import { techniques } from '../methods/techniques/index.ts'
import { fakeModel } from './fixtures/fake-model.ts'
import { renderedPrompt } from './fixtures/rendered-prompt.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'
import { type PreparedStudy, prepareStudy } from './prepare-study.ts'

const claim = {
  id: 'able',
  kind: 'capability',
  quantifier: 'mean',
  scorer: 'multiple-choice',
  model: 'm',
  population: 'items-like-these',
  direction: 'above',
  threshold: 0.5,
  decision: { ifSupported: 'ship', ifRefuted: 'stop', ifInconclusive: 'wait' },
}

/** Everything that is drawn: formats, orders, examples, settings, roles and the order of items. */
function drawnProtocol(changes: Readonly<Record<string, unknown>>): ProtocolWithItems {
  const protocol: Protocol = protocolSchema.parse({
    version: 1,
    title: 'drawn',
    construct: { definition: 'draws' },
    envelope: { normalUse: 'single questions' },
    models: [{ id: 'm', endpoint: 'simulated:steady' }],
    items: {
      inline: Array.from({ length: 40 }, (_, index) => ({
        id: `item-${index}`,
        input: `Which is number ${index}?`,
        options: ['one', 'two', 'three', 'four'],
        target: index % 4,
      })),
    },
    roles: { fit: 0.25, select: 0 },
    answer: 'letter',
    factors: [
      { use: 'format', with: { formats: 12 } },
      { use: 'option-order', with: { orders: 'random' } },
      { use: 'few-shot', with: { sizes: [0, 2], sets: 2 } },
    ],
    design: { use: 'random', with: { settings: 9 } },
    techniques: [{ use: 'few-shot', with: { examples: 2 } }],
    scorers: [{ use: 'multiple-choice' }],
    claims: [claim],
    seed: 'drawn-1',
    ...changes,
  })
  if (!('inline' in protocol.items)) throw new Error('items are inline here')
  return { ...protocol, items: protocol.items }
}

function drawsOf(changes: Readonly<Record<string, unknown>> = {}) {
  const prepared: PreparedStudy = prepareStudy({
    protocol: drawnProtocol(changes),
    plugIns: { factors, designs, techniques, scorers },
  })
  return {
    levels: prepared.factors.map(({ levels }) => levels),
    settings: prepared.study.settings,
    items: prepared.study.items.map(({ id }) => id),
    fit: prepared.study.fitItems,
    prompts: prepared.items.flatMap((item) =>
      prepared.study.settings.map((levels) => renderedPrompt({ prepared, item, levels })),
    ),
  }
}

test('prepareStudy draws the same whatever title, endpoint, claims, budget and construct say', () => {
  const before = drawsOf()
  expect(new Set(before.prompts).size).toBeGreaterThan(200)
  for (const changes of [
    { title: 'another title' },
    { models: [{ id: 'm', endpoint: 'openai-compatible:http://localhost:1/v1#other' }] },
    {
      claims: [
        { ...claim, threshold: 0.6 },
        { ...claim, id: 'second' },
      ],
    },
    { budget: { calls: 9 }, construct: { definition: 'other' }, stopping: { rule: 'fixed' } },
    { scorers: [{ use: 'multiple-choice' }, { use: 'exact-match' }], replicates: 3, decoding: { temperature: 1 } },
  ])
    expect(drawsOf(changes)).toEqual(before)
})

test('prepareStudy draws anew where the seed is another', () => {
  const [one, other] = [drawsOf(), drawsOf({ seed: 'drawn-2' })]
  for (const name of ['levels', 'settings', 'items', 'prompts'] as const) expect(other[name]).not.toEqual(one[name])
})

test('prepareStudy refuses parameters that a plug-in does not take, and names those it does', () => {
  expect(() => drawsOf({ factors: [{ use: 'few-shot', with: { counts: [0, 2] } }] })).toThrow(
    expect.objectContaining({ code: 'factor-parameter-unknown', fix: 'use: sizes, sets, orders' }),
  )
  expect(() => drawsOf({ scorers: [{ use: 'multiple-choice', with: { k: 1 } }] })).toThrow(
    expect.objectContaining({ code: 'scorer-parameter-unknown', fix: 'it takes none: leave "with" out' }),
  )
  const personas = [{ name: 'p', description: 'kind', of: 'user' }]
  expect(() => drawsOf({ factors: [{ use: 'persona', with: { personas } }] })).toThrow(
    expect.objectContaining({ code: 'factor-parameters-not-usable', message: expect.stringContaining('of') }),
  )
})

test('prepareStudy refuses more cells than can be held, before it makes anything of them', () => {
  expect(() => drawsOf({ replicates: 1_000_000_000 })).toThrow(
    expect.objectContaining({ code: 'too-many-cells', fix: expect.stringContaining('replicates') }),
  )
})

test('runStudy seeds its calls by names: an added model, level or replicate moves the answers of no other cell', async () => {
  const answersOf = async (changes: Readonly<Record<string, unknown>>, models: number) => {
    const { records } = await runSmall({
      protocol: smallProtocol({ items: 25, with: { stopping: { rule: 'fixed' }, ...changes } }),
      models: Array.from({ length: models }, () => fakeModel({ ability: 0.5 })),
    })
    return new Set(
      records.flatMap((record) =>
        record.kind === 'call' && record.model === 'm' ? [`${record.request} ${record.response?.text}`] : [],
      ),
    )
  }
  const tone = (...levels: string[]) => ({ factors: [{ use: 'tone', with: { levels } }] })
  const before = await answersOf(tone('plain'), 1)
  expect(before.size).toBe(25)
  for (const [changes, models] of [
    [{ ...tone('plain', 'shout'), title: 'longer' }, 1],
    [{ ...tone('plain'), replicates: 2 }, 1],
    [
      {
        ...tone('plain'),
        models: [
          { id: 'other', endpoint: 'fake:n' },
          { id: 'm', endpoint: 'fake:elsewhere' },
        ],
      },
      2,
    ],
  ] as const) {
    const after = await answersOf(changes, models)
    expect([...before].filter((call) => !after.has(call))).toEqual([])
  }
})

const openItems = { inline: [{ id: 'a', input: 'Which?', target: 'yes' }] }
const matched = {
  scorers: [{ use: 'normalised-match' }],
  claims: [{ ...claim, scorer: 'normalised-match' }],
  factors: [],
  design: { use: 'full' },
}
const caveatsOf = (changes: Readonly<Record<string, unknown>>) =>
  prepareStudy({
    protocol: drawnProtocol(changes),
    plugIns: { factors, designs, techniques, scorers },
  }).study.caveats ?? []

test('prepareStudy says that free questions hide options, and which scorer reads the answers', () => {
  expect(caveatsOf({})).toEqual([])
  const [caveat, ...more] = caveatsOf({ ...matched, answer: 'generative' })
  expect(more).toEqual([])
  expect(caveat).toMatchObject({ code: 'options-hidden', values: { items: 30, scorers: 'normalised-match' } })
  const modes = { use: 'answer-mode', with: { modes: ['letter', 'generative'] } }
  const varied = caveatsOf({ ...matched, factors: [modes, { use: 'option-order' }] })
  expect(varied.map(({ code, values }) => [code, values])).toEqual([
    ['options-hidden-at-levels', { items: 30, scorers: 'normalised-match', levels: 'generative' }],
    ['factor-changes-not-all', { factor: 'option-order', levels: 'generative', open: 0 }],
  ])
  expect(
    caveatsOf({
      ...matched,
      answer: 'generative',
      items: openItems,
      roles: { fit: 0, select: 0 },
      techniques: [{ use: 'zero-shot' }],
    }),
  ).toEqual([])
})

test.each([
  ['no-scorer-reads-answers', { answer: 'generative', factors: [] }],
  ['no-scorer-reads-answers', { answer: 'likelihood', factors: [] }],
  [
    'claim-scorer-cannot-read-answers',
    { answer: 'generative', factors: [], scorers: [{ use: 'multiple-choice' }, { use: 'exact-match' }] },
  ],
  [
    'no-scorer-reads-answers',
    { ...matched, scorers: [{ use: 'numeric' }], claims: [{ ...claim, scorer: 'numeric' }], answer: 'generative' },
  ],
  ['factor-needs-shown-options', { ...matched, answer: 'generative', factors: [{ use: 'option-order' }] }],
  ['factor-needs-shown-options', { ...matched, answer: 'generative', factors: [{ use: 'option-labels' }] }],
  [
    'factor-needs-options',
    {
      ...matched,
      answer: 'generative',
      factors: [{ use: 'answer-mode' }],
      items: openItems,
      roles: { fit: 0, select: 0 },
    },
  ],
])('prepareStudy refuses %s, with a fix', (code, changes) => {
  const design = { use: 'full' }
  expect(() => caveatsOf({ design, ...changes })).toThrow(
    expect.objectContaining({ code, fix: expect.stringMatching(/./) }),
  )
})
