import { expect, test } from 'vitest'
import { explain, type ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { observe } from './fixtures/observe.ts'
import { twinGap } from './twin-gap.ts'

function analyze(rows: readonly Partial<ObservationRow>[], parameters: object = {}) {
  return twinGap.analyze({
    observations: observe(rows),
    runs: [],
    parameters: twinGap.parameters.parse(parameters),
    random: openRandom(1),
  })
}

interface Planted {
  readonly seed: number | string
  readonly pairs?: number
  /** Chance of knowing an original by heart. */
  readonly leak: Readonly<Record<string, number>>
  /** How much harder twins are, for every model. */
  readonly harder?: number
  readonly passages?: number
}

/** Pairs of an original and its twin: a model solves both with one chance, unless it knows the original by heart. */
function planted({ seed, pairs = 150, leak, harder = 0, passages }: Planted): Partial<ObservationRow>[] {
  const random = openRandom(seed)
  return Array.from({ length: pairs }, (_, pair) => {
    const ease = random.uniform()
    return Object.entries(leak).flatMap(([model, share]) =>
      (['original', 'fresh'] as const).map((twin): Partial<ObservationRow> => {
        const chance =
          twin === 'original' ? Math.max(ease, random.uniform() < share ? 1 : 0) : Math.max(0, ease - harder)
        return {
          model,
          item: `${pair} ${twin}`,
          score: random.uniform() < chance ? 1 : 0,
          cluster: passages === undefined ? undefined : `passage ${pair % passages}`,
          attributes: { twin, pair: `p${pair}` },
        }
      }),
    )
  }).flat()
}

test('twinGap finds the model that gains on originals only, even where twins are harder for all', () => {
  const result = analyze(planted({ seed: 1, leak: { 'model a': 0, 'model b': 0.5 }, harder: 0.1 }))
  expect(result.status).toBe('answered')
  expect(result.problems).toMatchObject([
    { code: 'twin-gap-suspicious', values: { model: 'model b', others: 'model a', references: 1, pairs: 150 } },
  ])
  const [excess] = result.evidence
  expect(excess?.key).toBe('t/s/model b/excess-gap')
  if (excess?.outcome.kind !== 'estimate') throw new Error('no estimate')
  // A known half of the originals, solved half the time anyway: the planted difference is 0.25.
  expect(Math.abs(excess.outcome.value - 0.25)).toBeLessThan(0.15)
  expect(excess.outcome.interval.lower).toBeGreaterThan(0)
  expect(explain(result.problems[0] ?? { code: '', values: {} }).text).toContain('suspicion, not evidence')
})

test('twinGap names the gainer whichever model comes first by name', () => {
  const result = analyze(planted({ seed: 1, leak: { a: 0.5, b: 0 } }))
  expect(result.problems[0]?.values).toMatchObject({ model: 'a', others: 'b' })
  expect(Number(result.problems[0]?.values.lower)).toBeGreaterThan(0)
})

test('twinGap calls a gap evidence only with five references, and their scatter widens it', () => {
  const leak = { a: 0, b: 0, c: 0, d: 0, e: 0, leaky: 0.7 }
  const result = analyze(planted({ seed: 3, pairs: 300, leak }))
  expect(result.problems.map(({ code, values }) => [code, values.model])).toEqual([['twin-gap', 'leaky']])
  const excess = result.evidence.find(({ key }) => key === 't/s/leaky/excess-gap')
  expect(excess?.outcome.kind === 'estimate' && excess.outcome.method).toMatch(/^references-/)
  expect(excess?.outcome.kind === 'estimate' && excess.outcome.interval.level).toBeCloseTo(1 - 0.05 / 6, 12)
  const five = analyze(planted({ seed: 3, pairs: 300, leak: { a: 0, b: 0, c: 0, d: 0, leaky: 0.7 } }))
  expect(five.problems[0]?.code).toBe('twin-gap-suspicious')
})

test('twinGap raises a false alarm in at most 5 % of 300 tables, harder twins, clusters and three models included', () => {
  let [two, three] = [0, 0]
  for (let seed = 0; seed < 300; seed++) {
    const [pairs, harder, passages] = [60, 0.15, 20]
    if (analyze(planted({ seed, pairs, harder, passages, leak: { a: 0, b: 0 } })).problems.length > 0) two++
    if (analyze(planted({ seed: `three ${seed}`, pairs, harder, leak: { a: 0, b: 0, c: 0 } })).problems.length > 0)
      three++
  }
  // Binomial(300, 0.05): 15 expected, 4 standard errors above are 30.
  expect(two).toBeLessThanOrEqual(30)
  expect(three).toBeLessThanOrEqual(30)
})

const overFourPairs = (pass: number) =>
  analyze(
    Array.from({ length: 25 }, (_, pair) =>
      ['a', 'b'].flatMap((model) =>
        ['original', 'fresh'].map((twin) => ({
          model,
          item: `${pair} ${twin}`,
          score: model === 'b' && twin === 'fresh' && pair < 4 ? 0 : pass,
          attributes: { twin, pair: String(pair) },
        })),
      ),
    ).flat(),
  )

test('twinGap does not accuse a model over four pairs, whatever t says', () => {
  const result = overFourPairs(3)
  const [excess, test] = result.evidence.map(({ outcome }) => outcome)
  expect(excess?.kind === 'estimate' && excess.interval.lower).toBeGreaterThan(0)
  // Four pairs of one sign: 2/2⁴.
  expect(test?.kind === 'test' && test.pValue).toBeCloseTo(0.125, 12)
  expect(result.problems).toEqual([])
})

test('twinGap of 0/1 scores over four pairs has an interval that holds 0, as the exact test does', () => {
  const result = overFourPairs(1)
  const [excess, test] = result.evidence.map(({ outcome }) => outcome)
  expect(excess?.kind === 'estimate' && excess.interval.lower).toBeLessThan(0)
  expect(test?.kind === 'test' && test.pValue).toBeCloseTo(0.125, 12)
  expect(result.problems).toEqual([])
})

test('twinGap reports the gap of a single model without a verdict', () => {
  const result = analyze(planted({ seed: 2, leak: { only: 0.9 } }))
  expect(result.problems).toEqual([])
  expect(result.statements[0]).toMatchObject({ code: 'twin-gap-of-one-model', values: { model: 'only' } })
  expect(result.evidence.map(({ key }) => key)).toEqual(['t/s/only/gap'])
})

test('twinGap pairs by cluster where no pair is named, and leaves out pairs without both scores', () => {
  const rows = planted({ seed: 5, pairs: 30, leak: { a: 0, b: 0 } }).map((row) => ({
    ...row,
    cluster: row.attributes?.pair,
    attributes: { exposure: row.attributes?.twin === 'original' ? 'Public' : 'held out' },
    score: row.item === '4 fresh' && row.model === 'a' ? ('refusal' as const) : (row.score ?? 0),
  }))
  const result = analyze(rows)
  const [excess, , own] = result.evidence.map(({ outcome }) => (outcome.kind === 'estimate' ? outcome.n : 0))
  expect([excess, own]).toEqual([29, 29])
  expect(result.tables[0]?.rows.map(({ model, pairs }) => [model, pairs])).toEqual([
    ['a', 29],
    ['b', 30],
  ])
})

test('twinGap counts the measures without twins beside those that have them', () => {
  const other = Array.from({ length: 10 }, (_, i) => ({ task: 'z', item: `o${i}`, score: i % 2 }))
  const codes = analyze([...planted({ seed: 1, leak: { a: 0, b: 0.5 } }), ...other]).statements.map(({ code }) => code)
  expect(codes).toEqual(['gains-on-originals', 'twins-in-some-measures', 'no-content-hashes'])
})

test('twinGap finds items that repeat the content of another', () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({
    item: `q${String(i).padStart(2, '0')}`,
    score: i % 2,
    attributes: { item_hash: `h${i < 4 ? 0 : i}` },
  }))
  const result = analyze(rows)
  expect(result.status).toBe('partly')
  expect(result.statements.map(({ code }) => code)).toEqual(['no-twins', 'some-duplicate-items'])
  expect(result.problems).toMatchObject([
    { code: 'duplicate-items', values: { items: 20, extra: 3, contents: 1, example: 'q00, q01' } },
  ])
  expect(analyze(rows.slice(4)).problems).toEqual([])
})

