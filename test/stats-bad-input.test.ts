import { expect, test } from 'vitest'
import { baseCalls, statisticNames } from './bad-input/base-calls.ts'
import { findFaults } from './bad-input/find-faults.ts'
import { outcomeFault } from './bad-input/outcome-fault.ts'

test('every statistic of assay/stats has a valid base call, and no base call names anything else', () => {
  expect([...new Set(baseCalls.map(({ name }) => name))].toSorted()).toEqual(statisticNames.toSorted())
})

test.each(baseCalls)('$name answers its base call without NaN and without refusing', ({ statistic, inputs }) => {
  const outcome = statistic(...inputs())
  expect(outcomeFault(outcome)).toBeUndefined()
  expect(outcome).not.toMatchObject({ kind: 'not-estimable' })
})

test('outcomeFault finds NaN, an interval upside down or of no width, and a p-value outside 0–1', () => {
  const estimate = (lower: number, upper: number) => ({
    kind: 'estimate',
    value: 0.5,
    interval: { lower, upper, level: 0.95, kind: 'confidence', side: 'two-sided' },
  })
  expect(outcomeFault({ fit: { errors: Float64Array.of(1, Number.NaN) } })).toBe('NaN at .fit.errors.1')
  expect(outcomeFault(estimate(0.6, 0.4))).toContain('above')
  expect(outcomeFault(estimate(0.5, 0.5))).toContain('no width')
  expect(outcomeFault(estimate(0.4, Number.POSITIVE_INFINITY))).toContain('Infinity')
  expect(outcomeFault({ kind: 'test', pValue: 1.2 })).toContain('p = 1.2')
  expect(outcomeFault(estimate(0.4, 0.6))).toBeUndefined()
})

test('wrong inputs give a result without NaN, a refusal or a coded error with a fix, within 2 s of CPU each', async () => {
  const { faults, calls } = await findFaults({ patienceMs: 30_000 })
  expect(faults).toEqual([])
  expect(calls).toBeGreaterThan(5000)
}, 300_000)
