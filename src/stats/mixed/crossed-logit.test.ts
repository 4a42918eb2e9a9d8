import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed-logit/crossed-logit.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { type CrossedLogit, type CrossedLogitOptions, crossedLogit, latentShares } from './crossed-logit.ts'
import { LaplaceDeviance } from './laplace-deviance.ts'
import { logitContrast } from './logit-contrast.ts'

function fitted(options: CrossedLogitOptions): CrossedLogit {
  const fit = crossedLogit(options)
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

function standardErrors(fit: CrossedLogit): number[] {
  return Array.from(fit.coefficients, (_, k) =>
    Math.sqrt(fit.covariance[k * (fit.coefficients.length + 1)] ?? Number.NaN),
  )
}

/** Dummy-coded design: intercept and one column per level after the first. */
function dummies(levelOf: ArrayLike<number>, levels: number): Float64Array {
  const design = new Float64Array(levelOf.length * levels)
  for (let row = 0; row < levelOf.length; row++) {
    design[row * levels] = 1
    const level = levelOf[row] ?? 0
    if (level > 0) design[row * levels + level] = 1
  }
  return design
}

const { herd, period, incidence, size, fixef, se, sd_herd, logLik } = oracle.cbpp
const cbpp: CrossedLogitOptions = {
  successes: incidence,
  trials: size,
  design: dummies(
    period.map((level) => level - 1),
    4,
  ),
  columns: 4,
  units: undefined,
  factors: [{ name: 'herd', levelOf: herd.map((level) => level - 1), levels: 15 }],
}

test('crossedLogit of cbpp agrees with lme4 Laplace within its optimiser, at a likelihood that is no lower', () => {
  const fit = fitted(cbpp)
  // lme4 stops where its likelihood is 3e-4 below ours; coefficients move by up to 6e-4 there.
  for (const [k, value] of fixef.entries())
    expect(Math.abs((fit.coefficients[k] ?? Number.NaN) - value)).toBeLessThan(1e-3)
  expect(Math.abs((fit.standardDeviations[0]?.value ?? Number.NaN) - sd_herd)).toBeLessThan(1e-3)
  expect(fit.logLikelihood).toBeGreaterThanOrEqual(logLik)
  expect(fit.logLikelihood).toBeLessThan(logLik + 1e-3)
  // lme4 takes errors from a coarser curvature; they agree within 1.5 %.
  for (const [k, value] of se.entries())
    expect(Math.abs((standardErrors(fit)[k] ?? Number.NaN) / value - 1)).toBeLessThan(0.015)
  expect(latentShares(fit)[0]?.share).toBeCloseTo(0.1114, 3)
})

function minstd(seed: number, count: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  })
}

function minstdNormal(seed: number, count: number): Float64Array {
  const u = minstd(seed, 2 * count)
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(u[2 * i] ?? 1)) * Math.cos(2 * Math.PI * (u[2 * i + 1] ?? 0)),
  )
}

function crossedDesign() {
  const [items, prompts, models] = [500, 20, 5]
  const itemEffect = minstdNormal(301, items)
  const promptEffect = minstdNormal(302, prompts)
  const interaction = minstdNormal(303, items * models)
  const modelEffect = [-0.6, -0.2, 0, 0.3, 0.9]
  const rows = items * prompts * models
  const u = minstd(304, rows)
  const successes = new Float64Array(rows)
  const codes = {
    item: new Int32Array(rows),
    prompt: new Int32Array(rows),
    model: new Int32Array(rows),
    cell: new Int32Array(rows),
  }
  for (let row = 0; row < rows; row++) {
    const model = row % models
    const prompt = Math.floor(row / models) % prompts
    const item = Math.floor(row / (models * prompts))
    const cell = item * models + model
    const eta =
      0.5 +
      1.2 * (itemEffect[item] ?? 0) +
      0.4 * (promptEffect[prompt] ?? 0) +
      (modelEffect[model] ?? 0) +
      0.5 * (interaction[cell] ?? 0)
    successes[row] = (u[row] ?? 1) < 1 / (1 + Math.exp(-eta)) ? 1 : 0
    codes.item[row] = item
    codes.prompt[row] = prompt
    codes.model[row] = model
    codes.cell[row] = cell
  }
  const options = {
    successes,
    trials: new Float64Array(rows).fill(1),
    design: dummies(codes.model, models),
    columns: models,
    units: { unitOf: codes.item, units: items },
  }
  return {
    options,
    factors: [
      { name: 'item', levelOf: codes.item, levels: items },
      { name: 'prompt', levelOf: codes.prompt, levels: prompts },
      { name: 'item × model', levelOf: codes.cell, levels: items * models },
    ],
  }
}

