import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/generalizability/generalizability.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { crossedScores } from '../fixtures/minstd.ts'
import { intraclassCorrelation } from '../icc.ts'
import { varianceComponents } from '../variance-components.ts'
import type { CrossedEffect } from './crossed-mean-squares.ts'
import { type DecisionStudy, type DecisionStudyOptions, decisionStudy } from './decision-study.ts'
import { type GeneralizabilityOptions, type GeneralizabilityStudy, generalizability } from './generalizability.ts'
import { meanSquareLimits } from './mean-square-interval.ts'

function studied(options: Omit<GeneralizabilityOptions, 'level'>): GeneralizabilityStudy {
  const study = generalizability({ ...options, level: 0.95 })
  if (study.kind === 'not-estimable') throw new Error(study.because.code)
  return study
}

function component(study: GeneralizabilityStudy, effect: CrossedEffect) {
  const found = study.components.find((each) => each.effect === effect)
  if (found === undefined) throw new Error(`no component ${effect}`)
  return found
}

function decisions(options: Omit<DecisionStudyOptions, 'level' | 'draws' | 'random'>): DecisionStudy {
  const outcome = decisionStudy({ ...options, level: 0.95, draws: 400, random: openRandom(1) })
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

const letters: readonly (readonly [CrossedEffect, 'p' | 'i' | 'o' | 'pi' | 'po' | 'io' | 'pio'])[] = [
  ['object', 'p'],
  ['item', 'i'],
  ['condition', 'o'],
  ['object-item', 'pi'],
  ['object-condition', 'po'],
  ['item-condition', 'io'],
  ['residual', 'pio'],
]

function tableOf({ shape, values }: { readonly shape: readonly number[]; readonly values: readonly number[] }) {
  const [objects = 0, items = 0, conditions = 0, runsPerCell = 0] = shape
  return { values, objects, items, conditions, runsPerCell }
}

const handbook = studied(tableOf(oracle.handbook))

// NumPy 2.4.6, nested least-squares fits and the matrix of expected mean squares: oracles/generalizability.
test('generalizability gives mean squares and components of least-squares fits, with and without repeated runs', () => {
  for (const expected of [oracle.handbook, oracle.repeated]) {
    const study = studied(tableOf(expected))
    for (const [effect, name] of letters) {
      const own = component(study, effect)
      expect(own.meanSquare).toBeCloseTo(expected.meanSquares[name], 9)
      expect(own.raw).toBeCloseTo(expected.components[name], 9)
      expect(own.value).toBe(Math.max(0, own.raw))
    }
  }
  expect(component(studied(tableOf(oracle.repeated)), 'rerun').raw).toBeCloseTo(oracle.repeated.components.rerun, 10)
  expect(component(handbook, 'item-condition')).toMatchObject({ value: 0, interval: { lower: 0 } })
  expect(handbook.components.every(({ effect }) => effect !== 'rerun')).toBe(true)
})

// R 4.2.2, lme4 1.1-31 lmer by REML: the same as analysis of variance where no component is negative.
test('generalizability of objects × items agrees with lme4 on Shrout and Fleiss, and on Penicillin', () => {
  const { values, meanSquares, components } = oracle.pxi
  const study = studied({ values, objects: 6, items: 4, conditions: 1, runsPerCell: 1 })
  expect(study.components.map(({ effect }) => effect)).toEqual(['object', 'item', 'residual'])
  for (const [k, own] of study.components.entries()) {
    expect(own.meanSquare).toBeCloseTo(meanSquares[k] ?? Number.NaN, 9)
    expect(own.raw).toBeCloseTo(components[k] ?? Number.NaN, 9)
  }
  const { plate, sample, residual, mean, values: diameters } = oracle.penicillin
  const penicillin = studied({ values: diameters, objects: 24, items: 6, conditions: 1, runsPerCell: 1 })
  // lme4 stops its search where the likelihood is flat: 6e-5 from the closed form, which is its maximum.
  for (const [k, value] of [plate, sample, residual].entries()) {
    expect(Math.abs((penicillin.components[k]?.raw ?? Number.NaN) / value - 1)).toBeLessThan(1e-4)
  }
  expect(penicillin.grandMean).toBeCloseTo(mean, 5)
})

test('generalizability of 500 items × 20 prompts × 5 models gives the six components fast', () => {
  const scores = crossedScores()
  const options = { ...scores, runsPerCell: 1 }
  studied(options)
  const before = process.cpuUsage()
  const study = studied(options)
  const { user } = process.cpuUsage(before)
  const expected = oracle.crossed50k.components
  const pairs: readonly (readonly [CrossedEffect, number])[] = [
    ['item', expected.item],
    ['condition', expected.condition],
    ['object', expected.object],
    ['item-condition', expected.itemCondition],
    ['object-item', expected.objectItem],
    ['object-condition', expected.objectCondition],
    ['residual', expected.residual],
  ]
  for (const [effect, value] of pairs) expect(component(study, effect).raw).toBeCloseTo(value, 10)
  // The promise is 0.1 s; a busy machine may need several times as long.
  expect(user / 1e3).toBeLessThan(500)
})

test('generalizability of one object set agrees with varianceComponents on items × variants × runs', () => {
  const { values, objects, items, runsPerCell } = tableOf({ shape: [3, 20, 1, 2], values: oracle.repeated.values })
  const study = studied({ values, objects, items, conditions: 1, runsPerCell })
  const other = varianceComponents({ values, variants: items, runsPerCell })
  if (other.kind === 'not-estimable') throw new Error(other.because.code)
  expect(component(study, 'object').raw).toBeCloseTo(other.item, 12)
  expect(component(study, 'item').raw).toBeCloseTo(other.variant, 12)
  expect(component(study, 'residual').raw).toBeCloseTo(other.interaction, 12)
  expect(component(study, 'rerun').raw).toBeCloseTo(other.rerun ?? Number.NaN, 12)
})

test('decisionStudy gives the handbook coefficients for 6 × 3, 20 × 3, 20 × 10 and 100 × 5', () => {
  for (const { items, conditions, g, phi } of oracle.decisions) {
    const outcome = decisions({
      study: handbook,
      design: { items, conditions, runsPerCell: 1 },
      fixed: 'none',
      cutScore: undefined,
    })
    expect(outcome.generalizability.value).toBeCloseTo(g, 6)
    expect(outcome.dependability.value).toBeCloseTo(phi, 6)
    expect(outcome.cutDependability).toBeUndefined()
  }
})

test('decisionStudy of objects × items is R’s Eρ² and Φ; at one item it is ICC (C,1) and (A,1), at all the averages', () => {
  const { values, n, g, phi } = oracle.pxi
  const study = studied({ values, objects: 6, items: 4, conditions: 1, runsPerCell: 1 })
  for (const [k, items] of n.entries()) {
    const outcome = decisions({
      study,
      design: { items, conditions: 1, runsPerCell: 1 },
      fixed: 'none',
      cutScore: undefined,
    })
    expect(outcome.generalizability.value).toBeCloseTo(g[k] ?? Number.NaN, 10)
    expect(outcome.dependability.value).toBeCloseTo(phi[k] ?? Number.NaN, 10)
  }
  const forms = { '(C,1)': g[0], '(A,1)': phi[0], '(C,k)': g[2], '(A,k)': phi[2] } as const
  for (const [form, value] of Object.entries(forms)) {
    const icc = intraclassCorrelation({ values, columns: 4, form: form as keyof typeof forms, level: 0.95 })
    expect(icc.kind === 'estimate' && icc.value).toBeCloseTo(value ?? Number.NaN, 10)
  }
})

test('decisionStudy intervals agree with the exact F intervals of ICC (C,k) where those exist', () => {
  const { values } = oracle.pxi
  const study = studied({ values, objects: 6, items: 4, conditions: 1, runsPerCell: 1 })
  const options = {
    study,
    design: { items: 4, conditions: 1, runsPerCell: 1 },
    fixed: 'none',
    cutScore: undefined,
  } as const
  const outcome = decisionStudy({ ...options, level: 0.95, draws: 40_000, random: openRandom(2) })
  const icc = intraclassCorrelation({ values, columns: 4, form: '(C,k)', level: 0.95 })
  if (outcome.kind === 'not-estimable' || icc.kind === 'not-estimable') throw new Error('no interval')
  // For g the generalized interval is the exact one; 40,000 draws leave about .005 at the lower end.
  expect(Math.abs(outcome.generalizability.interval.lower - icc.interval.lower)).toBeLessThan(0.02)
  expect(Math.abs(outcome.generalizability.interval.upper - icc.interval.upper)).toBeLessThan(0.002)
})

test('decisionStudy: a fixed facet raises both coefficients, more of a random one too, and Φ(λ) ≥ Φ', () => {
  const design = { items: 6, conditions: 3, runsPerCell: 1 }
  const plain = decisions({ study: handbook, design, fixed: 'none', cutScore: 40 })
  const fixed = decisions({ study: handbook, design, fixed: 'conditions', cutScore: undefined })
  const [p, po, pi, pio, i, io] = [56.81851852, 0.42407407, 0.81111111, 2.54814815, 35.43888889, 0]
  const relative = pi / 6 + pio / 18
  expect(fixed.generalizability.value).toBeCloseTo((p + po / 3) / (p + po / 3 + relative), 8)
  expect(fixed.absoluteErrorVariance).toBeCloseTo(relative + i / 6 + io, 6)
  expect(fixed.dependability.value).toBeGreaterThan(plain.dependability.value)
  expect(plain.cutDependability?.value).toBeGreaterThan(plain.dependability.value)
  const more = decisions({ study: handbook, design: { ...design, items: 60 }, fixed: 'none', cutScore: undefined })
  expect(more.generalizability.value).toBeGreaterThan(plain.generalizability.value)
  expect(() =>
    decisions({ study: handbook, design: { ...design, items: 7 }, fixed: 'items', cutScore: undefined }),
  ).toThrow('fixed facet resized')
  const oneCondition = studied({ values: oracle.pxi.values, objects: 6, items: 4, conditions: 1, runsPerCell: 1 })
  expect(() => decisions({ study: oneCondition, design, fixed: 'none', cutScore: undefined })).toThrow(
    'condition never varied',
  )
  expect(() =>
    decisions({ study: handbook, design: { ...design, items: 0 }, fixed: 'none', cutScore: undefined }),
  ).toThrow('wrong shape')
})

test('decisionStudy credits more runs only where the study could tell rerun noise apart', () => {
  const study = studied(tableOf(oracle.repeated))
  const at = (runsPerCell: number, of = study) =>
    decisions({ study: of, design: { items: 5, conditions: 4, runsPerCell }, fixed: 'none', cutScore: undefined })
  expect(at(10).relativeErrorVariance).toBeLessThan(at(1).relativeErrorVariance)
  expect(at(10, handbook).relativeErrorVariance).toBe(at(1, handbook).relativeErrorVariance)
})

const shape = fc.record({
  objects: fc.integer({ min: 2, max: 4 }),
  items: fc.integer({ min: 2, max: 5 }),
  conditions: fc.integer({ min: 1, max: 4 }),
  runsPerCell: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(1000),
})

function randomTable({
  seed,
  ...sizes
}: {
  objects: number
  items: number
  conditions: number
  runsPerCell: number
  seed: number
}) {
  const random = openRandom(seed)
  const cells = sizes.objects * sizes.items * sizes.conditions * sizes.runsPerCell
  return { ...sizes, values: Float64Array.from({ length: cells }, () => random.normal()) }
}

test('generalizability scales with the square of the scores, ignores a shift, and mean squares are never negative, seed 7', () => {
  fc.assert(
    fc.property(shape, fc.double({ min: 0.1, max: 9, noNaN: true }), (sizes, scale) => {
      const table = randomTable(sizes)
      const study = studied(table)
      const moved = studied({ ...table, values: table.values.map((value) => 5 + scale * value) })
      for (const [k, own] of study.components.entries()) {
        expect(own.meanSquare).toBeGreaterThanOrEqual(0)
        expect(moved.components[k]?.raw).toBeCloseTo(own.raw * scale * scale, 8)
        expect(own.interval.lower).toBeLessThanOrEqual(own.value + 1e-12)
        expect(own.interval.upper).toBeGreaterThanOrEqual(own.value - 1e-12)
      }
    }),
    { seed: 7, numRuns: 60 },
  )
})

test('generalizability does not change by a bit when the items are permuted, seed 8', () => {
  fc.assert(
    fc.property(shape, fc.infiniteStream(fc.nat()), (sizes, keys) => {
      const table = randomTable(sizes)
      const { objects, items, conditions, runsPerCell } = table
      const order = Array.from({ length: items }, (_, i) => i)
      const key = order.map(() => keys.next().value as number)
      order.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0))
      const block = conditions * runsPerCell
      const values = Float64Array.from({ length: table.values.length }, (_, at) => {
        const [object, item, cell] = [Math.floor(at / (items * block)), Math.floor(at / block) % items, at % block]
        return table.values[(object * items + (order[item] ?? 0)) * block + cell] ?? 0
      })
      expect(studied({ ...table, values })).toEqual(studied(table))
      expect(objects).toBeGreaterThan(1)
    }),
    { seed: 8, numRuns: 40 },
  )
})

