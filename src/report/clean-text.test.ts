import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'

test('cleanText(text) removes terminal sequences, control characters and line breaks', () => {
  expect(cleanText('\u001b[31mred\u001b[0m\nline')).toBe('red line')
  expect(cleanText('a\u001b]8;;http://evil\u0007link\u001b]8;;\u0007b')).toBe('alinkb')
  expect(cleanText('a\u001b]0;title\u001b\\b')).toBe('ab')
  expect(cleanText('\u009b2Jx\u0000\u0007\u0008y')).toBe('xy')
  expect(cleanText('\tx\r\ny ')).toBe('x y')
})

test('cleanText(text) removes characters that reorder or hide text and keeps right-to-left letters', () => {
  expect(cleanText('abc\u202Egnp.exe\u2066x\u2069')).toBe('abcgnp.exex')
  expect(cleanText('نموذج عربي')).toBe('نموذج عربي')
  expect(cleanText('a\ud800b')).toBe('a\ufffdb')
})

test('cleanText(any) is printable, and cleaning twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = cleanText(text)
      expect(clean).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanText(clean)).toBe(clean)
    }),
    { seed: 3, numRuns: 1_000, examples: [['\u001b\u200b[31mx'], [' \u200b ']] },
  )
})
