import { expect, test } from 'vitest'
import { claimOf, studyOf } from '../../domain/fixtures/study-of.ts'
import type { ObservationRow, Observations, RunRecord, SearchEndRecord } from '../../domain/index.ts'
import { explain } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { tango } from '../../stats/index.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { searchSpread } from './search-spread.ts'

const items = 60
const study = {
  ...studyOf({ items, claims: [claimOf({ quantifier: 'existence' })] }),
  title: 't',
  settings: [{ f: 'a' }, { f: 'b' }, { f: 'c' }, { f: 'd' }],
  search: { items: [{ id: 'x', attributes: {} }], scorer: 's', reading: 'strict', answersAtMost: 100 },
} as const

const end: SearchEndRecord = {
  kind: 'search-end',
  model: 'm',
  ends: { highest: 2, lowest: 1 },
  asked: 100,
  counts: {
    reference: { asked: 40, trials: 40, successes: 20 },
    highest: { asked: 40, trials: 40, successes: 34 },
    lowest: { asked: 20, trials: 20, successes: 4 },
  },
}

function record(searches: readonly SearchEndRecord[]): RunRecord {
  return runRecord({
    study: { study, registered: undefined, askedItems: items, verdicts: [], ledger: [], leakedExemplars: [], searches },
  })
}

/** Highest right on items before `high`, lowest on items before `low`. */
function rows(high: number, low: number, scorer = 's'): ObservationRow[] {
  return Array.from({ length: items }, (_, index) => index).flatMap((index) =>
    [
      { f: 'c', right: index < high },
      { f: 'b', right: index < low },
    ].map(({ f, right }) => ({
      run: 'r',
      model: 'm',
      task: 't',
      item: `i${index}`,
      scorer,
      score: right ? 1 : 0,
      levels: { f },
      source: 'journal',
      sourceRow: index,
    })),
  )
}

const analyze = (observations: Observations, runs: readonly RunRecord[]) =>
  searchSpread.analyze({
    observations,
    runs,
    parameters: searchSpread.parameters.parse({}),
    random: openRandom(1),
  })

test('search-spread compares the ends on reported items by Tango, as a lower bound of the spread', () => {
  const { status, evidence, statements, tables } = analyze(observe(rows(45, 30)), [record([end])])
  expect(status).toBe('answered')
  const expected = tango({ both: 30, onlyA: 15, onlyB: 0, neither: 15, level: 0.95 })
  expect(evidence).toHaveLength(1)
  expect(evidence[0]).toMatchObject({
    key: 't/s/m/search-spread',
    evidenceClass: 'lower-bound-only',
    outcome: expected,
  })
  // (45 − 30) / 60; tango has golden numbers of its own.
  expect(evidence[0]?.outcome).toMatchObject({ value: 0.25 })
  expect(statements.map(({ code }) => code)).toEqual([
    'search-spread-shown',
    'search-spread-seen',
    'search-is-lower-bound',
  ])
  // 34/40 − 4/20.
  expect(explain(statements[1] ?? { code: '', values: {} }).text).toContain('65')
  expect(tables[0]?.rows).toMatchObject([
    { end: 'highest', setting: 'f=c', mean: 0.75, items: 60, seen: 0.85, asked: 40, bits: 2 },
    { end: 'lowest', setting: 'f=b', mean: 0.5, items: 60, seen: 0.2, asked: 20, bits: 2 },
  ])
})

test('search-spread shows no spread where the fresh items do not, whatever the search saw', () => {
  for (const [high, low] of [
    [31, 30],
    [30, 30],
    [20, 40],
  ] as const) {
    const { statements, evidence } = analyze(observe(rows(high, low)), [record([end])])
    expect(statements[0]?.code).toBe('search-spread-open')
    const [first] = evidence
    expect(first?.outcome.kind === 'estimate' && first.outcome.interval.lower).toBeLessThanOrEqual(0)
  }
})

test('search-spread says what is missing: no search, an unfinished one, no rows, no scores', () => {
  expect(analyze(observe(rows(45, 30)), [runRecord()])).toMatchObject({ status: 'cannot-say' })
  for (const [observations, searches] of [
    [observe(rows(45, 30)), []],
    [observe([]), [end]],
    [observe(rows(45, 30).filter(({ levels }) => levels?.f === 'c')), [end]],
  ] as const) {
    const result = analyze(observations, [record(searches)])
    expect(result).toMatchObject({ status: 'cannot-say', evidence: [], tables: [] })
    expect(result.statements[0]).toMatchObject({ code: 'search-not-compared', values: { models: 1 } })
  }
  const unscored = rows(45, 30).map((row) => ({ ...row, score: 'unparsed' as const }))
  const result = analyze(observe(unscored), [record([end])])
  expect(result.statements[0]?.code).toBe('search-spread-unknown')
  expect(result.evidence[0]?.outcome.kind).toBe('not-estimable')
})
