import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed-logit/quadrature.json' with { type: 'json' }
import { openRandom, type Random } from '../../random/index.ts'
import { type CrossedLogit, type CrossedLogitOptions, crossedLogit } from './crossed-logit.ts'
import { logitContrast } from './logit-contrast.ts'
import { NestedQuadrature, nodesApart } from './nested-quadrature.ts'

function fitted(options: CrossedLogitOptions): CrossedLogit {
  const fit = crossedLogit(options)
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

/** Items × 2 models × prompts, row after row, item × model first among the unknowns. */
function crossedRows(outcome: readonly (readonly (readonly number[])[])[], prompts: number) {
  const items = outcome.length
  const rows = items * 2 * prompts
  const all = Array.from({ length: rows }, (_, row) => row)
  const cellOf = (row: number): number => Math.floor(row / prompts)
  return {
    successes: Float64Array.from(outcome.flat(2)),
    trials: new Float64Array(rows).fill(1),
    design: Float64Array.from(all.flatMap((row) => [1 - (cellOf(row) % 2), cellOf(row) % 2])),
    columns: 2,
    unknowns: [
      Int32Array.from(all, cellOf),
      Int32Array.from(all, (row) => 2 * items + Math.floor(row / (2 * prompts))),
      Int32Array.from(all, (row) => 3 * items + (row % prompts)),
    ],
    size: 3 * items + prompts,
  }
}

const nodes = nodesApart(0.4)

const small = [
  [
    [1, 0],
    [1, 1],
  ],
  [
    [0, 0],
    [1, 0],
  ],
  [
    [1, 1],
    [1, 1],
  ],
]

// SciPy 1.17.1 integrate.quad inside quad: oracles/crossed-logit/quadrature.py
test('NestedQuadrature.evaluate of 3 items × 2 models × 2 prompts is the deviance of adaptive integration', () => {
  const rows = crossedRows(small, 2)
  const deviance = new NestedQuadrature({ rows, inner: 0, outer: 1, scales: Float64Array.of(9, 9, 0.5), nodes })
  const { value } = deviance.evaluate(Float64Array.of(0.9, 1.4, 0.6, -1.1, -0.3, 0.8))
  expect(value).toBeCloseTo(oracle.deviance, 6)
})

test('NestedQuadrature.evaluate: steps of 0.4 and 0.1 agree where effects are large', () => {
  const rows = crossedRows(small, 2)
  const of = (step: number, scale: number) =>
    new NestedQuadrature({
      rows,
      inner: 0,
      outer: 1,
      scales: Float64Array.of(9, 9, 0.5),
      nodes: nodesApart(step),
    }).evaluate(Float64Array.of(0.9, scale, 0.6, -1.1, -0.3, 0.8)).value
  expect(Math.abs(of(0.4, 3.75) - of(0.1, 3.75))).toBeLessThan(1e-5)
  expect(Math.abs(of(0.2, 8) - of(0.1, 8))).toBeLessThan(1e-5)
})

test('NestedQuadrature.evaluate: its gradient is the slope of its value, and units share it, seed 1', () => {
  const draw = fc.record({ seed: fc.nat(500), outer: fc.constantFrom(1, undefined) })
  fc.assert(
    fc.property(draw, ({ seed, outer }) => {
      const random = openRandom(seed)
      const outcome = Array.from({ length: 5 }, () => [
        [random.integer(2), random.integer(2), random.integer(2)],
        [random.integer(2), random.integer(2), random.integer(2)],
      ])
      const rows = crossedRows(outcome, 3)
      const scales = Float64Array.of(9, 0.8, 0.5)
      const deviance = new NestedQuadrature({ rows, inner: 0, outer, scales, nodes })
      const point = Float64Array.from({ length: deviance.size }, () => 1.5 * random.normal())
      const { gradient } = deviance.evaluate(point)
      const first = deviance.size - deviance.others - 2
      const units = { unitOf: Int32Array.from({ length: 30 }, (_, row) => Math.floor(row / 6)), units: 5 }
      const byUnit = deviance.unitGradients(point, units) ?? new Float64Array(0)
      for (let k = 0; k < deviance.size; k++) {
        const at = (step: number) => deviance.evaluate(point.map((x, i) => (i === k ? x + step : x))).value
        expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5)
        const penalty = k >= first && k < first + deviance.others ? 2 * (point[k] ?? 0) : 0
        let sum = 0
        for (let unit = 0; unit < 5; unit++) sum += byUnit[unit * deviance.size + k] ?? 0
        expect(sum + penalty).toBeCloseTo(gradient[k] ?? Number.NaN, 9)
      }
    }),
    { seed: 1, numRuns: 20 },
  )
})

test('NestedQuadrature.unitGradients is undefined where an item lies in two units', () => {
  const deviance = new NestedQuadrature({
    rows: crossedRows(small, 2),
    inner: 0,
    outer: 1,
    scales: Float64Array.of(1, 1, 0.5),
    nodes,
  })
  const unitOf = Int32Array.from({ length: 12 }, (_, row) => row % 2)
  expect(deviance.unitGradients(new Float64Array(6).fill(0.5), { unitOf, units: 2 })).toBeUndefined()
})

