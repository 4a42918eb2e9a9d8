import fc from 'fast-check'
import { expect, test } from 'vitest'
import claims from '../../../oracles/claims/claims.json' with { type: 'json' }
import noncentral from '../../../oracles/noncentral/noncentral.json' with { type: 'json' }
import { normalUpperQuantile } from '../distributions/normal.ts'
import { equivalenceItems } from '../equivalence-items.ts'
import { mcnemarExact } from '../mcnemar.ts'
import { pairedDifference } from '../paired-difference.ts'
import type { TestOutcome } from '../result.ts'
import { type Equivalence, type EquivalenceOptions, equivalence } from './equivalence.ts'
import { equivalencePower } from './equivalence-power.ts'
import { pairedMarginTest } from './paired-margin-test.ts'
import { type UnitsNeeded, unitsNeeded } from './units-needed.ts'

function decided(options: EquivalenceOptions): Equivalence {
  const outcome = equivalence(options)
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

function pOf(test: TestOutcome): number {
  if (test.kind === 'not-estimable') throw new Error(test.because.code)
  return test.pValue
}

// SciPy 1.17.1 integrate.quad of the conditional probability: oracles/noncentral/noncentral.py.
test('equivalencePower agrees with numerical integration to 1e-10', () => {
  for (const { power, ...options } of noncentral.equivalence) {
    expect(Math.abs(equivalencePower(options) / power - 1)).toBeLessThan(1e-10)
  }
})

test('equivalencePower with a known error is Φ((m−δ)/SE − z) + Φ((m+δ)/SE − z) − 1, and equivalenceItems inverts it', () => {
  const [margin, difference, alpha, power, variance] = [0.02, 0.005, 0.05, 0.8, 0.1]
  const n = equivalenceItems({ margin, difference, variance, alpha, power, claim: 'equivalence' })
  const standardError = Math.sqrt(variance / n)
  const reached = equivalencePower({
    standardError,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    margin,
    difference,
    alpha,
  })
  expect(reached).toBeCloseTo(power, 9)
  const many = equivalencePower({ standardError, degreesOfFreedom: 1e7, margin, difference, alpha })
  expect(many).toBeCloseTo(power, 6)
})

test('equivalencePower is at most alpha at the margin and beyond, seed 4', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 300, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (standardError, degreesOfFreedom, beyond) => {
        const power = equivalencePower({
          standardError,
          degreesOfFreedom,
          margin: 0.1,
          difference: 0.1 * beyond,
          alpha: 0.05,
        })
        expect(power).toBeGreaterThanOrEqual(0)
        expect(power).toBeLessThanOrEqual(0.05 * (1 + 1e-9))
      },
    ),
    { seed: 4, numRuns: 200 },
  )
})

// NumPy 2.4.6, every table summed, 4,001 values of q: oracles/claims/claims.py. The grid may miss the maximum by 1e-7.
test('pairedMarginTest agrees with a sum over all tables', () => {
  for (const { onlyA, onlyB, n, nullDifference, score, pValue } of claims.pairedMargin) {
    const outcome = pairedMarginTest({
      both: n - onlyA - onlyB,
      onlyA,
      onlyB,
      neither: 0,
      nullDifference,
      alternative: 'greater',
    })
    if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
    expect(outcome.statistic).toBeCloseTo(score, 9)
    expect(outcome.pValue / pValue).toBeGreaterThan(1 - 1e-9)
    expect(outcome.pValue / pValue).toBeLessThan(1 + 1e-6)
  }
})

test('pairedMarginTest: swapping the systems swaps the sides, and a farther margin is easier, seed 5', () => {
  const count = fc.integer({ min: 0, max: 12 })
  fc.assert(
    fc.property(count, count, count, fc.double({ min: 0, max: 0.4, noNaN: true }), (onlyA, onlyB, both, margin) => {
      const table = { both, onlyA, onlyB, neither: 5 }
      const swapped = { ...table, onlyA: onlyB, onlyB: onlyA }
      const p = pOf(pairedMarginTest({ ...table, nullDifference: -margin, alternative: 'greater' }))
      expect(pOf(pairedMarginTest({ ...swapped, nullDifference: margin, alternative: 'less' }))).toBeCloseTo(p, 12)
      const farther = pOf(pairedMarginTest({ ...table, nullDifference: -margin - 0.1, alternative: 'greater' }))
      expect(farther).toBeLessThanOrEqual(p + 1e-9)
      expect(p).toBeLessThanOrEqual(1)
    }),
    { seed: 5, numRuns: 25 },
  )
})

