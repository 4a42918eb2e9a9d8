import { expect, test } from 'vitest'
import oracle from '../../../oracles/lexical-similarity/values.json' with { type: 'json' }
import { lexicalSimilarity } from './lexical-similarity.ts'

test('lexicalSimilarity(texts)(query) agrees with scikit-learn', () => {
  const similarity = lexicalSimilarity(oracle.texts)
  for (const [row, query] of oracle.queries.entries()) {
    const found = similarity(query)
    // Double sums in another order.
    for (const [column, value] of found.entries())
      expect(Math.abs(value - (oracle.similarities[row]?.[column] ?? Number.NaN))).toBeLessThan(1e-12)
  }
})

test('lexicalSimilarity is 1 for the text itself, 0 without shared letters and for nothing at all', () => {
  const similarity = lexicalSimilarity(['the cat sat', 'xyz', ''])
  const [same = 0, other, nothing] = similarity('the cat sat')
  expect(same).toBeCloseTo(1, 12)
  expect([other, nothing]).toEqual([0, 0])
  expect(similarity('')).toEqual([0, 0, 0])
  expect(lexicalSimilarity([])('anything')).toEqual([])
})
