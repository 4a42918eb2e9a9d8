import { expect, test } from 'vitest'
import { claimOf, studyOf } from '../../domain/fixtures/study-of.ts'
import { followClaims } from '../../domain/follow-claims.ts'
import {
  claimVerdictOf,
  explain,
  type Observations,
  ObservationsBuilder,
  type RunRecord,
  type StudyRecord,
} from '../../domain/index.ts'
import type { Study } from '../../domain/study.ts'
import { openRandom } from '../../random/index.ts'
import { claimVerdicts } from './claim-verdicts.ts'

const noRows: Observations = new ObservationsBuilder().finish()

function runOf(study: StudyRecord | undefined): RunRecord {
  return {
    id: 'r',
    path: 'run',
    source: 'assay-run',
    harness: { name: 'assay' },
    model: 'm',
    task: 't',
    status: 'finished',
    expected: {},
    found: { items: 0, replicates: 1, responses: 0, rows: 0, scoredRows: 0 },
    scorers: {},
    settings: {},
    provenance: {},
    reconciliations: [],
    headlines: [],
    caveats: [],
    files: [],
    ...(study === undefined ? {} : { study }),
  }
}

function recordOf(
  study: Study,
  score: (index: number) => number | 'refusal',
  more: Partial<StudyRecord> = {},
): StudyRecord {
  const follower = followClaims(study)
  for (let index = 0; index < study.items.length; index++)
    follower.add(index, { s: { strict: score(index), lenient: score(index) } })
  const verdicts = follower.standings().map((standing) => claimVerdictOf(standing, study))
  const askedItems = study.items.length
  return { study, registered: undefined, askedItems, verdicts, ledger: [], leakedExemplars: [], ...more }
}

function analyze(study: StudyRecord | undefined) {
  return claimVerdicts.analyze({ observations: noRows, runs: [runOf(study)], parameters: {}, random: openRandom(1) })
}

const words = (result: ReturnType<typeof analyze>): string =>
  result.statements.map((each) => explain(each).text).join('\n')

test('claimVerdicts on a supported rate prints the licensed sentence, its scope, its savings and the decision', () => {
  const study = studyOf({ items: 400, claims: [claimOf({ alternative: 0.8 })] })
  const result = analyze(recordOf(study, (index) => (index % 10 === 0 ? 0 : 1)))
  expect(result.status).toBe('answered')
  expect(words(result)).toMatch(/c: supported\. The rate of m \(s\) is above 0\.7/)
  expect(words(result)).toContain('items like these')
  expect(words(result)).toContain('fixed length with the same errors would have needed 204')
  expect(result.evidence[0]).toMatchObject({
    key: 'claims/c',
    evidenceClass: 'guarantee',
    outcome: { kind: 'estimate' },
  })
  expect(result.tables[0]?.rows[0]).toMatchObject({ verdict: 'supported', action: 'a', fixed: 204 })
})

test('claimVerdicts passes no rate from a witness and no verdict from an unlicensed design', () => {
  const witness = analyze(
    recordOf(studyOf({ items: 30, claims: [claimOf({ quantifier: 'existence', threshold: 0.5 })] }), () => 1),
  )
  expect(witness.evidence).toEqual([])
  expect(words(witness)).toContain('shown, not confirmed')
  expect(witness.status).toBe('partly')
  expect(witness.tables[0]?.rows[0]).toMatchObject({ verdict: 'inconclusive', action: 'c' })
  expect(witness.problems.map(({ code }) => code)).toContain('claim-witness-unverified')
  const study = studyOf({ items: 30, claims: [claimOf({ quantifier: 'upper-bound' })] })
  const refused = analyze(recordOf(study, () => 1))
  expect(refused.status).toBe('partly')
  expect(refused.problems.map(({ code }) => code)).toContain('claim-needs-optimisers')
  expect(refused.tables[0]?.rows[0]).toMatchObject({ verdict: 'not-licensed', action: null })
})

test('claimVerdicts labels what was registered confirmatory, what was not exploratory, and counts deviations', () => {
  const study = studyOf({ items: 100, claims: [claimOf({})] })
  const codes = (registered: StudyRecord['registered']): readonly string[] =>
    analyze(recordOf(study, () => 1, { registered })).statements.map(({ code }) => code)
  const registered = { hash: 'h', time: '2026-01-01T00:00:00Z', signed: true, key: 'k', deviations: [] }
  expect(codes(undefined)).toContain('claims-exploratory')
  expect(codes(registered)).toContain('claims-confirmatory')
  expect(codes({ ...registered, signed: false, key: undefined })).toContain('claims-confirmatory-unsigned')
  expect(codes({ ...registered, deviations: [{ path: 'seed', registered: '"a"', executed: '"b"' }] })).toContain(
    'claims-deviating',
  )
})

