import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Item, Technique } from '../../domain/index.ts'
import { broken, capital, labelOf, said, sum, tryTechnique } from './fixtures/try-technique.ts'
import { techniques } from './index.ts'

function named(name: string): Technique {
  const found = techniques.find((technique) => technique.name === name)
  if (found === undefined) throw new Error(`no technique ${name}`)
  return found
}

const fit: readonly Item[] = Array.from({ length: 12 }, (_, index) => ({
  id: `fit-${index}`,
  input: `What is the capital of land ${index}?`,
  options: ['Alpha', 'Beta', 'Gamma', 'Delta'],
  target: [String(index % 4)],
  attributes: { reasoning: `It was founded in year ${index}.` },
}))
const select = fit.slice(0, 4).map((item, index) => ({ ...item, id: `select-${index}` }))

// Calls per item: handbook values, with k samples, n options, m votes.
const plans: readonly (readonly [string, Readonly<Record<string, unknown>>, number, number])[] = [
  ['zero-shot', {}, 1, 0],
  ['few-shot', { examples: 3 }, 1, 0],
  ['chain-of-thought', {}, 1, 0],
  ['chain-of-thought', { answer: 'second-call' }, 2, 0],
  ['self-consistency', { samples: 7 }, 7, 0],
  ['uncertainty-routed', { samples: 4 }, 5, select.length * 5],
  ['choice-shuffle', { orders: 'cyclic' }, 4, 0],
  ['choice-shuffle', { orders: 'all' }, 24, 0],
  ['choice-shuffle', { orders: 'random', count: 3 }, 3, 0],
  ['medprompt', { examples: 2, votes: 5 }, 5, fit.length],
  ['best-of-n', { samples: 3, verifier: 'judge' }, 6, 0],
  ['best-of-n', { samples: 3, verifier: 'self' }, 6, 0],
  ['best-of-n', { samples: 3, verifier: 'oracle' }, 3, 0],
]

/** Knows every answer, and grades what it is shown. */
function oracle({ prompt }: { readonly prompt: string }): string {
  if (prompt.includes('"Score: "')) return 'Fine.\nScore: 7'
  const fits = fit.find(({ input }) => prompt.includes(input) && !prompt.includes(capital.input))
  const right = fits === undefined ? 'Paris' : (fits.options?.[Number(fits.target[0])] ?? '')
  const label = labelOf(prompt, right)
  return prompt.includes('step by step') ? `It is known.\nAnswer: ${label}` : label
}

test.each(plans)(
  '%s with %j makes exactly the calls it plans: %i a cell and %i once',
  async (name, parameters, cell, once) => {
    const technique = named(name)
    const result = await tryTechnique({ technique, item: capital, replies: oracle, parameters, fit, select })
    const plan = technique.plan(technique.parameters.parse(parameters), {
      options: 4,
      fitItems: fit.length,
      selectItems: select.length,
      answerMode: 'letter',
    })
    expect(plan).toEqual({ callsPerCell: cell, callsOnce: once })
    expect([result.calls.length, result.fitCalls.length]).toEqual([cell, once])
    expect(result.attempt.state).toBe('answered')
  },
)

test.each(plans)('%s with %j is the same for the same streams', async (name, parameters) => {
  const trial = { technique: named(name), item: capital, replies: oracle, parameters, fit, select }
  const first = await tryTechnique(trial)
  const second = await tryTechnique(trial)
  expect(second.calls.map(({ request }) => request)).toEqual(first.calls.map(({ request }) => request))
  expect(second.attempt).toEqual(first.attempt)
})

