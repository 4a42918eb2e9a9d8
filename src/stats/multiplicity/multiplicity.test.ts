import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/claims/claims.json' with { type: 'json' }
import { holm } from '../holm.ts'
import type { TestOutcome } from '../result.ts'
import { type ClaimLedger, claimLedger, type RegisteredClaim } from './claim-ledger.ts'
import {
  cauchyCombination,
  fisherCombination,
  harmonicCombination,
  harmonicFactor,
  stoufferCombination,
} from './combine-p-values.ts'
import { hochberg } from './hochberg.ts'
import { hommel } from './hommel.ts'
import { type LedgerMethod, ledgerMethod, ledgerPromises } from './ledger-method.ts'

// Closed testing over all subsets in exact fractions: oracles/claims/claims.py.
test('hommel and hochberg are the closed tests of Simes and the definition', () => {
  for (const { p, hommel: closed, hochberg: stepUp } of oracle.closedTests) {
    hommel(p).forEach((value, i) => {
      expect(value).toBeCloseTo(closed[i] ?? Number.NaN, 14)
    })
    hochberg(p).forEach((value, i) => {
      expect(value).toBeCloseTo(stepUp[i] ?? Number.NaN, 14)
    })
  }
})

test('hommel and hochberg agree with R 4.2.2 p.adjust on Benjamini and Hochberg (1995)', () => {
  const { p, hommel: byHommel, hochberg: byHochberg } = oracle.rAdjust
  hommel(p).forEach((value, i) => {
    expect(value).toBeCloseTo(byHommel[i] ?? Number.NaN, 12)
  })
  hochberg(p).forEach((value, i) => {
    expect(value).toBeCloseTo(byHochberg[i] ?? Number.NaN, 12)
  })
})

const pValues = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.01)), {
  maxLength: 25,
})

test('hommel ≤ hochberg ≤ holm, none below p, all in the order given, seed 44', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const [a, b, c] = [hommel(p), hochberg(p), holm(p)]
      p.forEach((own, i) => {
        expect(a[i] as number).toBeGreaterThanOrEqual(own * (1 - 1e-15))
        expect(a[i] as number).toBeLessThanOrEqual((b[i] as number) * (1 + 1e-14))
        expect(b[i] as number).toBeLessThanOrEqual((c[i] as number) * (1 + 1e-14))
        p.forEach((other, j) => {
          if (other <= own) expect(a[j] as number).toBeLessThanOrEqual(a[i] as number)
        })
      })
      expect(hommel(p.toReversed())).toEqual(a.toReversed())
      expect(hochberg(p.toReversed())).toEqual(b.toReversed())
    }),
    { seed: 44, numRuns: 150 },
  )
})

test.each([hommel, hochberg])('%s gives nothing for nothing and refuses NaN, −0.1 and 1.1', (adjust) => {
  expect(adjust([])).toEqual([])
  expect(adjust([0.3])).toEqual([0.3])
  for (const bad of [Number.NaN, -0.1, 1.1]) expect(() => adjust([0.5, bad])).toThrow('p value out of range')
})

function pOf(outcome: TestOutcome): number {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome.pValue
}

// SciPy 1.17.1 combine_pvalues; R 4.2.2 for rFisher; mpmath for the constant of Vovk and Wang.
test('combinations of (.01, .02, .3) are the oracle values; the harmonic mean is not taken for a p-value', () => {
  const given = { pValues: [0.01, 0.02, 0.3] }
  const { fisher, stouffer, weighted, harmonicMean, cauchy } = oracle.combined
  expect(pOf(fisherCombination(given))).toBeCloseTo(fisher, 14)
  expect(pOf(stoufferCombination({ ...given, weights: undefined }))).toBeCloseTo(stouffer, 13)
  expect(pOf(stoufferCombination({ ...given, weights: [1, 2, 3] }))).toBeCloseTo(weighted, 13)
  expect(pOf(cauchyCombination(given))).toBeCloseTo(cauchy, 14)
  const harmonic = harmonicCombination(given)
  expect(harmonic).toMatchObject({ kind: 'test', assumptions: [] })
  expect(harmonic.kind === 'test' && harmonic.statistic).toBeCloseTo(harmonicMean, 14)
  expect(pOf(harmonic)).toBeCloseTo(harmonicMean * harmonicFactor(3), 14)
  const r = fisherCombination({ pValues: oracle.rFisher.p })
  expect(r.kind === 'test' && r.statistic).toBeCloseTo(oracle.rFisher.statistic, 9)
  expect(pOf(r)).toBeCloseTo(oracle.rFisher.pValue, 12)
})

