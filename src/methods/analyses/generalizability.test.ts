import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { generalizabilityAnalysis } from './generalizability.ts'

type Row = Partial<ObservationRow>

const on = (rows: readonly Row[], parameters = {}) =>
  analyze(generalizabilityAnalysis, { observations: observe(rows), parameters: { fewestItems: 2, ...parameters } })

// Persons × tasks × raters of four persons, six items and three occasions; components by NumPy in oracles/engine-analyses/values.py.
const golden = [
  ['86 78 72 85 81 75', '88 83 75 95 85 77', '95 88 82 96 89 84', '100 100 88 105 96 93'],
  ['81 75 70 84 74 73', '89 82 75 92 84 77', '95 86 77 96 87 83', '99 93 86 104 93 87'],
  ['77 68 68 80 71 67', '80 78 72 87 76 74', '92 84 76 89 85 82', '95 90 80 100 90 85'],
]

test('generalizability of a 4 × 6 × 3 table: σ² 56.8185, 35.4389, 9.8481, .8111, .4241, −.2370, 2.5481; g .992695, φ .855368', () => {
  const rows = golden.flatMap((persons, occasion) =>
    persons.flatMap((scores, person) =>
      scores.split(' ').map(
        (score, item): Row => ({
          model: `model ${person}`,
          item: `item ${item}`,
          levels: { wording: `${occasion}` },
          score: Number(score),
        }),
      ),
    ),
  )
  const result = on(rows)
  const raw = result.tables[0]?.rows.map((row) => Number(row.raw)) ?? []
  const expected = [56.81851852, 35.43888889, 9.84814815, 0.81111111, 0.42407407, -0.23703704, 2.54814815]
  for (const [k, value] of expected.entries()) expect(raw[k]).toBeCloseTo(value, 7)
  expect(estimateOf(result, 't/s/g').value).toBeCloseTo(0.992695, 6)
  expect(estimateOf(result, 't/s/phi').value).toBeCloseTo(0.855368, 6)
})

interface Planted {
  readonly models: number
  readonly items: number
  readonly variants: number
  readonly runs: number
  readonly spread: { model: number; item: number; variant: number; quirk: number; noise: number }
  readonly seed: number
}

function planted({ models, items, variants, runs, spread, seed }: Planted): Row[] {
  const random = openRandom(seed).split('planted')
  const draw = (count: number, deviation: number) => Array.from({ length: count }, () => deviation * random.normal())
  const [ofModel, ofItem, ofVariant] = [
    draw(models, spread.model),
    draw(items, spread.item),
    draw(variants, spread.variant),
  ]
  const quirk = draw(models * items, spread.quirk)
  const rows: Row[] = []
  for (let m = 0; m < models; m++)
    for (let i = 0; i < items; i++)
      for (let v = 0; v < variants; v++)
        for (let r = 1; r <= runs; r++)
          rows.push({
            model: `model ${m}`,
            item: `item ${i}`,
            levels: { wording: `${v}` },
            replicate: r,
            score:
              10 +
              (ofModel[m] ?? 0) +
              (ofItem[i] ?? 0) +
              (ofVariant[v] ?? 0) +
              (quirk[m * items + i] ?? 0) +
              spread.noise * random.normal(),
          })
  return rows
}

test('generalizability sends the next calls to where the planted variance is', () => {
  const shape = { models: 6, items: 40, variants: 5, runs: 2, seed: 3 }
  const quiet = { model: 1, item: 0.1, variant: 0.1, quirk: 0.1, noise: 0.1 }
  const direction = (spread: Partial<Planted['spread']>) =>
    on(planted({ ...shape, spread: { ...quiet, ...spread } })).statements.find(({ code }) => code === 'next-calls')
      ?.values.direction
  const best = (spread: Partial<Planted['spread']>) => {
    const rows = on(planted({ ...shape, spread: { ...quiet, ...spread } })).tables[1]?.rows ?? []
    return rows.filter((row) => row.direction !== 'mix')[0]?.direction
  }
  expect(best({ item: 3 })).toBe('items')
  expect(best({ variant: 3 })).toBe('variants')
  expect(direction({ item: 3 })).toMatch(/new items|a mix/)
})

