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
  // d = .472744/.3187939 = 1.482914; Φ(d)² + Φ(−d)² with Φ(d) = .930951, and 0 within reach: from a coin up to d + t.
  const agree = estimateOf(result, 't/s/m0 − m1/runs-agree')
  expect(agree.value).toBeCloseTo(0.930951 ** 2 + 0.069049 ** 2, 5)
  expect(agree.interval.lower).toBe(0.5)
  expect(agree.interval.upper).toBeGreaterThan(0.99)
  expect(testOf(result, 't/s/cyclic-share').statistic).toBeCloseTo(0.01727, 5)
  expect(testOf(result, 't/s/one-order').statistic).toBeCloseTo(0.444805, 6)
  expect(result.tables[0]?.rows[0]).toMatchObject({ model: 'm0', rank: 1, won: 52, tied: 0, lost: 20 })
  expect(result.problems).toEqual([])
})

// oracles/ranking: log-likelihoods −159.674040 and −159.961009, abilities .672913 and .238749.
test('ranking with 26 ties in 170 comparisons: Rao–Kupper .286969 likelier than Davidson, θ 1.423242, first contrast .434164', () => {
  const wins = [
    [0, 14, 18, 20],
    [10, 0, 15, 17],
    [6, 9, 0, 13],
    [4, 7, 11, 0],
  ]
  const ties = [
    [0, 6, 3, 2],
    [0, 0, 5, 4],
    [0, 0, 0, 6],
    [0, 0, 0, 0],
  ]
  const battles = (counts: readonly (readonly number[])[], loser: number, name: string) =>
    counts.flatMap((row, i) =>
      row.flatMap((count, j) =>
        Array.from({ length: count }, (_, k): Row[] => [
          { model: `m${i}`, item: `${i} ${name} ${j}, ${k}`, score: 1 },
          { model: `m${j}`, item: `${i} ${name} ${j}, ${k}`, score: loser },
        ]).flat(),
      ),
    )
  const rows = [...battles(wins, 0, 'beats'), ...battles(ties, 1, 'ties')]
  const result = analyze(ranking, { observations: observe(rows) })
  const found = result.statements.find(({ code }) => code === 'order-stands-with-ties')
  expect(found?.values).toMatchObject({ better: 'Rao–Kupper', other: 'Davidson', moved: 0, parameter: 'θ = 1.423' })
  expect(found?.values.share).toBeCloseTo(26 / 170, 12)
  expect(found?.values.lead).toBeCloseTo(159.961009 - 159.67404, 6)
  expect(estimateOf(result, 't/s/m0 − m1/ability-ties').value).toBeCloseTo(0.672913 - 0.238749, 6)
  expect(estimateOf(result, 't/s/m0 − m1/ability-ties').method).toBe('rao-kupper-model')
  // Each comparison is a cluster of its own here; ties make the model-based error too large.
  const independent = estimateOf(result, 't/s/m0 − m1/ability-independent').standardError ?? 0
  expect(estimateOf(result, 't/s/m0 − m1/ability').standardError).toBeLessThan(independent)
})

test('ranking takes rank sets from the bootstrap where it is affordable, else the wider ones of Bonferroni', () => {
  const observations = observe(passes([0.4, 0.5, 0.55, 0.7, 0.8], { items: 120, seed: 7 }))
  const [bootstrap, bonferroni] = [
    analyze(ranking, { observations }),
    analyze(ranking, { observations, parameters: { resamplingWork: 1 } }),
  ]
  for (let model = 0; model < 5; model++) {
    const [a, b] = [bootstrap, bonferroni].map((result) => estimateOf(result, `t/s/model ${model}/rank`))
    expect(a?.method).toBe('bradley-terry-rank-set-bootstrap')
    expect(b?.method).toBe('bradley-terry-rank-set-bonferroni')
    expect(a?.interval.lower).toBeGreaterThanOrEqual(b?.interval.lower ?? Number.NaN)
    expect(a?.interval.upper).toBeLessThanOrEqual(b?.interval.upper ?? Number.NaN)
  }
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

test('ranking of 5 equal models tells a pair apart in at most 5 % of 200 samples of 60 items', {
  timeout: 30_000,
}, () => {
  let [separated, cyclic] = [0, 0]
  for (let seed = 0; seed < 200; seed++) {
    const observations = observe(passes([0.5, 0.5, 0.5, 0.5, 0.5], { items: 60, seed }))
    const result = analyze(ranking, { observations, parameters: { draws: 99, orders: 2 }, seed })
    if (codesOf(result)[0] !== 'ranking-open') separated++
    if (result.problems.length > 0) cyclic++
  }
  // Binomial(200, .05) exceeds 21 with probability 5e-4.
  expect(separated).toBeLessThanOrEqual(21)
  expect(cyclic).toBeLessThanOrEqual(5)
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
  expect(result.problems[0]?.values).toMatchObject({ triads: 1, circle: 'a over b over c over a' })
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

test('ranking spends no Elo on measures whose rows the table leaves out', () => {
  const rows = passes([0.5, 0.51, 0.52], { items: 200, seed: 5 })
  const two = observe([...rows, ...rows.map((row) => ({ ...row, scorer: 'z' }))])
  const elo = (shown: number) =>
    analyze(ranking, { observations: two, parameters: { rows: shown } }).statements.find(
      ({ code }) => code === 'elo-depends-on-order',
    )?.values.measure
  expect(elo(3)).toBe('t / s')
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