test('harmonicFactor agrees with mpmath and goes as ln K', () => {
  for (const { tests, factor } of oracle.harmonic)
    expect(Math.abs(harmonicFactor(tests) / factor - 1)).toBeLessThan(1e-12)
  expect([harmonicFactor(1), harmonicFactor(2)]).toEqual([1, 2])
})

test('combinations do not depend on order, fall with any p, and one test is itself, seed 45', () => {
  const positive = fc.double({ min: 1e-12, max: 0.99, noNaN: true })
  const methods = [
    (p: readonly number[]) => pOf(fisherCombination({ pValues: p })),
    (p: readonly number[]) => pOf(stoufferCombination({ pValues: p, weights: undefined })),
    (p: readonly number[]) => pOf(harmonicCombination({ pValues: p })),
    (p: readonly number[]) => pOf(cauchyCombination({ pValues: p })),
  ]
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 10 }), (p) => {
      for (const method of methods) {
        const value = method(p)
        expect(method(p.toReversed())).toBe(value)
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThanOrEqual(1)
        expect(method(p.map((each, i) => (i === 0 ? each / 2 : each)))).toBeLessThanOrEqual(value * (1 + 1e-12))
        expect(method([p[0] ?? 1])).toBeCloseTo(p[0] ?? 1, 10)
      }
    }),
    { seed: 45, numRuns: 150 },
  )
})

test('combinations keep far tails: two p-values of 1e-200 do not come out as 0', () => {
  const tiny = { pValues: [1e-150, 1e-150] }
  expect(pOf(fisherCombination(tiny))).toBeGreaterThan(0)
  expect(pOf(cauchyCombination({ pValues: [1e-200, 1e-200] })) / 1e-200).toBeCloseTo(1, 10)
})

test('combinations refuse nothing, zeros, ones where they cannot be used, and weights that are none', () => {
  for (const combine of [fisherCombination, harmonicCombination, cauchyCombination]) {
    expect(combine({ pValues: [] })).toMatchObject({ because: { code: 'too-few-values' } })
    expect(combine({ pValues: [0, 0.5] })).toMatchObject({ because: { code: 'p-value-of-zero' } })
    expect(() => combine({ pValues: [2] })).toThrow('p value out of range')
  }
  expect(cauchyCombination({ pValues: [0.1, 1] })).toMatchObject({ because: { code: 'p-value-of-one' } })
  expect(stoufferCombination({ pValues: [0.1, 1], weights: undefined })).toMatchObject({
    because: { code: 'p-value-of-one' },
  })
  expect(() => stoufferCombination({ pValues: [0.1], weights: [0] })).toThrow('weight not positive')
  expect(() => stoufferCombination({ pValues: [0.1], weights: [1, 2] })).toThrow('lengths differ')
})

const p = [1e-4, 0.004, 0.012, 0.03, 0.04, 0.2, 0.6]
const claimsOf = (values: readonly number[]): RegisteredClaim[] =>
  values.map((value, i) => ({ id: `claim ${i}`, evidence: { kind: 'p-value', value, resolution: undefined } }))

function ledgerOf(method: LedgerMethod, claims: readonly RegisteredClaim[], alpha = 0.05): ClaimLedger {
  return claimLedger({ family: 'test', alpha, method, claims })
}

const golden: Record<Exclude<LedgerMethod, 'e-bh'>, readonly number[]> = {
  bonferroni: [7e-4, 0.028, 0.084, 0.21, 0.28, 1, 1],
  holm: [7e-4, 0.024, 0.06, 0.12, 0.12, 0.4, 0.6],
  hochberg: [7e-4, 0.024, 0.06, 0.12, 0.12, 0.4, 0.6],
  hommel: [7e-4, 0.024, 0.06, 0.09, 0.12, 0.4, 0.6],
  'benjamini-hochberg': [7e-4, 0.014, 0.028, 0.0525, 0.056, 0.2333, 0.6],
  'benjamini-yekutieli': [0.001815, 0.0363, 0.0726, 0.1361, 0.1452, 0.605, 1],
  'fixed-sequence': p,
}

