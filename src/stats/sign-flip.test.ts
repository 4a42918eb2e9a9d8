import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/resampling/resampling.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { binomialCdf } from './distributions/binomial.ts'
import { gpqaScores, itemMeans } from './fixtures/gpqa-scores.ts'
import { twoModels } from './fixtures/minstd.ts'
import { pairedDifference } from './paired-difference.ts'
import type { HypothesisTest } from './result.ts'
import { type SignFlipOptions, signFlipTest } from './sign-flip.ts'
import { exactSignFlipTail, sampledSignFlipTail } from './sign-flip-tail.ts'

function flip(differences: ArrayLike<number>, options: Partial<SignFlipOptions> = {}): HypothesisTest {
  const outcome = signFlipTest({
    differences,
    clusters: undefined,
    alternative: 'two-sided',
    draws: 9999,
    random: openRandom(1),
    ...options,
  })
  if (outcome.kind !== 'test') throw new Error(outcome.because.code)
  return outcome
}

const binary = (plus: number, minus: number, zero = 0) =>
  Float64Array.from({ length: plus + minus + zero }, (_, i) => (i < plus ? 1 : i < plus + minus ? -1 : 0))

test('signFlipTest of 0/1 pairs is the exact McNemar test: scipy binomtest, and R on 2202 against 2079', () => {
  const { binary: small, tail } = oracle.signFlip
  expect(flip(binary(small.plus, small.minus, 50)).pValue).toBeCloseTo(small.p, 12)
  expect(flip(binary(tail.plus, tail.minus)).pValue / tail.p).toBeCloseTo(1, 9)
  const { first, second } = twoModels()
  const differences = first.map((value, item) => value - second[item]!)
  const { n10, n01, p } = oracle.minstd.mcnemar
  expect([1, -1].map((sign) => differences.filter((d) => d === sign).length)).toEqual([n10, n01])
  expect(flip(differences)).toMatchObject({ method: 'sign-flip-binomial', n: 14_042 })
  expect(flip(differences).pValue).toBeCloseTo(p, 12)
})

test('signFlipTest of graded differences is exact: rational arithmetic over all 2^57 assignments', () => {
  const { differences, p } = oracle.signFlip.graded
  const result = flip(differences.map((d) => d / 5))
  expect(result.method).toBe('sign-flip-dynamic-programming')
  expect(result.pValue).toBeCloseTo(p, 13)
})

test('signFlipTest of 13 real differences enumerates: numpy over all 2^13 assignments, three alternatives', () => {
  const { differences, two, greater, less } = oracle.signFlip.real
  expect(flip(differences).pValue).toBe(two)
  expect(flip(differences, { alternative: 'greater' }).pValue).toBe(greater)
  expect(flip(differences, { alternative: 'less' }).pValue).toBe(less)
})

test('signFlipTest and pairedDifference of 20 pairs in 6 clusters: 14/64, and CR1 0.097980 with t 2.0412', () => {
  const first = [1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1]
  const second = [1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1]
  const clusters = [4, 3, 4, 2, 3, 4].flatMap((size, cluster) => Array.from({ length: size }, () => cluster))
  const differences = first.map((value, pair) => value - second[pair]!)
  expect(flip(differences, { clusters }).pValue).toBeCloseTo(14 / 64, 12)
  const tested = pairedDifference({ differences, clusters, correction: 'cr1', range: undefined, level: 0.95 })
  expect(tested.difference).toMatchObject({ value: expect.closeTo(0.2, 12), standardError: expect.closeTo(0.09798, 6) })
  expect(tested.test).toMatchObject({ statistic: expect.closeTo(2.0412, 4), pValue: expect.closeTo(0.0967, 4) })
})

test('the methods of sign-flip-tail agree with one another', () => {
  const whole = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 14 })
  fc.assert(
    fc.property(whole, fc.integer({ min: -60, max: 60 }), fc.constantFrom('upper', 'both'), (steps, target, sides) => {
      const sizes = Float64Array.from(steps).sort()
      const exact = exactSignFlipTail({ sizes, target, sides })!
      // The same sizes moved off every grid by less than any two sums differ: enumeration instead.
      const moved = sizes.map((size, i) => size + 1e-14 * Math.sqrt(i + 2))
      let count = 0
      for (let bits = 0; bits < 2 ** steps.length; bits++) {
        const sum = moved.reduce((total, size, i) => total + ((bits >> i) & 1 ? size : -size), 0)
        const reached = sides === 'both' ? Math.abs(sum) >= Math.abs(target) - 1e-9 : sum >= target - 1e-9
        if (reached) count++
      }
      const floor = 2 ** -steps.length * (sides === 'both' ? 2 : 1)
      expect(exact.p).toBeCloseTo(Math.max(floor, count / 2 ** steps.length), 12)
    }),
  )
})