test.each(plans)(
  '%s with %j hands on failures, refusals and cut replies as states, never as answers',
  async (name, parameters) => {
    const trial = { technique: named(name), item: capital, parameters, fit, select }
    const solving = (outcome: typeof broken) => {
      let fitting = named(name).plan(named(name).parameters.parse(parameters), {
        options: 4,
        fitItems: fit.length,
        selectItems: select.length,
        answerMode: 'letter',
      }).callsOnce
      return tryTechnique({ ...trial, replies: (call) => (fitting-- > 0 ? oracle(call) : outcome) })
    }
    const failed = await solving(broken)
    expect(failed.attempt).toMatchObject({ state: 'failed', reason: 'server-error' })
    expect((await solving(said('B', { finish: 'length' }))).attempt.state).toBe('truncated')
    expect((await solving(said('', { finish: 'refusal' }))).attempt.state).toBe('refused')
  },
)

test.each(plans)('%s with %j shows only fit items, and names all it shows', async (name, parameters) => {
  const { attempt, calls } = await tryTechnique({
    technique: named(name),
    item: capital,
    replies: oracle,
    parameters,
    fit,
    select,
  })
  const shown = fit.filter(({ input }) => calls.some(({ prompt }) => prompt.includes(input))).map(({ id }) => id)
  expect([...attempt.exemplarIds].sort()).toEqual(shown.sort())
})

test('every technique has its page', () => {
  for (const { name } of techniques) {
    const page = readFileSync(new URL(`../../../docs/techniques/${name}.md`, import.meta.url), 'utf8')
    expect(page.startsWith(`# ${name}\n`)).toBe(true)
  }
})

test('few-shot: nearest puts the most similar example last, listed keeps its order, balanced shows every answer equally', async () => {
  const few = (parameters: Readonly<Record<string, unknown>>) =>
    tryTechnique({ technique: named('few-shot'), item: capital, replies: oracle, parameters, fit: pool })
  const pool: readonly Item[] = [
    ...fit,
    { id: 'near', input: 'What is the capital of Francia?', options: ['Lyon', 'Paris'], target: ['1'], attributes: {} },
  ]
  expect((await few({ examples: 3, choose: 'nearest' })).attempt.exemplarIds.at(-1)).toBe('near')
  expect((await few({ choose: 'listed', ids: ['fit-7', 'fit-2'] })).attempt.exemplarIds).toEqual(['fit-7', 'fit-2'])
  const balanced = await few({ examples: 8, choose: 'balanced' })
  const answers = balanced.attempt.exemplarIds.map((id) => pool.find((item) => item.id === id)?.target[0] ?? '')
  const counts = [...Map.groupBy(answers, (answer) => answer).values()].map(({ length }) => length)
  expect(counts).toEqual([2, 2, 2, 2])
})

test('few-shot: the examples do not depend on the order of the items', async () => {
  for (const choose of ['random', 'balanced', 'nearest']) {
    const trial = { technique: named('few-shot'), item: capital, replies: oracle, parameters: { choose, examples: 4 } }
    const forwards = await tryTechnique({ ...trial, fit })
    const backwards = await tryTechnique({ ...trial, fit: [...fit].reverse() })
    expect(backwards.attempt.exemplarIds).toEqual(forwards.attempt.exemplarIds)
  }
})

test('few-shot refuses more examples than there are and ids that are not fit items', async () => {
  const few = (parameters: Readonly<Record<string, unknown>>) =>
    tryTechnique({ technique: named('few-shot'), item: capital, replies: oracle, parameters, fit })
  await expect(few({ examples: 13 })).rejects.toThrow('too few fit items')
  await expect(few({ choose: 'listed', ids: ['capital'] })).rejects.toThrow('exemplar not in fit items')
})

test('self-consistency votes over canonical answers and lets unreadable replies abstain', async () => {
  const replies = ['Answer: 41', '…', 'So\nAnswer: 42.0', 'Answer: 42', 'Answer: 41\nAnswer: 42']
  const { attempt } = await tryTechnique({
    technique: named('self-consistency'),
    item: sum,
    answerMode: 'generative',
    parameters: { samples: 5, compare: 'number' },
    replies: ({ number }) => replies[number] ?? '',
  })
  expect(attempt).toMatchObject({
    state: 'answered',
    answer: '42',
    text: '42.0',
    vote: { votes: 3, abstained: 1, tied: [] },
  })
})

