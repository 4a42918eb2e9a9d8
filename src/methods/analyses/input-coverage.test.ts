import { expect, test } from 'vitest'
import { explain, type ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { observe } from './fixtures/observe.ts'
import { inputCoverage } from './input-coverage.ts'

function analyze(rows: readonly Partial<ObservationRow>[], parameters: object = {}) {
  return inputCoverage.analyze({
    observations: observe(rows),
    runs: [],
    parameters: inputCoverage.parameters.parse(parameters),
    random: openRandom(1),
  })
}

interface Design {
  readonly items: number
  readonly variants: readonly Record<string, string>[]
  readonly models?: readonly string[]
  readonly replicates?: number
}

function design({ items, variants, models = ['m'], replicates = 1 }: Design): Partial<ObservationRow>[] {
  return models.flatMap((model) =>
    Array.from({ length: items }, (_, item) =>
      variants.flatMap((levels) =>
        Array.from({ length: replicates }, (_, replicate) => ({
          model,
          item: `q${item}`,
          levels,
          replicate: replicate + 1,
          score: item % 2,
        })),
      ),
    ).flat(),
  )
}

const formats = ['a', 'b', 'c'].map((format) => ({ format }))

test('inputCoverage counts items, units, variants, repeats, models and cells', () => {
  const rows = design({ items: 40, variants: formats, models: ['m', 'n'], replicates: 2 }).map((row, i) => ({
    ...row,
    scorer: 'one',
    cluster: `passage ${Math.floor(Number(String(row.item).slice(1)) / 4)}`,
    score: i === 0 ? ('refusal' as const) : (row.score ?? 0),
  }))
  // A second scorer judges the same responses: responses are counted once.
  const result = analyze([...rows, ...rows.map((row) => ({ ...row, scorer: 'two', score: 1 }))])
  expect(result.statements[0]).toEqual({
    code: 'coverage-counts',
    values: { tasks: 1, items: 40, units: 10, variants: 3, techniques: 1, repeats: 2, models: 2, responses: 480 },
  })
  expect(result.tables[0]?.rows).toEqual([
    {
      task: 't',
      models: 2,
      items: 40,
      units: 10,
      shared: 40,
      variants: 3,
      techniques: 1,
      repeats: '2',
      run: 240,
      possible: 240,
      responses: 480,
      scored: 480,
    },
  ])
  expect(result.problems.map(({ code }) => code)).toEqual(['few-items'])
  expect(result.status).toBe('answered')
})

test('inputCoverage bounds the share of unseen variants that could fail by 1 − 0.05^(1/m)', () => {
  // Handbook G5: 10 variants .2589, 20 .1391, 59 .0495.
  for (const [count, bound] of [
    [10, 0.2589],
    [20, 0.1391],
    [59, 0.0495],
  ] as const) {
    const variants = Array.from({ length: count }, (_, i) => ({ wording: `w${i}` }))
    const [evidence] = analyze(design({ items: 2, variants })).evidence
    expect(evidence?.evidenceClass).toBe('guarantee')
    expect(evidence?.outcome.kind === 'estimate' && evidence.outcome.interval.upper).toBeCloseTo(bound, 4)
  }
  expect(analyze(design({ items: 2, variants: [{}] })).evidence).toEqual([])
})

test('inputCoverage names the pairs of settings that were never tried together', () => {
  const variants = [
    { format: 'plain', order: 'given' },
    { format: 'plain', order: 'reversed' },
    { format: 'lettered', order: 'given' },
  ]
  const result = analyze(design({ items: 50, variants }))
  expect(result.statements[2]).toEqual({
    code: 'some-pairs-of-settings-untried',
    values: { task: 't', factors: 2, covered: 3, possible: 4, examples: 'format=lettered with order=reversed' },
  })
  const complete = analyze(design({ items: 50, variants: [...variants, { format: 'lettered', order: 'reversed' }] }))
  expect(complete.statements[2]).toMatchObject({
    code: 'all-pairs-of-settings-tried',
    values: { covered: 4, possible: 4 },
  })
})

test('inputCoverage takes two or more techniques as a factor', () => {
  const rows = ['direct', 'reasoning'].flatMap((technique) =>
    design({ items: 50, variants: formats }).map((row) => ({ ...row, technique })),
  )
  const table = analyze(rows).tables.find(({ title }) => title.startsWith('Combinations'))
  expect(table?.rows[0]).toMatchObject({ factors: 'format (3), technique (2)', strength: 2, covered: 6, possible: 6 })
})

test('inputCoverage takes all names for asking plainly, and rows that name no technique, for one', () => {
  const rows = ['direct', 'zero-shot', undefined].flatMap((technique) =>
    design({ items: 50, variants: formats }).map((row) => ({ ...row, technique })),
  )
  const combinations = (more: readonly Partial<ObservationRow>[]) =>
    analyze([...rows, ...more]).tables.find(({ title }) => title.startsWith('Combinations'))
  expect(combinations([])?.rows ?? []).toEqual([])
  const reasoned = design({ items: 50, variants: formats }).map((row) => ({ ...row, technique: 'reasoning' }))
  expect(combinations(reasoned)?.rows[0]).toMatchObject({
    factors: 'format (3), technique (2)',
    covered: 6,
    possible: 6,
  })
})

test('inputCoverage flags one wording only, models on different items and uneven cells', () => {
  const codes = (rows: readonly Partial<ObservationRow>[]) => analyze(rows).problems.map(({ code }) => code)
  expect(codes(design({ items: 50, variants: formats }))).toEqual([])
  expect(codes(design({ items: 50, variants: [{}] }))).toEqual(['single-variant'])
  expect(
    codes([...design({ items: 50, variants: formats }), ...design({ items: 40, variants: formats, models: ['n'] })]),
  ).toEqual(['models-on-different-items'])
  expect(codes(design({ items: 50, variants: formats }).slice(1))).toEqual(['unbalanced-design'])
  expect(codes(design({ items: 50, variants: formats, replicates: 2 }).slice(1))).toEqual(['unbalanced-design'])
})

test('inputCoverage does not count rows that were never run', () => {
  const rows = design({ items: 50, variants: formats }).map((row, i) =>
    i === 0 ? { ...row, score: 'never-run' as const } : row,
  )
  const result = analyze(rows)
  expect(result.tables[0]?.rows[0]).toMatchObject({ run: 149, possible: 150, responses: 149 })
})

test('inputCoverage names three tasks one by one and counts more than three together', () => {
  const tasks = (count: number) =>
    Array.from({ length: count }, (_, task) =>
      design({ items: 40, variants: [{}] }).map((row) => ({ ...row, task: `task ${task}` })),
    ).flat()
  expect(analyze(tasks(3)).problems.map(({ code, subject }) => [code, subject])).toEqual([
    ['single-variant', 'task 0'],
    ['single-variant', 'task 1'],
    ['single-variant', 'task 2'],
  ])
  expect(analyze(tasks(4)).problems).toEqual([
    {
      code: 'single-variant-in-tasks',
      severity: 'caution',
      values: { hit: 4, tasks: 4, examples: 'task 0, task 1, task 2' },
    },
  ])
})

test('inputCoverage lists how items spread over attributes', () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({
    item: `q${i}`,
    score: 1,
    attributes: i === 29 ? undefined : { level: i < 3 ? 'hard' : 'easy' },
  }))
  const table = analyze(rows).tables.find(({ title }) => title === 'Item attributes in the log')
  expect(table?.rows).toEqual([{ attribute: 'level', levels: 2, smallest: 3, largest: 26, thin: 1, without: 1 }])
})

test('inputCoverage says that there is nothing without rows', () => {
  expect(analyze([])).toMatchObject({ status: 'cannot-say', statements: [{ code: 'no-observations' }] })
})

test('inputCoverage does not depend on row order, and every code has words', () => {
  const rows = [
    ...design({ items: 20, variants: [...formats, { format: 'a', order: 'x' }], models: ['m', 'n'] }),
    ...design({ items: 10, variants: [{}], models: ['o'] }),
    ...Array.from({ length: 5 }, (_, task) => ({ task: `small ${task}`, item: 'q', score: 0 })),
    ...Array.from({ length: 5 }, (_, task) => ({
      task: `small ${task}`,
      item: 'r',
      model: 'z',
      score: 0,
      replicate: 2,
    })),
  ]
  const result = analyze(rows)
  expect(JSON.stringify(analyze(rows.toReversed()))).toBe(JSON.stringify(result))
  expect(new Set(result.problems.map(({ code }) => code)).size).toBeGreaterThan(2)
  for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
})
