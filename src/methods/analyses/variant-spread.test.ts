import { expect, test } from 'vitest'
import { type AnalysisResult, explain, type ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate, Outcome, TestOutcome } from '../../stats/index.ts'
import { observe } from './fixtures/observe.ts'
import { variantSpread } from './variant-spread.ts'

function analyze(rows: readonly Partial<ObservationRow>[], parameters: object = {}) {
  return variantSpread.analyze({
    observations: observe(rows),
    runs: [],
    parameters: variantSpread.parameters.parse(parameters),
    random: openRandom(1),
  })
}

function outcome(result: AnalysisResult, key: string): Outcome | TestOutcome {
  const found = result.evidence.find((evidence) => evidence.key === key)
  if (found === undefined) throw new Error(`${key} not among ${result.evidence.map((each) => each.key).join(', ')}`)
  return found.outcome
}

function estimate(result: AnalysisResult, key: string): Estimate {
  const found = outcome(result, key)
  if (found.kind !== 'estimate') throw new Error(`${key}: ${found.kind}`)
  return found
}

interface Planted {
  readonly seed: number | string
  readonly items?: number
  readonly models?: Readonly<Record<string, readonly number[]>>
  readonly passages?: number
}

/** Items of differing ease, asked in as many formats as there are shifts; a shift moves the chance of success. */
function planted({ seed, items = 150, models = { m: [0, 0, 0, 0, 0] }, passages }: Planted): Partial<ObservationRow>[] {
  const random = openRandom(seed)
  return Array.from({ length: items }, (_, item) => {
    const ease = 0.2 + 0.6 * random.uniform()
    return Object.entries(models).flatMap(([model, shifts]) =>
      shifts.map(
        (shift, format): Partial<ObservationRow> => ({
          model,
          item: `q${item}`,
          cluster: passages === undefined ? undefined : `p${item % passages}`,
          levels: { format: `f${format}` },
          score: random.uniform() < ease + shift ? 1 : 0,
        }),
      ),
    )
  }).flat()
}

test('variantSpread finds that the format decides the score, and bounds the worst and the best', () => {
  const result = analyze(planted({ seed: 1, models: { m: [-0.2, 0, 0, 0, 0.15] } }))
  expect(result.status).toBe('answered')
  expect(result.statements[0]).toMatchObject({ code: 'variants-matter', values: { model: 'm', variants: 5 } })
  expect(result.problems).toMatchObject([{ code: 'variant-sensitive', values: { hits: 1, models: 1 } }])
  const [worst, average, best] = ['worst', 'average', 'best'].map((part) => estimate(result, `t/s/m/${part}`))
  expect(worst?.interval.upper).toBeLessThan(average?.value ?? 0)
  expect(best?.interval.lower).toBeGreaterThan(average?.value ?? 1)
  expect(estimate(result, 't/s/m/spread').interval.lower).toBeGreaterThan(0)
  const [figure] = result.figures
  if (figure?.kind !== 'spread') throw new Error('no spread figure')
  expect(figure.rows.map(({ label }) => label).at(-1)).toBe('format=f0')
  expect(figure.rows.at(-1)?.value).toBeLessThan(figure.nullBand.lower)
})

test('variantSpread calls a spread variant-sensitive in at most 5 % of 150 tables without any effect of the variant', () => {
  const calledSensitive = (rows: Parameters<typeof analyze>[0]): boolean =>
    analyze(rows, { draws: 199 }).problems.some(({ code }) => code === 'variant-sensitive')
  let [plain, clustered] = [0, 0]
  for (let seed = 0; seed < 150; seed++) {
    const few = { items: 40, models: { a: [0, 0, 0, 0], b: [0.1, 0.1, 0.1, 0.1] } }
    if (calledSensitive(planted({ seed, ...few }))) plain++
    // Passages with a taste of their own for a format: items of one passage are no independent witnesses.
    const random = openRandom(`taste ${seed}`)
    const rows = Array.from({ length: 14 }, (_, passage) => {
      const rates = [0, 1, 2, 3].map(() => (random.uniform() < 0.5 ? 0.85 : 0.25))
      return Array.from({ length: 4 }, (_, item) =>
        rates.map((rate, format) => ({
          item: `${passage}.${item}`,
          cluster: `p${passage}`,
          levels: { format: `f${format}` },
          score: random.uniform() < rate ? 1 : 0,
        })),
      ).flat()
    }).flat()
    if (calledSensitive(rows)) clustered++
  }
  // Binomial(150, 0.05): 7.5 expected, 4 standard errors above are 18.
  expect(plain).toBeLessThanOrEqual(18)
  expect(clustered).toBeLessThanOrEqual(18)
}, 60_000)

