import { expect, test } from 'vitest'
import { explain, type RunRecord } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { headerReconciliation } from './header-reconciliation.ts'

const scored = observe([
  { item: 'a', score: 1 },
  { item: 'b', score: 0 },
])

function analyze(runs: readonly RunRecord[], observations = scored) {
  const parameters = headerReconciliation.parameters.parse({})
  const result = headerReconciliation.analyze({ observations, runs, parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  return result
}

const codes = (result: ReturnType<typeof analyze>) => result.problems.map(({ code }) => code)

function found(responses: number): RunRecord['found'] {
  return { items: responses, replicates: 1, responses, rows: responses, scoredRows: responses }
}

test('header-reconciliation says that a header of 790 stands over 15 responses', () => {
  const result = analyze([runRecord({ path: 'log.eval', expected: { responses: 790 }, found: found(15) })])
  expect(result.status).toBe('answered')
  expect(result.statements[0]).toEqual({ code: 'runs-lack-responses', values: { short: 1, runs: 1 } })
  expect(result.problems).toMatchObject([{ code: 'header-rows-mismatch', values: { expected: 790, found: 15 } }])
})

test('header-reconciliation says that a crashed log holds 16 of 24', () => {
  const result = analyze([runRecord({ status: 'started', expected: { responses: 24 }, found: found(16) })])
  expect(codes(result)).toEqual(['header-rows-mismatch', 'unfinished-log'])
  expect(explain(result.problems[1]!).text).toContain('16 responses')
})

test('header-reconciliation counts figures that match, differ and cannot be recomputed', () => {
  const result = analyze([
    runRecord({
      reconciliations: [
        { metric: 't / s / mean', reported: 0.5, recomputed: 0.5, verdict: 'match' },
        { metric: 't / s / median', reported: 0.9, recomputed: 0.5, verdict: 'differs' },
        { metric: 't / s / f1', reported: 0.9, recomputed: undefined, verdict: 'cannot' },
      ],
    }),
  ])
  expect(result.statements.map(({ code }) => code)).toEqual([
    'figures-differ',
    'figures-match',
    'figures-cannot-be-recomputed',
  ])
  expect(codes(result)).toEqual(['headline-differs'])
  expect(result.tables[1]?.rows.map(({ verdict }) => verdict)).toEqual(['differs', 'cannot', 'match'])
})

const printed = (metric: string, reported: number, recomputed?: number): RunRecord['reconciliations'][number] => ({
  metric,
  reported,
  recomputed,
  verdict: recomputed === undefined ? 'cannot' : recomputed === reported ? 'match' : 'differs',
})

test('header-reconciliation objects to a standard error of 0 at a rate of 0, rows or none', () => {
  const rows = [printed('t / none / acc', 0, 0), printed('t / none / acc_stderr', 0, 0)]
  expect(codes(analyze([runRecord({ reconciliations: rows })]))).toEqual(['zero-standard-error'])
  const header = [{ scorer: 's', metric: 'acc', value: 0, standardError: 0, n: 5000, binary: true }]
  expect(codes(analyze([runRecord({ headlines: header })]))).toEqual(['zero-standard-error'])
})

test('header-reconciliation objects to a standard error of 0 strictly inside the range unless all scores are equal', () => {
  const inside = (recomputed: number | undefined) =>
    analyze([
      runRecord({ reconciliations: [printed('t / s / accuracy', 0.4, 0.4), printed('t / s / stderr', 0, recomputed)] }),
    ])
  expect(codes(inside(undefined))).toEqual(['impossible-standard-error'])
  expect(codes(inside(0))).toEqual([])
})

test('header-reconciliation finds interval ends beyond 1, printed and implied', () => {
  const result = analyze([
    runRecord({
      reconciliations: [
        printed('t / mode / accuracy', 0.95, 0.95),
        printed('t / mode / stderr', 0.05, 0.05),
        printed('t / mode / ci_upper', 1.055, 1.055),
      ],
    }),
  ])
  expect(codes(result)).toEqual(['implied-interval-outside-range', 'impossible-interval'])
})

test('header-reconciliation does not assume a range for scores that leave [0, 1]', () => {
  const result = analyze(
    [runRecord({ reconciliations: [printed('t / s / mean', 0.9), printed('t / s / stderr', 0.7)] })],
    observe([{ item: 'a', score: 7 }]),
  )
  expect(codes(result)).toEqual([])
})

test('header-reconciliation passes on what the source noticed, once', () => {
  const noticed = (code: string) => ({ code, severity: 'note' as const, values: { path: 'p', expected: 2, found: 1 } })
  const result = analyze([
    runRecord({ expected: { responses: 2 }, found: found(1), caveats: [noticed('header-rows-mismatch')] }),
  ])
  expect(codes(result)).toEqual(['header-rows-mismatch'])
})

test('header-reconciliation of bare tables cannot say, and says what it would take', () => {
  const result = analyze([runRecord({ status: 'unknown' })])
  expect(result.status).toBe('cannot-say')
  expect(explain(result.statements[0]!).fix).toContain('log files')
})

test('header-reconciliation does not depend on the order of runs', () => {
  const runs = [
    runRecord({ path: 'b.json', expected: { responses: 5 }, found: found(1) }),
    runRecord({ path: 'a.json', status: 'error', found: found(3) }),
  ]
  expect(analyze(runs)).toEqual(analyze(runs.toReversed()))
})
