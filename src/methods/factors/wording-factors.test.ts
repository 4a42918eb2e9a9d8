import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blindItem, type Factor, type RenderState, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { bestOfNNoise } from './best-of-n-noise.ts'
import { casing } from './casing.ts'
import { contractions } from './contractions.ts'
import { mildMix } from './mild-mix.ts'
import { misspelling } from './misspelling.ts'
import { punctuation } from './punctuation.ts'
import { spacing } from './spacing.ts'
import { typos } from './typos.ts'

interface Change {
  readonly level: string
  readonly question: string
  readonly given?: Record<string, unknown>
  readonly seed?: string
}

function changedState(factor: Factor, { level, question, given = {}, seed = 'words' }: Change): RenderState {
  const item = blindItem({ id: 'q', input: question, options: ['It is 1.', 'no'], target: ['0'], attributes: {} })
  const state = startRender({
    item,
    instruction: 'It is {{labels}}?',
    system: undefined,
    answerMode: 'letter',
    decoding: {},
  })
  return factor.apply({
    state,
    item,
    level,
    parameters: factor.parameters.parse(given),
    random: openRandom(seed),
    sharedRandom: openRandom('shared'),
  })
}

function changed(factor: Factor, change: Change): string {
  return changedState(factor, change).question
}

test('casing writes in lower, upper and title case', () => {
  const question = "What's π in Paris?"
  expect(changed(casing, { level: 'lower', question })).toBe("what's π in paris?")
  expect(changed(casing, { level: 'upper', question })).toBe("WHAT'S Π IN PARIS?")
  expect(changed(casing, { level: 'title', question })).toBe("What's Π In Paris?")
})

test('spacing touches single spaces between words and no indentation', () => {
  const question = '  if x:\n    y = 1'
  expect(changed(spacing, { level: 'double', question })).toBe('  if  x:\n    y  =  1')
  expect(changed(spacing, { level: 'line-break', question: 'a b' })).toBe('a\nb')
  const spaced = changed(spacing, { level: 'random', question: 'a '.repeat(3000).trim() })
  const lengths = (spaced.match(/ +/g) ?? []).map((run) => run.length)
  for (const length of [1, 2, 3]) expect(lengths.filter((each) => each === length).length).toBeGreaterThan(850)
  expect(Math.max(...lengths)).toBe(3)
})

test('typos replaces letters by neighbouring keys at the given rate and keeps everything else', () => {
  expect(changed(typos, { level: '1', question: 'q' })).toMatch(/^[wa]$/)
  expect(changed(typos, { level: '1', question: 'G' })).toMatch(/^[FHTYVB]$/)
  const question = 'abcdefghijklmnopqrstuvwxyz 0123 ÄÖ? '.repeat(400)
  const typed = changed(typos, { level: '0.1', question })
  expect(typed.length).toBe(question.length)
  expect(typed.replace(/[a-z]/g, 'x')).toBe(question.replace(/[a-z]/g, 'x'))
  const differing = [...question].filter((letter, place) => letter !== typed[place]).length
  // Binomial(10,400, 0.1): standard deviation 30.6.
  expect(Math.abs(differing - 1_040)).toBeLessThan(4.5 * 30.6)
})

test('punctuation leaves points in numbers and names alone', () => {
  const question = 'Is 3.14 in data.csv, or "π"? Say so!'
  expect(changed(punctuation, { level: 'none', question })).toBe('Is 3.14 in data.csv or "π" Say so')
  expect(changed(punctuation, { level: 'no-final', question })).toBe('Is 3.14 in data.csv, or "π"? Say so')
  expect(changed(punctuation, { level: 'repeated', question })).toBe('Is 3.14 in data.csv, or "π"??? Say so!!!')
})

test('contractions contracts and expands, capitals kept, possessives untouched', () => {
  expect(changed(contractions, { level: 'contracted', question: 'It is so. Do not go, I am here.' })).toBe(
    "It's so. Don't go, I'm here.",
  )
  expect(changed(contractions, { level: 'expanded', question: "It’s Anna's. Don't. I'm, can't" })).toBe(
    "It is Anna's. Do not. I am, cannot",
  )
})

test('misspelling at rate 1 misspells every listed word and no other', () => {
  expect(changed(misspelling, { level: '1', question: 'The TRUTH, believe me: Which?' })).toMatch(
    /^Teh TRUTH, bel(ei|i)ve me: (Wich|Whcih)\?$/,
  )
})

test('mild-mix is lower case, contracted, and spaced with one to three spaces', () => {
  const text = changed(mildMix, { level: 'draw-1', question: 'It is So. Is NOT x y z?', given: { misspelled: 0 } })
  expect(text.replace(/ +/g, ' ')).toBe("it's so. isn't x y z?")
  expect(text).toMatch(/^\S+( {1,3}\S+)*$/)
})

test('best-of-n-noise keeps the letters of words, their ends and the number of characters', () => {
  const question = 'Which numbers between twenty and thirty are prime numbers'
  const noisy = changed(bestOfNNoise, { level: 'draw-1', question, given: { strength: 0.05 } })
  const letters = (text: string) => [...text.toLowerCase()].sort().join('')
  expect(letters(noisy)).toBe(letters(question))
  expect(noisy).not.toBe(question)
  const ends = (text: string) =>
    text
      .toLowerCase()
      .split(' ')
      .map((word) => word.charAt(0) + word.charAt(word.length - 1))
  expect(ends(noisy)).toEqual(ends(question))
  const strong = changed(bestOfNNoise, { level: 'draw-1', question: question.repeat(50), given: { strength: 1 } })
  expect(strong.length).toBe(question.length * 50)
})

const noisy: readonly (readonly [Factor, string, Record<string, unknown>])[] = [
  [casing, 'upper', {}],
  [spacing, 'random', {}],
  [typos, '0.5', {}],
  [punctuation, 'none', {}],
  [misspelling, '1', {}],
  [contractions, 'contracted', {}],
  [mildMix, 'draw-1', {}],
  [bestOfNNoise, 'draw-1', {}],
]

test('factors of wording change only the parts that are named, and never a placeholder or a label', () => {
  fc.assert(
    fc.property(fc.constantFrom(...noisy), fc.string(), ([factor, level], question) => {
      const plain = changedState(factor, { level, question })
      expect(plain.instruction).toBe('It is {{labels}}?')
      expect(plain.options.map(({ text }) => text)).toEqual(['It is 1.', 'no'])
      const everywhere = changedState(factor, { level, question, given: { fields: ['instruction', 'options'] } })
      expect(everywhere.question).toBe(question)
      expect(everywhere.instruction).toContain('{{labels}}')
      expect(everywhere.options.map(({ label, canonical }) => [label, canonical])).toEqual([
        ['A', 0],
        ['B', 1],
      ])
    }),
    { seed: 5, numRuns: 200 },
  )
})

test.each(noisy)(
  '$0.name draws anew for another seed or nothing at all, and says where nothing changed',
  (factor, level) => {
    const unchanged = changedState(factor, { level, question: '1 + 1' })
    if (unchanged.question === '1 + 1') expect(unchanged.notes).toEqual([`${factor.name}: unchanged`])
    const question = 'It is what you believe, is it not? Which numbers are they?'
    const texts = ['a', 'b', 'c'].map((seed) => changed(factor, { level, question, seed }))
    const isRandom = [spacing.name, typos.name, mildMix.name, bestOfNNoise.name].includes(factor.name)
    if (isRandom) expect(new Set(texts).size).toBeGreaterThan(1)
    if ([casing.name, punctuation.name, contractions.name].includes(factor.name)) expect(new Set(texts).size).toBe(1)
  },
)