test('crossedLogit of 50,000 rows agrees with glmmTMB and lme4, and without item × model contrasts look 45 % surer', () => {
  const { options, factors } = crossedDesign()
  const without = fitted({ ...options, factors: factors.slice(0, 2) })
  for (const [k, value] of oracle.glmmTMB.fixef.entries()) {
    expect(Math.abs((without.coefficients[k] ?? Number.NaN) - value)).toBeLessThan(1e-5)
    expect(Math.abs((without.coefficients[k] ?? Number.NaN) - (oracle.lme4.fixef[k] ?? 0))).toBeLessThan(1e-3)
  }
  expect(without.logLikelihood).toBeCloseTo(oracle.glmmTMB.ll, 3)
  expect(without.standardDeviations[0]?.value).toBeCloseTo(oracle.glmmTMB.sd_item, 4)
  const withIt = fitted({ ...options, factors })
  for (const [k, value] of oracle.lme4WithInteraction.fixef.entries()) {
    expect(Math.abs((withIt.coefficients[k] ?? Number.NaN) - value)).toBeLessThan(1e-3)
    expect(Math.abs((standardErrors(withIt)[k] ?? Number.NaN) - (oracle.lme4WithInteraction.se[k] ?? 0))).toBeLessThan(
      1e-3,
    )
  }
  for (const [f, value] of oracle.lme4WithInteraction.sds.entries()) {
    expect(Math.abs((withIt.standardDeviations[f]?.value ?? Number.NaN) - value)).toBeLessThan(1e-3)
  }
  expect(withIt.logLikelihood).toBeGreaterThanOrEqual(oracle.lme4WithInteraction.ll)
  const error = (fit: CrossedLogit) => {
    const contrast = logitContrast({ fit, weights: [0, 1, 0, 0, 0], level: 0.95 })
    return contrast.kind === 'estimate' ? (contrast.standardError ?? Number.NaN) : Number.NaN
  }
  expect(error(withIt) / error(without)).toBeCloseTo(1.45, 1)
})

test('LaplaceDeviance.evaluate: its gradient agrees with differences of its value', () => {
  const random = openRandom(4)
  const rows = 400
  const levels = [12, 5]
  let offset = 0
  const unknowns = levels.map((count) => {
    const start = offset
    offset += count
    return Int32Array.from({ length: rows }, () => start + random.integer(count))
  })
  const design = Float64Array.from({ length: rows * 2 }, (_, k) => (k % 2 === 0 ? 1 : random.normal()))
  const successes = Float64Array.from({ length: rows }, () => (random.uniform() < 0.4 ? 1 : 0))
  const deviance = new LaplaceDeviance({
    successes,
    trials: new Float64Array(rows).fill(1),
    design,
    columns: 2,
    unknowns,
    size: offset,
  })
  const point = Float64Array.of(0.8, 0.3, -0.2, 0.5)
  const { gradient } = deviance.evaluate(point)
  for (let k = 0; k < point.length; k++) {
    const at = (step: number) => deviance.evaluate(point.map((value, i) => (i === k ? value + step : value))).value
    expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 3)
  }
})

