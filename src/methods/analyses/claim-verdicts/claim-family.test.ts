import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimOf, studyOf } from '../../../domain/fixtures/study-of.ts'
import { followClaims } from '../../../domain/follow-claims.ts'
import { claimVerdictOf } from '../../../domain/index.ts'
import type { Study } from '../../../domain/study.ts'
import { openRandom } from '../../../random/index.ts'
import { claimFamily } from './claim-family.ts'

function verdictsOf(study: Study, score: (index: number) => number) {
  const follower = followClaims(study)
  for (let index = 0; index < study.items.length; index++)
    follower.add(index, { s: { strict: score(index), lenient: score(index) } })
  return follower.standings().map((standing) => claimVerdictOf(standing, study))
}

function thresholds(values: readonly number[], changes: Readonly<Record<string, unknown>> = {}) {
  return values.map((threshold, at) => claimOf({ id: `c${at}`, threshold, ...changes }))
}

test('claimFamily(fixed rule, 76 of 100, thresholds .6, .65 and .7) is Holm over the exact binomial p', () => {
  const study = studyOf({ items: 100, claims: thresholds([0.6, 0.65, 0.7]), rule: 'fixed' })
  const { ledgers, statements, tables } = claimFamily(
    verdictsOf(study, (index) => Number(index < 76)),
    study,
  )
  // Exact fractions in Python 3: sum of C(100, k) p^k (1 - p)^(100 - k) over k = 76 … 100, for p = .6, .65, .7
  const p = [0.0005615351707503895, 0.012126968688777669, 0.11357018170418158]
  expect(ledgers).toHaveLength(1)
  const [ledger] = ledgers
  expect(ledger).toMatchObject({ method: 'holm', controls: 'family-wise-error', alpha: 0.05 })
  for (const [at, claim] of (ledger?.claims ?? []).entries()) {
    expect(claim.adjusted).toBeCloseTo((p[at] ?? 0) * (3 - at), 12)
    expect(claim.supported).toBe(at < 2)
  }
  expect(statements).toEqual([{ code: 'claims-share-by-holm', values: { claims: 3, supported: 2, alpha: 0.05 } }])
  expect(tables[0]?.rows.map(({ survives }) => survives)).toEqual(['yes', 'yes', 'no'])
  expect(tables[0]?.columns.map(({ key }) => key)).not.toContain('discovery')
})

test('claimFamily(anytime) shows e-BH beside Holm: 3/(k e) with the e-values at the end', () => {
  const study = studyOf({ items: 60, claims: thresholds([0.5, 0.6, 0.8]) })
  const verdicts = verdictsOf(study, (index) => Number(index % 5 !== 0))
  const { tables, ledgers } = claimFamily(verdicts, study)
  const e = verdicts.map(({ finalSupport }) => Math.exp(finalSupport))
  const rows = tables[0]?.rows ?? []
  expect(rows.map((row) => row.e)).toEqual(e)
  const [first = 0, second = 0, third = 0] = e
  expect(first).toBeGreaterThan(second)
  expect(rows[0]?.discovery).toBeCloseTo(Math.min(1, 3 / first, 3 / (2 * second), 3 / (3 * third)), 12)
  // 1/e at the strongest look is the p-value that Holm takes.
  for (const [at, claim] of (ledgers[0]?.claims ?? []).entries())
    expect(claim.evidence).toMatchObject({
      kind: 'p-value',
      value: Math.min(1, Math.exp(-(verdicts[at]?.logEvidence.support ?? 0))),
    })
})

test('claimFamily gives each claim a family of its own where the protocol shares nothing, and adds up their errors', () => {
  const study = studyOf({
    items: 50,
    claims: thresholds([0.5, 0.6, 0.7], { alpha: 0.1 }),
    changes: { multiplicity: 'none' },
  })
  const { ledgers, statements } = claimFamily(
    verdictsOf(study, () => 1),
    study,
  )
  expect(ledgers.map(({ claims }) => claims.length)).toEqual([1, 1, 1])
  expect(statements[0]?.code).toBe('claims-decided-apart')
  expect(statements[0]?.values.alpha).toBeCloseTo(0.3, 12)
})

test('claimFamily of one claim has a ledger and says nothing; of claims without licence nothing at all', () => {
  const study = studyOf({ items: 50, claims: [claimOf({})] })
  const one = claimFamily(
    verdictsOf(study, () => 1),
    study,
  )
  expect(one).toMatchObject({ statements: [], tables: [] })
  expect(one.ledgers[0]?.claims).toHaveLength(1)
  const refused = studyOf({ items: 50, claims: [claimOf({ quantifier: 'upper-bound' })] })
  expect(
    claimFamily(
      verdictsOf(refused, () => 1),
      refused,
    ),
  ).toEqual({ ledgers: [], statements: [], tables: [] })
})

test('claimFamily takes a fixed number that is not complete for no evidence, and keeps the claim in the family', () => {
  const study = studyOf({ items: 100, claims: thresholds([0.1, 0.2]), rule: 'fixed' })
  const follower = followClaims(study)
  for (let index = 0; index < 90; index++) follower.add(index, { s: { strict: 1, lenient: 1 } })
  const { ledgers, tables } = claimFamily(
    follower.standings().map((standing) => claimVerdictOf(standing, study)),
    study,
  )
  expect(ledgers[0]?.claims.map(({ evidence, supported }) => [evidence.kind, supported])).toEqual([
    ['missing', false],
    ['missing', false],
  ])
  expect(tables[0]?.rows[0]).toMatchObject({ p: null, adjusted: null, survives: 'no' })
})

test('claimFamily survives exactly the claims that the run supported, whatever rule and error rates, seed 5', () => {
  const claim = fc.record({
    threshold: fc.double({ min: 0.3, max: 0.9, noNaN: true }),
    alpha: fc.constantFrom(0.01, 0.05, 0.2),
    quantifier: fc.constantFrom('rate', 'mean', 'existence'),
    alternative: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.array(claim, { minLength: 2, maxLength: 5 }),
      fc.constantFrom('anytime', 'fixed', 'sprt'),
      fc.constantFrom('none', 'holm', 'bonferroni'),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 80 }),
      fc.nat(),
      (claims, rule, multiplicity, rate, items, seed) => {
        const study = studyOf({
          items,
          rule,
          changes: { multiplicity },
          claims: claims.map(({ alternative, ...each }, at) =>
            claimOf({
              id: `c${at}`,
              ...each,
              ...(alternative || rule === 'sprt' ? { alternative: (1 + each.threshold) / 2 } : {}),
            }),
          ),
        })
        const random = openRandom(seed)
        const verdicts = verdictsOf(study, () => Number(random.uniform() < rate))
        const survived = claimFamily(verdicts, study).ledgers.flatMap((ledger) =>
          ledger.claims.filter(({ supported }) => supported).map(({ id }) => id),
        )
        const supported = verdicts
          .filter(({ verdict }) => verdict.verdict === 'supported')
          .map((each) => `claims/${each.claim.id}`)
        expect(survived).toEqual(supported)
      },
    ),
    { seed: 5, numRuns: 300 },
  )
})