test('pairedMarginTest at no difference is near McNemar, above 1,000 pairs asymptotic, and refuses what is no table', () => {
  const exact = pOf(
    pairedMarginTest({ both: 60, onlyA: 20, onlyB: 8, neither: 12, nullDifference: 0, alternative: 'greater' }),
  )
  const conditional = mcnemarExact({ onlyA: 20, onlyB: 8, alternative: 'greater' }).pValue
  expect(exact).toBeLessThan(conditional)
  expect(exact).toBeGreaterThan(conditional / 3)
  const large = pairedMarginTest({
    both: 900,
    onlyA: 60,
    onlyB: 50,
    neither: 90,
    nullDifference: -0.03,
    alternative: 'greater',
  })
  expect(large).toMatchObject({ method: 'tango-score-test', n: 1100 })
  const none = pairedMarginTest({ both: 0, onlyA: 0, onlyB: 0, neither: 0, nullDifference: 0.1, alternative: 'less' })
  expect(none).toMatchObject({ kind: 'not-estimable', because: { code: 'too-few-values' } })
  const bad = { both: 1, onlyA: 1, onlyB: 1, neither: 1, alternative: 'less' } as const
  expect(() => pairedMarginTest({ ...bad, nullDifference: 1 })).toThrow('difference out of range')
  expect(() => pairedMarginTest({ ...bad, onlyA: -1, nullDifference: 0.1 })).toThrow('counts not valid')
})

const wide = { margin: 0.1, alpha: 0.05, power: 0.8 }
const noise = Float64Array.from({ length: 60 }, (_, i) => 0.1 * Math.sin(7 * i))
const paired = (differences: ArrayLike<number>): EquivalenceOptions['compared'] => ({
  kind: 'paired',
  differences,
  clusters: undefined,
  range: undefined,
})

test('equivalence gives each of its four verdicts where it should', () => {
  const at = (shift: number, margin: number) =>
    decided({ ...wide, margin, compared: paired(noise.map((value) => value + shift)) })
  expect(at(0, 0.1)).toMatchObject({ verdict: 'equivalent', nonInferior: true, differs: false, needed: undefined })
  expect(at(0.3, 0.1)).toMatchObject({ verdict: 'better', nonInferior: true, differs: true })
  expect(at(-0.3, 0.1)).toMatchObject({ verdict: 'worse', nonInferior: false, differs: true })
  expect(at(0, 0.005)).toMatchObject({ verdict: 'cannot-tell', nonInferior: false, differs: false })
  // Significant and too small to matter: equivalent, and said to differ.
  expect(at(0.05, 0.1)).toMatchObject({ verdict: 'equivalent', differs: true })
})

test('equivalence: the verdict, the interval and the two one-sided p-values say the same, seed 6', () => {
  const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 25 })
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 0.8, noNaN: true }), (differences, margin) => {
      const outcome = equivalence({ ...wide, margin, compared: paired(differences) })
      fc.pre(outcome.kind === 'equivalence')
      const { lower, upper } = outcome.marginInterval
      fc.pre(Math.abs(lower + margin) > 1e-9 && Math.abs(upper - margin) > 1e-9)
      // Where the differences are skewed the interval decides alone.
      const skewed = outcome.difference.method.endsWith('-with-skewness')
      if (!skewed || outcome.notBelow.kind === 'test') {
        expect(pOf(outcome.notBelow) <= 0.05).toBe(lower > -margin)
        expect(pOf(outcome.notAbove) <= 0.05).toBe(upper < margin)
      }
      expect(outcome.verdict === 'equivalent').toBe(lower > -margin && upper < margin)
      expect(outcome.nonInferior).toBe(lower > -margin)
      const turned = decided({ ...wide, margin, compared: paired(differences.map((value) => -value)) })
      const mirrored = { better: 'worse', worse: 'better', equivalent: 'equivalent', 'cannot-tell': 'cannot-tell' }
      expect(turned.verdict).toBe(mirrored[outcome.verdict])
      expect(turned.marginInterval.lower).toBeCloseTo(-upper, 12)
    }),
    { seed: 6, numRuns: 150 },
  )
})

test('equivalence of clustered pairs rests on CR2 and Satterthwaite, and not on row order', () => {
  const clusters = Array.from(noise, (_, i) => Math.floor(i / 4))
  const outcome = decided({ ...wide, compared: { kind: 'paired', differences: noise, clusters, range: undefined } })
  const { difference } = pairedDifference({
    differences: noise,
    clusters,
    correction: 'cr2',
    range: undefined,
    level: 0.95,
  })
  expect(outcome.difference).toEqual(difference)
  expect(outcome.difference.n).toBe(15)
  const reversed = decided({
    ...wide,
    compared: { kind: 'paired', differences: noise.toReversed(), clusters: clusters.toReversed(), range: undefined },
  })
  expect(reversed).toEqual(outcome)
})

