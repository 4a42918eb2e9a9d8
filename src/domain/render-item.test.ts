import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentHash } from './content-hash.ts'
import { blindItem } from './item.ts'
import { plainLayout } from './lay-out-item.ts'
import { labelStyles, relabelOptions, reorderOptions } from './option-labels.ts'
import { labelMap, type RenderState } from './render.ts'
import { finishRender, type RenderStart, startRender } from './render-item.ts'

const item = blindItem({
  id: 'q1',
  input: 'Which is prime?',
  options: ['4', '7', '9', 'Both A and B'],
  target: ['1'],
  attributes: {},
})
const start: RenderStart = { item, instruction: '', system: undefined, answerMode: 'letter', decoding: {} }

function userText(state: RenderState): string {
  const request = finishRender(state)
  return request.kind === 'chat' ? (request.messages.at(-1)?.content ?? '') : request.prompt
}

test('finishRender(startRender(item)) writes a plain multiple-choice prompt that asks for a label', () => {
  expect(userText(startRender(start))).toBe(
    'Reply with the label of the right option only: A, B, C or D.\n\n' +
      'Question: Which is prime?\nA. 4\nB. 7\nC. 9\nD. Both A and B\nAnswer:',
  )
})

test('finishRender rewrites labels that the instruction cites by place and those that options cite by content', () => {
  const cited = startRender({ ...start, instruction: 'Reply with (A), (B), (C) or (D). A good reply is short.' })
  const text = userText(reorderOptions(relabelOptions(cited, 'i'), [1, 0, 3, 2]))
  expect(text).toContain('Reply with (i), (ii), (iii) or (iv). A good reply is short.')
  expect(text).toContain('i. 7\nii. 4\niii. Both ii and i\niv. 9')
})

test('finishRender refuses an unknown placeholder and prints braces of items as they are', () => {
  expect(() => finishRender(startRender({ ...start, instruction: 'Be {{tone}}.' }))).toThrow('unknown placeholder')
  const braces = blindItem({ id: 'b', input: 'What does {{x}} print?', target: ['1'], attributes: {} })
  const open = startRender({ ...start, item: braces, answerMode: 'generative', instruction: 'Use {{open}}y{{close}}.' })
  expect(userText(open)).toBe('Use {{y}}.\n\nWhat does {{x}} print?')
})

test('finishRender of an instruction that places everything adds nothing', () => {
  const instruction = '{{question}}\n{{options}}\nReply {{labels}}. {{answer_request}}'
  expect(userText(startRender({ ...start, instruction }))).toBe(
    'Which is prime?\nA. 4\nB. 7\nC. 9\nD. Both A and B\nReply A, B, C or D. Reply with the label of the right option only: A, B, C or D.',
  )
})

test('finishRender weighs option texts without showing them, the space before them in the continuation', () => {
  const cloze = finishRender(startRender({ ...start, answerMode: 'likelihood', system: 'Be right.' }))
  expect(cloze).toEqual({
    kind: 'likelihood',
    prompt: 'Be right.\n\nQuestion: Which is prime?\nAnswer:',
    continuations: [' 4', ' 7', ' 9', ' Both A and B'],
  })
  const labels = finishRender({ ...startRender({ ...start, answerMode: 'likelihood' }), likelihoodOf: 'label' })
  expect(labels.kind === 'likelihood' && labels.continuations).toEqual([' A', ' B', ' C', ' D'])
  expect(labels.kind === 'likelihood' && labels.prompt).toContain('\nB. 7\n')
})

test('finishRender shows an open question as it is written', () => {
  const open = blindItem({ id: 'o', input: 'How do tides work?', target: [''], attributes: {} })
  const request = finishRender(startRender({ ...start, item: open, answerMode: 'generative', decoding: { topP: 1 } }))
  expect(request).toEqual({
    kind: 'chat',
    messages: [{ role: 'user', content: 'How do tides work?' }],
    decoding: { topP: 1 },
    logProbabilities: 0,
  })
  expect(() => finishRender(startRender({ ...start, item: open }))).toThrow('answer mode needs options')
})

test('finishRender shows exemplars under the labels and mode of the item, reasoning first where there is some', () => {
  const exemplar = { itemId: 'f1', input: 'Which is even?', options: ['3', '8'], answer: '1' }
  const state = relabelOptions(startRender({ ...start, instruction: 'Choose.' }), '1')
  expect(userText({ ...state, exemplars: [exemplar] })).toBe(
    'Choose.\n\nQuestion: Which is even?\n1. 3\n2. 8\nAnswer: 2\n\n' +
      'Question: Which is prime?\n1. 4\n2. 7\n3. 9\n4. Both 1 and 2\nAnswer:',
  )
  const reasoned = userText({ ...state, exemplars: [{ ...exemplar, reasoning: '8 = 2 · 4.' }] })
  expect(reasoned).toContain('2. 8\n8 = 2 · 4.\nAnswer: 2\n\n')
  expect(reasoned.endsWith('4. Both 1 and 2')).toBe(true)
})

test('equal states have requests of equal content hash, whatever the decoding leaves out', () => {
  const hash = (decoding: RenderStart['decoding']) => contentHash(finishRender(startRender({ ...start, decoding })))
  expect(hash({ temperature: 0, seed: undefined })).toBe(hash({ temperature: 0 }))
  expect(hash({ temperature: 0 })).not.toBe(hash({ temperature: 1 }))
})

test('the label map of any order under any style leads from each shown label back to its option', () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
  fc.assert(
    fc.property(order, order, fc.constantFrom(...labelStyles), (first, second, style) => {
      const base = startRender({ ...start, layout: plainLayout })
      const state = reorderOptions(relabelOptions(reorderOptions(base, first), style), second)
      const map = labelMap(state.options)
      expect(map.size).toBe(4)
      for (const { label, text, canonical } of state.options) {
        expect(map.get(label)).toBe(canonical)
        expect(item.options?.[canonical]).toBe(text)
      }
    }),
    { seed: 1 },
  )
})
