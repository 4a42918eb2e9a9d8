import { expect, test } from 'vitest'
import { hasLabels, labelStyles, optionLabels } from './option-labels.ts'

test('optionLabels counts on after Z, and in Roman numerals', () => {
  expect(optionLabels('A', 28).slice(24)).toEqual(['Y', 'Z', 'AA', 'AB'])
  expect(optionLabels('a', 703 - 1).at(-1)).toBe('zz')
  expect(optionLabels('i', 49).slice(-1)).toEqual(['xlix'])
  expect(optionLabels('I', 1994).at(-1)).toBe('MCMXCIV')
  expect(optionLabels('Ⅰ', 12).join('')).toBe('ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ')
})

test('optionLabels gives distinct labels in every style and refuses more than a style has', () => {
  for (const style of labelStyles) {
    const count = hasLabels(style, 77) ? 77 : 12
    expect(new Set(optionLabels(style, count)).size).toBe(count)
  }
  expect(() => optionLabels('Ⅰ', 13)).toThrow('too many options')
})
