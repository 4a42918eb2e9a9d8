import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/closed-forms/closed-forms.json' with { type: 'json' }
import { type NestedVarianceComponents, nestedVarianceComponents } from './nested-variance-components.ts'

const { values, subgroups, repeats, criterion, published, ...reml } = oracle.nested

function answered(outcome: ReturnType<typeof nestedVarianceComponents>): NestedVarianceComponents {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

test('nestedVarianceComponents of Pastes: batch 1.657311, cask 8.433666, residual .678000, REML criterion 246.9907 as lme4', () => {
  const { components, grandMean, n } = answered(nestedVarianceComponents({ values, subgroups, repeats, level: 0.95 }))
  expect(n).toBe(10)
  expect(grandMean).toBeCloseTo(60.05333, 5)
  for (const [k, { raw, source, interval }] of components.entries()) {
    // lme4 stops 2.4e-6 from the closed form, at a criterion that is no lower.
    expect(Math.abs(raw - (published[k] ?? Number.NaN))).toBeLessThan(5e-6)
    // The optimiser of the independent likelihood stops where it is flat to 1e-12.
    expect(Math.abs(raw / reml[source] - 1)).toBeLessThan(1e-5)
    expect(interval.lower).toBeLessThanOrEqual(raw)
    expect(interval.upper).toBeGreaterThanOrEqual(raw)
  }
  const deviance = components.reduce((sum, c) => sum + c.degreesOfFreedom * (Math.log(c.meanSquare) + 1), 0)
  expect(deviance + 59 * Math.log(2 * Math.PI) + Math.log(60)).toBeCloseTo(published[3] ?? Number.NaN, 4)
  expect(deviance + 59 * Math.log(2 * Math.PI) + Math.log(60)).toBeCloseTo(criterion, 8)
})

test('nestedVarianceComponents forgets order inside blocks, ignores shifts and scales with squares', () => {
  const cells = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 24, maxLength: 24 })
  fc.assert(
    fc.property(cells, (table) => {
      const options = { subgroups: 3, repeats: 2, level: 0.9 }
      const base = nestedVarianceComponents({ ...options, values: table })
      const turned = nestedVarianceComponents({ ...options, values: table.toReversed().map((value) => 3 * value + 7) })
      if (base.kind === 'not-estimable' || turned.kind === 'not-estimable') return
      for (const [k, { raw, value, interval }] of base.components.entries()) {
        expect(turned.components[k]?.raw).toBeCloseTo(9 * raw, 6)
        expect(value).toBe(Math.max(0, raw))
        expect(interval.lower).toBeLessThanOrEqual(value)
        expect(interval.upper).toBeGreaterThanOrEqual(value)
        expect(interval.upper).toBeGreaterThan(interval.lower)
      }
    }),
    { seed: 2, numRuns: 150 },
  )
})

test('nestedVarianceComponents refuses one group, copies for repeats, constants, ragged tables and NaN', () => {
  const code = (table: readonly number[], b: number, n: number) => {
    const outcome = nestedVarianceComponents({ values: table, subgroups: b, repeats: n, level: 0.95 })
    return outcome.kind === 'not-estimable' ? outcome.because.code : outcome.kind
  }
  expect(code([1, 2, 3, 5], 2, 2)).toBe('too-few-values')
  expect(code([1, 2, 3, 5], 1, 2)).toBe('too-few-values')
  expect(code([], 2, 2)).toBe('too-few-values')
  expect(code([4, 4, 4, 4, 4, 4, 4, 4], 2, 2)).toBe('no-variation')
  expect(code([1, 1, 2, 2, 5, 5, 3, 3], 2, 2)).toBe('no-variation-in-source')
  expect(() => code([1, 2, 3], 2, 2)).toThrow(/shape/)
  expect(() => code([1, 2, 3, Number.NaN], 2, 2)).toThrow(/finite/)
  expect(() => code([1, 2, 3, 4], 1.5, 2)).toThrow(/count/)
  expect(() => code([1, 2, 3, 4], 0, 2)).toThrow(/count/)
})
