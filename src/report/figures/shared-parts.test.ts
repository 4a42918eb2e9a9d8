import { expect, test } from 'vitest'
import { withoutSharedParts } from './shared-parts.ts'

test('withoutSharedParts(labels) drops shared levels and shared factor names, and says so', () => {
  expect(withoutSharedParts(['format=a, order=1, system=x', 'format=b, order=1, system=x'])).toEqual({
    labels: ['a', 'b'],
    notes: ['Labels give format.', 'All have order=1, system=x.'],
  })
  expect(withoutSharedParts(['as given', 'format=b']).labels).toEqual(['as given', 'format=b'])
})

test('withoutSharedParts(labels) leaves labels alone where two would look alike or one be empty', () => {
  for (const labels of [['a', 'a, b'], ['one'], [], ['x=1, y=2', 'x=1'], ['format=', 'format=b']]) {
    expect(withoutSharedParts(labels)).toEqual({ labels, notes: [] })
  }
})
