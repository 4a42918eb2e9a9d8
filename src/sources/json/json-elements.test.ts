import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AssayError } from '../../stats/fail.ts'
import { JsonElements, type JsonElementsOptions, type MemberPlan } from './json-elements.ts'

interface Split {
  readonly values: readonly (readonly [string, unknown])[]
  readonly elements: readonly unknown[]
  readonly bytes: readonly number[]
}

interface SplitOptions extends Partial<JsonElementsOptions> {
  readonly chunkBytes?: number
}

function split(text: string | Buffer, { chunkBytes = 1_000_000, ...options }: SplitOptions = {}): Split {
  const values: [string, unknown][] = []
  const elements: unknown[] = []
  const bytes: number[] = []
  const splitter = new JsonElements({
    path: 'log.json',
    member: '',
    plan: (member): MemberPlan => (member === 'samples' ? 'elements' : 'value'),
    dropped: new Set(),
    onValue: ({ member, text }) => values.push([member, JSON.parse(text)]),
    onElement: ({ text, byte }) => {
      elements.push(JSON.parse(text))
      bytes.push(byte)
    },
    maximumPieceBytes: 1_000_000,
    maximumDepth: 64,
    ...options,
  })
  const whole = Buffer.from(text)
  for (let at = 0; at < whole.length; at += chunkBytes) {
    // A copy that is overwritten afterwards, as a reader does with its buffer.
    const chunk = Buffer.from(whole.subarray(at, at + chunkBytes))
    splitter.push(chunk)
    chunk.fill(0x7b)
  }
  splitter.end()
  return { values, elements, bytes }
}

function failure(run: () => unknown): AssayError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(AssayError)
    return error as AssayError
  }
  throw new Error('expected an error')
}

test('JsonElements gives the elements of an array as JSON.parse does, for any chunk size (seed 8)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue({ maxDepth: 3 })),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(2),
      (array, chunkBytes, indent) => {
        expect(split(JSON.stringify(array, undefined, indent), { chunkBytes }).elements).toEqual(
          JSON.parse(JSON.stringify(array)),
        )
      },
    ),
    { seed: 8, numRuns: 300 },
  )
})

test('JsonElements finds the end of long strings of quotes and backslashes, for any chunk size (seed 10)', () => {
  const text = fc
    .array(fc.constantFrom('"', '\\', '\\\\"', 'plain words that go on', 'é€𝄞', '\n'), { maxLength: 60 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      fc.array(fc.record({ text, kept: text, input: text })),
      fc.integer({ min: 1, max: 300 }),
      (array, chunkBytes) => {
        expect(split(JSON.stringify(array), { chunkBytes, dropped: new Set(['input']) }).elements).toEqual(
          array.map((element) => ({ ...element, input: null })),
        )
      },
    ),
    { seed: 10, numRuns: 500 },
  )
})

test('JsonElements gives members of an object and the elements of one of them, for any chunk size (seed 9)', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('version', 'eval', 'status', 'x y'), fc.jsonValue({ maxDepth: 3 })),
      fc.array(fc.jsonValue({ maxDepth: 2 })),
      fc.integer({ min: 1, max: 30 }),
      (header, samples, chunkBytes) => {
        const text = JSON.stringify({ ...header, samples, last: true })
        const found = split(text, { chunkBytes })
        const document = JSON.parse(text) as Record<string, unknown>
        expect(found.elements).toEqual(document.samples)
        delete document.samples
        expect(Object.fromEntries(found.values)).toEqual(document)
      },
    ),
    { seed: 9, numRuns: 300 },
  )
})

test('JsonElements drops the named members of elements and nothing else, for any chunk size (seed 10)', () => {
  const sample = fc.dictionary(fc.constantFrom('id', 'messages', 'events', 'scores'), fc.jsonValue({ maxDepth: 3 }))
  fc.assert(
    fc.property(fc.array(sample), fc.integer({ min: 1, max: 30 }), fc.nat(2), (samples, chunkBytes, indent) => {
      const found = split(JSON.stringify(samples, undefined, indent), {
        chunkBytes,
        dropped: new Set(['messages', 'events']),
      })
      const wanted = (JSON.parse(JSON.stringify(samples)) as Record<string, unknown>[]).map((record) =>
        Object.fromEntries(
          Object.entries(record).map(([key, value]) => [key, key === 'messages' || key === 'events' ? null : value]),
        ),
      )
      expect(found.elements).toEqual(wanted)
    }),
    { seed: 10, numRuns: 300 },
  )
})

