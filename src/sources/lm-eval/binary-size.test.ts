import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binarySize } from './binary-size.ts'

test('binarySize of a mean and standard error of zeros and ones gives back their number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const k = Math.min(n - 1, Math.max(1, Math.round(share * n)))
      const p = k / n
      expect(binarySize(p, Math.sqrt((p * (1 - p)) / (n - 1)))).toBe(n)
    }),
    { numRuns: 2000 },
  )
})

test('binarySize of anything else is undefined: boundary means, no error, continuous scores, means outside [0, 1]', () => {
  expect(binarySize(0, 0)).toBeUndefined()
  expect(binarySize(1, 0)).toBeUndefined()
  expect(binarySize(0.5, 0)).toBeUndefined()
  // mc2 of TruthfulQA is a probability, not right or wrong: genuine figures from lm_eval's own test data
  expect(binarySize(0.465436996173817, 0.0048422530880316405)).toBeUndefined()
  expect(binarySize(1.6479047769869253, 0.006497321146240192)).toBeUndefined()
})
