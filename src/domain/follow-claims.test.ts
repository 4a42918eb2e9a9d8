import { expect, test } from 'vitest'
import { openRandom, type Random } from '../random/index.ts'
import { fixedRateTest } from '../stats/index.ts'
import type { ScoreCell } from './claim-scale.ts'
import { claimOf, studyOf } from './fixtures/study-of.ts'
import { type ClaimStanding, followClaims } from './follow-claims.ts'
import { cellCount, type Study } from './study.ts'

/** Feeds scores in order until the claims are decided; returns the first standing. */
function follow(study: Study, score: (index: number) => ScoreCell): ClaimStanding {
  const follower = followClaims(study)
  for (let index = 0; index < cellCount(study) && follower.stoppedAt === undefined; index++) {
    const value = score(index)
    follower.add(index, { s: { strict: value, lenient: value } })
  }
  const [standing] = follower.standings()
  if (standing === undefined) throw new Error('one claim')
  return standing
}

const coin = (random: Random, rate: number) => (): ScoreCell => (random.uniform() < rate ? 1 : 0)

function averageUnits(options: { rule: 'sprt' | 'anytime'; rate: number; seeds: number }): number {
  const study = studyOf({ items: 2_000, claims: [claimOf({ alternative: 0.8 })], rule: options.rule })
  let units = 0
  for (let seed = 0; seed < options.seeds; seed++) {
    const random = openRandom(`asn/${options.rate}`).split(seed)
    units += follow(study, coin(random, options.rate)).units
  }
  return units / options.seeds
}

test('followClaims with the ratio test at .70/.80 needs at most .6 of the fixed test there, .3 at .90 (500 seeds)', () => {
  const fixed = fixedRateTest({ nullRate: 0.7, alternativeRate: 0.8, alpha: 0.05, beta: 0.05 }).trials
  expect(averageUnits({ rule: 'sprt', rate: 0.7, seeds: 500 })).toBeLessThanOrEqual(0.6 * fixed)
  expect(averageUnits({ rule: 'sprt', rate: 0.8, seeds: 500 })).toBeLessThanOrEqual(0.6 * fixed)
  expect(averageUnits({ rule: 'sprt', rate: 0.9, seeds: 500 })).toBeLessThanOrEqual(0.3 * fixed)
})

test('followClaims with the default mixture needs at most 1.4 times the ratio test, on both sides (400 seeds)', () => {
  for (const rate of [0.7, 0.8]) {
    const ratio = averageUnits({ rule: 'anytime', rate, seeds: 400 }) / averageUnits({ rule: 'sprt', rate, seeds: 400 })
    expect(ratio).toBeLessThanOrEqual(1.4)
    expect(ratio).toBeGreaterThan(0.9)
  }
}, 60_000)

// 2,000 seeds at 22 thresholds and rules: npm run calibrate -- sequential-false-support.
test('followClaims supports a false claim in at most 5 % of 300 seeds, looking after every response', () => {
  for (const threshold of [0.3, 0.7, 0.97]) {
    const study = studyOf({ items: 250, claims: [claimOf({ threshold })] })
    let supported = 0
    for (let seed = 0; seed < 300; seed++) {
      const random = openRandom(`false/${threshold}`).split(seed)
      if (follow(study, coin(random, threshold)).decision === 'supported') supported++
    }
    // 15 allowed on average; the bound adds three standard errors of 3.8.
    expect(supported).toBeLessThanOrEqual(26)
  }
}, 120_000)

test('followClaims certifies a rare rate after 33,274 clean units at 1e-4 and 67,666 with one failure', () => {
  const claims = [claimOf({ direction: 'below', threshold: 1e-4 })]
  const study = { ...studyOf({ items: 80_000, claims }), stopping: { rule: 'anytime' as const, every: 1 } }
  expect(follow(study, () => 0)).toMatchObject({ decision: 'supported', units: 33_274, method: 'rare-rate-mixture' })
  expect(follow(study, (index) => (index === 20_000 ? 1 : 0))).toMatchObject({ decision: 'supported', units: 67_666 })
}, 60_000)

test('followClaims refutes a rare-rate claim on a failure that comes far too early', () => {
  const claims = [claimOf({ direction: 'below', threshold: 1e-4 })]
  // Under the claim a failure among the first eight has probability below 1e-3.
  expect(follow(studyOf({ items: 100, claims }), (index) => (index === 7 ? 1 : 0))).toMatchObject({
    decision: 'refuted',
    units: 8,
  })
})

test('followClaims counts missing scores against support and for refutation', () => {
  const study = studyOf({ items: 400, claims: [claimOf({ threshold: 0.5 })] })
  const clean = follow(study, () => 1)
  expect(clean.decision).toBe('supported')
  // Half the scores are unknown: whatever they are, the rate may be on either side of one half.
  const half = follow(study, (index) => (index % 2 === 0 ? 1 : 'provider-error'))
  expect(half).toMatchObject({ decision: 'open', missing: 200 })
  const wrong = follow(study, (index) => (index % 5 === 0 ? 'unparsed' : 0))
  expect(wrong.decision).toBe('refuted')
})

