import { expect, test } from 'vitest'
import { blindItem, finishRender, type ModelRequest, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { answerMode } from './answer-mode.ts'

const item = blindItem({ id: 'q', input: '?', options: ['x', 'y'], target: ['0'], attributes: {} })

function request(level: string, given: Record<string, unknown> = {}): ModelRequest {
  const state = startRender({
    item,
    instruction: '{{answer_request}}',
    system: undefined,
    answerMode: 'letter',
    decoding: {},
  })
  const parameters = answerMode.parameters.parse(given)
  return finishRender(
    answerMode.apply({ state, item, level, parameters, random: openRandom(1), sharedRandom: openRandom('shared') }),
  )
}

test('answer-mode hides the options where it asks freely and shows them where it asks for one', () => {
  expect(JSON.stringify(request('letter'))).toContain('label of the right option only: A or B.')
  expect(JSON.stringify(request('text'))).toContain('A. x')
  expect(JSON.stringify(request('generative'))).not.toContain('A. x')
})

test('answer-mode weighs texts unseen or labels seen', () => {
  const cloze = request('likelihood')
  expect(cloze.kind === 'likelihood' && cloze.continuations).toEqual([' x', ' y'])
  expect(JSON.stringify(cloze)).not.toContain('A. x')
  const letters = request('letter-likelihood')
  expect(letters.kind === 'likelihood' && letters.continuations).toEqual([' A', ' B'])
  expect(JSON.stringify(letters)).toContain('A. x')
})

test('answer-mode takes sentences of the protocol', () => {
  expect(JSON.stringify(request('letter', { requests: { letter: 'Only {{labels}}!' } }))).toContain('Only A or B!')
})
