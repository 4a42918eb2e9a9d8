import { expect, test } from 'vitest'
import type { AnalysisResult, Question, RunRecord } from '../domain/index.ts'
import { ObservationsBuilder, questions, testedFamily } from '../domain/index.ts'
import type { AnalysisWithResult } from './compose/compose-section.ts'
import { composeReport, type ReportInput } from './compose-report.ts'
import { reportDocument } from './document.ts'
import { explainFixture } from './fixtures/fixture-messages.ts'
import { fixtureObservations, fixtureReport, fixtureRuns } from './fixtures/fixture-report.ts'
import { fixtureResults } from './fixtures/fixture-results.ts'
import { ledgerWords } from './ledger-words.ts'
import { writeJson } from './write-json.ts'

function input(changes: Partial<ReportInput>): ReportInput {
  return {
    runs: [],
    observations: new ObservationsBuilder().finish(),
    results: [],
    failures: [],
    skipped: [],
    seed: 1,
    version: '0.0.0',
    inputHash: 'hash',
    explain: explainFixture,
    ...changes,
  }
}

function result(question: Question, name: string, changes: Partial<AnalysisResult>): AnalysisWithResult {
  return {
    analysis: { name, title: name, question, version: 1, summary: '', assumptions: [], references: [] },
    result: { status: 'answered', statements: [], evidence: [], problems: [], figures: [], tables: [], ...changes },
  }
}

test('composeReport(same input) writes the same bytes, whatever the order of runs, files and questions', () => {
  const compose = (runs: readonly RunRecord[], results: readonly AnalysisWithResult[]) =>
    writeJson(composeReport(input({ runs, results, observations: fixtureObservations() })))
  const results = fixtureResults()
  expect(compose(fixtureRuns().toReversed(), results.toReversed())).toBe(compose(fixtureRuns(), results))
  expect(writeJson(fixtureReport())).toBe(writeJson(fixtureReport()))
})

test('writeJson(document) is valid under the schema, holds no NaN or Infinity and says why a number is null', () => {
  const text = writeJson(fixtureReport())
  expect(text).not.toMatch(/:\s*(NaN|-?Infinity)/)
  const parsed = JSON.parse(text)
  expect(reportDocument.parse(parsed)).toEqual(parsed)
  const guarantee = parsed.sections[4].analyses[0]
  expect(guarantee.evidence[1].outcome.interval.upper).toBeNull()
  expect(guarantee.evidence[1].outcome.nonFinite).toEqual({ '/interval/upper': 'infinity' })
  expect(guarantee.figures[0].nonFinite).toMatchObject({ '/rows/3/upper': 'infinity', '/rows/4/value': 'nan' })
})

test('writeJson(document) throws on a number JSON cannot hold instead of writing null silently', () => {
  const document = fixtureReport()
  const [run] = document.runs
  if (run === undefined) throw new Error('the fixture has runs')
  const broken = { ...document, runs: [{ ...run, found: { ...run.found, rows: Number.NaN } }] }
  expect(() => writeJson(broken)).toThrow(/"rows" is NaN/)
})

test('composeReport(document) keeps numbers in full precision and evidence with version, input hash and seed path', () => {
  const [evidence] = fixtureReport().sections[4]!.analyses[0]!.evidence
  expect(evidence).toMatchObject({
    analysis: 'model-comparison',
    analysisVersion: 1,
    inputHash: fixtureReport().inputHash,
    outcome: { value: 0.0585859, interval: { lower: 0.0037848, upper: 0.1133869 } },
  })
  expect(fixtureReport().sections[2]!.analyses[0]!.evidence[1]!.seedPath).toBe('7/variant-spread/permutation')
})

test('composeReport(document) holds no absolute path and no time that is not of a log', () => {
  const text = writeJson(fixtureReport())
  expect(text).not.toMatch(/"(\/(?!rows|interval|value|standardError)|[A-Z]:\\\\)/)
  const times = text.match(/\d{4}-\d\d-\d\dT[\d:]+/g) ?? []
  const created = fixtureRuns().map((run) => run.created?.slice(0, 19))
  expect(times.filter((time) => !created.includes(time) && time !== '2026-11-23T00:00:00')).toEqual([])
})

test('composeReport(problems) ranks by priority, then severity, then order, and lists a repeated one once', () => {
  const problems = [
    { code: 'fx-few-clusters', severity: 'note', values: { clusters: 9 } },
    { code: 'fx-few-clusters', severity: 'invalid', values: { clusters: 2 } },
    { code: 'fx-leak', severity: 'caution', values: { count: 1, task: 't', model: 'm' } },
    { code: 'fx-few-clusters', severity: 'note', values: { clusters: 9 } },
  ] as const
  const document = composeReport(input({ results: [result('coverage', 'a', { problems })] }))
  expect(document.problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'fx-leak caution',
    'fx-few-clusters invalid',
    'fx-few-clusters note',
  ])
  expect(document.problems[0]).toMatchObject({ priority: 97, question: 'coverage', analysis: 'a' })
})

test('composeReport(runs) makes problems of run caveats and of figures that differ, and an analysis that repeats them adds none', () => {
  const runs = fixtureRuns().slice(0, 2)
  const [, run] = runs
  const repeated = run!.caveats.map((caveat) => ({ ...caveat, subject: run!.path }))
  const results = [result('reliability', 'header', { problems: [...repeated, ...run!.caveats] })]
  const document = composeReport(input({ runs, results }))
  expect(document.problems.map(({ code, run: id }) => [code, id])).toEqual([
    ['fx-header-rows', 'run-0-1'],
    ['headline-differs', 'run-0-1'],
  ])
})

