import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonHead } from './json-head.ts'

test('jsonHead gives the keys of a document that is cut off, by depth', () => {
  const head = jsonHead(
    '{"results": {"task": {"acc,none": NaN, "alias": "{"}}, "a\\"b": [{"inner": 1}], "last": {"x": "cu',
  )
  expect(head.shape).toBe('object')
  expect([...head.keys]).toEqual(['results', 'a\\"b', 'last'])
  expect([...(head.nested.get('results') ?? [])]).toEqual(['task'])
  expect([...(head.grandchildren.get('results') ?? [])]).toEqual(['acc,none', 'alias'])
  expect(head.nested.get('a\\"b')).toBeUndefined()
})

test('jsonHead of an array gives the keys of its first element, and of lines those of the first', () => {
  expect([...jsonHead(' [ {"a": {"b": 1}}, {"c": 2} ]').keys]).toEqual(['a'])
  expect([...jsonHead('{"a": 1}\n{"b": 2}\n').keys]).toEqual(['a'])
  expect(jsonHead('').shape).toBe('other')
  expect(jsonHead('[1, 2]').keys.size).toBe(0)
})

test('jsonHead finds the keys of any object at its start, however it is cut', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, cut) => {
      const text = JSON.stringify(object)
      const whole = new Set(Object.keys(object).map((key) => JSON.stringify(key).slice(1, -1)))
      expect(jsonHead(text).keys).toEqual(whole)
      for (const key of jsonHead(text.slice(0, cut % (text.length + 1))).keys) expect(whole.has(key)).toBe(true)
    }),
  )
})
