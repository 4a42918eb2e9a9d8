import { expect, test } from 'vitest'
import type { ModelRequest, ProtocolWithItems } from '../domain/index.ts'
import { designs } from '../methods/designs/index.ts'
import { factors } from '../methods/factors/index.ts'
import { scorers } from '../methods/scorers/index.ts'
import { techniques } from '../methods/techniques/index.ts'
import type { Model } from '../providers/provider.ts'
import { openRandom } from '../random/index.ts'
import { largestSizes } from './call-charge.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'
import { prepareStudy } from './prepare-study.ts'
import { checkRunnable, rehearse } from './rehearse.ts'

const plugIns = { designs, factors, scorers, techniques }
const maxTokens = 60

/** Items with four options; half of them for fitting and selecting. */
function protocolOf(changes: Readonly<Record<string, unknown>>): ProtocolWithItems {
  const inline = Array.from({ length: 40 }, (_, index) => ({
    id: `item-${index}`,
    input: `Which number is ${index}? ${'It is asked again. '.repeat(index % 5)}`,
    options: ['one', 'two', 'three', 'four hundred and forty'],
    target: index % 4,
  }))
  const { claims, ...plain } = smallProtocol({ items: 1, claim: { scorer: 'multiple-choice' } })
  return smallProtocol({
    items: 1,
    with: {
      ...plain,
      items: { inline },
      answer: 'letter',
      scorers: [{ use: 'multiple-choice' }],
      claims: claims.map((claim) => ({ ...claim, scorer: 'multiple-choice' })),
      decoding: { maxTokens },
      roles: { fit: 0.25, select: 0.25 },
      stopping: { rule: 'fixed' },
      ...changes,
    },
  })
}

/** Replies at random, none longer than was allowed; writes down what it was asked. */
function recordingModel(right: number): { readonly model: Model; readonly requests: ModelRequest[] } {
  const requests: ModelRequest[] = []
  const model: Model = {
    endpoint: 'fake:recording',
    capabilities: new Set(['chat', 'likelihood']),
    close: async () => undefined,
    async call({ request, cell }) {
      requests.push(request)
      const random = openRandom(`${cell.seedPath} ${cell.purpose}`)
      if (request.kind === 'likelihood') {
        const likelihoods = request.continuations.map(() => ({
          logProbability: -random.uniform(),
          tokens: 1,
          greedy: false,
        }))
        return {
          kind: 'response',
          response: { text: '', finish: 'stop', usage: {}, latencyMs: 0, attempts: 1, likelihoods },
        }
      }
      const words = 'because '.repeat(Math.floor(random.uniform() * 25))
      const questions = [
        ...request.messages
          .map(({ content }) => content)
          .join(' ')
          .matchAll(/Which number is (\d+)\?/g),
      ]
      const target = Number(questions.at(-1)?.[1] ?? 0) % 4
      const letter = 'ABCD'[random.uniform() < right ? target : 3] ?? 'A'
      const tool = random.uniform() < 0.5 ? 'Calculate: 2 + 2\n' : ''
      const asked = request.messages.at(-1)?.content ?? ''
      const end = asked.includes('"Score: "')
        ? 'Score: 7'
        : asked.includes('"Verdict: "')
          ? 'Verdict: PASS'
          : `Answer: ${letter}`
      const text = `${words}\n${tool}${end}`
      return { kind: 'response', response: { text, finish: 'stop', usage: {}, latencyMs: 0, attempts: 1 } }
    },
  }
  return { model, requests }
}

const judges = [{ id: 'j', endpoint: 'fake:judge', maxTokens: 40 }]

