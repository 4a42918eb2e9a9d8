import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextColumn } from './text-column.ts'

test('TextColumn gives back what was set and nothing where nothing was', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ maxLength: 2 }), { nil: undefined }), { maxLength: 600 }), (texts) => {
      const column = new TextColumn(Number.POSITIVE_INFINITY)
      for (const [row, text] of texts.entries()) if (text !== undefined) column.set(row, text)
      expect(texts.map((_, row) => column.at(row))).toEqual(texts)
      expect(column.filled).toBe(texts.filter((text) => text !== undefined).length)
      const codes = column.codes(texts.length)
      expect(texts.map((_, row) => column.values[codes[row] ?? -1])).toEqual(texts)
    }),
  )
})

test('TextColumn lets go of its rows past the limit, and keeps a sample and the count', () => {
  const column = new TextColumn(3)
  for (const [row, text] of ['a', 'b', 'a', 'c', 'd', 'e'].entries()) column.set(row, text)
  expect(column.overflowed).toBe(true)
  expect(column.at(0)).toBeUndefined()
  expect(column.sample).toEqual(['a', 'b', 'c'])
  expect(column.filled).toBe(6)
})

test('TextColumn grows past the limit as long as all its values are admitted', () => {
  const numbers = new TextColumn(2, (text) => /^\d+$/.test(text))
  for (const [row, text] of ['1', '2', '3', '4'].entries()) numbers.set(row, text)
  expect(numbers.values).toEqual(['1', '2', '3', '4'])
  const mixed = new TextColumn(2, (text) => /^\d+$/.test(text))
  for (const [row, text] of ['1', 'x', '3', '4'].entries()) mixed.set(row, text)
  expect(mixed.overflowed).toBe(true)
})
