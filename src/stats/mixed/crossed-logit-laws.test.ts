import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { type CrossedLogit, type CrossedLogitOptions, crossedLogit, latentShares } from './crossed-logit.ts'
import { logitContrast } from './logit-contrast.ts'

/** 20 items × 4 prompts × 2 models. */
function world(seed: number): CrossedLogitOptions {
  const random = openRandom(seed)
  const [items, prompts, rows] = [20, 4, 160]
  const ofItem = Float64Array.from({ length: items }, () => random.normal())
  const successes = Float64Array.from({ length: rows }, (_, row) => {
    const logit = 0.3 + 0.6 * (row % 2) + (ofItem[Math.floor(row / 8)] ?? 0)
    return random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
  })
  return {
    successes,
    trials: new Float64Array(rows).fill(1),
    design: Float64Array.from({ length: 2 * rows }, (_, k) => (k % 2 === 0 ? 1 : Math.floor(k / 2) % 2)),
    columns: 2,
    units: { unitOf: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 8)), units: items },
    factors: [
      { name: 'item', levelOf: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 8)), levels: items },
      {
        name: 'prompt',
        levelOf: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 2) % prompts),
        levels: prompts,
      },
    ],
  }
}

function fitted(options: CrossedLogitOptions): CrossedLogit {
  const fit = crossedLogit(options)
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

const seeds = fc.nat(300)
const near = (a: number | undefined, b: number | undefined) =>
  expect(Math.abs((a ?? Number.NaN) - (b ?? Number.NaN))).toBeLessThan(2e-3)

test('crossedLogit: swapping success and failure turns the coefficients round and keeps the rest, seed 1', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const options = world(seed)
      const plain = fitted(options)
      const turned = fitted({ ...options, successes: Float64Array.from(options.successes, (y) => 1 - y) })
      expect(turned.logLikelihood).toBeCloseTo(plain.logLikelihood, 5)
      for (const k of [0, 1]) near(turned.coefficients[k], -(plain.coefficients[k] ?? 0))
      for (const [f, { value }] of plain.standardDeviations.entries()) near(turned.standardDeviations[f]?.value, value)
    }),
    { seed: 1, numRuns: 12 },
  )
})

test('crossedLogit: cells put together as counts give the likelihood of their rows up to a constant, seed 2', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const options = { ...world(seed), factors: world(seed).factors.slice(0, 1) }
      const single = fitted(options)
      // Item × model cells of 4 rows each.
      const cells = 40
      const successes = new Float64Array(cells)
      for (const [row, y] of Array.from(options.successes).entries()) {
        const cell = Math.floor(row / 8) * 2 + (row % 2)
        successes[cell] = (successes[cell] ?? 0) + y
      }
      const grouped = fitted({
        successes,
        trials: new Float64Array(cells).fill(4),
        design: Float64Array.from({ length: 2 * cells }, (_, k) => (k % 2 === 0 ? 1 : Math.floor(k / 2) % 2)),
        columns: 2,
        units: undefined,
        factors: [
          { name: 'item', levelOf: Int32Array.from({ length: cells }, (_, cell) => Math.floor(cell / 2)), levels: 20 },
        ],
      })
      for (const k of [0, 1]) near(grouped.coefficients[k], single.coefficients[k])
      near(grouped.standardDeviations[0]?.value, single.standardDeviations[0]?.value)
      const constant = successes.reduce((sum, k) => sum + Math.log([1, 4, 6, 4, 1][k] ?? 1), 0)
      expect(grouped.logLikelihood).toBeCloseTo(single.logLikelihood + constant, 5)
    }),
    { seed: 2, numRuns: 12 },
  )
})

test('logitContrast is linear in its weights, latentShares are shares, more factors never fit worse, seed 3', () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: -3, max: 3, noNaN: true }), (seed, scale) => {
      const options = world(seed)
      const both = fitted(options)
      const one = fitted({ ...options, factors: options.factors.slice(0, 1) })
      expect(both.logLikelihood).toBeGreaterThanOrEqual(one.logLikelihood - 1e-5)
      const total = latentShares(both).reduce((sum, { share }) => sum + share, 0)
      expect(total).toBeGreaterThanOrEqual(0)
      expect(total).toBeLessThan(1)
      fc.pre(Math.abs(scale) > 0.01)
      const unit = logitContrast({ fit: both, weights: [0, 1], level: 0.95 })
      const scaled = logitContrast({ fit: both, weights: [0, scale], level: 0.95 })
      if (unit.kind === 'not-estimable' || scaled.kind === 'not-estimable') throw new Error('no contrast')
      expect(scaled.value).toBeCloseTo(scale * unit.value, 10)
      expect(scaled.standardError).toBeCloseTo(Math.abs(scale) * (unit.standardError ?? 0), 10)
    }),
    { seed: 3, numRuns: 12 },
  )
})
