import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { ranking } from './ranking.ts'

type Row = Partial<ObservationRow>

/** Models that pass an item with the chances given, on items that are equally hard for all but for a shared shift. */
function passes(chances: readonly number[], { items, seed }: { items: number; seed: number }): Row[] {
  const random = openRandom(seed).split('passes')
  return Array.from({ length: items }, (_, item) => {
    const shift = 0.3 * (random.uniform() - 0.5)
    return chances.map((chance, model) => ({
      model: `model ${model}`,
      item: `${item}`,
      score: random.uniform() < chance + shift ? 1 : 0,
    }))
  }).flat()
}

// oracles/engine-analyses/values.py: Bradley–Terry of W by SciPy BFGS, its sandwich and Hodge ratio by NumPy.
test('ranking of a 4 × 4 win matrix: β₁ − β₂ .472744, clustered SE .318794, cyclic share .01727, G² .444805', () => {
  const wins = [
    [0, 14, 18, 20],
    [10, 0, 15, 17],
    [6, 9, 0, 13],
    [4, 7, 11, 0],
  ]
  // Every battle is an item that only its two models answered.
  const rows = wins.flatMap((row, i) =>
    row.flatMap((count, j) =>
      Array.from({ length: count }, (_, k): Row[] => [
        { model: `m${i}`, item: `${i} beats ${j}, ${k}`, score: 1 },
        { model: `m${j}`, item: `${i} beats ${j}, ${k}`, score: 0 },
      ]).flat(),
    ),
  )
  const result = analyze(ranking, { observations: observe(rows) })
  const step = estimateOf(result, 't/s/m0 − m1/ability')
  expect(step.value).toBeCloseTo(0.472744, 6)
  expect(step.standardError).toBeCloseTo(0.3187939, 6)
  expect(testOf(result, 't/s/cyclic-share').statistic).toBeCloseTo(0.01727, 5)
  expect(testOf(result, 't/s/one-order').statistic).toBeCloseTo(0.444805, 6)
  expect(result.tables[0]?.rows[0]).toMatchObject({ model: 'm0', rank: 1, won: 52, tied: 0, lost: 20 })
  expect(result.problems).toEqual([])
})

test('ranking finds the planted order of far apart models, and each true rank lies in its set', () => {
  const result = analyze(ranking, { observations: observe(passes([0.1, 0.35, 0.6, 0.85], { items: 400, seed: 2 })) })
  for (const [model, rank] of [3, 2, 1, 0].entries()) {
    expect(estimateOf(result, `t/s/model ${rank}/rank`).value).toBe(model + 1)
    expect(estimateOf(result, `t/s/model ${rank}/rank`).interval).toMatchObject({
      lower: model + 1,
      upper: model + 1,
    })
  }
  expect(codesOf(result)[0]).toBe('ranking-has-a-first')
})

test('ranking of 5 equal models tells a pair apart in at most 5 % of 400 samples of 60 items', {
  timeout: 30_000,
}, () => {
  let [separated, cyclic] = [0, 0]
  for (let seed = 0; seed < 400; seed++) {
    const observations = observe(passes([0.5, 0.5, 0.5, 0.5, 0.5], { items: 60, seed }))
    const result = analyze(ranking, { observations, parameters: { draws: 99, orders: 2 }, seed })
    if (codesOf(result)[0] !== 'ranking-open') separated++
    if (result.problems.length > 0) cyclic++
  }
  // Binomial(400, .05) exceeds 35 with probability 5e-4.
  expect(separated).toBeLessThanOrEqual(35)
  expect(cyclic).toBeLessThanOrEqual(10)
})

test('ranking says that there is no single order where wins go round in a circle', () => {
  // 60 items per third: a before b before c, b before c before a, c before a before b.
  const orders = [
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
  ]
  const rows = orders.flatMap((order, third) =>
    Array.from({ length: 60 }, (_, k) =>
      order.map((model, place): Row => ({ model, item: `${third}.${k}`, score: 2 - place })),
    ).flat(),
  )
  const result = analyze(ranking, { observations: observe(rows) })
  expect(result.problems.map(({ code }) => code)).toEqual(['no-single-ranking'])
  expect(result.problems[0]?.values).toMatchObject({ triads: 1 })
  expect(testOf(result, 't/s/one-order').pValue).toBeLessThan(1e-6)
  expect(testOf(result, 't/s/cyclic-share').statistic).toBeGreaterThan(0.99)
})

test('ranking counts clusters, not items, and models that won alike stand in the order of their names', () => {
  const rows = passes([0.3, 0.5, 0.9], { items: 40, seed: 4 })
  const copies = rows.flatMap((row) =>
    [1, 2, 3, 4, 5].map((copy) => ({ ...row, item: `${row.item} copy ${copy}`, cluster: row.item })),
  )
  const step = (given: readonly Row[]) =>
    estimateOf(analyze(ranking, { observations: observe(given) }), 't/s/model 0 − model 1/ability')
  expect(step(copies).standardError).toBeCloseTo(step(rows).standardError ?? 0, 9)
})

test('ranking shows how Elo depends on order where models are close', () => {
  const result = analyze(ranking, { observations: observe(passes([0.5, 0.51, 0.52], { items: 200, seed: 5 })) })
  const elo = result.statements.find(({ code }) => code === 'elo-depends-on-order')
  expect(elo?.values.reversal).toBeGreaterThan(0.1)
})

test('ranking refuses two models, few items, models that never win, and tables beyond its size', () => {
  expect(analyze(ranking, { observations: observe(passes([0.5, 0.6], { items: 50, seed: 1 })) }).status).toBe(
    'cannot-say',
  )
  expect(analyze(ranking, { observations: observe([]) }).status).toBe('cannot-say')
  const few = analyze(ranking, { observations: observe(passes([0.5, 0.6, 0.7], { items: 9, seed: 1 })) })
  expect(codesOf(few)[0]).toBe('ranking-few-items')
  const never = analyze(ranking, { observations: observe(passes([-1, 2, 2], { items: 60, seed: 1 })) })
  expect(codesOf(never)[0]).toBe('ranking-not-connected')
  const ties = analyze(ranking, { observations: observe(passes([2, 2, 2], { items: 60, seed: 1 })) })
  expect(ties.problems).toEqual([])
  expect(ties.statements.some(({ code }) => code === 'ranking-has-a-first')).toBe(false)
  const large = analyze(ranking, {
    observations: observe(passes([0.5, 0.6, 0.7], { items: 60, seed: 1 })),
    parameters: { battles: 100 },
  })
  expect(codesOf(large)).toEqual(['ranking-too-large'])
})

test('ranking: row order moves nothing, and another measure moves no number of this one', () => {
  const rows = passes([0.4, 0.5, 0.6, 0.6], { items: 50, seed: 6 })
  const result = analyze(ranking, { observations: observe(rows) })
  expect(analyze(ranking, { observations: observe(rows.toReversed()) })).toEqual(result)
  const both = analyze(ranking, { observations: observe([...rows, ...rows.map((row) => ({ ...row, scorer: 'a' }))]) })
  expect(both.evidence.filter(({ subject }) => subject.measure === 't / s')).toEqual(result.evidence)
})