test('composeReport(sections): answered needs every analysis, cannot-say needs all of them, none is cannot-say with words', () => {
  const statuses = (...all: AnalysisResult['status'][]) =>
    composeReport(
      input({ results: all.map((status, index) => result('validity', `a${index}`, { status })) }),
    ).sections.map(({ status }) => status)[0]
  expect(statuses('answered', 'answered')).toBe('answered')
  expect(statuses('answered', 'cannot-say')).toBe('partly')
  expect(statuses('partly')).toBe('partly')
  expect(statuses('cannot-say', 'cannot-say')).toBe('cannot-say')
  expect(statuses()).toBe('cannot-say')
  const empty = composeReport(input({}))
  expect(empty.sections.map(({ question }) => question)).toEqual([...questions])
  for (const { headline } of empty.sections) expect(headline.text.length).toBeGreaterThan(20)
  expect(empty.title).toBe('No observations')
})

test('composeReport(section) leads with the first answered analysis and the number its sentence names', () => {
  const [section] = composeReport(
    input({
      results: [
        result('validity', 'first', {
          status: 'cannot-say',
          statements: [{ code: 'fx-one-technique', values: { needed: 3 } }],
        }),
        result('validity', 'second', {
          statements: [{ code: 'fx-repeats-agree', values: { agreement: 0.8273 } }],
          evidence: fixtureResults()[3]!.result.evidence.toReversed(),
        }),
      ],
    }),
  ).sections
  expect(section!.headline.code).toBe('fx-repeats-agree')
  expect(section!.headlineFrom).toEqual({ analysis: 'second', evidence: 'agreement between two repeats' })
})

test('composeReport(section) puts no number beside its sentence that is about something else', () => {
  const { evidence } = fixtureResults()[1]!.result
  const lead = (values: Readonly<Record<string, string | number>>) =>
    composeReport(
      input({
        results: [
          result('coverage', 'a', {
            statements: [{ code: 'fx-subgroups', values: { items: 1, groups: 2, thin: 3, ...values } }],
            evidence,
          }),
        ],
      }),
    ).sections[1]!.headlineFrom
  expect(lead({})).toEqual({ analysis: 'a' })
  expect(lead({ model: 'atlas-2-instruct' })).toEqual({ analysis: 'a', evidence: 'subject 1' })
  expect(lead({ value: 0.5 + 3 / 150 })).toEqual({ analysis: 'a', evidence: 'subject 4' })
})

test('composeReport(observations) counts items per task, repeats, missing reasons and one cell per model, task and scorer', () => {
  const { observations } = fixtureReport()
  expect(observations).toMatchObject({ rows: 2148, items: 282, replicates: 5, variants: 3, clusters: 40 })
  expect(observations.cells).toHaveLength(6)
  const missing = Object.values(observations.missing).reduce((sum, count) => sum + count, 0)
  expect(missing).toBe(observations.rows - observations.scored)
  expect(Object.keys(observations.missing)).toEqual(['provider-error', 'refusal'])
  expect(observations.cells.reduce((sum, { rows }) => sum + rows, 0)).toBe(observations.rows)
})

test('composeReport(assumptions) gives every assumption code words', () => {
  const document = fixtureReport()
  const codes = document.sections.flatMap(({ analyses }) =>
    analyses.flatMap(({ assumptions, evidence }) => [
      ...assumptions,
      ...evidence.flatMap(({ outcome }) => (outcome.kind === 'not-estimable' ? [] : outcome.assumptions)),
    ]),
  )
  expect(codes.length).toBeGreaterThan(10)
  for (const code of codes) expect(document.assumptions[code]).toMatch(/\w/)
})

test('composeReport lists every family that decided something, by the names of its evidence, and counts the p-values beside', () => {
  const testOf = (pValue: number, method = 'fixture') =>
    ({
      kind: 'test',
      statistic: 1,
      pValue,
      alternative: 'two-sided',
      nullValue: 0,
      n: 9,
      method,
      assumptions: [],
      caveats: [],
    }) as const
  const evidence = (key: string, outcome: ReturnType<typeof testOf>) => ({
    key,
    label: `${key} in words`,
    subject: {},
    estimand: key,
    format: 'p-value' as const,
    outcome,
    evidenceClass: 'guarantee' as const,
  })
  const { ledgers } = testedFamily({
    family: 'pairs',
    alpha: 0.05,
    procedure: 'confirm',
    hypotheses: [
      { key: 'a', test: testOf(0.01) },
      { key: 'not shown', test: testOf(0.04) },
    ],
  })
  const { ledger } = composeReport(
    input({
      results: [
        result('guarantee', 'compare', {
          ledgers,
          evidence: [
            evidence('a', testOf(0.01)),
            evidence('a/holm', testOf(0.02, 'fixture-holm')),
            evidence('a/other', testOf(0.03)),
          ],
        }),
        result('validity', 'quiet', {}),
      ],
    }),
  )
  expect(ledger).toEqual({
    families: [
      {
        analysis: 'compare',
        family: 'pairs',
        method: 'holm',
        controls: 'family-wise-error',
        under: 'any-dependence',
        alpha: 0.05,
        hypotheses: [
          { key: 'a', name: 'a in words', kind: 'p-value', value: 0.01, adjusted: 0.02, survives: true },
          { key: 'not shown', name: 'not shown', kind: 'p-value', value: 0.04, adjusted: 0.04, survives: true },
        ],
      },
    ],
    beside: 1,
  })
  expect(ledgerWords(ledger)).toBe(
    '2 hypotheses were tested in 1 family; 2 survive. 1 further p-value stands beside: other methods for the same hypotheses, or single checks. It is not corrected and decides nothing here.',
  )
})
