import { expect, test } from 'vitest'
import { rewriteCitedLabels } from './cited-labels.ts'

const numbers = new Map([
  ['A', '1'],
  ['B', '2'],
  ['C', '3'],
  ['D', '4'],
])

test.each([
  ['Answer A, B, C, or D.', 'Answer 1, 2, 3, or 4.'],
  ['Answer (A) or (B).', 'Answer (1) or (2).'],
  ['Pick "A".', 'Pick "1".'],
  ['A letter from A-D', 'A letter from 1-4'],
  ['A letter from A to D', 'A letter from 1 to 4'],
  ['both A and C', 'both 1 and 3'],
  ['option B is A dog', 'option 2 is A dog'],
  ['A/B/C', '1/2/3'],
])('rewriteCitedLabels(%j)', (text, expected) => {
  expect(rewriteCitedLabels(text, numbers)).toBe(expected)
})

test('rewriteCitedLabels leaves articles, names and vitamins alone', () => {
  for (const text of ['A good answer is short.', 'Vitamin C and zinc', 'Plan B', 'ABC', "it's A's turn", 'C++ or D3'])
    expect(rewriteCitedLabels(text, numbers)).toBe(text)
})

test('rewriteCitedLabels swaps all labels at once', () => {
  const swap = new Map([
    ['A', 'B'],
    ['B', 'A'],
  ])
  expect(rewriteCitedLabels('A or B', swap)).toBe('B or A')
})
