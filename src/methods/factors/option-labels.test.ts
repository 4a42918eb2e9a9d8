import { expect, test } from 'vitest'
import { blindItem, finishRender, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { optionLabels } from './option-labels.ts'

const item = blindItem({ id: 'q', input: '?', options: ['x', 'y'], target: ['0'], attributes: {} })

function text(level: string): string {
  const state = startRender({ item, instruction: 'A or B?', system: undefined, answerMode: 'letter', decoding: {} })
  const parameters = optionLabels.parameters.parse({})
  const request = finishRender(
    optionLabels.apply({ state, item, level, parameters, random: openRandom(1), sharedRandom: openRandom('shared') }),
  )
  return request.kind === 'chat' ? (request.messages[0]?.content ?? '') : ''
}

test('option-labels makes the 36 settings of six labels, three gaps and two sides', () => {
  const given = optionLabels.parameters.parse({ gaps: [1, 0, 2], placements: ['before', 'after'] })
  expect(new Set(optionLabels.levels(given, openRandom(1))).size).toBe(36)
  expect(optionLabels.levels(optionLabels.parameters.parse({}), openRandom(1))[0]).toBe('A. 1 before')
})

test('option-labels writes label, gap and side, and the instruction follows', () => {
  expect(text('(1) 2 before')).toBe('1 or 2?\n\nQuestion: ?\n(1)  x\n(2)  y\nAnswer:')
  expect(text('[A] 1 after')).toBe('A or B?\n\nQuestion: ?\nx [A]\ny [B]\nAnswer:')
  expect(text('A. 1 before')).toBe('A or B?\n\nQuestion: ?\nA. x\nB. y\nAnswer:')
})

test('option-labels refuses a label it does not know', () => {
  expect(optionLabels.parameters.safeParse({ labels: ['{A}'] }).success).toBe(false)
})