test('twinGap says what is missing: rows, twins, known levels, pairs, variation', () => {
  const first = (rows: readonly Partial<ObservationRow>[]) => analyze(rows).statements[0]?.code
  expect(first([])).toBe('no-observations')
  expect(analyze([{ item: 'a', score: 1 }])).toMatchObject({
    status: 'cannot-say',
    statements: [{ code: 'no-twins' }, { code: 'no-content-hashes' }],
  })
  const sides = (a: string, b: string, pair?: string) => [
    { item: 'a', score: 1, attributes: { twin: a, ...(pair === undefined ? {} : { pair }) } },
    { item: 'b', score: 0, attributes: { twin: b, ...(pair === undefined ? {} : { pair }) } },
  ]
  expect(first(sides('left', 'right'))).toBe('twin-levels-unknown')
  expect(first(sides('original', 'fresh'))).toBe('twins-without-pairs')
  expect(first(sides('original', 'fresh', 'one'))).toBe('twin-gaps-not-comparable')
})

test('twinGap of unbounded scores reports differences, not points', () => {
  const rows = planted({ seed: 1, leak: { a: 0, b: 0.8 } }).map((row) => ({
    ...row,
    score: 10 * Number(row.score) + 2,
  }))
  const result = analyze(rows)
  expect(result.problems[0]?.code).toBe('twin-gap-suspicious-in-score')
  expect(result.evidence[0]?.format).toBe('difference')
  for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
})

test('twinGap gives the same result for rows in another order, and words for every code', () => {
  for (const leak of [{ a: 0, b: 0.6 }, { a: 0, b: 0 }, { a: 0 }, { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0.8 }]) {
    const rows = planted({ seed: 9, leak, passages: 40 })
    const result = analyze(rows)
    expect(JSON.stringify(analyze(rows.toReversed()))).toBe(JSON.stringify(result))
    for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
  }
})
