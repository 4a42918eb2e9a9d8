import { expect, test } from 'vitest'
import { finalAnswer, reasoningOf } from './final-answer.ts'
import { plainText, unwrapped } from './plain-text.ts'
import { readsAsRefusal } from './refusal-text.ts'

test.each([
  ['So it is 4.\nAnswer: 4', '4'],
  ['**Answer:** B', 'B'],
  ['**Answer: B**', 'B'],
  ['**Final answer:** (C)', '(C)'],
  ['### Answer: Paris', 'Paris'],
  ['ANSWER - 12', '12'],
  ['Answer:\n\n42', '42'],
  ['The answer is: 7', '7'],
  ['Answer: 3\nWait, no.\nAnswer: 4', '4'],
])('finalAnswer(%j) is %j', (reply, text) => {
  expect(finalAnswer(reply)).toEqual({ text, marked: true })
})

test.each([['Just text'], ['Answering this is hard'], ['Answers vary: some say 4'], ['Answer:'], ['']])(
  'finalAnswer(%j) finds no mark and hands the reply back',
  (reply) => {
    expect(finalAnswer(reply)).toEqual({ text: reply, marked: false })
  },
)

test('reasoningOf keeps what stands before the mark', () => {
  expect(reasoningOf('Two and two.\nAnswer: 4')).toBe('Two and two.')
  expect(reasoningOf('Two and two.')).toBe('Two and two.')
})

test('unwrapped and plainText take off what replies put around answers, and nothing that carries meaning', () => {
  expect(unwrapped(' **"Paris."** ')).toBe('Paris')
  expect(unwrapped('U.S.')).toBe('U.S.')
  expect(plainText('The “Café”, PARIS!')).toBe('the café paris')
  expect(plainText('−5.5')).toBe('-5.5')
  expect(plainText('C++')).toBe('c++')
  expect(plainText('50%')).toBe('50%')
  expect(plainText('ﬁne')).toBe('fine')
})

test('readsAsRefusal knows stock refusals and leaves answers alone', () => {
  expect(readsAsRefusal("I'm sorry, but I can't help with that.")).toBe(true)
  expect(readsAsRefusal('I cannot help with that.')).toBe(true)
  expect(readsAsRefusal('I can’t assist with this request.')).toBe(true)
  expect(readsAsRefusal('Paris')).toBe(false)
  expect(readsAsRefusal('I cannot be certain, but it is Paris.')).toBe(false)
})