test('followClaims treats a cluster as one unit, so that copies of an item prove nothing', () => {
  const items = Array.from({ length: 400 }, (_, index) => ({
    id: `i${index}`,
    cluster: `c${Math.floor(index / 100)}`,
    attributes: {},
  }))
  const claims = [claimOf({ threshold: 0.5, quantifier: 'mean' })]
  const standing = follow(studyOf({ items: 400, claims, changes: { items } }), () => 1)
  expect(standing).toMatchObject({ units: 4, decision: 'open' })
})

test('followClaims on exactly these items is certain once the rest cannot change the answer', () => {
  const claims = [claimOf({ threshold: 0.59, population: 'these-items' })]
  const standing = follow(studyOf({ items: 20, claims }), (index) => (index % 5 < 3 ? 1 : 0))
  // 12 right ones of 20 are seen at the 18th: more than .59 × 20 = 11.8, whatever the last two would be.
  expect(standing).toMatchObject({ decision: 'supported', units: 18, method: 'one-sided-betting-without-replacement' })
  expect(standing.evidence.support).toBe(Number.POSITIVE_INFINITY)
})

test('followClaims on exactly these items gives the mean of the items, inside its interval, with clusters of unequal size', () => {
  const items = Array.from({ length: 40 }, (_, index) => ({
    id: `i${index}`,
    cluster: `c${index < 10 ? 0 : index}`,
    attributes: {},
  }))
  const claims = [claimOf({ threshold: 0.95, quantifier: 'mean', population: 'these-items' })]
  const study = studyOf({ items: 40, claims, rule: 'fixed', changes: { items } })
  const interval = follow(study, (index) => (index % 4 === 0 ? 0 : 1)).track?.interval()
  if (interval?.kind !== 'estimate') throw new Error('an interval')
  expect(interval.value).toBeCloseTo(0.75, 12)
  expect(interval.interval.lower).toBeLessThanOrEqual(0.75 + 1e-9)
  expect(interval.interval.upper).toBeGreaterThanOrEqual(0.75 - 1e-9)
})

test('followClaims gives the same decision whatever order cells of a run come back in (seed 5)', () => {
  const study = studyOf({ items: 300, claims: [claimOf({ threshold: 0.6 })] })
  const random = openRandom(5)
  const scores = Array.from({ length: 300 }, () => (random.uniform() < 0.85 ? 1 : 0))
  const inOrder = followClaims(study)
  const shuffled = followClaims(study)
  const order = Int32Array.from(scores, (_, index) => index)
  random.shuffle(order)
  for (const [index, value] of scores.entries()) inOrder.add(index, { s: { strict: value, lenient: value } })
  for (const index of order) {
    const value = scores[index] ?? 0
    shuffled.add(index, { s: { strict: value, lenient: value } })
  }
  expect(shuffled.stoppedAt).toBe(inOrder.stoppedAt)
  expect(inOrder.stoppedAt).toBeLessThan(300)
  expect(shuffled.standings()[0]?.evidence).toEqual(inOrder.standings()[0]?.evidence)
})

test('followClaims passes no verdict that is not licensed', () => {
  const study = (changes: Readonly<Record<string, unknown>>, more: Partial<Study> = {}): Study =>
    studyOf({ items: 30, claims: [claimOf(changes)], changes: more })
  const refusalOf = (of: Study, score: () => ScoreCell = () => 1): string | undefined => {
    const standing = follow(of, score)
    expect(standing.decision).toBe('not-licensed')
    return standing.refusal?.code
  }
  expect(refusalOf(study({ quantifier: 'upper-bound' }))).toBe('claim-needs-optimisers')
  expect(refusalOf(study({ kind: 'prediction' }))).toBe('claim-needs-forecast')
  expect(refusalOf(study({ elicitation: 'self' }))).toBe('claim-needs-stronger-elicitation')
  expect(refusalOf(study({ kind: 'propensity' }, { fitItems: ['x'] }))).toBe('propensity-with-optimised-prompts')
  expect(refusalOf(study({}), () => 0.5)).toBe('rate-needs-binary-scores')
  expect(refusalOf(study({ threshold: 1 }))).toBe('threshold-outside-range')
  const averaging = {
    name: 'random',
    selection: 'random-draw',
    licenses: ['mean' as const],
    statement: { code: 'x', values: {} },
  }
  expect(refusalOf(study({ quantifier: 'bounded-worst-case' }, { design: averaging }))).toBe('design-does-not-license')
})

test('followClaims on a witness that the study cannot verify shows it, supports nothing, refutes nothing, and waits for no more', () => {
  const claims = [claimOf({ quantifier: 'existence', threshold: 0.5 })]
  const found = follow(studyOf({ items: 50, claims }), (index) => (index === 9 ? 1 : 0))
  expect(found).toMatchObject({ decision: 'shown', units: 10, method: 'witness' })
  expect(found.track?.interval().kind).toBe('not-estimable')
  expect(follow(studyOf({ items: 50, claims }), () => 0).decision).toBe('open')
})

