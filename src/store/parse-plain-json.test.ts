import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parsePlainJson } from './parse-plain-json.ts'

test('parsePlainJson(text) is what JSON says, for any value and spacing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, undefined, space)
      expect(parsePlainJson(text)).toEqual({ value: JSON.parse(text) })
    }),
  )
})

test('parsePlainJson agrees with the YAML parser on strings with escapes, quotes and colons', () => {
  for (const text of [
    '{"a\\"b": "c\\\\", "d:": ":\\":"}',
    '[{"x": "\\u0022:"}, "\\\\", {"": 1}]',
    ' {"a" : {"b"\n:[1e3,-0.5]}} ',
  ])
    expect(parsePlainJson(text)?.value).toEqual(parse(text))
})

test('parsePlainJson refuses text that is no JSON and records that name a field twice', () => {
  for (const text of ['', 'a: 1', '{"a":1,}', '{"a":1,"a":1}', '[{"a":1},{"b":{"c":1,"\\u0063":2}}]', '{a: 1}'])
    expect(parsePlainJson(text)).toBeUndefined()
})