test('generalizability leaves items with a missing cell out and counts them', () => {
  const { values, objects, items, conditions, runsPerCell } = tableOf(oracle.handbook)
  const holes = values.slice()
  holes[2] = Number.NaN // object 0, item 0
  holes[(3 * items + 4) * conditions] = Number.NaN // object 3, item 4
  const study = studied({ values: holes, objects, items, conditions, runsPerCell })
  expect(study).toMatchObject({ items: 4, incompleteItems: 2 })
  expect(study.caveats.map(({ code }) => code)).toContain('incomplete-items-left-out')
  const kept = values.filter((_, at) => ![0, 4].includes(Math.floor(at / conditions) % items))
  const direct = studied({ values: kept, objects, items: 4, conditions, runsPerCell })
  expect(study.components).toEqual(direct.components)
})

test('generalizability: one object, one item, constants, wrong shapes and infinities are refused', () => {
  const one = { objects: 1, items: 3, conditions: 1, runsPerCell: 1, level: 0.95 }
  expect(generalizability({ ...one, values: [1, 2, 3] })).toMatchObject({ because: { code: 'too-few-values' } })
  const missing = { ...one, objects: 2, values: [1, Number.NaN, 3, Number.NaN, 2, Number.NaN] }
  expect(generalizability(missing)).toMatchObject({ because: { code: 'too-few-values', values: { given: 0 } } })
  expect(generalizability({ ...one, objects: 2, values: [1, 1, 1, 1, 1, 1] })).toMatchObject({
    because: { code: 'no-variation' },
  })
  expect(() => generalizability({ ...one, objects: 2, values: [1] })).toThrow('wrong shape')
  expect(() => generalizability({ ...one, objects: 2.5, values: [1] })).toThrow('wrong shape')
  expect(() => generalizability({ ...one, values: [1, Number.POSITIVE_INFINITY, 3] })).toThrow('value not finite')
})

