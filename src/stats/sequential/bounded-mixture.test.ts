import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { betaMixtureSequence } from './beta-mixture.ts'
import { boundedMixtureSequence } from './bounded-mixture.ts'

const at = (values: readonly number[], level = 0.95) => {
  const outcome = boundedMixtureSequence({ values, a: 1, b: 1, level })
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('boundedMixtureSequence of 700 ones and 300 zeros is the beta mixture, [.6469848, .7496620]', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i < 700 ? 1 : 0))
  const binary = betaMixtureSequence({ successes: 700, trials: 1000, a: 1, b: 1, level: 0.95 })
  expect(binary.kind === 'estimate' && binary.interval).toEqual(at(values).interval)
  expect(at(values).interval.lower).toBeCloseTo(0.6469848, 7)
})

test('boundedMixtureSequence: order moves nothing, mirrored scores mirror the interval, higher levels are wider', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 60 }), (tenths) => {
      const values = tenths.map((tenth) => tenth / 10)
      const { interval, value } = at(values)
      expect(at(values.toReversed()).interval).toEqual(interval)
      const mirrored = at(values.map((x) => 1 - x)).interval
      expect(mirrored.lower).toBeCloseTo(1 - interval.upper, 9)
      expect(interval.lower).toBeLessThanOrEqual(value + 1e-12)
      expect(interval.upper).toBeGreaterThanOrEqual(value - 1e-12)
      expect(at(values, 0.99).interval.upper).toBeGreaterThanOrEqual(interval.upper)
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('boundedMixtureSequence misses the mean of graded scores at any of 400 looks in at most 5 % of 1,000 runs, seed 5', () => {
  const random = openRandom(5).split('looks')
  let missed = 0
  for (let run = 0; run < 1000; run++) {
    // Mean .35: mostly 0 or 1, some in between; the least favourable law for a bound that ignores the variance.
    const values: number[] = []
    for (let look = 0; look < 400; look++) {
      const u = random.uniform()
      values.push(u < 0.3 ? 1 : u < 0.4 ? 0.5 : 0)
      if (look % 20 !== 19) continue
      const { lower, upper } = at(values).interval
      if (lower > 0.35 || upper < 0.35) {
        missed++
        break
      }
    }
  }
  expect(missed / 1000).toBeLessThanOrEqual(0.05)
})

test('boundedMixtureSequence refuses no scores, scores outside [0, 1] and levels outside (0, 1); the ends keep a width', () => {
  expect(boundedMixtureSequence({ values: [], a: 1, b: 1, level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(() => at([0.5, 1.5])).toThrow()
  expect(() => at([0.5], 1)).toThrow('level out of range')
  expect(at([0, 0, 0]).interval).toMatchObject({ lower: 0 })
  expect(at([0, 0, 0]).interval.upper).toBeGreaterThan(0.5)
  expect(at([1]).interval.upper).toBe(1)
})
