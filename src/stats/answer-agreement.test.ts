import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/crossed/crossed.json' with { type: 'json' }
import { modalAgreement, totalAgreement } from './answer-agreement.ts'
import { flipRate, unanimousShare } from './flip-rate.ts'
import type { Estimate, Outcome } from './result.ts'

function estimated(outcome: Outcome): Estimate {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

function runsOf(answers: readonly (readonly number[])[]) {
  return {
    values: answers.flat(),
    items: answers.flatMap((list, item) => list.map(() => item)),
    clusters: undefined,
    level: 0.95,
  }
}

// All subsets of runs in exact fractions: oracles/crossed/crossed.py.
test('totalAgreement is the share of subsets of N runs that agree, modalAgreement the share of the mode', () => {
  const { answers, two, three, modal } = oracle.agreement
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(estimated(totalAgreement({ ...runsOf(answers), runs: 2 })).value).toBeCloseTo(mean(two), 14)
  expect(estimated(totalAgreement({ ...runsOf(answers), runs: 3 })).value).toBeCloseTo(mean(three), 14)
  expect(estimated(modalAgreement(runsOf(answers))).value).toBeCloseTo(mean(modal), 14)
})

const table = fc.array(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), { minLength: 2, maxLength: 12 })

test('totalAgreement at N = 2 is one minus the flip rate, at all runs the unanimous share, and falls with N, seed 1', () => {
  fc.assert(
    fc.property(table, (answers) => {
      const runs = runsOf(answers)
      const at = (n: number) => estimated(totalAgreement({ ...runs, runs: n })).value
      expect(at(2)).toBeCloseTo(1 - estimated(flipRate(runs)).value, 12)
      expect(at(5)).toBeCloseTo(estimated(unanimousShare(runs)).value, 12)
      for (const n of [3, 4, 5]) expect(at(n)).toBeLessThanOrEqual(at(n - 1) + 1e-12)
      expect(estimated(modalAgreement(runs)).value).toBeGreaterThanOrEqual(at(2) - 1e-12)
    }),
    { seed: 1, numRuns: 60 },
  )
})

test('agreement does not depend on the codes of answers or the order of runs, seed 2', () => {
  fc.assert(
    fc.property(table, (answers) => {
      const runs = runsOf(answers)
      const renamed = runsOf(answers.map((list) => list.map((answer) => 100 - 7 * answer)))
      const reversed = { ...runs, values: runs.values.toReversed(), items: runs.items.toReversed() }
      for (const other of [renamed, reversed]) {
        expect(totalAgreement({ ...other, runs: 3 })).toEqual(totalAgreement({ ...runs, runs: 3 }))
        expect(modalAgreement(other)).toEqual(modalAgreement(runs))
      }
    }),
    { seed: 2, numRuns: 40 },
  )
})

test('totalAgreement of items that all agree is 1 with a lower end below 1; of none that do 0 with an upper end above 0', () => {
  const same = estimated(totalAgreement({ ...runsOf(Array.from({ length: 40 }, () => [1, 1, 1])), runs: 3 }))
  expect(same.value).toBe(1)
  expect(same.interval.lower).toBeCloseTo(0.025 ** (1 / 40), 12)
  const never = estimated(totalAgreement({ ...runsOf(Array.from({ length: 40 }, () => [1, 2, 3])), runs: 2 }))
  expect(never).toMatchObject({ value: 0 })
  expect(never.interval.upper).toBeGreaterThan(0)
})

test('agreement leaves items with too few runs out and counts them; too few everywhere is refused', () => {
  const mixed = estimated(totalAgreement({ ...runsOf([[1, 1, 1], [1, 2, 1], [1], [2, 2]]), runs: 3 }))
  expect(mixed.n).toBe(2)
  expect(mixed.caveats).toContainEqual({
    code: 'items-with-too-few-runs',
    severity: 'caution',
    values: { items: 2, needed: 3 },
  })
  expect(totalAgreement({ ...runsOf([[1], [2, 2]]), runs: 3 })).toMatchObject({
    because: { code: 'needs-repeated-runs', values: { items: 2, needed: 3 } },
  })
  expect(modalAgreement(runsOf([[1], [2]]))).toMatchObject({ because: { code: 'needs-repeated-runs' } })
  expect(() => totalAgreement({ ...runsOf([[1, 1]]), runs: 1 })).toThrow('not a count')
  expect(() => totalAgreement({ ...runsOf([[1, Number.NaN]]), runs: 2 })).toThrow('value not finite')
})