/** Items of 12 replicates, scored by two scorers of one range: `hit(item, replicate)` for both, or for one alone. */
function witnessed(hit: (item: number, replicate: number) => 'both' | 'own' | 'none') {
  const range = { lower: 0, upper: 1 }
  const study = studyOf({
    items: 6,
    claims: [claimOf({ quantifier: 'existence', threshold: 0.5 })],
    changes: { replicates: 12, scorers: ['s', 't'].map((label) => ({ label, range })) },
  })
  const follower = followClaims(study)
  for (let index = 0; index < 72; index++) {
    const found = hit(Math.floor(index / 12), (index % 12) + 1)
    const [own, other] = [found === 'none' ? 0 : 1, found === 'both' ? 1 : 0]
    follower.add(index, { s: { strict: own, lenient: own }, t: { strict: other, lenient: other } })
  }
  const [standing] = follower.standings()
  return { decision: standing?.decision, stoppedAt: follower.stoppedAt, ...standing?.track?.witness }
}

test('followClaims looks on until a witness is verified by a second scorer and ten reruns, and ends there', () => {
  // Found late in item 1, by one scorer in item 2, and by both at its second replicate in item 3.
  const place = (item: number, replicate: number) =>
    item === 1 && replicate === 5 ? 'both' : item === 2 ? 'own' : item === 3 && replicate === 2 ? 'both' : 'none'
  expect(witnessed(place)).toMatchObject({
    decision: 'supported',
    item: 'i3',
    replicate: 2,
    agreeing: 2,
    reruns: 10,
    again: 0,
    stoppedAt: 48,
  })
  // Seen before by one scorer alone: the response that both find is the witness, and its reruns are those after it.
  const sooner = (item: number, replicate: number) =>
    item === 0 && replicate <= 2 ? (replicate === 1 ? 'own' : 'both') : 'none'
  expect(witnessed(sooner)).toMatchObject({ decision: 'supported', item: 'i0', replicate: 2, reruns: 10 })
})

test('followClaims on witnesses that were never verified, though they could be, stays open to the end', () => {
  const late = (item: number, replicate: number) => (item === 4 && replicate === 12 ? 'both' : 'none')
  expect(witnessed(late)).toMatchObject({ decision: 'open', item: 'i4', agreeing: 2, reruns: 0, stoppedAt: undefined })
  expect(witnessed(() => 'own')).toMatchObject({ decision: 'open', item: 'i0', agreeing: 1, reruns: 11 })
})

test('followClaims supports a worst case only when every listed setting holds', () => {
  const settings = [{ f: 'a' }, { f: 'b' }, { f: 'c' }]
  const claims = [claimOf({ quantifier: 'bounded-worst-case', threshold: 0.5 })]
  const study = studyOf({ items: 200, claims, changes: { settings } })
  expect(follow(study, () => 1)).toMatchObject({ decision: 'supported' })
  // The third setting always fails: the average of two thirds is above the threshold, the worst case is not.
  expect(follow(study, (index) => (index % 3 === 2 ? 0 : 1))).toMatchObject({ decision: 'refuted' })
})

test('followClaims with Holm keeps two false claims from support in 95 % of 500 seeds (seed 3)', () => {
  const claims = [claimOf({ id: 'c1' }), claimOf({ id: 'c2', reading: 'lenient' })]
  const study = studyOf({ items: 200, claims })
  let wrong = 0
  for (let seed = 0; seed < 500; seed++) {
    const random = openRandom('holm').split(seed)
    const follower = followClaims(study)
    for (let index = 0; index < 200; index++) {
      const draw = coin(random, 0.7)
      follower.add(index, { s: { strict: draw(), lenient: draw() } })
    }
    if (follower.standings().some(({ decision }) => decision === 'supported')) wrong++
  }
  expect(wrong).toBeLessThanOrEqual(25 + 3 * 4.9)
}, 60_000)

test('followClaims with a fixed rule says nothing before the end, and then tests exactly', () => {
  const study = studyOf({ items: 100, claims: [claimOf({ threshold: 0.5 })], rule: 'fixed' })
  const follower = followClaims(study)
  for (let index = 0; index < 99; index++) follower.add(index, { s: { strict: 1, lenient: 1 } })
  expect(follower.standings()[0]?.decision).toBe('open')
  expect(follower.stoppedAt).toBeUndefined()
  follower.add(99, { s: { strict: 1, lenient: 1 } })
  expect(follower.standings()[0]?.decision).toBe('supported')
  // 59 of 100 has an exact p of .044 against one half, 58 of .067.
  const at = (successes: number) => follow(study, (index) => (index < successes ? 1 : 0)).decision
  expect([at(59), at(58)]).toEqual(['supported', 'open'])
})