test('equivalence of rates decides by exact tests: 440/5/6/49 is equivalent within .03, and not within .01', () => {
  const compared = { kind: 'paired-rates', table: { both: 440, onlyA: 5, onlyB: 6, neither: 49 } } as const
  expect(decided({ ...wide, margin: 0.03, compared })).toMatchObject({ verdict: 'equivalent' })
  const close = decided({ ...wide, margin: 0.01, compared })
  expect(close.verdict).toBe('cannot-tell')
  if (close.needed === undefined || 'because' in close.needed) throw new Error('no number of units')
  // σ² = ψ − d² = .022 − .000004: (z_.05 + z_.1)² σ²/m² = 1,884 pairs for equivalence.
  const variance = 0.022 - 0.002 ** 2
  const closed = ((normalUpperQuantile(0.05) + normalUpperQuantile(0.1)) / 0.01) ** 2 * variance
  expect(Math.abs(close.needed.ifEqual - closed)).toBeLessThan(1.001)
  expect(decided({ ...wide, margin: 1, compared })).toMatchObject({ verdict: 'equivalent', nonInferior: true })
  const apart = { kind: 'paired-rates', table: { both: 40, onlyA: 30, onlyB: 5, neither: 25 } } as const
  expect(decided({ ...wide, compared: apart })).toMatchObject({ verdict: 'better' })
})

test('equivalence of unpaired samples needs more units than of the same scores paired', () => {
  const first = noise.map((value, i) => value + Math.cos(i))
  const second = noise.map((_, i) => Math.cos(i))
  const unpaired = decided({
    ...wide,
    compared: {
      kind: 'unpaired',
      first: { values: first, clusters: undefined },
      second: { values: second, clusters: undefined },
    },
  })
  expect(unpaired.verdict).toBe('cannot-tell')
  expect(unpaired.difference.n).toBe(120)
  expect(decided({ ...wide, compared: paired(noise) }).verdict).toBe('equivalent')
})

test('unitsNeeded: a sample of that size has the power, one unit less has not', () => {
  const pilot = { standardError: 0.02, degreesOfFreedom: 19, n: 20, margin: 0.03, alpha: 0.05, power: 0.8 }
  const { ifEqual, ifAtMargin, units } = unitsNeeded(pilot) as UnitsNeeded
  const powerAt = (n: number) =>
    equivalencePower({
      standardError: 0.02 * Math.sqrt(20 / n),
      degreesOfFreedom: (19 * n) / 20,
      margin: 0.03,
      difference: 0,
      alpha: 0.05,
    })
  expect(powerAt(ifEqual)).toBeGreaterThanOrEqual(0.8)
  expect(powerAt(ifEqual - 1)).toBeLessThan(0.8)
  expect(units).toBe(Math.max(ifEqual, ifAtMargin))
  expect((unitsNeeded({ ...pilot, margin: 0.015 }) as UnitsNeeded).units).toBeGreaterThan(3.5 * units)
})

test('unitsNeeded refuses a margin that no countable number of units could reach, and powers that no test has', () => {
  const pilot = { standardError: 0.02, degreesOfFreedom: 19, n: 20, margin: 0.03, alpha: 0.05, power: 0.8 }
  expect(unitsNeeded({ ...pilot, margin: 1e-300 })).toMatchObject({ because: { code: 'units-beyond-count' } })
  for (const power of [95, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => unitsNeeded({ ...pilot, power })).toThrow('power out of range')
})

test('equivalence where nothing varies: refused without a range, decided by exact bounds with one', () => {
  const zeros = new Float64Array(400)
  expect(equivalence({ ...wide, compared: paired(zeros) })).toMatchObject({ because: { code: 'no-variation' } })
  const bounded = decided({
    ...wide,
    compared: { kind: 'paired', differences: zeros, clusters: undefined, range: { lower: -1, upper: 1 } },
  })
  expect(bounded.verdict).toBe('equivalent')
  expect(bounded.notBelow).toMatchObject({ because: { code: 'interval-decides-near-end-of-range' } })
  const few = decided({
    ...wide,
    compared: {
      kind: 'paired',
      differences: new Float64Array(10),
      clusters: undefined,
      range: { lower: -1, upper: 1 },
    },
  })
  expect(few).toMatchObject({ verdict: 'cannot-tell', needed: { because: { code: 'no-variation' } } })
  const same = { kind: 'paired-rates', table: { both: 5, onlyA: 0, onlyB: 0, neither: 5 } } as const
  expect(decided({ ...wide, compared: same })).toMatchObject({
    verdict: 'cannot-tell',
    needed: { because: { code: 'no-variation' } },
  })
})

test('equivalence refuses one unit, no margin, and rates of no items', () => {
  expect(equivalence({ ...wide, compared: paired([0.1]) })).toMatchObject({ because: { code: 'too-few-values' } })
  const none = { kind: 'paired-rates', table: { both: 0, onlyA: 0, onlyB: 0, neither: 0 } } as const
  expect(equivalence({ ...wide, compared: none })).toMatchObject({ because: { code: 'too-few-values' } })
  expect(() => equivalence({ ...wide, margin: 0, compared: paired(noise) })).toThrow('margin out of range')
  expect(() => equivalence({ ...wide, alpha: 0, compared: paired(noise) })).toThrow('alpha out of range')
  expect(() => equivalence({ ...wide, alpha: 0.6, power: 0.8, compared: paired(noise) })).toThrow('level out of range')
  expect(() => equivalence({ ...wide, compared: paired([0.1, Number.NaN]) })).toThrow('value not finite')
})
