import { expect, test } from 'vitest'
import { openOptionReader } from './shown-options.ts'

const cities = ['Paris', 'Rome', 'New York', 'Bern']

test.each([
  ['(A) Rome\n(B) Bern\n(C) Paris\n(D) New York', ['A', 'B', 'C', 'D']],
  ['A: Rome ; \nB: Bern ; \nC: Paris ; \nD: New York', ['A', 'B', 'C', 'D']],
  ['<i>Rome || <ii>Bern || <iii>Paris || <iv>New York', ['i', 'ii', 'iii', 'iv']],
  ['Ⅰ ) ROME Ⅱ ) BERN Ⅲ ) PARIS Ⅳ ) NEW YORK', ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ']],
  ['[1]\tRome\n[2]\tBern\n[3]\tParis\n[4]\tNew York', ['1', '2', '3', '4']],
  ['#. Rome\n%. Bern\n@. Paris\n&. New York', ['#', '%', '@', '&']],
  ['a) Rmoe\nb) Brn\nc) Parsi\nd) New Yrok', ['a', 'b', 'c', 'd']],
  ['Rome (A)\nBern (B)\nParis (C)\nNew York (D)', ['A', 'B', 'C', 'D']],
  ['Option A. Rome, Option B. Bern, Option C. Paris, Option D. New York', ['A', 'B', 'C', 'D']],
  ['A Rome\nB Bern\nC Paris\nD New York', ['A', 'B', 'C', 'D']],
])('openOptionReader(cities)(%j) reads order and labels', (list, labels) => {
  const prompt = `Question: x\nA. Paris\nB. Rome\nC. New York\nD. Bern\nAnswer: A\n\nQuestion: is Rome or Paris larger?\n${list}\nAnswer:`
  expect(openOptionReader(cities)(prompt)).toEqual(
    [1, 3, 0, 2].map((canonical, at) => ({ canonical, label: labels[at] })),
  )
})

test('openOptionReader keeps numbers that are options apart from numbers that are labels', () => {
  const read = openOptionReader(['3', '4', '1', '14'])
  expect(read('How many of 3 and 4?\n1. 14\n2. 1\n3. 4\n4. 3\nAnswer:')).toEqual([
    { canonical: 3, label: '1' },
    { canonical: 2, label: '2' },
    { canonical: 1, label: '3' },
    { canonical: 0, label: '4' },
  ])
})

test('openOptionReader reads options with punctuation, and yes/no without labels', () => {
  expect(openOptionReader(['f(x) = 2.', 'a | b'])('Q\nA. a | b\nB. f(x) = 2.\nAnswer:')).toEqual([
    { canonical: 1, label: 'A' },
    { canonical: 0, label: 'B' },
  ])
  expect(openOptionReader(['yes', 'no'])('Is it so? Answer yes or no.')).toEqual([{ canonical: 0 }, { canonical: 1 }])
})

test('openOptionReader says undefined where options are not shown', () => {
  expect(openOptionReader(cities)('Question: what is the capital of France?\nAnswer:')).toBeUndefined()
})

test('openOptionReader reads the same options where a letter beyond ASCII stands in the question', () => {
  for (const shown of [
    'B. Rome\nA. Paris\nC. Oslo',
    '(x) oslo\n(y) PARIS\n(z) Rome',
    'Oslo [1]\nRome [2]\nParis [3]',
  ]) {
    const read = openOptionReader(['Paris', 'Rome', 'Oslo'])
    const [plain, foreign] = ['Where is it − there × here?', 'Où est-ce?'].map((question) =>
      read(`${question}\n${shown}\nAnswer:`),
    )
    expect(plain).toHaveLength(3)
    expect(plain).toEqual(foreign)
  }
})