test('variantSpread never reports the best variant at face value', () => {
  // Twelve equal variants: the naive best leans high, the re-estimated one does not.
  let [naive, chosen] = [0, 0]
  const repetitions = 40
  for (let seed = 0; seed < repetitions; seed++) {
    const result = analyze(planted({ seed, items: 60, models: { m: Array<number>(12).fill(0) } }), { draws: 300 })
    naive += Number(estimate(result, 't/s/m/best').value) / repetitions
    chosen += estimate(result, 't/s/m/chosen-variant').value / repetitions
  }
  // The true score of every variant is 0.5; 4 standard errors of a mean over 40 tables of 60 items are about 0.035.
  expect(naive).toBeGreaterThan(0.56)
  expect(Math.abs(chosen - 0.5)).toBeLessThan(0.035)
})

test('variantSpread takes each item under its worst and best variant', () => {
  const rows = Array.from({ length: 20 }, (_, item) =>
    ['a', 'b', 'c'].map((format, f) => ({
      item: `q${item}`,
      levels: { format },
      score: item < 5 ? 1 : item < 15 ? (item % 3 === f ? 1 : 0) : 0,
    })),
  ).flat()
  const result = analyze(rows)
  expect(estimate(result, 't/s/m/worst-per-item').value).toBeCloseTo(0.25, 12)
  expect(estimate(result, 't/s/m/best-per-item').value).toBeCloseTo(0.75, 12)
  const map = result.figures.find(({ kind }) => kind === 'heat-map')
  if (map?.kind !== 'heat-map') throw new Error('no heat map')
  expect(map.values.slice(0, 3).toSorted()).toEqual([0, 0, 1])
  // Items that every variant agrees on come last.
  expect(new Set(map.values.slice(-3)).size).toBe(1)
})

test('variantSpread tells the effect of one factor from the other, paired by item', () => {
  const random = openRandom(8)
  const rows = Array.from({ length: 200 }, (_, item) => {
    const ease = 0.2 + 0.5 * random.uniform()
    return ['plain', 'lettered'].flatMap((format) =>
      ['given', 'reversed', 'random'].map((order) => ({
        item: `q${item}`,
        levels: { format, order },
        score: random.uniform() < ease + (format === 'lettered' ? 0 : 0.2) ? 1 : 0,
      })),
    )
  }).flat()
  const result = analyze(rows)
  const format = estimate(result, 't/s/m/format=plain')
  expect(format.interval.lower).toBeGreaterThan(0.1)
  expect(format.interval.upper).toBeLessThan(0.3)
  // One contrast of format and three of order share the error rate.
  expect(format.interval.level).toBeCloseTo(1 - 0.05 / 4, 12)
  for (const order of ['given', 'reversed', 'random']) {
    const { lower, upper } = estimate(result, `t/s/m/order=${order}`).interval
    expect(lower).toBeLessThan(0)
    expect(upper).toBeGreaterThan(0)
  }
  const about = result.evidence.find(({ key }) => key === 't/s/m/format=plain')
  expect(about?.estimand).toContain('all other factors held equal')
  const fraction = analyze(rows.filter(({ levels }) => (levels.format === 'plain') === (levels.order === 'given')))
  const confounded = fraction.evidence.find(({ key }) => key === 't/s/m/format=plain')
  expect(confounded?.estimand).toContain('other factors not held equal')
})