test.each([
  ['zero-shot', {}, {}],
  ['few-shot', { examples: 5 }, {}],
  ['few-shot', { examples: 5, choose: 'nearest' }, {}],
  ['chain-of-thought', {}, {}],
  ['chain-of-thought', { answer: 'second-call' }, {}],
  ['self-consistency', {}, {}],
  ['choice-shuffle', {}, {}],
  ['medprompt', { examples: 5 }, {}],
  ['uncertainty-routed', { samples: 3 }, {}],
  ['tool-loop', { steps: 4 }, {}],
  ['best-of-n', { samples: 3, verifier: 'self' }, {}],
  ['best-of-n', { samples: 3, verifier: 'judge' }, { judges }],
  [
    'zero-shot',
    {},
    {
      judges,
      scorers: [{ use: 'multiple-choice' }, { use: 'model-graded', with: { rubric: 'right', orders: 'both' } }],
    },
  ],
  [
    'zero-shot',
    { unconditional: 'yes' },
    { answer: 'likelihood', scorers: [{ use: 'likelihood', with: { normalisation: 'unconditional' } }] },
  ],
  [
    'few-shot',
    { examples: 3 },
    {
      factors: [
        { use: 'option-order', with: {} },
        { use: 'format', with: { formats: 3 } },
      ],
      replicates: 2,
    },
  ],
] as const)(
  'rehearse of %s %j bounds calls and tokens of the run, and is not far above',
  async (use, parameters, changes) => {
    const own = 'scorers' in changes ? changes.scorers[0].use : 'multiple-choice'
    const base = protocolOf({ techniques: [{ use, with: parameters }], ...changes })
    const protocol = { ...base, claims: base.claims.map((claim) => ({ ...claim, scorer: own })) }
    const { perModel, prompts, repeatsUnbounded } = await rehearse(prepareStudy({ protocol, plugIns }))
    expect({ prompts, repeatsUnbounded }).toEqual({ prompts: 'all', repeatsUnbounded: false })
    const [asked, judge] = [recordingModel(0.95), recordingModel(0.5)]
    const { outcome, error } = await runSmall({
      protocol,
      plugIns,
      models: [asked.model],
      judges: new Map('judges' in changes ? [['j', judge.model]] : []),
      concurrency: 1,
    })
    expect(error).toBeUndefined()
    expect(outcome?.reason).toBe('complete')
    for (const [requests, cost] of [
      [asked.requests, perModel.get('model')],
      [judge.requests, perModel.get('judge j')],
    ] as const) {
      expect(cost === undefined).toBe(requests.length === 0)
      if (cost === undefined) continue
      const sizes = requests.map(largestSizes)
      const calls = requests.reduce(
        (sum, request) => sum + (request.kind === 'likelihood' ? request.continuations.length : 1),
        0,
      )
      const input = sizes.reduce((sum, [size]) => sum + size, 0)
      const output = sizes.reduce((sum, [, size]) => sum + (size ?? Number.NaN), 0)
      expect(calls).toBeLessThanOrEqual(cost.requests)
      expect(input).toBeLessThanOrEqual(cost.inputAtMost)
      expect(output).toBeLessThanOrEqual(cost.outputAtMost ?? Number.NaN)
      // A bound that is far from what happens helps nobody; loops end earlier, and shared prompts are paid once.
      expect(cost.requests).toBeLessThanOrEqual(use === 'tool-loop' ? 4 * calls : 2 * calls)
      expect(cost.inputAtMost).toBeLessThanOrEqual(5 * input)
    }
  },
)

test('judges and models that grade themselves run under a budget of tokens and money, and judges cost their price', async () => {
  const price = { inputPerMillion: 0, outputPerMillion: 1_000_000 }
  const budget = { tokens: 10_000_000, usd: 1_000_000 }
  const reply = { text: 'Score: 7\nVerdict: PASS', finish: 'stop', latencyMs: 0, attempts: 1 } as const
  const judge: Model = {
    ...recordingModel(0).model,
    call: async () => ({ kind: 'response', response: { ...reply, usage: { inputTokens: 10, outputTokens: 2 } } }),
  }
  for (const changes of [
    { scorers: [{ use: 'multiple-choice' }, { use: 'model-graded', with: { rubric: 'right' } }] },
    { techniques: [{ use: 'best-of-n', with: { samples: 2, verifier: 'judge' } }] },
    { techniques: [{ use: 'best-of-n', with: { samples: 2, verifier: 'self' } }], judges: [] },
  ]) {
    const models = [{ id: 'm', endpoint: 'fake:m', price: { inputPerMillion: 0, outputPerMillion: 0 } }]
    const protocol = protocolOf({ models, budget, judges: judges.map((each) => ({ ...each, price })), ...changes })
    const { outcome, error } = await runSmall({
      protocol,
      plugIns,
      models: [recordingModel(0.5).model],
      judges: new Map([['j', judge]]),
    })
    expect(error).toBeUndefined()
    expect(outcome?.reason).toBe('complete')
    // Two tokens at a dollar each, for every judgement of twenty reported items.
    const judgements = 'scorers' in changes ? 20 : 'judges' in changes ? 0 : 40
    expect(outcome?.spent.usd).toBeCloseTo(2 * judgements, 9)
  }
})

test('rehearse says where a prompt repeats a reply whose length nobody bounds', async () => {
  const unbounded = (use: string, parameters: Readonly<Record<string, unknown>>) =>
    rehearse(
      prepareStudy({
        protocol: protocolOf({ techniques: [{ use, with: parameters }], decoding: {} }),
        plugIns,
      }),
    )
  const twice = await unbounded('chain-of-thought', { answer: 'second-call' })
  expect(twice.repeatsUnbounded).toBe(true)
  const once = await unbounded('zero-shot', {})
  expect(once.repeatsUnbounded).toBe(false)
  expect(once.perModel.get('model')?.outputAtMost).toBeUndefined()
})

test('checkRunnable refuses, without a call, what a run would refuse once it had begun', async () => {
  const refusal = async (changes: Readonly<Record<string, unknown>>): Promise<unknown> =>
    checkRunnable(prepareStudy({ protocol: protocolOf(changes), plugIns })).catch((error: unknown) => error)
  const none = { roles: { fit: 0, select: 0 } }
  expect(await refusal({})).toBeUndefined()
  for (const use of ['few-shot', 'medprompt', 'uncertainty-routed'])
    expect(await refusal({ ...none, techniques: [{ use }] })).toMatchObject({ name: 'AssayError' })
  expect(await refusal({ techniques: [{ use: 'best-of-n', with: { verifier: 'judge' } }] })).toMatchObject({
    code: 'no-judge-declared',
  })
  const graded = (judge: string) => ({
    scorers: [{ use: 'multiple-choice' }, { use: 'model-graded', with: { rubric: 'right', judge } }],
  })
  expect(await refusal({ judges, ...graded('k') })).toMatchObject({
    code: 'judge-not-declared',
    values: { judge: 'k' },
  })
  expect(await refusal({ judges, ...graded('j') })).toBeUndefined()
})
