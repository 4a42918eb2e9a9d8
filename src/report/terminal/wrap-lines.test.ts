import { expect, test } from 'vitest'
import { wrapLines } from './wrap-lines.ts'

test('wrapLines keeps to the columns, continues under labels and indentation, and keeps empty lines', () => {
  const lines = [
    'Calls      at most 4,500 calls, and up to 4,500 of judges, retries on top',
    '',
    '  a fix that is longer than the line can be made',
  ]
  expect(wrapLines(lines, 40)).toEqual([
    'Calls      at most 4,500 calls, and up',
    '           to 4,500 of judges, retries',
    '           on top',
    '',
    '  a fix that is longer than the line can',
    '  be made',
  ])
  expect(wrapLines(lines, 80).every((line) => line.length <= 80)).toBe(true)
})