test('crossedLogit does not depend on the order of rows, the names of levels or the order of factors', () => {
  const random = openRandom(12)
  const rows = 600
  const item = Int32Array.from({ length: rows }, (_, row) => row % 40)
  const prompt = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 40) % 6)
  const effect = Float64Array.from({ length: 40 }, () => random.normal())
  const successes = Float64Array.from(item, (code) =>
    random.uniform() < 1 / (1 + Math.exp(-(effect[code] ?? 0))) ? 1 : 0,
  )
  const model = Int32Array.from({ length: rows }, (_, row) => row % 2)
  const base = fitted({
    successes,
    trials: new Float64Array(rows).fill(1),
    design: dummies(model, 2),
    columns: 2,
    units: { unitOf: item, units: 40 },
    factors: [
      { name: 'item', levelOf: item, levels: 40 },
      { name: 'prompt', levelOf: prompt, levels: 6 },
    ],
  })
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  random.shuffle(order)
  const moved = (column: ArrayLike<number>) => Float64Array.from(order, (row) => column[row] ?? 0)
  const other = fitted({
    successes: moved(successes),
    trials: new Float64Array(rows).fill(1),
    design: dummies(moved(model), 2),
    columns: 2,
    units: { unitOf: moved(item), units: 40 },
    factors: [
      { name: 'prompt', levelOf: moved(prompt).map((code) => 5 - code), levels: 6 },
      { name: 'item', levelOf: moved(item).map((code) => (code * 7) % 40), levels: 40 },
    ],
  })
  expect(other.logLikelihood).toBeCloseTo(base.logLikelihood, 6)
  for (const k of [0, 1]) expect(other.coefficients[k]).toBeCloseTo(base.coefficients[k] ?? Number.NaN, 4)
  expect(other.standardDeviations[1]?.value).toBeCloseTo(base.standardDeviations[0]?.value ?? Number.NaN, 4)
})

test('crossedLogit refuses constant outcomes, single-level and unrepeated factors, and bad counts', () => {
  const code = (changes: Partial<CrossedLogitOptions>) => {
    const fit = crossedLogit({ ...cbpp, ...changes })
    return fit.kind === 'not-estimable' ? fit.because.code : fit.kind
  }
  expect(code({ successes: new Float64Array(56) })).toBe('outcome-never-varies')
  expect(code({ factors: [] })).toBe('outcome-never-varies')
  expect(code({ factors: [{ name: 'all', levelOf: new Int32Array(56), levels: 1 }] })).toBe('factor-with-one-level')
  const single = { successes: incidence.map((count) => Math.min(1, count)), trials: new Float64Array(56).fill(1) }
  expect(
    code({
      ...single,
      factors: [{ name: 'row', levelOf: Int32Array.from({ length: 56 }, (_, row) => row), levels: 56 }],
    }),
  ).toBe('factor-not-repeated')
  expect(() => code({ successes: size.map((count) => count + 1) })).toThrow(/counts/)
  expect(() => code({ trials: [1] })).toThrow(/unequal lengths/)
  expect(() => code({ columns: 2, design: new Float64Array(112).fill(1) })).toThrow(/full rank/)
})

test('crossedLogit without a random effect puts its standard deviation near 0 and keeps usable errors (seed 6)', () => {
  const random = openRandom(6)
  const rows = 2000
  const model = Int32Array.from({ length: rows }, (_, row) => row % 2)
  const fit = fitted({
    successes: Float64Array.from(model, (code) => (random.uniform() < (code === 0 ? 0.5 : 0.6) ? 1 : 0)),
    trials: new Float64Array(rows).fill(1),
    design: dummies(model, 2),
    columns: 2,
    units: undefined,
    factors: [
      { name: 'item', levelOf: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 20)), levels: 100 },
    ],
  })
  expect(fit.standardDeviations[0]?.value).toBeLessThan(0.25)
  const contrast = logitContrast({ fit, weights: [0, 1], level: 0.95 })
  // Two independent proportions of 1,000: SE of the log odds ratio is √(4/1000 + 1/240) = 0.0903.
  expect(contrast.kind === 'estimate' ? contrast.standardError : Number.NaN).toBeCloseTo(0.0905, 2)
})
