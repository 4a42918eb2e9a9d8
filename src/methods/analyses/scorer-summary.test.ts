import { expect, test } from 'vitest'
import { explain, type ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { observe } from './fixtures/observe.ts'
import { scorerSummary } from './scorer-summary.ts'

function analyze(rows: readonly Partial<ObservationRow>[], seed = 1) {
  const parameters = scorerSummary.parameters.parse({})
  return scorerSummary.analyze({ observations: observe(rows), runs: [], parameters, random: openRandom(seed) })
}

/** `count` items named alike for all callers, each made into a row. */
function items(count: number, row: (index: number) => Partial<ObservationRow>): Partial<ObservationRow>[] {
  return Array.from({ length: count }, (_, index) => ({
    item: `item ${String(index).padStart(4, '0')}`,
    ...row(index),
  }))
}

function codes(result: ReturnType<typeof analyze>): readonly string[] {
  return result.problems.map(({ code }) => code)
}

test('scorerSummary counts scored and missing by reason, each share with an interval around it', () => {
  const result = analyze(
    items(100, (i) => ({ score: i < 10 ? 'unparsed' : i < 13 ? 'refusal' : i < 14 ? 'provider-error' : i % 2 })),
  )
  const shares = new Map(result.evidence.map(({ key, outcome }) => [key, outcome]))
  expect([...shares.keys()]).toEqual(['t/s/m/unscored', 't/s/m/provider-error', 't/s/m/refusal', 't/s/m/unparsed'])
  for (const [key, value] of [
    ['t/s/m/unscored', 0.14],
    ['t/s/m/unparsed', 0.1],
    ['t/s/m/refusal', 0.03],
  ] as const) {
    const outcome = shares.get(key)
    if (outcome?.kind !== 'estimate') throw new Error(key)
    expect(outcome.value).toBeCloseTo(value, 12)
    expect(outcome.interval.lower).toBeLessThan(value)
    expect(outcome.interval.upper).toBeGreaterThan(value)
  }
  // Counts of independent items: Clopper–Pearson, which no large sample has to carry.
  expect(new Set(result.evidence.map(({ evidenceClass }) => evidenceClass))).toEqual(new Set(['guarantee']))
  expect(codes(result)).toEqual(['unparsed-responses', 'refusals'])
  expect(result.statements[0]).toMatchObject({ code: 'some-responses-unscored', values: { scored: 86, rows: 100 } })
})

test('scorerSummary finds nothing wrong with complete, varied scores, and bounds the unscored share above 0', () => {
  const result = analyze(items(50, (i) => ({ score: i % 2, answer: 'A' })))
  expect(result.problems).toEqual([])
  expect(result.status).toBe('answered')
  expect(result.statements[0]?.code).toBe('all-responses-scored')
  const outcome = result.evidence[0]?.outcome
  if (outcome?.kind !== 'estimate') throw new Error('no estimate')
  expect(outcome.value).toBe(0)
  expect(outcome.interval.upper).toBeGreaterThan(0.05)
})

test('scorerSummary tells a strict from a lenient reading of the same responses and reports the gap', () => {
  const strict = items(200, (i) => ({
    scorer: 'exact_match,strict-match',
    score: i % 4 === 0 ? 1 : 0,
    answer: i % 4 === 0 ? '7' : '[invalid]',
  }))
  const lenient = items(200, (i) => ({
    scorer: 'exact_match,flexible-extract',
    score: i % 2 === 0 ? 1 : 0,
    answer: '7',
  }))
  const result = analyze([...lenient, ...strict])
  const gap = result.evidence.find(({ key }) => key === 't/exact_match,strict-match~exact_match,flexible-extract/m/gap')
  expect(gap?.outcome).toMatchObject({ kind: 'estimate', value: 0.25, n: 200 })
  expect(codes(result)).toEqual(['answer-never-read', 'strict-lenient-gap'])
  expect(result.problems[0]?.values).toMatchObject({ scorer: 'exact_match,strict-match', count: 150, rows: 200 })
  expect(explain(result.problems[1] ?? { code: '', values: {} }).text).toContain('+25.0 points')
  expect(result.statements.map(({ code }) => code)).toContain('scorers-compared')
})

test('scorerSummary compares the two readings of a scorer before two scorers, where there is room for one pair', () => {
  const rows = ['alpha', 'beta', 'beta (lenient)'].flatMap((scorer) =>
    items(40, (i) => ({ scorer, score: i % 4 === 0 || (scorer.includes('lenient') && i % 2 === 0) ? 1 : 0 })),
  )
  const parameters = scorerSummary.parameters.parse({ pairs: 1 })
  const { evidence } = scorerSummary.analyze({
    ...{ observations: observe(rows), runs: [], parameters, random: openRandom(1) },
  })
  expect(evidence.map(({ key }) => key).filter((key) => key.endsWith('/gap'))).toEqual(['t/beta~beta (lenient)/m/gap'])
})

test('scorerSummary calls a gap of readings more than chance only by an exact test, in at most 5 % of 300 equal ones', () => {
  const four = ['em,strict-match', 'em,flexible-extract'].flatMap((scorer) =>
    items(20, (i) => ({ scorer, score: scorer === 'em,strict-match' && i < 4 ? 0 : 1, answer: 'x' })),
  )
  expect(codes(analyze(four))).not.toContain('strict-lenient-gap')
  let flagged = 0
  for (let seed = 0; seed < 300; seed++) {
    const random = openRandom(seed).split('data')
    const rows = ['em,strict-match', 'em,flexible-extract'].flatMap((scorer) =>
      items(80, (i) => ({ scorer, score: i % 2 === 0 ? 1 : random.integer(2), answer: 'x' })),
    )
    if (codes(analyze(rows, seed)).includes('strict-lenient-gap')) flagged++
  }
  // Binomial(300, 0.05): 15 expected, 4 standard errors above are 30.
  expect(flagged).toBeLessThanOrEqual(30)
})

test('scorerSummary compares filters only over shared responses and does not pair unbounded scores', () => {
  const result = analyze([
    ...items(40, (i) => ({ scorer: 'acc,a', score: i % 2 })),
    ...items(60, (i) => ({ scorer: 'acc,b', score: i % 2 })),
    ...items(60, (i) => ({ scorer: 'perplexity', score: i + 0.5 })),
  ])
  const pairs = result.tables.find(({ title }) => title === 'Scorers of the same responses')
  expect(pairs?.rows).toHaveLength(1)
  expect(pairs?.rows[0]).toMatchObject({ shared: 40, equal: 40 })
})

test('scorerSummary reports a score that never varies, at 0 as at any other value, from ten scores on', () => {
  expect(codes(analyze(items(5000, () => ({ score: 0 }))))).toEqual(['constant-score'])
  expect(codes(analyze(items(10, () => ({ score: 0.5 }))))).toEqual(['constant-score'])
  expect(codes(analyze(items(9, () => ({ score: 1 }))))).toEqual([])
})

test('scorerSummary finds that one model is unreadable more often, and keeps its level when none is (300 seeds)', () => {
  const models = (rate: (model: string) => number, seed: number) => {
    const random = openRandom(seed).split('data')
    return analyze(
      ['a', 'b', 'c'].flatMap((model) =>
        items(60, () => ({ model, score: random.uniform() < rate(model) ? 'unparsed' : random.integer(2) })),
      ),
      seed,
    )
  }
  expect(codes(models((model) => (model === 'c' ? 0.4 : 0.05), 1))).toContain('unreadable-by-model')
  let flagged = 0
  for (let seed = 0; seed < 300; seed++) if (codes(models(() => 0.1, seed)).includes('unreadable-by-model')) flagged++
  // Binomial(300, 0.05): 15 expected, 4 standard errors above are 30.
  expect(flagged).toBeLessThanOrEqual(30)
})

test('scorerSummary widens for clusters', () => {
  const share = (cluster: (i: number) => string | undefined) => {
    const [first] = analyze(items(100, (i) => ({ score: i < 20 ? 'unparsed' : i % 2, cluster: cluster(i) }))).evidence
    if (first?.outcome.kind !== 'estimate') throw new Error('no estimate')
    return first.outcome
  }
  const [alone, together] = [share(() => undefined), share((i) => `passage ${Math.floor(i / 10)}`)]
  expect(together.n).toBe(10)
  expect(together.interval.upper - together.interval.lower).toBeGreaterThan(
    1.5 * (alone.interval.upper - alone.interval.lower),
  )
})

test('scorerSummary says that nothing was measured when every score is missing, and that there are no rows', () => {
  const missing = analyze(items(20, () => ({ score: 'provider-error' })))
  expect(missing.status).toBe('partly')
  expect(missing.statements[0]?.code).toBe('no-response-scored')
  expect(analyze([])).toMatchObject({ status: 'cannot-say', statements: [{ code: 'no-observations' }] })
})

test('scorerSummary of one item answers without a claim beyond it', () => {
  const result = analyze([{ item: 'only', score: 1 }])
  expect(result.problems).toEqual([])
  expect(result.evidence[0]?.outcome).toMatchObject({ kind: 'estimate', n: 1 })
})

test('scorerSummary gives the same result for the same seed and for rows in another order', () => {
  const random = openRandom(5)
  const rows = ['a', 'b'].flatMap((model) =>
    ['acc,x', 'acc,y'].flatMap((scorer) =>
      items(80, (i) => ({
        model,
        scorer,
        score: random.uniform() < 0.1 ? 'unparsed' : random.integer(2),
        cluster: `c${i % 9}`,
      })),
    ),
  )
  const numbers = (result: ReturnType<typeof analyze>) => JSON.stringify({ ...result })
  expect(numbers(analyze(rows))).toBe(numbers(analyze(rows)))
  expect(numbers(analyze(rows.toReversed()))).toBe(numbers(analyze(rows)))
})

test('every statement and problem of scorerSummary has words for its values', () => {
  const rows = ['a', 'b'].flatMap((model) =>
    ['em,strict-match', 'em,flexible-extract', 'includes'].flatMap((scorer, s) =>
      items(60, (i) => ({
        model,
        scorer,
        score:
          i < 5
            ? 'refusal'
            : i < (model === 'a' ? 30 : 6)
              ? 'unparsed'
              : i < 31
                ? 'grader-failed'
                : i % (s + 1) === 0
                  ? 1
                  : 0,
        answer: i % 7 === 0 ? '' : 'x',
      })),
    ),
  )
  const result = analyze([...rows, ...items(12, () => ({ scorer: 'flat', score: 0 }))])
  for (const coded of [...result.statements, ...result.problems]) expect(explain(coded).text).not.toContain('{')
  expect(new Set(codes(result)).size).toBeGreaterThan(5)
})