test('variantSpread finds that the better model depends on the variant', () => {
  const result = analyze(planted({ seed: 2, items: 300, models: { a: [0.2, 0.2, -0.2, 0.2], b: [0, 0, 0.2, 0] } }))
  const reversal = result.problems.find(({ code }) => code === 'ranking-reverses')
  expect(reversal?.values).toMatchObject({ upper: 'a', lower: 'b', reversed: 1, variants: 4 })
  expect(estimate(result, 't/s/a~b/smallest-gap').interval.upper).toBeLessThan(0)
  expect(estimate(result, 't/s/a~b/largest-gap').interval.lower).toBeGreaterThan(0)
  expect(result.statements.map(({ code }) => code)).toContain('order-reverses')
})

test('variantSpread establishes a reversal of equal models in at most 5 % of 100 tables, though orders do reverse', () => {
  let [established, observed] = [0, 0]
  for (let seed = 0; seed < 100; seed++) {
    const result = analyze(planted({ seed, items: 50, models: { a: [0, 0, 0, 0, 0], b: [0, 0, 0, 0, 0] } }), {
      draws: 250,
    })
    if (result.problems.some(({ code }) => code === 'ranking-reverses')) established++
    if (result.statements.some(({ code }) => code === 'order-reverses-perhaps-by-chance')) observed++
  }
  // Binomial(100, 0.05): 5 expected, 4 standard errors above are 13.
  expect(established).toBeLessThanOrEqual(13)
  expect(observed).toBeGreaterThan(50)
})

test('variantSpread finds gaps to depend on the variant in at most 5 % of 100 tables of equal models and unequal variants', () => {
  let flagged = 0
  for (let seed = 0; seed < 100; seed++) {
    // Near the floor both models score alike: gaps vary less there, which a test for equal variances would misread.
    const shifts = [-0.5, -0.3, 0, 0.3]
    const result = analyze(planted({ seed, items: 60, models: { a: shifts, b: shifts }, passages: 30 }), { draws: 250 })
    if (result.problems.some(({ code }) => code.startsWith('ranking'))) flagged++
  }
  // Binomial(100, 0.05): 5 expected, 4 standard errors above are 13.
  expect(flagged).toBeLessThanOrEqual(13)
})

test('variantSpread warns of a ranking that depends on the variant before the reversal itself is established', () => {
  const models = { a: [0.15, 0.15, 0.15, -0.1], b: [0, 0, 0, 0] }
  const result = analyze(planted({ seed: 11, items: 150, models }))
  const problem = result.problems.find(({ code }) => code === 'ranking-depends-on-variant')
  expect(problem?.values).toMatchObject({ upper: 'a', lower: 'b', reversed: 1 })
  expect(result.statements.map(({ code }) => code)).toContain('order-reverses-and-gap-depends')
  expect(explain(problem ?? { code: '', values: {} }).text).not.toContain('{')
})

test('variantSpread says what it would take when there is one variant only', () => {
  const result = analyze(Array.from({ length: 100 }, (_, i) => ({ item: `q${i}`, score: i % 2 })))
  expect(result.status).toBe('cannot-say')
  const [statement] = result.statements
  expect(statement?.code).toBe('one-variant-would-take')
  // Variance 25/99 bounds the residual: the critical range for 5 normals, 3.858, over √(n/σ²) is 0.194.
  expect(Number(statement?.values.five)).toBeGreaterThan(0.194)
  expect(Number(statement?.values.five)).toBeLessThan(0.3)
  expect(Number(statement?.values.ten)).toBeGreaterThan(Number(statement?.values.five))
  expect(explain(statement ?? { code: '', values: {} }).text).toContain('one variant only')
})

test('variantSpread compares only items scored under every variant, and says when there are none', () => {
  const rows = planted({ seed: 3, items: 60 }).map((row, i) =>
    i % 10 === 0 ? { ...row, score: 'unparsed' as const } : row,
  )
  const table = analyze(rows).tables[0]?.rows[0]
  expect(table).toMatchObject({ items: 30, incomplete: 30 })
  expect(estimate(analyze(rows), 't/s/m/average').n).toBe(30)
  const apart = Array.from({ length: 60 }, (_, i) => ({ item: `q${i}`, levels: { format: `f${i % 3}` }, score: i % 2 }))
  expect(analyze(apart)).toMatchObject({ status: 'cannot-say', statements: [{ code: 'variants-on-different-items' }] })
})

