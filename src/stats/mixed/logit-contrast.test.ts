import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed-logit/units.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { degreesOfParts } from '../degrees-of-parts.ts'
import { type CrossedLogit, type CrossedLogitOptions, crossedLogit } from './crossed-logit.ts'
import { LaplaceDeviance } from './laplace-deviance.ts'
import { logitContrast } from './logit-contrast.ts'

function fitted(options: CrossedLogitOptions): CrossedLogit {
  const fit = crossedLogit(options)
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

const { item, model, successes } = oracle
const options: CrossedLogitOptions = {
  successes,
  trials: new Float64Array(item.length).fill(1),
  design: Float64Array.from({ length: 2 * item.length }, (_, k) => (model[Math.floor(k / 2)] === k % 2 ? 1 : 0)),
  columns: 2,
  factors: [{ name: 'item', levelOf: item, levels: 20 }],
  units: { unitOf: item, units: 20 },
}

// statsmodels 0.15 GLM(Binomial) with cov_type cluster: oracles/crossed-logit/units.py. The fit of σ stops at 1e-7, not at 0.
test('crossedLogit: without item effects the influence of items sums to the cluster-robust covariance of statsmodels', () => {
  const { coefficients, influence = new Float64Array(0) } = fitted(options)
  for (const [k, value] of oracle.coefficients.entries()) expect(coefficients[k]).toBeCloseTo(value, 6)
  for (const [at, value] of oracle.covariance.entries()) {
    let sum = 0
    for (let unit = 0; unit < 20; unit++)
      sum += (influence[2 * unit + Math.floor(at / 2)] ?? 0) * (influence[2 * unit + (at % 2)] ?? 0)
    expect(sum).toBeCloseTo(value, 8)
  }
})

test('logitContrast: t with items − 1 degrees of freedom at most, wider than the normal interval without units', () => {
  const robust = logitContrast({ fit: fitted(options), weights: [-1, 1], level: 0.95 })
  const plain = logitContrast({ fit: fitted({ ...options, units: undefined }), weights: [-1, 1], level: 0.95 })
  if (robust.kind === 'not-estimable' || plain.kind === 'not-estimable') throw new Error('no contrast')
  expect(robust).toMatchObject({ n: 20, degreesOfFreedom: 19, method: 'crossed-logit-laplace-robust-t' })
  expect(plain).toMatchObject({ n: 160, method: 'crossed-logit-laplace' })
  expect(robust.standardError).toBeCloseTo(plain.standardError ?? Number.NaN, 10)
  // R 4.2.2 qt(.975, 19) = 2.093024; the items vary less than the model has it, so its own variance counts.
  const margin = 2.093024 * Math.sqrt(20 / 19) * (robust.standardError ?? Number.NaN)
  expect(robust.interval.upper - robust.value).toBeCloseTo(margin, 6)
})

test('LaplaceDeviance.unitGradients of items alone are the gradients of each item’s own deviance, seed 4', () => {
  const draw = fc.record({ seed: fc.nat(500), scale: fc.double({ min: 0.1, max: 2, noNaN: true }) })
  fc.assert(
    fc.property(draw, ({ seed, scale }) => {
      const random = openRandom(seed)
      const [items, perItem] = [6, 5]
      const rows = items * perItem
      const outcome = Float64Array.from({ length: rows }, () => random.integer(2))
      const covariate = Float64Array.from({ length: rows }, () => random.normal())
      const devianceOf = (kept: readonly number[], size: number) =>
        new LaplaceDeviance({
          successes: Float64Array.from(kept, (row) => outcome[row] ?? 0),
          trials: new Float64Array(kept.length).fill(1),
          design: Float64Array.from(kept.flatMap((row) => [1, covariate[row] ?? 0])),
          columns: 2,
          unknowns: [Int32Array.from(kept, (row) => (size === 1 ? 0 : Math.floor(row / perItem)))],
          size,
        })
      const all = Array.from({ length: rows }, (_, row) => row)
      const point = Float64Array.of(scale, 0.3, -0.5)
      const unitOf = all.map((row) => Math.floor(row / perItem))
      const byItem = devianceOf(all, items).unitGradients(point, { unitOf, units: items })
      for (let unit = 0; unit < items; unit++) {
        const own = devianceOf(
          all.filter((row) => unitOf[row] === unit),
          1,
        ).evaluate(point).gradient
        // Modes are found to about 1e-6, and the gradient moves with them.
        for (const [k, value] of own.entries()) expect(byItem[unit * 3 + k]).toBeCloseTo(value, 4)
      }
    }),
    { seed: 4, numRuns: 20 },
  )
})

test('crossedLogit with units: pulls add up to 0, two clusters suffice, one is refused, empty units fail', () => {
  const { influence = new Float64Array(0) } = fitted(options)
  for (const k of [0, 1])
    expect(Math.abs(influence.reduce((sum, pull, at) => sum + (at % 2 === k ? pull : 0), 0))).toBeLessThan(1e-5)
  const halves = { unitOf: item.map((code) => code % 2), units: 2 }
  const two = logitContrast({ fit: fitted({ ...options, units: halves }), weights: [-1, 1], level: 0.95 })
  expect(two).toMatchObject({ kind: 'estimate', n: 2, degreesOfFreedom: 1 })
  expect(crossedLogit({ ...options, units: { unitOf: item.map(() => 0), units: 1 } })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(() => crossedLogit({ ...options, units: { unitOf: item, units: 21 } })).toThrow(/unit without rows/)
  expect(() => crossedLogit({ ...options, units: { unitOf: item.map((code) => code - 1), units: 20 } })).toThrow(
    /level/,
  )
})

test('degreesOfParts: equal parts say nothing, two parts that carry all count as two', () => {
  expect(degreesOfParts(Float64Array.of(2, 2, 2))).toBe(Number.POSITIVE_INFINITY)
  expect(degreesOfParts(Float64Array.of(1, 1, 0, 0))).toBe(8)
  const two = new Float64Array(1000).fill(0, 2)
  two.set([1, 1])
  expect(degreesOfParts(two)).toBeCloseTo(4, 1)
})
