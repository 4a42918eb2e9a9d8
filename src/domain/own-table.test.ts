import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeField, unescapeField } from './own-table.ts'

test('escapeField keeps spreadsheets and terminals from carrying out a text, and unescapeField gives it back', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', "'", ''])
    expect(escapeField(`${start}x`)).not.toMatch(/^[=+\-@\t\r]/)
  expect(escapeField('=1+1')).toBe("'=1+1")
  expect(escapeField('red \u001b[31m')).toBe('red \\x1b[31m')
  expect(escapeField('\\x1b and \\xi')).toBe('\\x5cx1b and \\xi')
  expect(escapeField('plain − text,\n"quoted"')).toBe('plain − text,\n"quoted"')
})

test('unescapeField(escapeField(text)) is the text', () => {
  const piece = fc.oneof(
    fc.constantFrom('\\', 'x', '1b', '5c', "'", '=', '\u001b', '\u0000', '\u009b', '\n'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const field = escapeField(text)
      expect(unescapeField(field)).toBe(text)
      expect(field).not.toBe('')
    }),
  )
})
