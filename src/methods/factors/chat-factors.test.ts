import { expect, test } from 'vitest'
import {
  type AnswerMode,
  blindItem,
  type Factor,
  finishRender,
  type RenderState,
  startRender,
} from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { decoding } from './decoding.ts'
import { instructionLanguage } from './instruction-language.ts'
import { paraphrase } from './paraphrase.ts'
import { persona } from './persona.ts'
import { systemPrompt } from './system-prompt.ts'

const item = blindItem({ id: 'q', input: '?', options: ['x', 'y'], target: ['0'], attributes: {} })

function applied(
  factor: Factor,
  level: string,
  given: Record<string, unknown>,
  answerMode: AnswerMode = 'letter',
): RenderState {
  const state = startRender({
    item,
    instruction: 'Choose {{labels}}.',
    system: 'Be fair.',
    answerMode,
    decoding: { temperature: 0 },
  })
  return factor.apply({
    state,
    item,
    level,
    parameters: factor.parameters.parse(given),
    random: openRandom(1),
    sharedRandom: openRandom('shared'),
  })
}

test('system-prompt replaces the prompt, sends none for an empty one, and keeps the given one first', () => {
  const given = {
    prompts: [
      { name: 'none', text: '' },
      { name: 'strict', text: 'Be strict.' },
    ],
  }
  expect(systemPrompt.levels(systemPrompt.parameters.parse(given), openRandom(1))).toEqual([
    'as-given',
    'none',
    'strict',
  ])
  expect(applied(systemPrompt, 'as-given', given).system).toBe('Be fair.')
  expect(applied(systemPrompt, 'strict', given).system).toBe('Be strict.')
  expect(JSON.stringify(finishRender(applied(systemPrompt, 'none', given)))).not.toContain('system')
})

test('persona speaks of the model in the system prompt, or of the user in the instruction', () => {
  expect(applied(persona, 'student', {}).system).toBe('You are a student in their first year. Be fair.')
  expect(applied(persona, 'student', { of: 'user' }).instruction).toBe(
    'I am a student in their first year. Choose {{labels}}.',
  )
})

test('instruction-language translates instruction and descriptors and refuses a lost placeholder', () => {
  const german = {
    language: 'de',
    instruction: 'Wähle {{labels}}.',
    descriptors: { question: 'Frage', answer: 'Antwort' },
  }
  const request = finishRender(applied(instructionLanguage, 'de', { translations: [german] }))
  expect(request.kind === 'chat' && request.messages.at(-1)?.content).toBe(
    'Wähle A or B.\n\nFrage: ?\nA. x\nB. y\nAntwort:',
  )
  const lost = { translations: [{ language: 'de', instruction: 'Wähle.' }] }
  expect(() => applied(instructionLanguage, 'de', lost)).toThrow('placeholders differ')
})

test('paraphrase replaces the instruction and refuses another set of placeholders', () => {
  const given = (text: string) => ({ paraphrases: [{ name: 'p', text, equivalence: 'human' }] })
  expect(applied(paraphrase, 'p', given('Pick {{labels}}!')).instruction).toBe('Pick {{labels}}!')
  expect(() => applied(paraphrase, 'p', given('Pick {{options}}!'))).toThrow('placeholders differ')
})

test('decoding overrides what it names, and notes where nothing is drawn or nothing differs', () => {
  const given = {
    settings: [
      { name: 'warm', temperature: 0.7, topP: 0.9 },
      { name: 'cold', temperature: 0 },
    ],
  }
  expect(applied(decoding, 'warm', given).decoding).toEqual({ temperature: 0.7, topP: 0.9 })
  expect(applied(decoding, 'cold', given).notes).toEqual(['decoding: unchanged'])
  expect(applied(decoding, 'warm', given, 'likelihood').notes).toEqual(['decoding: unchanged'])
})
