import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairingGain } from './pairing-gain.ts'

interface Gpqa {
  readonly models: readonly string[]
  readonly scores: Readonly<Record<string, readonly string[]>>
}

// Python 3.11, exact rational arithmetic (fractions) on the epoch means per item.
test('pairingGain on GPQA Diamond: correlation 0.5301441, variance ratio 2.1223239', () => {
  const { models, scores }: Gpqa = JSON.parse(
    readFileSync(new URL('../../oracles/gpqa-diamond/scores.json', import.meta.url), 'utf8'),
  )
  const means = models.map((model) =>
    scores[model]!.map((epochs) => Array.from(epochs, Number).reduce((a, b) => a + b) / 5),
  )
  const { correlation, varianceRatio } = pairingGain(means[0]!, means[1]!)
  expect(correlation).toBeCloseTo(0.5301440974437687, 12)
  expect(varianceRatio).toBeCloseTo(2.1223238718677897, 12)
})

const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
  minLength: 2,
  maxLength: 30,
})

test('pairingGain is symmetric, and unmoved by shifting both systems', () => {
  fc.assert(
    fc.property(scores, (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
      const gain = pairingGain(a, b)
      const swapped = pairingGain(b, a)
      const shifted = pairingGain(
        a.map((x) => x + 3),
        b.map((y) => y + 3),
      )
      for (const other of [swapped, shifted]) {
        expect(other.correlation === undefined).toBe(gain.correlation === undefined)
        if (gain.correlation !== undefined) expect(other.correlation).toBeCloseTo(gain.correlation, 10)
        if (gain.varianceRatio !== undefined) expect(other.varianceRatio).toBeCloseTo(gain.varianceRatio, 8)
      }
    }),
    { seed: 11 },
  )
})

test('pairingGain gives no ratio where differences are constant, and nothing for one pair', () => {
  expect(pairingGain([1, 0, 1], [1, 0, 1])).toEqual({ correlation: 1 })
  expect(pairingGain([1, 1], [0, 1])).toEqual({ varianceRatio: 1 })
  expect(pairingGain([1], [0])).toEqual({})
  expect(() => pairingGain([1], [])).toThrow('lengths differ')
})