test('JsonElements says at which byte each element starts, and passes over a byte-order mark', () => {
  const text = '\uFEFF { "é": 1, "samples": [ {"a": 1},\n 2 ] }'
  const { bytes, elements } = split(text, { chunkBytes: 5 })
  expect(elements).toEqual([{ a: 1 }, 2])
  const whole = Buffer.from(text)
  expect(bytes.map((at) => whole.toString('utf8', at, at + 1))).toEqual(['{', '2'])
})

test('JsonElements hands a member planned as elements over as a value where it is no array', () => {
  expect(split('{"samples":null,"a":{"samples":[1]}}')).toEqual({
    values: [
      ['samples', null],
      ['a', { samples: [1] }],
    ],
    elements: [],
    bytes: [],
  })
})

test('JsonElements holds a dropped or skipped member of 100 MB in no memory to speak of', () => {
  const chunk = Buffer.alloc(1_000_000, 'x')
  const elements: string[] = []
  const splitter = new JsonElements({
    path: 'log.json',
    member: '',
    plan: (member) => (member === 'samples' ? 'elements' : 'skip'),
    dropped: new Set(['messages']),
    onValue: () => undefined,
    onElement: ({ text }) => elements.push(text),
    maximumPieceBytes: 1000,
    maximumDepth: 64,
  })
  splitter.push(Buffer.from('{"stats":"'))
  for (let at = 0; at < 50; at++) splitter.push(chunk)
  splitter.push(Buffer.from('","samples":[{"id":1,"messages":["'))
  for (let at = 0; at < 50; at++) splitter.push(chunk)
  splitter.push(Buffer.from('"],"epoch":2}]}'))
  splitter.end()
  expect(elements).toEqual(['{"id":1,"messages":null,"epoch":2}'])
})

test.each([
  ['json-cut-off', '{"samples":[1,2'],
  ['json-cut-off', '{"samples":[1,2]'],
  ['json-cut-off', '[1,"unended'],
  ['json-cut-off', '{"a'],
  ['json-cut-off', ''],
  ['json-malformed', '{"a":1}}'],
  ['json-malformed', '[1,]'],
  ['json-malformed', '[,1]'],
  ['json-malformed', '{"a":1,}'],
  ['json-malformed', '{"a"1}'],
  ['json-malformed', '{a:1}'],
  ['json-malformed', '{"a":]}'],
  ['json-malformed', '"text"'],
  ['json-malformed', '[1] [2]'],
])('JsonElements fails with %s at %j', (code, text) => {
  const error = failure(() => split(text))
  expect(error.code).toBe(code)
  expect(error.values.path).toBe('log.json')
  expect(error.values.byte).toBeLessThanOrEqual(text.length)
})

test('JsonElements refuses nesting beyond its limit, kept or skipped', () => {
  const deep = '['.repeat(70) + ']'.repeat(70)
  expect(failure(() => split(`[${deep}]`)).code).toBe('json-nested-too-deep')
  expect(failure(() => split(`{"a":${deep}}`, { plan: () => 'skip' })).code).toBe('json-nested-too-deep')
  expect(failure(() => split('[['.repeat(2_000_000))).code).toBe('json-nested-too-deep')
})

test('JsonElements refuses an element beyond its limit before holding it', () => {
  const error = failure(() => split(`["${'x'.repeat(3000)}"]`, { maximumPieceBytes: 1000, chunkBytes: 100 }))
  expect(error.code).toBe('json-piece-too-large')
  expect(error.values.byte).toBeLessThan(1200)
})

test('JsonElements refuses an endless key', () => {
  expect(failure(() => split(`{"${'k'.repeat(10_000)}":1}`, { chunkBytes: 100 })).code).toBe('json-key-too-long')
})