test('sampledSignFlipTail agrees with the exact tail within 5 standard errors, seed 8', () => {
  const random = openRandom(8)
  const sizes = Float64Array.from({ length: 19 }, () => random.uniform() + 0.1).sort()
  for (const sides of ['upper', 'both'] as const) {
    const exact = exactSignFlipTail({ sizes, target: 5, sides })!
    expect(exact.method).toBe('enumeration')
    const sampled = sampledSignFlipTail({ sizes, target: 5, sides, draws: 40_000, random })
    expect(Math.abs(sampled.p - exact.p)).toBeLessThan(5 * Math.sqrt((exact.p * (1 - exact.p)) / 40_000))
    expect(sampled.resolution).toBe(1 / 40_001)
  }
})

test('signFlipTest of 60 real differences is Monte Carlo, near the t test, and never below its resolution', () => {
  const random = openRandom('real')
  const differences = Float64Array.from({ length: 60 }, () => random.normal() + 0.3)
  const result = flip(differences, { draws: 20_000 })
  expect(result.method).toBe('sign-flip-monte-carlo')
  expect(flip(differences.toReversed(), { draws: 20_000 })).toEqual(result)
  expect(
    flip(
      differences.map((d) => d + 9),
      { draws: 999 },
    ),
  ).toMatchObject({ pValue: 0.001, resolution: 0.001 })
})

test('signFlipTest on GPQA Diamond item means is exact and close to the t test, p 0.0363', () => {
  const [first, second] = gpqaScores().map(itemMeans)
  const result = flip(first!.map((value, item) => value - second![item]!))
  expect(result).toMatchObject({ method: 'sign-flip-dynamic-programming', n: 198 })
  expect(result.statistic).toBeCloseTo(0.0585859, 7)
  expect(Math.abs(result.pValue - 0.0363)).toBeLessThan(0.004)
})

test('signFlipTest ignores zeros, mirrors with its sign, and its two sides add up', () => {
  const values = fc.array(fc.constantFrom(-2, -1, 0, 1, 2, 3), { minLength: 1, maxLength: 18 })
  fc.assert(
    fc.property(values, (sample) => {
      const two = flip(sample)
      expect(flip([...sample, 0, 0]).pValue).toBe(two.pValue)
      expect(flip(sample.map((d) => -d)).pValue).toBe(two.pValue)
      expect(flip(sample.map((d) => d / 7)).pValue).toBeCloseTo(two.pValue, 12)
      const [greater, less] = [
        flip(sample, { alternative: 'greater' }).pValue,
        flip(sample, { alternative: 'less' }).pValue,
      ]
      expect(greater + less).toBeGreaterThanOrEqual(1 - 1e-12)
      if (two.pValue < 1) expect(two.pValue).toBeCloseTo(2 * Math.min(greater, less), 12)
    }),
  )
})

test('signFlipTest of clusters flips their sums: a cluster of opposite differences says nothing', () => {
  expect(flip([1, -1, 1, 1], { clusters: [1, 1, 2, 3] }).pValue).toBe(0.5)
  expect(flip([0.1, 0.2, -0.3, 1], { clusters: [1, 1, 1, 2] })).toMatchObject({ pValue: 1, resolution: 1, n: 2 })
})

test('signFlipTest of no difference gives p = 1, says when significance is out of reach, and refuses no pairs', () => {
  expect(flip([0, 0, 0])).toMatchObject({ pValue: 1, caveats: [{ code: 'significance-unreachable' }] })
  expect(flip([1, 1, 1, 1, 1])).toMatchObject({
    pValue: 0.0625,
    resolution: 0.0625,
    caveats: [{ code: 'significance-unreachable' }],
  })
  expect(flip([1, 1, 1, 1, 1, 1]).caveats).toEqual([])
  expect(
    signFlipTest({ differences: [], clusters: undefined, alternative: 'less', draws: 99, random: openRandom(1) }),
  ).toMatchObject({ kind: 'not-estimable' })
  expect(() => flip([1, Number.NaN])).toThrow(/not finite/)
  expect(() => flip([1], { draws: 5 })).toThrow(/too few draws/)
})

test('signFlipTest never returns p = 0, even for 5,000 wins in a row', () => {
  expect(flip(new Float64Array(5000).fill(1)).pValue).toBeGreaterThan(0)
  expect(flip(new Float64Array(1000).fill(1)).pValue / (2 * binomialCdf({ k: 0, n: 1000, p: 0.5 }))).toBeCloseTo(1, 9)
})
