import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  blindItem,
  contentHash,
  type Factor,
  finishRender,
  type Item,
  labelMap,
  type RenderState,
  startRender,
} from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { factors } from './index.ts'

const secret = 'zyxwv-target'
const item: Item = {
  id: 'q1',
  input: "Which of these numbers isn't a prime, and why do you believe that is the case?",
  context: 'Primes have exactly two divisors. It is known that 1 does not count.',
  options: ['seven', 'nine', 'eleven', 'None of the above'],
  target: [secret],
  attributes: { answer: secret },
}
const exemplarPool = [0, 1, 2, 3, 4, 5].map((n) => ({
  itemId: `f${n}`,
  input: `Is ${n} even?`,
  options: ['yes', 'no'],
  answer: String(n % 2),
}))

const parametersOf: Readonly<Record<string, Record<string, unknown>>> = {
  'system-prompt': {
    prompts: [
      { name: 'none', text: '' },
      { name: 'short', text: 'Be careful.' },
    ],
  },
  'instruction-language': {
    translations: [
      { language: 'de', instruction: 'Wähle {{labels}}.', descriptors: { question: 'Frage' } },
      { language: 'fr', instruction: 'Choisis {{labels}}.' },
    ],
  },
  paraphrase: { paraphrases: [{ name: 'p1', text: 'Pick {{labels}}.', equivalence: 'human' }] },
}

function start(): RenderState {
  return startRender({
    item: blindItem(item),
    instruction: 'Choose {{labels}}.',
    system: 'You are careful.',
    answerMode: 'letter',
    decoding: { temperature: 0 },
    exemplarPool,
  })
}

function variants(factor: Factor, seed: string): readonly { readonly level: string; readonly state: RenderState }[] {
  const parameters = factor.parameters.parse(parametersOf[factor.name] ?? {})
  const random = openRandom(seed)
  return factor.levels(parameters, random.split('levels')).map((level) => ({
    level,
    state: factor.apply({
      state: start(),
      item: blindItem(item),
      level,
      parameters,
      random: random.split(factor.name).split(item.id).split(level),
      sharedRandom: random.split(factor.name),
    }),
  }))
}

test('every factor has a name of its own and a stage', () => {
  expect(new Set(factors.map(({ name }) => name)).size).toBe(factors.length)
  for (const { stage } of factors) expect(stage).toBeGreaterThanOrEqual(10)
})

test.each(factors)('$name gives the same levels and the same states for the same seed', (factor) => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      expect(contentHash(variants(factor, seed))).toBe(contentHash(variants(factor, seed)))
    }),
    { seed: 2, numRuns: 10 },
  )
})

test.each(factors)('$name has at least two distinct levels and parameters that stand by themselves', (factor) => {
  const levels = variants(factor, 'seed').map(({ level }) => level)
  expect(levels.length).toBeGreaterThanOrEqual(2)
  expect(new Set(levels).size).toBe(levels.length)
})

test.each(factors)('$name keeps every shown label leading back to its option', (factor) => {
  for (const { state } of variants(factor, 'seed')) {
    const map = labelMap(state.options)
    expect([...map.values()].sort()).toEqual([0, 1, 2, 3])
    expect(map.size).toBe(4)
    for (const { label, canonical } of state.options) expect(map.get(label)).toBe(canonical)
  }
})

test.each(factors)('$name never shows a target and always renders', (factor) => {
  for (const { state } of variants(factor, 'seed')) {
    expect(JSON.stringify(finishRender(state))).not.toContain(secret)
    expect(state.itemId).toBe('q1')
  }
})

test.each(factors)('$name leaves a note wherever a level other than the reference changes nothing', (factor) => {
  const bare: Item = { id: 'q2', input: '?', target: [secret], attributes: {} }
  const parameters = factor.parameters.parse(parametersOf[factor.name] ?? {})
  const state = startRender({
    item: blindItem(bare),
    instruction: '{{labels}}',
    system: undefined,
    answerMode: 'generative',
    decoding: {},
    exemplarPool,
  })
  const plain = contentHash(finishRender(state))
  for (const level of factor.levels(parameters, openRandom('n')).slice(1)) {
    const random = openRandom('n').split(level)
    const next = factor.apply({ state, item: blindItem(bare), level, parameters, random, sharedRandom: random })
    if (contentHash(finishRender(next)) === plain) expect(next.notes).not.toEqual([])
    else expect(next.notes).toEqual([])
  }
})
