import { expect, test } from 'vitest'
import { fillTemplate } from './message.ts'

test('fillTemplate formats numbers, prints text as it is, and chooses the singular for 1 alone', () => {
  const template = '{model} solved {rate:rate} of {items:count} {items?item|items}'
  expect(fillTemplate(template, { model: 'm', rate: 0.5, items: 1 })).toBe('m solved 50.0 % of 1 item')
  expect(fillTemplate(template, { model: 'm', rate: 0.5, items: 0 })).toBe('m solved 50.0 % of 0 items')
  expect(fillTemplate(template, { model: 'm', rate: 0.5, items: 1200 })).toBe('m solved 50.0 % of 1,200 items')
})

test('fillTemplate throws for a missing value, an unknown format, and a number format given text', () => {
  expect(() => fillTemplate('{n:count}', {})).toThrow(/needs a value/)
  expect(() => fillTemplate('{n:roman}', { n: 1 })).toThrow(/cannot format/)
  expect(() => fillTemplate('{n:count}', { n: 'x' })).toThrow(/cannot format/)
  expect(() => fillTemplate('{n?one|many}', { n: 'x' })).toThrow(/needs a number/)
})

test('fillTemplate leaves braces inside values alone', () => {
  expect(fillTemplate('{name}', { name: '{items?a|b} {x}' })).toBe('{items?a|b} {x}')
})
