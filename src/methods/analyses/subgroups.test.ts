import { expect, test } from 'vitest'
import { explain, type ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { observe } from './fixtures/observe.ts'
import { subgroups } from './subgroups.ts'

function analyze(rows: readonly Partial<ObservationRow>[], parameters: object = {}) {
  return subgroups.analyze({
    observations: observe(rows),
    runs: [],
    parameters: subgroups.parameters.parse(parameters),
    random: openRandom(1),
  })
}

const languages = ['de', 'en', 'fr', 'sw']

/** Items in four languages; `rate` gives the chance of a correct answer. */
function multilingual(seed: number, { items = 200, rate }: { items?: number; rate: (language: string) => number }) {
  const random = openRandom(seed)
  return Array.from({ length: items }, (_, i): Partial<ObservationRow> => {
    const language = languages[i % 4] ?? ''
    return {
      item: `q${i}`,
      score: random.uniform() < rate(language) ? 1 : 0,
      attributes: { language, id: `x${i}`, batch: String(i % 3) },
    }
  })
}

test('subgroups finds the language on which the model fails, and says by how much', () => {
  const result = analyze(multilingual(2, { rate: (language) => (language === 'sw' ? 0.3 : 0.85) }))
  expect(result.statements[0]).toMatchObject({
    code: 'subgroups-differ',
    values: { attribute: 'language', level: 'sw' },
  })
  expect(result.problems.map(({ code, values }) => [code, values.level])).toEqual([['subgroup-gap', 'sw']])
  const outcome = result.evidence.find(({ key }) => key === 't/s/m/language=sw')?.outcome
  if (outcome?.kind !== 'estimate') throw new Error('no estimate')
  // Four groups at once at 95 %: each interval by itself is the exact one at 98.75 %.
  expect(outcome.interval.level).toBe(0.95)
  expect(outcome.method).toBe('simultaneous-bonferroni-clopper-pearson')
  expect(outcome.n).toBe(50)
  expect(result.figures[0]).toMatchObject({ kind: 'caterpillar', title: 'language: m, t / s' })
  const [first] = result.figures
  expect(first?.kind === 'caterpillar' && first.rows.map(({ label }) => label)[0]).toBe('sw')
})

test('subgroups raises a false alarm in at most 5 % of 200 tables without any difference', () => {
  let alarms = 0
  for (let seed = 0; seed < 200; seed++) {
    const result = analyze(multilingual(seed, { items: 60, rate: () => 0.8 }))
    if (result.problems.length > 0) alarms++
  }
  // Binomial(200, 0.05): 10 expected at most, 4 standard errors above are 22.
  expect(alarms).toBeLessThanOrEqual(22)
})

test('subgroups raises no more false alarms when groups are made of whole correlated clusters (400 tables)', () => {
  let alarms = 0
  for (let seed = 0; seed < 400; seed++) {
    const random = openRandom(`clusters ${seed}`)
    const rows = Array.from({ length: 24 }, (_, cluster) => {
      const rate = random.uniform() < 0.5 ? 0.95 : 0.25
      return Array.from({ length: 2 + (cluster % 7) }, (_, i) => ({
        item: `${cluster}.${i}`,
        cluster: `passage ${cluster}`,
        score: random.uniform() < rate ? 1 : 0,
        attributes: { genre: ['news', 'law', 'prose'][cluster % 3] ?? '' },
      }))
    })
    if (analyze(rows.flat()).problems.length > 0) alarms++
  }
  expect(alarms).toBeLessThanOrEqual(37)
})

test('subgroups uses only differences within clusters where clusters cross the groups', () => {
  // Each passage has an easy and a hard item; passages differ wildly. The difference within passages is what counts.
  const rows = Array.from({ length: 30 }, (_, cluster) =>
    ['easy', 'hard'].map((kind) => ({
      item: `${cluster} ${kind}`,
      cluster: `c${cluster}`,
      score: cluster % 2 === 0 ? (kind === 'easy' ? 0.9 : 0.7) : kind === 'easy' ? 0.4 : 0.2,
      attributes: { kind },
    })),
  )
  const test = analyze(rows.flat()).evidence.find(({ key }) => key === 't/s/m/kind')?.outcome
  if (test?.kind !== 'test') throw new Error('no test')
  expect(test.pValue).toBeLessThan(1e-6)
})

test('subgroups leaves out attributes that vary within items, have one level or too many, and says what it left out', () => {
  const rows = Array.from({ length: 120 }, (_, i) =>
    [1, 2].map((replicate) => ({
      item: `q${i}`,
      replicate,
      score: i % 2,
      attributes: {
        perRow: String(replicate),
        constant: 'same',
        many: `v${i % 60}`,
        rare: i < 3 ? 'a' : i < 6 ? 'b' : i < 9 ? 'c' : `d`,
        good: String(i % 2),
        fine: String(i % 5),
      },
    })),
  )
  const result = analyze(rows.flat(), { mostAttributes: 1 })
  expect(result.status).toBe('partly')
  expect(result.evidence.map(({ key }) => key)).toEqual(['t/s/m/good', 't/s/m/good=0', 't/s/m/good=1'])
  expect(result.statements.slice(1)).toEqual([
    { code: 'attributes-left-out', values: { count: 1, names: 'fine' } },
    { code: 'attributes-too-small', values: { count: 1, names: 'rare' } },
  ])
})

test('subgroups says what is missing without attributes, with groups too small, and with nothing scored', () => {
  expect(analyze([]).statements[0]?.code).toBe('no-observations')
  expect(
    analyze([
      { item: 'a', score: 1 },
      { item: 'b', score: 0 },
    ]).statements[0]?.code,
  ).toBe('no-subgroup-attributes')
  const small = Array.from({ length: 8 }, (_, i) => ({
    item: `q${i}`,
    score: i % 2,
    attributes: { half: String(i % 2) },
  }))
  expect(analyze(small)).toMatchObject({ status: 'cannot-say', statements: [{ code: 'subgroups-too-small' }] })
  const unscored = Array.from({ length: 40 }, (_, i) => ({
    item: `q${i}`,
    score: 'refusal' as const,
    attributes: { half: String(i % 2) },
  }))
  expect(analyze(unscored)).toMatchObject({ status: 'cannot-say', statements: [{ code: 'no-scored-responses' }] })
})

test('subgroups of equal scores and of unbounded scores keeps to what can be said', () => {
  const rows = (score: (i: number) => number) =>
    Array.from({ length: 60 }, (_, i) => ({
      item: `q${i}`,
      score: score(i),
      attributes: { half: i % 2 === 0 ? 'x' : 'y' },
    }))
  const equal = analyze(rows(() => 1))
  expect(equal.problems).toEqual([])
  expect(equal.evidence[0]?.outcome).toMatchObject({ kind: 'not-estimable' })
  expect(equal.evidence[1]?.outcome).toMatchObject({ kind: 'estimate', value: 1, interval: { upper: 1 } })
  const unbounded = analyze(rows((i) => (i % 2 === 0 ? 100 : 20) + (i % 7)))
  expect(unbounded.problems[0]).toMatchObject({ code: 'subgroup-gap-in-score' })
})

test('subgroups gives the same numbers for rows in another order and when a model is added', () => {
  const rows = multilingual(4, { items: 80, rate: (language) => (language === 'en' ? 0.9 : 0.5) })
  const base = analyze(rows)
  expect(JSON.stringify(analyze(rows.toReversed()))).toBe(JSON.stringify(base))
  const more = analyze([...rows, ...rows.map((row) => ({ ...row, model: 'a', score: 1 - Number(row.score) }))])
  const own = more.evidence.filter(({ subject }) => subject.model === 'm')
  expect(JSON.stringify(own)).toBe(JSON.stringify(base.evidence))
})

test('every statement and problem of subgroups has words for its values', () => {
  for (const rows of [
    multilingual(2, { rate: (language) => (language === 'sw' ? 0.2 : 0.9) }),
    multilingual(2, { rate: () => 0.9 }),
    multilingual(2, { rate: (language) => (language === 'sw' ? 0.2 : 0.9) }).map((row) => ({
      ...row,
      score: 40 * Number(row.score) + 3,
    })),
    [],
  ]) {
    const result = analyze(rows)
    for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
  }
})