test('generalizability covers the planted g in at least 84 % of 60 samples, and calls no order of equal models reliable', {
  timeout: 60_000,
}, () => {
  const spread = { model: 1, item: 1, variant: 0.3, quirk: 0.5, noise: 1 }
  const shape = { models: 8, items: 30, variants: 3, runs: 1 }
  // σ²_δ = .25/30 + 0 + 1/90.
  const truth = 1 / (1 + 0.25 / 30 + 1 / 90)
  let [covered, reliable] = [0, 0]
  for (let seed = 0; seed < 60; seed++) {
    const { lower, upper } = estimateOf(on(planted({ ...shape, spread, seed }), { draws: 400 }), 't/s/g').interval
    if (lower <= truth && truth <= upper) covered++
    if (seed >= 30) continue
    const equal = on(planted({ ...shape, spread: { ...spread, model: 0 }, seed }), { draws: 400 })
    if (codesOf(equal)[0] === 'order-generalizes') reliable++
  }
  // Nominal 95 %; 4 standard errors at 60 samples.
  expect(covered / 60).toBeGreaterThan(0.84)
  expect(reliable).toBeLessThanOrEqual(4)
})

test('generalizability reads repeats as reruns, and one response per item as models × items', () => {
  const spread = { model: 1, item: 1, variant: 0, quirk: 0.5, noise: 1 }
  const runs = on(planted({ models: 4, items: 20, variants: 1, runs: 3, spread, seed: 5 }))
  expect(runs.tables[0]?.rows.map(({ component }) => component)).toEqual(['models', 'items', 'residual', 'reruns'])
  expect(codesOf(runs)).toContain('variants-never-varied')
  const single = on(planted({ models: 4, items: 20, variants: 1, runs: 1, spread, seed: 5 }))
  expect(single.tables[0]?.rows).toHaveLength(3)
})

test('generalizability leaves out items with a hole, variants that not all models saw, and repeats beyond the usual', () => {
  const spread = { model: 1, item: 1, variant: 0.3, quirk: 0.5, noise: 1 }
  const rows = planted({ models: 4, items: 20, variants: 2, runs: 2, spread, seed: 6 })
  const holed = rows.filter((row) => !(row.model === 'model 2' && row.item === 'item 7'))
  expect(on(holed).statements[0]?.values).toMatchObject({ items: 19, variants: 2, runs: 2 })
  const uneven = rows.filter((row) => !(row.model === 'model 2' && row.levels?.wording === '1'))
  expect(on(uneven).statements[0]?.values).toMatchObject({ items: 20, variants: 1 })
  const more = [...rows, { ...rows[0], replicate: 3, score: 1000 }]
  expect(on(more).evidence).toEqual(on(rows).evidence)
})

test('generalizability says what it takes: one model, no shared items, no variation, too large a table', () => {
  const spread = { model: 1, item: 1, variant: 0.3, quirk: 0.5, noise: 1 }
  const rows = planted({ models: 3, items: 12, variants: 2, runs: 1, spread, seed: 7 })
  expect(codesOf(on(rows.filter(({ model }) => model === 'model 0')))).toEqual(['needs-models-for-generalizability'])
  expect(on([]).status).toBe('cannot-say')
  const apart = rows.map((row) => ({ ...row, item: `${row.model} ${row.item}` }))
  expect(codesOf(on(apart))).toEqual(['needs-crossed-scores'])
  expect(codesOf(on(rows.map((row) => ({ ...row, score: 1 }))))).toEqual(['needs-crossed-scores'])
  expect(codesOf(on(rows, { cells: 10 }))).toEqual(['generalizability-too-large'])
})

test('generalizability: row order moves nothing, and another measure moves no number of this one', () => {
  const spread = { model: 1, item: 1, variant: 0.3, quirk: 0.5, noise: 1 }
  const rows = planted({ models: 3, items: 12, variants: 2, runs: 2, spread, seed: 8 })
  const result = on(rows)
  expect(on(rows.toReversed())).toEqual(result)
  const both = on([...rows, ...rows.map((row) => ({ ...row, scorer: 'a' }))])
  expect(both.evidence.filter(({ subject }) => subject.measure === 't / s')).toEqual(result.evidence)
})