test.each(Object.entries(golden))('claimLedger %s gives the handbook values', (method, expected) => {
  const { claims } = ledgerOf(method as LedgerMethod, claimsOf(p))
  expect(claims.map(({ adjusted = 0 }) => Number(adjusted.toPrecision(4)))).toEqual(
    expected.map((value) => Number(value.toPrecision(4))),
  )
  expect(claims.map(({ supported }) => supported)).toEqual(expected.map((value) => value <= 0.05))
  expect(claims.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('claimLedger e-bh of (60, 25, 22, 8, 3) at .1 supports three', () => {
  const claims = [60, 25, 22, 8, 3].map(
    (value, i): RegisteredClaim => ({ id: `${i}`, evidence: { kind: 'e-value', value } }),
  )
  const ledger = ledgerOf('e-bh', claims, 0.1)
  expect(ledger.claims.map(({ supported }) => supported)).toEqual([true, true, true, false, false])
  // The adjusted value is the rate at which the claim just enters.
  for (const { adjusted = 0, supported } of ledger.claims) expect(supported).toBe(adjusted <= 0.1)
  expect(ledger).toMatchObject({ controls: 'false-discovery-rate', under: 'any-dependence' })
})

test('claimLedger fixed-sequence stops at the first failure and says so', () => {
  const { claims } = ledgerOf('fixed-sequence', claimsOf([0.01, 0.2, 0.001]))
  expect(claims.map(({ supported }) => supported)).toEqual([true, false, false])
  expect(claims.map(({ reason }) => reason.code)).toEqual([
    'claim-supported',
    'claim-not-supported',
    'claim-after-failed-one',
  ])
})

test('claimLedger counts a claim without evidence, and warns of a floor that no claim can pass', () => {
  const missing: RegisteredClaim = { id: 'lost', evidence: { kind: 'missing', because: 'no scores' } }
  const { claims } = ledgerOf('holm', [...claimsOf([0.03]), missing])
  expect(claims[0]).toMatchObject({ adjusted: 0.06, supported: false })
  expect(claims[1]).toMatchObject({ adjusted: undefined, supported: false, reason: { code: 'claim-without-evidence' } })
  // Evalci on 36 tests at the floor 1e-4: p_adj = .0036 for everything. At α = .001 nothing could have passed.
  const floor = Array.from(
    { length: 36 },
    (_, i): RegisteredClaim => ({ id: `${i}`, evidence: { kind: 'p-value', value: 1e-4, resolution: 1e-4 } }),
  )
  expect(ledgerOf('holm', floor, 0.001).caveats).toMatchObject([
    { code: 'p-value-floor-too-high', values: { floor: 1e-4, claims: 36 } },
  ])
  expect(ledgerOf('holm', floor, 0.05).caveats).toEqual([])
})

test('claimLedger refuses no claims, ids used twice, and evidence of the wrong kind', () => {
  expect(() => ledgerOf('holm', [])).toThrow('family without claims')
  expect(() => ledgerOf('holm', [...claimsOf([0.1]), ...claimsOf([0.2])])).toThrow('claim id used twice')
  expect(() => ledgerOf('e-bh', claimsOf([0.1]))).toThrow('evidence of wrong kind')
  expect(() => ledgerOf('holm', claimsOf([0.1]), 0)).toThrow('alpha out of range')
})

test('claimLedger: permuting claims permutes decisions, except in a fixed sequence, seed 46', () => {
  const methods = Object.keys(golden).filter((method) => method !== 'fixed-sequence') as LedgerMethod[]
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
      const claims = claimsOf(values)
      for (const method of methods) {
        const forward = ledgerOf(method, claims).claims.map(({ id, adjusted }) => [id, adjusted])
        const backward = ledgerOf(method, claims.toReversed()).claims.map(({ id, adjusted }) => [id, adjusted])
        expect(backward.toReversed()).toEqual(forward)
      }
    }),
    { seed: 46, numRuns: 60 },
  )
})

test('ledgerMethod names a method for every situation, with its reason, and every method has a promise', () => {
  const situation = {
    claims: 8,
    purpose: 'confirm',
    evidence: 'p-values',
    order: 'none',
    dependence: 'unknown',
  } as const
  expect(ledgerMethod(situation).method).toBe('holm')
  expect(ledgerMethod({ ...situation, order: 'registered' }).method).toBe('fixed-sequence')
  expect(ledgerMethod({ ...situation, evidence: 'e-values' }).method).toBe('e-bh')
  expect(ledgerMethod({ ...situation, purpose: 'screen' }).method).toBe('benjamini-yekutieli')
  expect(ledgerMethod({ ...situation, purpose: 'screen', dependence: 'positive' }).method).toBe('benjamini-hochberg')
  expect(ledgerMethod(situation).reason).toMatchObject({ code: 'ledger-confirm', values: { claims: 8 } })
  expect(Object.keys(ledgerPromises).length).toBe(Object.keys(golden).length + 1)
  expect(() => ledgerMethod({ ...situation, claims: 0 })).toThrow('not a count')
})