test('self-consistency asks for reasoning at its temperature, and takes the cue for a direct answer away', async () => {
  const { calls } = await tryTechnique({ technique: named('self-consistency'), item: capital, replies: oracle })
  const [call] = calls
  expect(call?.request).toMatchObject({ kind: 'chat', decoding: { temperature: 0.7 } })
  expect(call?.prompt).toContain('step by step')
  expect(call?.prompt.trimEnd().endsWith('Answer:')).toBe(false)
})

test('choice-shuffle undoes places: a model that always says A is spread evenly over the options, and ties are named', async () => {
  const { attempt } = await tryTechnique({ technique: named('choice-shuffle'), item: capital, replies: () => 'A' })
  const answers = attempt.candidates.map(({ answer }) => answer)
  expect([...answers].sort()).toEqual(['0', '1', '2', '3'])
  expect(attempt.state === 'answered' ? attempt.vote?.tied : []).toHaveLength(3)
  const { attempt: knows } = await tryTechnique({ technique: named('choice-shuffle'), item: capital, replies: oracle })
  expect(knows).toMatchObject({ answer: '1', vote: { votes: 4, tied: [] } })
})

test('choice-shuffle leaves "none of the above" where it stands', async () => {
  const options = ['Lyon', 'Paris', 'Nice', 'None of the above']
  const { calls } = await tryTechnique({
    technique: named('choice-shuffle'),
    item: { ...capital, options },
    replies: oracle,
  })
  expect(calls).toHaveLength(3)
  for (const { prompt } of calls) expect(prompt).toContain('D. None of the above')
  expect(new Set(calls.map(({ prompt }) => labelOf(prompt, 'Paris')))).toEqual(new Set(['A', 'B', 'C']))
})

test('uncertainty-routed gives the direct answer where samples disagree more than on the items it was tuned on', async () => {
  // Two select items: all samples agree and are right. The other two: two against two, and only the direct answer is right.
  let direct = false
  const { attempt, calls } = await tryTechnique({
    technique: named('uncertainty-routed'),
    item: capital,
    parameters: { samples: 4 },
    select,
    replies: (call) => {
      const { prompt, purpose, number } = call
      if (purpose === 'select') {
        if (prompt.includes('step by step')) return number < 10 ? oracle(call) : `Answer: ${'AB'[number % 2]}`
        return number < 10 ? labelOf(prompt, 'nothing') : oracle(call)
      }
      direct = !prompt.includes('step by step')
      return direct ? 'B' : `Answer: ${'ACAC'[number]}`
    },
  })
  expect(calls).toHaveLength(5)
  expect(direct).toBe(true)
  expect(attempt).toMatchObject({ state: 'answered', answer: '1', text: 'B' })
  expect(attempt.candidates).toHaveLength(5)
})

test('uncertainty-routed refuses to be tuned on nothing', async () => {
  const trial = { technique: named('uncertainty-routed'), item: capital, replies: oracle }
  await expect(tryTechnique(trial)).rejects.toThrow('no items to select by')
})

test('medprompt shows the nearest fit items that the model solved itself, with its own reasoning', async () => {
  const { attempt, calls, fitCalls } = await tryTechnique({
    technique: named('medprompt'),
    item: capital,
    parameters: { examples: 3, votes: 4 },
    fit,
    replies: (call) => (call.purpose === 'fit' && call.number % 2 === 1 ? 'No idea.\nAnswer: none' : oracle(call)),
  })
  expect(fitCalls.every(({ purpose }) => purpose === 'fit')).toBe(true)
  expect(attempt.exemplarIds.every((id) => Number(id.slice(4)) % 2 === 0)).toBe(true)
  expect(calls[0]?.prompt.split('It is known.')).toHaveLength(4)
  expect(new Set(calls.map(({ prompt }) => prompt)).size).toBe(4)
  expect(attempt).toMatchObject({ answer: '1', vote: { votes: 4 } })
})

