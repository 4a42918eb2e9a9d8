import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AssayError } from '../../stats/fail.ts'
import { parseTolerantJson } from './tolerant-json.ts'

const place = { path: 'log.json', member: 'header.json', byte: 100 }
const parse = (text: string) => parseTolerantJson(text, place)

test('parseTolerantJson reads NaN and the infinities outside strings, and leaves them alone inside', () => {
  expect(parse('{"a":NaN,"b":[Infinity,-Infinity],"c":"NaN Infinity","NaN":1}')).toEqual({
    a: Number.NaN,
    b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    c: 'NaN Infinity',
    NaN: 1,
  })
  expect(parse('NaN')).toBeNaN()
  expect(parse('{"a": -NaN }')).toEqual({ a: Number.NaN })
  expect(parse(String.raw`{"a\"NaN":"\\","b":NaN}`)).toEqual({ 'a"NaN': '\\', b: Number.NaN })
  expect(parse('{"a":0E+77777,"b":NaN}')).toEqual({ a: 0, b: Number.NaN })
})

test('parseTolerantJson keeps integers beyond 2^53 exact and everything else as numbers', () => {
  expect(parse('{"id":9007199254740993,"n":-9007199254740993,"big":1180591620717411303424}')).toEqual({
    id: 9_007_199_254_740_993n,
    n: -9_007_199_254_740_993n,
    big: 1_180_591_620_717_411_303_424n,
  })
  expect(parse('[9007199254740991,0.8833333333333333,1e21,1234567890123456.5]')).toEqual([
    9_007_199_254_740_991, 0.8833333333333333, 1e21, 1_234_567_890_123_456.5,
  ])
  expect(parse('9007199254740993')).toBe(9_007_199_254_740_993n)
  expect(parse('{"id":"9007199254740993"}')).toEqual({ id: '9007199254740993' })
})

/** As JSON would have it: integers rounded, NaN null. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part))
}

test('parseTolerantJson keeps integers of 16 to 18 digits exact wherever in the text they stand', () => {
  for (let before = 0; before < 40; before++) {
    for (const id of ['9007199254740993', '12345678901234567', '123456789012345679']) {
      const text = `{"${'a1'.repeat(before / 2)}${'b'.repeat(before % 2)}":1,"id":${id}}`
      expect(parse(text)).toMatchObject({ id: BigInt(id) })
    }
  }
})

test('parseTolerantJson agrees with JSON.parse on every JSON value (seed 5)', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(plain(parse(text))).toBe(JSON.stringify(JSON.parse(text)))
    }),
    { seed: 5, numRuns: 500 },
  )
})

test('parseTolerantJson finds NaN wherever JSON has a number (seed 6)', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const marked = { value, nan: 'PLACE' }
      const text = JSON.stringify(marked).replace('"PLACE"', 'NaN')
      fc.pre(!JSON.stringify(value).includes('PLACE'))
      expect(plain(parse(text))).toBe(JSON.stringify({ value, nan: null }))
    }),
    { seed: 6, numRuns: 500 },
  )
})

test.each([
  '{"a":}',
  '{"a":1',
  '',
  'Nan',
  '{"a":NaN,}',
  '[1,2',
  '"unended',
  '\u0000',
  '[1NaN]',
  '[NaN5]',
  '[NaN.5]',
  '[--Infinity]',
  '[Infinity-1]',
])('parseTolerantJson(%j) fails with file, member, place and fix', (text) => {
  let error: unknown
  try {
    parse(text)
  } catch (cause) {
    error = cause
  }
  expect(error).toBeInstanceOf(AssayError)
  expect(error).toMatchObject({ code: 'json-malformed', values: { path: 'log.json', member: 'header.json' } })
  expect((error as AssayError).values.byte).toBeGreaterThanOrEqual(100)
})

test('parseTolerantJson survives 200,000 nested arrays and strings of 5 MB', () => {
  const nested = `${'['.repeat(200_000)}NaN${']'.repeat(200_000)}`
  try {
    parse(nested)
  } catch (error) {
    expect(error).toBeInstanceOf(AssayError)
  }
  const long = 'x\\"'.repeat(1_700_000)
  expect(parse(`{"a":"${long}","b":NaN}`)).toEqual({ a: 'x"'.repeat(1_700_000), b: Number.NaN })
})