test('claimVerdicts shows every deviation with what was registered and what was executed', () => {
  const study = studyOf({ items: 100, claims: [claimOf({})] })
  const deviations = [
    { path: 'claims/0/threshold', registered: '0.8', executed: '0.7' },
    { path: 'seed', registered: '"a"' },
  ]
  const registered = { hash: 'h', time: '2026-01-01T00:00:00Z', signed: false, deviations }
  const { tables } = analyze(recordOf(study, () => 1, { registered }))
  expect(tables.find(({ title }) => title === 'Deviations from the registered protocol')?.rows).toEqual([
    { path: 'claims/0/threshold', registered: '0.8', executed: '0.7' },
    { path: 'seed', registered: '"a"', executed: 'absent' },
  ])
})

test('claimVerdicts on a registration younger than the run is exploratory; one that names its key is told from one without', () => {
  const study = studyOf({ items: 100, claims: [claimOf({})] })
  const registered = { hash: 'h', time: '2026-01-02T00:00:00Z', signed: true, key: 'abcd', deviations: [] }
  const said = (started: string): string => words(analyze(recordOf(study, () => 1, { registered, started })))
  expect(said('2026-01-01T00:00:00Z')).toContain('Exploratory: the protocol was registered on')
  expect(said('2026-01-03T00:00:00Z')).toContain('signed with the key abcd')
})

test('claimVerdicts prints construct, envelope and the author’s sentence beside the licensed one, and marks untried levels', () => {
  const study = studyOf({
    items: 100,
    claims: [claimOf({ statement: 'm can count' })],
    changes: {
      settings: [{ wording: 'plain' }],
      construct: { definition: 'counting', facets: ['to ten'], includes: [], excludes: ['sums'] },
      envelope: {
        normalUse: 'single questions',
        exclusions: ['voice'],
        axes: [
          { name: 'wording', levels: ['plain', 'formal'] },
          { name: 'season', levels: ['summer'] },
        ],
      },
    },
  })
  const result = analyze(recordOf(study, () => 1))
  const codes = result.statements.map(({ code }) => code)
  expect(codes.slice(0, 2)).toEqual(['claim-supported-rate-over-settings', 'claim-as-stated'])
  expect(words(result)).toContain('“m can count”')
  expect(result.statements.find(({ code }) => code === 'envelope-partly-tried')?.values).toEqual({
    levels: 3,
    tried: 1,
    untried: 1,
    unknown: 1,
  })
  const rowsOf = (title: string) => result.tables.find((table) => table.title === title)?.rows
  expect(rowsOf('What the protocol declares')).toEqual([
    { what: 'Measured', words: 'counting' },
    { what: 'Facets', words: 'to ten' },
    { what: 'Excludes', words: 'sums' },
    { what: 'Meant for', words: 'single questions' },
    { what: 'Outside the envelope', words: 'voice' },
  ])
  expect(rowsOf('Envelope of the claims, level by level')?.map(({ tried }) => tried)).toEqual([
    'yes',
    'no',
    'cannot tell',
  ])
})

test('claimVerdicts says what a run that ended early was spared, in calls and money, whatever its claims', () => {
  const claims = [claimOf({ kind: 'comparison', quantifier: 'mean', baseline: 'n', threshold: 0 })]
  const study = studyOf({ items: 100, claims, changes: { models: ['m', 'n'] } })
  const paid = { model: 'm', purpose: 'answer', calls: 50, requests: 50, tokens: 500, usd: 0.25 }
  const more = { endedEarly: { cells: 50, total: 200, lateRequests: 3 }, ledger: [paid] }
  const text = words(analyze(recordOf(study, () => 1, more)))
  expect(text).toContain('50 of 200 cells')
  expect(text).toContain('paid 50 calls; 3 of them were under way')
  expect(text).toContain('about 150 calls and $0.7500 more')
})

test('claimVerdicts says how many scores are missing and how they counted', () => {
  const study = studyOf({ items: 100, claims: [claimOf({})] })
  const result = analyze(recordOf(study, (index) => (index % 4 === 0 ? 'refusal' : 1)))
  const missing = result.problems.find(({ code }) => code === 'claim-missing-scores')
  expect(missing?.values).toMatchObject({ missing: 25, responses: 100 })
})

test('claimVerdicts on logs without a protocol cannot say', () => {
  expect(analyze(undefined)).toMatchObject({ status: 'cannot-say', evidence: [] })
})