test('decisionStudy refuses objects that never differ, and repeats that never do: no interval of width 0', () => {
  const design = { items: 2, conditions: 1, runsPerCell: 1 }
  const outcomeOf = (values: readonly number[]) => {
    const study = studied({ values, objects: 2, items: 2, conditions: 1, runsPerCell: 1 })
    const random = openRandom(1)
    return decisionStudy({ study, design, fixed: 'none', cutScore: undefined, level: 0.95, draws: 400, random })
  }
  expect(outcomeOf([2, 0, 0.5, 1.5])).toMatchObject({
    because: { code: 'objects-never-differ', values: { objects: 2 } },
  })
  expect(outcomeOf([1, 2, 3, 4])).toMatchObject({ because: { code: 'repeats-never-differ', values: { items: 2 } } })
  expect(outcomeOf([1, 2, 3, 5])).toMatchObject({ kind: 'decision-study' })
})

test('meanSquareLimits of one mean square are the exact χ² limits', () => {
  const { lower, upper } = meanSquareLimits({
    terms: [{ meanSquare: 3, degreesOfFreedom: 10, coefficient: 2 }],
    level: 0.95,
  })
  // SciPy 1.17.1: 60 / stats.chi2.ppf([.975, .025], 10)
  expect(lower).toBeCloseTo(2.92923305, 7)
  expect(upper).toBeCloseTo(18.47875054, 7)
})
