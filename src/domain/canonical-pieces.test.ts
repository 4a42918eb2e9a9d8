import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalPieces } from './canonical-pieces.ts'
import { contentHash, documentHash } from './content-hash.ts'

const value = fc.jsonValue({ maxDepth: 6 }).filter((each) => JSON.stringify(each).isWellFormed())

test('canonicalPieces(value) joined is canonicalize(value)', () => {
  fc.assert(
    fc.property(value, (each) => {
      expect([...canonicalPieces(each)].join('')).toBe(canonicalize(each))
      expect(documentHash(each)).toBe(contentHash(each))
    }),
  )
})

test('canonicalPieces leaves out what JSON leaves out, and writes null for holes of a list', () => {
  for (const odd of [
    { b: undefined, a: [undefined, 1, { c: undefined }] },
    { when: { toJSON: () => 'then' } },
    { ä: 1, z: 2, '\u{1F600}': 3, '\uFB33': 4, '': 5 },
    [[[[{ y: [1, { b: 1, a: 2 }], x: -0 }]]]],
  ])
    expect([...canonicalPieces(odd)].join('')).toBe(canonicalize(odd))
})

test('canonicalPieces gives one piece per item of a protocol', () => {
  const items = Array.from({ length: 1_000 }, (_, index) => ({ id: `i${index}`, input: 'x'.repeat(100), target: '1' }))
  const pieces = [...canonicalPieces({ items: { inline: items }, title: 't' })]
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(200)
})