test('variantSpread leaves out a variant that was run on a few items rather than losing the others', () => {
  const rows = planted({ seed: 3, items: 60 })
  const pilot = rows.slice(0, 10).map((row) => ({ ...row, levels: { format: 'pilot' } }))
  expect(analyze([...rows, ...pilot]).tables[0]?.rows[0]).toMatchObject({ variants: 5, items: 60 })
})

test('variantSpread keeps techniques apart and averages repeats inside cells', () => {
  const rows = planted({ seed: 4, items: 40, models: { m: [0, 0, 0] } }).flatMap((row) =>
    ['direct', 'reasoning'].flatMap((technique) => [1, 2].map((replicate) => ({ ...row, technique, replicate }))),
  )
  const result = analyze(rows)
  expect(result.evidence.map(({ key }) => key)).toContain('t/s/m/reasoning/spread-test')
  const components = result.tables.find(({ title }) => title.startsWith('Where the variance'))
  // Both repeats of a cell are equal, so no rerun noise is found.
  expect(components?.rows.map(({ technique, rerun }) => [technique, rerun])).toEqual([
    ['direct', 0],
    ['reasoning', 0],
  ])
})

test('variantSpread of identical variants, of one item and of nothing scored stays honest', () => {
  const same = Array.from({ length: 30 }, (_, i) =>
    ['a', 'b'].map((format) => ({ item: `q${i}`, levels: { format }, score: i % 2 })),
  ).flat()
  const result = analyze(same)
  expect(result.problems).toEqual([])
  expect(outcome(result, 't/s/m/spread-test')).toMatchObject({ kind: 'test', statistic: 0, pValue: 1 })
  expect(estimate(result, 't/s/m/spread').interval.upper).toBeGreaterThan(0)
  const one = ['a', 'b'].map((format) => ({ item: 'only', levels: { format }, score: 1 }))
  expect(analyze(one).status).toBe('cannot-say')
  const missing = ['a', 'b'].map((format) => ({ item: 'only', levels: { format }, score: 'refusal' as const }))
  expect(analyze(missing)).toMatchObject({ status: 'cannot-say', statements: [{ code: 'no-scored-responses' }] })
  expect(analyze([])).toMatchObject({ status: 'cannot-say', statements: [{ code: 'no-observations' }] })
})

test('variantSpread of unbounded scores tests the spread without inventing a range', () => {
  const rows = planted({ seed: 5, models: { m: [-0.2, 0, 0.2], n: [0, 0, 0] } }).map((row) => ({
    ...row,
    score: 40 * Number(row.score) + 7,
  }))
  const result = analyze(rows)
  expect(result.statements[0]?.code).toBe('variants-matter-in-score')
  expect(outcome(result, 't/s/m/worst')).toMatchObject({
    kind: 'not-estimable',
    because: { code: 'range-of-score-unknown' },
  })
  expect(estimate(result, 't/s/m/average').value).toBeGreaterThan(7)
})

test('variantSpread compares the spread of a strict with that of a lenient reader', () => {
  const rows = planted({ seed: 6, items: 200 }).flatMap((row, i) => [
    { ...row, scorer: 'em,flexible-extract' },
    { ...row, scorer: 'em,strict-match', score: row.levels?.format === 'f0' && i % 2 === 0 ? 0 : (row.score ?? 0) },
  ])
  const statement = analyze(rows).statements.find(({ code }) => code === 'spread-depends-on-reader')
  expect(statement?.values).toMatchObject({ more: 'em,strict-match', less: 'em,flexible-extract' })
})

test('variantSpread gives the same numbers for the same seed, another row order and an added model', () => {
  const rows = planted({ seed: 7, items: 60, models: { m: [0.1, 0, 0, -0.1], n: [0, 0, 0, 0] }, passages: 20 })
  const base = analyze(rows)
  expect(JSON.stringify(analyze(rows))).toBe(JSON.stringify(base))
  expect(JSON.stringify(analyze(rows.toReversed()))).toBe(JSON.stringify(base))
  const more = analyze([...rows, ...planted({ seed: 9, items: 60, models: { a: [0, 0, 0, 0] }, passages: 20 })])
  const own = (result: AnalysisResult) => result.evidence.filter(({ subject }) => subject.model === 'm')
  expect(JSON.stringify(own(more))).toBe(JSON.stringify(own(base)))
})