test('best-of-n gives the best graded reply, the first of equals, and nothing where no grade was read', async () => {
  const best = (grades: readonly string[]) =>
    tryTechnique({
      technique: named('best-of-n'),
      item: capital,
      parameters: { samples: 3, verifier: 'judge' },
      replies: ({ purpose, number }) => (purpose === 'judge' ? (grades[number - 3] ?? '') : ('ABC'[number] ?? '')),
    })
  expect((await best(['Score: 2', 'Score: 9', 'Score: 9'])).attempt).toMatchObject({ text: 'B', answer: '1' })
  expect((await best(['good', 'Score: 0', '10'])).attempt).toMatchObject({ text: 'B' })
  expect((await best(['good', 'bad', 'Score: 11'])).attempt).toMatchObject({
    state: 'failed',
    reason: 'verifier-unread',
  })
})

test('tool-loop calculates for the model, cuts off what it made up, and stops at its cap', async () => {
  const { attempt, calls } = await tryTechnique({
    technique: named('tool-loop'),
    item: sum,
    answerMode: 'generative',
    replies: ({ prompt }) =>
      prompt.startsWith('Result:')
        ? `So it is that.\nAnswer: ${prompt.slice(8)}`
        : 'I add.\nCalculate: 17 + 25\nResult: 99\nAnswer: 99',
  })
  expect(calls).toHaveLength(2)
  const [, second] = calls
  expect(second?.request.kind === 'chat' ? second.request.messages.slice(1) : []).toEqual([
    { role: 'assistant', content: 'I add.\nCalculate: 17 + 25' },
    { role: 'user', content: 'Result: 42' },
  ])
  expect(attempt).toMatchObject({ state: 'answered', text: '42', formKept: true })
  const endless = await tryTechnique({
    technique: named('tool-loop'),
    item: sum,
    answerMode: 'generative',
    parameters: { steps: 3 },
    replies: () => 'Calculate: 1/0',
  })
  expect(endless.calls).toHaveLength(3)
  expect(endless.calls[1]?.prompt).toBe('Result: error: the result is not a finite number')
  expect(endless.attempt).toMatchObject({ state: 'truncated', reason: 'step-cap' })
})

test('zero-shot weighs options in likelihood mode, with and without the question', async () => {
  const weigh = (unconditional: string) =>
    tryTechnique({
      technique: named('zero-shot'),
      item: capital,
      answerMode: 'likelihood',
      parameters: { unconditional },
      replies: ({ prompt }) =>
        said('', {
          likelihoods: [-4, -2, -3, -5].map((logProbability) => ({
            logProbability: prompt === 'Answer:' ? logProbability * 2 : logProbability,
            tokens: 2,
            greedy: false,
          })),
        }),
    })
  const { attempt, calls } = await weigh('yes')
  expect(calls).toHaveLength(2)
  expect(attempt.candidates[1]).toMatchObject({
    answer: '1',
    likelihood: { logProbability: -2, tokens: 2, unconditional: -4 },
  })
  expect((await weigh('no')).calls).toHaveLength(1)
})

test('zero-shot takes an endpoint that does not weigh every option for a failure', async () => {
  const { attempt } = await tryTechnique({
    technique: named('zero-shot'),
    item: capital,
    answerMode: 'likelihood',
    replies: () => said('', { likelihoods: [{ logProbability: -1, tokens: 1, greedy: true }] }),
  })
  expect(attempt).toMatchObject({ state: 'failed', reason: 'malformed-response' })
})

test('techniques that reason refuse to where options are only weighed', async () => {
  const trial = {
    technique: named('chain-of-thought'),
    item: capital,
    answerMode: 'likelihood',
    replies: oracle,
  } as const
  await expect(tryTechnique(trial)).rejects.toThrow('technique needs written answers')
})
