import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe, runRecord } from './fixtures/observe.ts'
import { judgeAgreement } from './judge-agreement.ts'

type Row = Partial<ObservationRow>

/** Rows of raters over items; undefined where a rater gave nothing. */
const rated = (raters: readonly (readonly (number | undefined)[])[]): Row[] =>
  raters.flatMap((ratings, rater) =>
    ratings.flatMap((score, item) =>
      score === undefined ? [] : [{ scorer: `judge ${rater + 1}`, item: `${item}`, score }],
    ),
  )

const none = undefined

// Krippendorff 2011, "Computing Krippendorff's alpha-reliability": 4 observers, 12 units; ordinal alpha .815388.
test('judge-agreement of Krippendorff’s 4 observers: ordinal alpha .815388 on the 11 units rated twice', () => {
  const result = analyze(judgeAgreement, {
    observations: observe(
      rated([
        [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
        [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
      ]),
    ),
  })
  const alpha = estimateOf(result, 't/m/points/alpha')
  expect(alpha.value).toBeCloseTo(0.815388, 6)
  expect(alpha.n).toBe(11)
  expect(alpha.method).toBe('krippendorff-alpha-ordinal')
  expect(result.tables[1]?.rows).toHaveLength(6)
  expect(result.tables[0]?.rows[0]).toMatchObject({
    fleissInterval: expect.any(String),
    uniformInterval: expect.any(String),
  })
})

// Fleiss 1971, Psychological Bulletin 76: 10 subjects, 14 raters, 5 categories; null error of Fleiss, Nee and Landis 1979.
test('judge-agreement of Fleiss’ 14 raters: κ .209931, z 12.374 against chance', () => {
  const counts = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ]
  const units = counts.map((unit) =>
    unit.flatMap((count, category) => Array.from({ length: count }, () => category + 1)),
  )
  const raters = Array.from({ length: 14 }, (_, rater) => units.map((ratings) => ratings[rater]))
  const result = analyze(judgeAgreement, { observations: observe(rated(raters)) })
  expect(estimateOf(result, 't/m/points/fleiss').value).toBeCloseTo(0.209931, 6)
  const chance = testOf(result, 't/m/points/fleiss-chance')
  expect(chance.statistic).toBeCloseTo(12.374, 3)
  expect(chance.pValue).toBeLessThan(1e-30)
  // By hand: mean observed agreement .378022, uniform chance .2.
  expect(estimateOf(result, 't/m/points/brennan-prediger').value).toBeCloseTo((0.378022 - 0.2) / 0.8, 6)
})

// Golden numbers of cohenKappa in src/stats/agreement/agreement.test.ts, of [[44, 5, 1], [7, 20, 3], [9, 5, 6]].
test('judge-agreement of a 3 × 3 table: κ .491525 [.3324, .6346], quadratic .454545', () => {
  const table = [
    [44, 5, 1],
    [7, 20, 3],
    [9, 5, 6],
  ]
  const first = table.flatMap((row, i) => row.flatMap((count) => Array.from({ length: count }, () => i + 1)))
  const second = table.flatMap((row) => row.flatMap((count, j) => Array.from({ length: count }, () => j + 1)))
  const result = analyze(judgeAgreement, { observations: observe(rated([first, second])) })
  const kappa = estimateOf(result, 't/m/points/judge 1 − judge 2/kappa')
  expect(kappa.value).toBeCloseTo(0.491525, 6)
  expect(kappa.interval.lower).toBeCloseTo(0.3324, 4)
  expect(kappa.interval.upper).toBeCloseTo(0.6346, 4)
  expect(estimateOf(result, 't/m/points/judge 1 − judge 2/kappa-quadratic').value).toBeCloseTo(0.454545, 6)
  expect(estimateOf(result, 't/m/points/judge 1 − judge 2/kappa-linear').value).toBeCloseTo(0.473684, 6)
  // By hand: 70 of 100 agree, chance 1/3.
  expect(estimateOf(result, 't/m/points/brennan-prediger').value).toBeCloseTo((0.7 - 1 / 3) / (2 / 3), 12)
  expect(estimateOf(result, 't/m/points/gwet').value).toBeCloseTo(0.575972, 6)
  expect(result.tables[1]?.rows[0]).toMatchObject({ most: expect.closeTo(0.8305, 4) })
})

/** Two judges who each see the truth through noise; they agree no more often than chance when `noise` is ½. */
const noisy = (options: { items: number; noise: number; seed: number; rate?: number }): Row[] => {
  const random = openRandom(options.seed).split('judges')
  return Array.from({ length: options.items }, (_, item) => {
    const truth = random.uniform() < (options.rate ?? 0.5) ? 1 : 0
    return ['judge a', 'judge b'].map((scorer) => ({
      scorer,
      item: `${item}`,
      score: random.uniform() < options.noise ? 1 - truth : truth,
    }))
  }).flat()
}

test('judge-agreement finds judges at chance in 200 items and says that none stands for another', () => {
  const result = analyze(judgeAgreement, { observations: observe(noisy({ items: 200, noise: 0.5, seed: 3 })) })
  expect(codesOf(result)[0]).toBe('judges-disagree')
  expect(result.problems.map(({ code }) => code)).toEqual(['judges-do-not-agree'])
  const { lower, upper } = estimateOf(result, 't/m/binary/alpha').interval
  expect(lower).toBeLessThan(0)
  expect(upper).toBeGreaterThan(0)
})

test('judge-agreement of judges that err once in 200 says that they agree, without a problem', () => {
  const result = analyze(judgeAgreement, { observations: observe(noisy({ items: 300, noise: 0.005, seed: 4 })) })
  expect(codesOf(result)).toEqual(['judges-agree'])
  expect(result.problems).toEqual([])
})

test('judge-agreement where nearly all ratings are 0 points at the prevalence', () => {
  const result = analyze(judgeAgreement, {
    observations: observe(noisy({ items: 200, noise: 0.02, rate: 0.01, seed: 5 })),
  })
  expect(codesOf(result)).toContain('kappa-under-prevalence')
  expect(estimateOf(result, 't/m/binary/gwet').value).toBeGreaterThan(0.9)
})

test('judge-agreement says nothing of scorers that measure other things: a rate and a length', () => {
  const rows = Array.from({ length: 20 }, (_, i): Row[] => [
    { scorer: 'correct', item: `${i}`, score: i % 2 },
    { scorer: 'length', item: `${i}`, score: 100 + 7 * i },
    { scorer: 'seconds', item: `${i}`, score: 1.5 * i + 2 },
  ]).flat()
  const result = analyze(judgeAgreement, { observations: observe(rows) })
  expect(result.status).toBe('cannot-say')
  expect(codesOf(result)).toEqual(['needs-several-raters'])
})

/** Judging models: each decides `A>B` or `B>A` on each pair in both orders, in the frame of the first. */
const judged = (decide: (item: number, swapped: boolean) => string, judge = 'judge'): Row[] =>
  Array.from({ length: 60 }, (_, item) =>
    [false, true].map((swapped) => ({
      model: judge,
      item: `${item}`,
      levels: { order: swapped ? 'swapped' : 'as given' },
      answer: decide(item, swapped),
      score: decide(item, swapped) === 'A>B' ? 1 : 0,
    })),
  ).flat()

test('judge-agreement finds a judge that goes to what stands first on a third of the pairs', () => {
  const swayed = judged((item, swapped) => (item % 3 === 0 ? (swapped ? 'B>A' : 'A>B') : item % 2 ? 'A>B' : 'B>A'))
  const steady = judged((item) => (item % 2 ? 'A>B' : 'B>A'), 'steady')
  const result = analyze(judgeAgreement, {
    observations: observe([...swayed, ...steady]),
    parameters: { raters: 'models' },
  })
  expect(estimateOf(result, 't/judge/order/consistency').value).toBeCloseTo(40 / 60, 12)
  expect(estimateOf(result, 't/judge/order/lean').value).toBeCloseTo(20 / 60, 12)
  expect(testOf(result, 't/judge/order/test').pValue).toBeCloseTo(2 * 0.5 ** 20, 12)
  expect(testOf(result, 't/steady/order/test').pValue).toBe(1)
  expect(result.problems.map(({ code, subject }) => [code, subject])).toContainEqual(['order-sways-judge', 't / judge'])
  expect(result.problems.some(({ subject }) => subject === 't / steady')).toBe(false)
  expect(estimateOf(result, 't/judges/answers/judge − steady/kappa').n).toBe(60)
})

test('judge-agreement takes models for judges only where the source says that their answers are judgements', () => {
  const observations = observe([...judged(() => 'A>B'), ...judged((item) => (item % 2 ? 'A>B' : 'B>A'), 'other')])
  expect(analyze(judgeAgreement, { observations }).status).toBe('cannot-say')
  const runs = [runRecord({ settings: { answers: 'judgements' } })]
  const result = analyze(judgeAgreement, { observations, runs })
  expect(result.status).toBe('answered')
  expect(result.tables[0]?.rows).toHaveLength(1)
})

test('judge-agreement of no rows, of unscored rows and of judges of one category refuses without a number', () => {
  expect(analyze(judgeAgreement, { observations: observe([]) }).status).toBe('cannot-say')
  const unscored: Row[] = ['judge a', 'judge b'].map((scorer) => ({ scorer, item: '1', score: 'grader-failed' }))
  expect(analyze(judgeAgreement, { observations: observe(unscored) }).status).toBe('cannot-say')
  const constant = analyze(judgeAgreement, {
    observations: observe(
      rated([
        [1, 1, 1],
        [1, 1, 1],
      ]),
    ),
  })
  expect(constant.evidence.every(({ outcome }) => outcome.kind === 'not-estimable')).toBe(true)
  expect(codesOf(constant)).toEqual(['agreement-without-alpha'])
})

test('judge-agreement takes one response of an item that was repeated, and row order moves nothing', () => {
  const rows = noisy({ items: 30, noise: 0.1, seed: 6 }).flatMap((row) =>
    [1, 2, 3].map((replicate) => ({ ...row, replicate })),
  )
  const result = analyze(judgeAgreement, { observations: observe(rows) })
  expect(estimateOf(result, 't/m/binary/alpha').n).toBe(30)
  expect(codesOf(result)).toContain('one-response-per-item-rated')
  expect(analyze(judgeAgreement, { observations: observe(rows.toReversed()) })).toEqual(result)
})

test('judge-agreement calls order swaying in at most 5 % of 300 judges that flip coins', { timeout: 20_000 }, () => {
  const random = openRandom(11).split('coins')
  let called = 0
  for (let run = 0; run < 300; run++) {
    const rows = judged(() => (random.uniform() < 0.5 ? 'A>B' : 'B>A')).slice(0, 80)
    const result = analyze(judgeAgreement, {
      observations: observe(rows),
      parameters: { raters: 'models' },
      seed: run,
    })
    if (result.problems.some(({ code }) => code === 'order-sways-judge')) called++
  }
  // Binomial(300, .05) exceeds 27 with probability 5e-4; the exact test is conservative besides.
  expect(called).toBeLessThanOrEqual(27)
})
