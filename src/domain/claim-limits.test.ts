import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { scopesOf } from './claim-scope.ts'
import { verdictOf } from './claim-statement.ts'
import { claimOf, studyOf } from './fixtures/study-of.ts'
import { type ClaimStanding, followClaims } from './follow-claims.ts'
import { explain } from './messages/index.ts'
import { cellCount, type Study } from './study.ts'

function standingsOf(study: Study, score: (index: number) => number): readonly ClaimStanding[] {
  const follower = followClaims(study)
  for (let index = 0; index < cellCount(study) && follower.stoppedAt === undefined; index++) {
    const value = score(index)
    follower.add(index, { s: { strict: value, lenient: value } })
  }
  return follower.standings()
}

function standingOf(study: Study, score: (index: number) => number): ClaimStanding {
  const [standing] = standingsOf(study, score)
  if (standing === undefined) throw new Error('one claim')
  return standing
}

const wordsOf = (standing: ClaimStanding, study: Study): string =>
  [verdictOf(standing, study).sentence, ...scopesOf(standing, study)].map((each) => explain(each).text).join('\n')

const rules = fc.constantFrom('anytime' as const, 'fixed' as const, 'sprt' as const)

test('the interval of a claim excludes its bar exactly where the claim is supported, whatever rule, side, population or graded score', () => {
  fc.assert(
    fc.property(
      fc.record({
        rule: rules,
        below: fc.boolean(),
        finite: fc.boolean(),
        graded: fc.boolean(),
        declared: fc.boolean(),
        bar: fc.double({ min: 0.1, max: 0.97, noNaN: true }),
        rate: fc.double({ min: 0, max: 1, noNaN: true }),
        units: fc.integer({ min: 2, max: 120 }),
        every: fc.integer({ min: 1, max: 7 }),
        claims: fc.integer({ min: 1, max: 3 }),
        seed: fc.integer(),
      }),
      ({ rule, below, finite, graded, declared, bar, rate, units, every, claims, seed }) => {
        const sprt = rule === 'sprt'
        const threshold = below ? 1 - bar : bar
        const alternative = (bar + 1) / 2
        const claim = {
          quantifier: graded && !sprt ? 'mean' : 'rate',
          direction: below ? 'below' : 'above',
          population: finite && !sprt ? 'these-items' : 'items-like-these',
          threshold,
          ...(declared || sprt ? { alternative: below ? 1 - alternative : alternative } : {}),
        }
        const random = openRandom(seed)
        const study = studyOf({
          items: units,
          claims: Array.from({ length: claims }, (_, index) =>
            claimOf({ ...claim, id: `c${index}`, reading: index === 1 ? 'lenient' : 'strict' }),
          ),
          rule,
          changes: { stopping: { rule, every } },
        })
        const draw = (): number => (graded && !sprt ? random.uniform() * rate : random.uniform() < rate ? 1 : 0)
        for (const { decision, track } of standingsOf(study, draw)) {
          const outcome = track?.interval()
          if (outcome?.kind !== 'estimate') throw new Error('an estimate')
          const { lower, upper, side } = outcome.interval
          const beyond = below ? upper <= threshold + 1e-9 : lower >= threshold - 1e-9
          const declaredBar = claim.alternative ?? threshold
          if (decision === 'refuted') {
            expect(side).toBe(below ? 'lower' : 'upper')
            expect(below ? declaredBar - lower : upper - declaredBar).toBeLessThanOrEqual(1e-9)
          } else expect(beyond).toBe(decision === 'supported')
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(upper).toBeLessThanOrEqual(1)
        }
      },
    ),
    { numRuns: 150, seed: 11 },
  )
}, 60_000)

test('the interval of a supported difference does not reach 0', () => {
  const claims = [claimOf({ kind: 'comparison', quantifier: 'mean', baseline: 'n', threshold: 0 })]
  const study = studyOf({ items: 400, claims, changes: { models: ['m', 'n'] } })
  const random = openRandom('difference')
  const standing = standingOf(study, (index) => (random.uniform() < (index % 2 === 0 ? 0.8 : 0.6) ? 1 : 0))
  expect(standing.decision).toBe('supported')
  const outcome = standing.track?.interval()
  expect(outcome).toMatchObject({ kind: 'estimate', interval: { side: 'lower', level: 0.95, upper: 1 } })
  if (outcome?.kind === 'estimate') expect(outcome.interval.lower).toBeGreaterThanOrEqual(0)
})

test('a fixed run of 15 right in 20 is decided by the exact p .0207 and the bound .544, and promises nothing to one who peeks', () => {
  const study = studyOf({ items: 20, claims: [claimOf({ threshold: 0.5 })], rule: 'fixed' })
  const standing = standingOf(study, (index) => (index < 15 ? 1 : 0))
  // SciPy 1.17.1 binom.sf(14, 20, .5) = 21700/2^20 = .0206947327, beta.ppf(.05, 15, 6) = .5444175960.
  expect(standing).toMatchObject({ decision: 'supported', method: 'exact-binomial' })
  expect(Math.exp(standing.pValues?.support ?? 0)).toBeCloseTo(0.020694733, 8)
  const outcome = standing.track?.interval()
  if (outcome?.kind !== 'estimate') throw new Error('an estimate')
  expect(outcome).toMatchObject({ method: 'clopper-pearson', interval: { side: 'lower', level: 0.95 } })
  expect(outcome.interval.lower).toBeCloseTo(0.5444176, 6)
  expect(wordsOf(standing, study)).not.toContain('whenever one looks')
  expect(wordsOf(standing, study)).toContain('exact binomial test')
  expect(verdictOf(standing, study).fixedTestNeeds).toBeUndefined()
})