const { first, second } = oracle
const items = first.length
const repeated: CrossedLogitOptions = {
  successes: first.flatMap((count, item) => [count, second[item] ?? 0]),
  trials: new Float64Array(2 * items).fill(2),
  design: Float64Array.from({ length: 4 * items }, (_, k) => (Math.floor(k / 2) % 2 === k % 2 ? 1 : 0)),
  columns: 2,
  factors: [
    { name: 'item', levelOf: first.flatMap((_, item) => [item, item]), levels: items },
    { name: 'item × model', levelOf: Array.from({ length: 2 * items }, (_, row) => row), levels: 2 * items },
  ],
  units: undefined,
}

// SciPy 1.17.1 minimize over 80-point Gauss–Hermite: oracles/crossed-logit/quadrature.py. Both stop within 1e-5 of the maximum.
test('crossedLogit of 150 items with 2 responses in a cell is the maximum of the integrated likelihood', () => {
  const fit = fitted(repeated)
  expect(fit).toMatchObject({ approximation: 'quadrature', caveats: [], converged: true })
  for (const [f, value] of oracle.deviations.entries()) expect(fit.standardDeviations[f]?.value).toBeCloseTo(value, 4)
  for (const [k, value] of oracle.coefficients.entries()) expect(fit.coefficients[k]).toBeCloseTo(value, 4)
  for (const [k, value] of oracle.covariance.entries()) expect(fit.covariance[k]).toBeCloseTo(value, 4)
  expect(logitContrast({ fit, weights: [-1, 1], level: 0.95 })).toMatchObject({ method: 'crossed-logit-quadrature' })
})

test('crossedLogit by quadrature: swapping the models or the outcomes turns the contrast round', () => {
  const contrast = (options: CrossedLogitOptions, weights: readonly number[]) => {
    const outcome = logitContrast({ fit: fitted(options), weights, level: 0.95 })
    if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
    return outcome
  }
  const units = { unitOf: repeated.factors[0]?.levelOf ?? [], units: items }
  const plain = contrast({ ...repeated, units }, [-1, 1])
  const swapped = contrast({ ...repeated, units }, [1, -1])
  const turned = contrast(
    { ...repeated, units, successes: Float64Array.from(repeated.successes, (k) => 2 - k) },
    [1, -1],
  )
  for (const other of [swapped, turned]) {
    expect(other.value).toBeCloseTo(swapped === other ? -plain.value : plain.value, 4)
    expect(other.interval.upper - other.interval.lower).toBeCloseTo(plain.interval.upper - plain.interval.lower, 4)
  }
  expect(plain).toMatchObject({ method: 'crossed-logit-quadrature-robust-t', n: items })
})

test('crossedLogit leaves Laplace only where cells hold few responses and levels are many; row order changes nothing, seed 2', () => {
  const random = openRandom(2)
  const options = world(random, { items: 120, prompts: 2 })
  const fit = fitted(options)
  expect(fit.approximation).toBe('quadrature')
  expect(fitted(world(random, { items: 60, prompts: 2 })).approximation).toBe('laplace')
  expect(fitted(world(random, { items: 120, prompts: 4 })).approximation).toBe('laplace')
  const order = Array.from({ length: options.successes.length }, (_, row) => row).reverse()
  const turned = fitted({
    successes: order.map((row) => options.successes[row] ?? 0),
    trials: options.trials,
    design: Float64Array.from(order.flatMap((row) => [...options.design.subarray(2 * row, 2 * row + 2)])),
    columns: 2,
    factors: options.factors.map((each) => ({ ...each, levelOf: order.map((row) => each.levelOf[row] ?? 0) })),
    units: undefined,
  })
  for (const k of [0, 1]) expect(turned.coefficients[k]).toBeCloseTo(fit.coefficients[k] ?? Number.NaN, 4)
})

test('crossedLogit: contrasts are refused where units cut items in two and quadrature has no influence to give, seed 3', () => {
  const options = world(openRandom(3), { items: 120, prompts: 2 })
  const unitOf = Int32Array.from({ length: options.successes.length }, (_, row) => row % 20)
  const fit = fitted({ ...options, units: { unitOf, units: 20 } })
  expect(fit.caveats.map(({ code }) => code)).toEqual(['few-responses-per-level'])
  expect(logitContrast({ fit, weights: [-1, 1], level: 0.95 })).toMatchObject({
    kind: 'not-estimable',
    because: { code: 'few-responses-per-level' },
  })
})

function world(
  random: Random,
  { items, prompts }: { readonly items: number; readonly prompts: number },
): CrossedLogitOptions {
  const rows = crossedRows(
    Array.from({ length: items }, () => {
      const item = random.normal()
      return [0, 0.7].map((ability) => {
        const cell = random.normal()
        return Array.from({ length: prompts }, () =>
          random.uniform() < 1 / (1 + Math.exp(-(ability + item + cell))) ? 1 : 0,
        )
      })
    }),
    prompts,
  )
  const [cell = [], item = [], prompt = []] = rows.unknowns
  return {
    successes: rows.successes,
    trials: rows.trials,
    design: rows.design,
    columns: 2,
    units: undefined,
    factors: [
      { name: 'item', levelOf: Array.from(item, (code) => code - 2 * items), levels: items },
      { name: 'prompt', levelOf: Array.from(prompt, (code) => code - 3 * items), levels: prompts },
      { name: 'item × model', levelOf: cell, levels: 2 * items },
    ],
  }
}