test('every statement and problem of variantSpread has words for its values', () => {
  const sensitive = { a: [0.2, 0.2, -0.2, 0.2], b: [0, 0, 0.2, 0] }
  for (const rows of [
    planted({ seed: 2, items: 300, models: sensitive }),
    planted({ seed: 2, items: 300, models: sensitive }).map((row) => ({ ...row, score: 9 * Number(row.score) })),
    planted({ seed: 2, items: 50 }),
    [...planted({ seed: 2, items: 50 }), { model: 'z', item: 'q0', score: 1 }],
    Array.from({ length: 9 }, (_, i) => ({ item: `q${i}`, score: 3 * i })),
    [{ item: 'only', score: 1 }],
  ]) {
    const result = analyze(rows)
    for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
  }
})

// Cameron, Gelbach and Miller (2011) by hand: row means 2/3, 1/3, 2/3 and column means 2/3, 2/3, 1/3 about 5/9.
test('variantSpread on a 3 × 3 table: the average is 5/9 with a two-way standard error of 2/9 where items and variants are drawn', () => {
  const scores = [
    [1, 0, 1],
    [1, 0, 0],
    [1, 1, 0],
  ]
  const rows = scores.flatMap((row, item) =>
    row.map(
      (score, format): Partial<ObservationRow> => ({ item: `q${item}`, levels: { format: `f${format}` }, score }),
    ),
  )
  const result = analyze(rows)
  const both = estimate(result, 't/s/m/average-both-drawn')
  expect(both.value).toBeCloseTo(5 / 9, 12)
  expect(both.standardError).toBeCloseTo(2 / 9, 12)
  expect(both).toMatchObject({ n: 3, degreesOfFreedom: 2 })
  expect(both.interval).toMatchObject({ lower: 0, upper: 1 })
  expect(estimate(result, 't/s/m/average-both-drawn-bootstrap').value).toBeCloseTo(5 / 9, 12)
})

test('variantSpread: where formats differ, drawn formats widen the average; with two formats or large tables nothing is resampled', () => {
  const shifted = analyze(planted({ seed: 3, models: { m: [-0.3, -0.15, 0, 0.1, 0.2] } }))
  const [fixed, drawn, resampled] = ['average', 'average-both-drawn', 'average-both-drawn-bootstrap'].map((name) =>
    estimate(shifted, `t/s/m/${name}`),
  )
  const width = (each: Estimate | undefined) => (each?.interval.upper ?? 0) - (each?.interval.lower ?? 0)
  expect(width(drawn)).toBeGreaterThan(2 * width(fixed))
  expect(Math.abs(width(resampled) / width(drawn) - 1)).toBeLessThan(0.5)
  expect(shifted.statements.map(({ code }) => code)).toContain('variants-drawn-too')
  for (const statement of shifted.statements) explain(statement)
  const table = shifted.tables.find(({ title }) => title.startsWith('The average over variants'))
  expect(table?.rows).toHaveLength(1)
  const two = analyze(planted({ seed: 3, models: { m: [-0.3, 0] } }))
  expect(two.evidence.some(({ key }) => key.includes('both-drawn'))).toBe(false)
  const small = analyze(planted({ seed: 3, models: { m: [-0.3, 0, 0.3] } }), { work: 1000 })
  expect(small.evidence.some(({ key }) => key.endsWith('both-drawn-bootstrap'))).toBe(false)
  expect(small.evidence.some(({ key }) => key.endsWith('both-drawn'))).toBe(true)
})

test('variantSpread: drawn variants never make an average surer than these variants, whatever the table (40 seeds)', () => {
  for (let seed = 0; seed < 40; seed++) {
    const result = analyze(planted({ seed: `surer ${seed}`, items: 30, models: { m: [0, 0, 0, 0] } }), { draws: 120 })
    const fixed = estimate(result, 't/s/m/average').interval
    const drawn = estimate(result, 't/s/m/average-both-drawn').interval
    expect(drawn.lower).toBeLessThanOrEqual(fixed.lower)
    expect(drawn.upper).toBeGreaterThanOrEqual(fixed.upper)
  }
})