test('a fixed run that is not complete says so, and shows limits that hold at any moment', () => {
  const study = studyOf({ items: 100, claims: [claimOf({ threshold: 0.5 })], rule: 'fixed' })
  const follower = followClaims(study)
  for (let index = 0; index < 37; index++) follower.add(index, { s: { strict: 1, lenient: 1 } })
  const [standing] = follower.standings()
  expect(standing?.pValues).toBeUndefined()
  expect(standing && wordsOf(standing, study)).toContain('37 of the 100')
  expect(standing?.track?.interval()).toMatchObject({ method: 'beta-mixture-limits' })
})

test('savings are of rules that could end earlier, and of claims that are decided', () => {
  const claims = [claimOf({ alternative: 0.8 })]
  const open = studyOf({ items: 30, claims })
  expect(
    verdictOf(
      standingOf(open, (index) => (index % 4 === 0 ? 0 : 1)),
      open,
    ).fixedTestNeeds,
  ).toBeUndefined()
  const fixed = studyOf({ items: 300, claims, rule: 'fixed' })
  expect(
    verdictOf(
      standingOf(fixed, () => 1),
      fixed,
    ).fixedTestNeeds,
  ).toBeUndefined()
})

test('the interval of a worst-case claim is of the worst setting, not of the average', () => {
  const settings = [{ f: 'a' }, { f: 'b' }]
  const claims = [claimOf({ quantifier: 'bounded-worst-case', threshold: 0.5 })]
  const study = studyOf({ items: 300, claims, changes: { settings, stopping: { rule: 'anytime', every: 600 } } })
  const random = openRandom('worst')
  const standing = standingOf(study, (index) => (index % 2 === 0 || random.uniform() < 0.75 ? 1 : 0))
  const outcome = standing.track?.interval()
  if (outcome?.kind !== 'estimate') throw new Error('an estimate')
  expect(outcome.value).toBeGreaterThan(0.7)
  expect(outcome.value).toBeLessThan(0.8)
  expect(outcome.interval.lower).toBeLessThan(0.75)
})

const drawnDesign = {
  name: 'random',
  selection: 'random-draw',
  licenses: ['rate' as const, 'mean' as const],
  statement: { code: 'x', values: {} },
}

test('one drawn setting supports nothing about what it was drawn from, and the verdict names it', () => {
  const claims = [claimOf({ quantifier: 'mean' })]
  const study = studyOf({ items: 400, claims, changes: { settings: [{ f: 'a' }], design: drawnDesign } })
  const standing = standingOf(study, (index) => (index % 20 === 0 ? 0 : 1))
  expect(standing.decision).toBe('supported')
  expect(standing.track?.overSettings()?.beyond).toBe(false)
  expect(wordsOf(standing, study)).toContain('averaged over the 1 setting that was run')
  expect(wordsOf(standing, study)).toContain('f=a')
  expect(wordsOf(standing, study)).toContain('not about what it was drawn from')
})

test('forty drawn settings that agree support the mean over what they were drawn from; two that do not, do not', () => {
  const claims = [claimOf({ quantifier: 'mean' })]
  const settings = (count: number) => Array.from({ length: count }, (_, index) => ({ f: `${index}` }))
  const wide = (count: number, rate: (setting: number) => number): [string, boolean | undefined] => {
    const study = studyOf({
      items: 300,
      claims,
      rule: 'fixed',
      changes: { settings: settings(count), design: drawnDesign },
    })
    const random = openRandom(`drawn/${count}`)
    const standing = standingOf(study, (index) => (random.uniform() < rate(index % count) ? 1 : 0))
    return [standing.decision, standing.track?.overSettings()?.beyond]
  }
  expect(wide(40, (setting) => 0.95 + 0.001 * setting)).toEqual(['supported', true])
  // Five that agree are no proof: one setting in ten may be a disaster.
  expect(wide(5, () => 0.99)).toEqual(['supported', false])
  expect(wide(2, (setting) => (setting === 0 ? 0.99 : 0.72))).toEqual(['supported', false])
})

test('a witness that one scorer read and nobody reran is shown and supports nothing; two scorers and ten reruns verify it', () => {
  const claims = [claimOf({ quantifier: 'existence', threshold: 0.5 })]
  const alone = studyOf({ items: 5, claims })
  const unverified = standingOf(alone, (index) => (index === 2 ? 1 : 0))
  expect(unverified.decision).toBe('shown')
  expect(verdictOf(unverified, alone).verdict).toBe('inconclusive')
  expect(wordsOf(unverified, alone)).toContain('shown, not confirmed')
  expect(wordsOf(unverified, alone)).toContain('response 3 of the search')
  expect(wordsOf(unverified, alone)).toContain('not verified: 1 of 1 scorer finds it (2 must)')
  const range = { lower: 0, upper: 1 }
  const study = studyOf({
    items: 5,
    claims,
    changes: {
      replicates: 12,
      scorers: [
        { label: 's', range },
        { label: 't', range },
      ],
    },
  })
  const follower = followClaims(study)
  // The first replicate of the first item misses; of the ten after the witness three hit.
  for (let index = 0; index < 12; index++) {
    const value = index === 1 || (index > 1 && index % 3 === 0) ? 1 : 0
    follower.add(index, { s: { strict: value, lenient: value }, t: { strict: value, lenient: value } })
  }
  const [verified] = follower.standings()
  expect(verified?.decision).toBe('supported')
  expect(verified?.track?.witness).toMatchObject({ replicate: 2, agreeing: 2, scorers: 2, reruns: 10, again: 3 })
  expect(verified && wordsOf(verified, study)).toContain(
    'of 10 reruns of the same prompt made after it 3 showed it again',
  )
})
