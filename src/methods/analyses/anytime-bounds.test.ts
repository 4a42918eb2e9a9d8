import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { anytimeBounds } from './anytime-bounds.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'

type Row = Partial<ObservationRow>

const counts = (ones: number, items: number): Row[] =>
  Array.from({ length: items }, (_, i) => ({ item: `${i}`, score: i < ones ? 1 : 0 }))

const on = (rows: readonly Row[], parameters = {}) =>
  analyze(anytimeBounds, { observations: observe(rows), parameters })

// oracles/engine-analyses/values.py: Robbins' beta mixture by SciPy betaln and brentq.
test('anytime-bounds of 700 in 1000: [.6469848, .7496620]; of 5 in 50: [.0156586, .2876605]', () => {
  const large = estimateOf(on(counts(700, 1000)), 't/s/m/anytime')
  expect(large.interval.lower).toBeCloseTo(0.6469848, 6)
  expect(large.interval.upper).toBeCloseTo(0.749662, 6)
  const small = estimateOf(on(counts(5, 50)), 't/s/m/anytime')
  expect(small.interval.lower).toBeCloseTo(0.0156585546, 8)
  expect(small.interval.upper).toBeCloseTo(0.2876604655, 8)
  expect(small.method).toBe('beta-mixture-confidence-sequence')
})

test('anytime-bounds of 0 in 5000: below 1 % and .1 % is shown, 1 in 10,000 takes 33,274 items in all', () => {
  const result = on(counts(0, 5000))
  expect(codesOf(result).slice(0, 3)).toEqual(['event-rate-below', 'event-rate-needs', 'promise-needs'])
  expect(result.statements[0]?.values).toMatchObject({ failures: 0, rateBelow: 0.001, event: 1 })
  expect(result.statements[1]?.values).toMatchObject({ rateBelow: 1e-4, total: 33_274, more: 28_274 })
  expect(testOf(result, 't/s/m/below-0.01').pValue).toBeLessThan(1e-12)
  expect(testOf(result, 't/s/m/below-0.0001').pValue).toBeGreaterThan(0.05)
  expect(estimateOf(result, 't/s/m/event-rate').interval.lower).toBe(0)
})

test('anytime-bounds promises only where the chance of an event is not already large: 10 uses, not 1,000', () => {
  const promise = on(counts(0, 5000), { uses: 10 }).statements.find(({ code }) => code === 'promise-over-uses')
  const upper = estimateOf(on(counts(0, 5000)), 't/s/m/event-rate').interval.upper
  expect(promise?.values.chance).toBeCloseTo(1 - (1 - upper) ** 10, 12)
  // ln .05 / ln .95 tests per use, ten uses.
  expect(promise?.values.cleanTests).toBe(Math.ceil((10 * Math.log(0.05)) / Math.log(0.95)))
})

test('anytime-bounds takes the rarer outcome for the event: 2 failures in 3000 passes', () => {
  const result = on(counts(2998, 3000), { thresholds: [0.01] })
  expect(result.statements[0]?.values).toMatchObject({ event: 0, failures: 2, rateBelow: 0.01 })
})

test('anytime-bounds of 20 in 100 says nothing of rare events', () => {
  const result = on(counts(20, 100))
  expect(codesOf(result)).toEqual(['anytime-bound', 'anytime-means'])
  expect(result.tables).toHaveLength(1)
})

test('anytime-bounds claims no smaller threshold where a larger one is not shown', () => {
  const result = on(counts(0, 250), { thresholds: [0.02, 0.012] })
  const supported = result.tables[1]?.rows.map(({ shown }) => shown)
  expect(supported).toEqual(['shown', 'not shown'])
})

test('anytime-bounds counts clusters with any event, not responses', () => {
  const rows = Array.from(
    { length: 2000 },
    (_, i): Row => ({ item: `${i}`, cluster: `${i % 100}`, score: i < 2 ? 1 : 0 }),
  )
  const result = on(rows)
  expect(estimateOf(result, 't/s/m/event-rate')).toMatchObject({ n: 100, value: 0.02 })
  expect(codesOf(result)[0]).toBe('event-rate-not-below')
  expect(estimateOf(result, 't/s/m/anytime')).toMatchObject({ n: 100, value: 0.001 })
})

test('anytime-bounds of repeats and graded scores needs no order: the bounded mixture over item means', () => {
  const rows = Array.from({ length: 60 }, (_, i): Row[] =>
    [1, 2].map((replicate) => ({ item: `${i}`, replicate, score: (i + replicate) % 3 === 0 ? 1 : 0 })),
  ).flat()
  const result = on(rows)
  const anytime = estimateOf(result, 't/s/m/anytime')
  expect(anytime).toMatchObject({ n: 60, method: 'bounded-beta-mixture-confidence-sequence' })
  const fixed = estimateOf(result, 't/s/m/fixed-number')
  expect(fixed.interval.upper - fixed.interval.lower).toBeLessThan(anytime.interval.upper - anytime.interval.lower)
  expect(on(rows.toReversed())).toEqual(result)
})

test('anytime-bounds: certifying at any of 10 looks a rate that is not below 2 % happens in at most 5 % of 1,000 runs', {
  timeout: 120_000,
}, () => {
  const random = openRandom(8).split('looks')
  // The same counts give the same page.
  const shown = new Map<string, boolean>()
  const claims = (failures: number, trials: number): boolean => {
    const key = `${failures} of ${trials}`
    const known = shown.get(key)
    if (known !== undefined) return known
    const result = on(counts(failures, trials), { thresholds: [0.02], rareShare: 0.5, bettingUnits: 1 })
    const claimed = result.tables[1]?.rows.some((row) => row.shown === 'shown') ?? false
    shown.set(key, claimed)
    return claimed
  }
  let wrong = 0
  for (let run = 0; run < 1000; run++) {
    let failures = 0
    let claimed = false
    for (let look = 1; look <= 10 && !claimed; look++) {
      for (let trial = 0; trial < 60; trial++) if (random.uniform() < 0.02) failures++
      claimed = claims(failures, 60 * look)
    }
    if (claimed) wrong++
  }
  // Binomial(1000, .05) exceeds 75 with probability 3e-4.
  expect(wrong).toBeLessThanOrEqual(75)
})

test('anytime-bounds of nothing, of unscored rows and of unbounded scores cannot say; one item keeps a wide bound', () => {
  expect(on([]).status).toBe('cannot-say')
  expect(on([{ item: 'a', score: 'refusal' }]).status).toBe('cannot-say')
  expect(
    codesOf(
      on([
        { item: 'a', score: 30 },
        { item: 'b', score: 2 },
      ]),
    ),
  ).toEqual(['needs-scores-in-range'])
  expect(estimateOf(on([{ item: 'a', score: 1 }]), 't/s/m/anytime').interval.lower).toBeLessThan(0.03)
})

test('anytime-bounds: another model moves no number of this one', () => {
  const graded = Array.from({ length: 40 }, (_, i): Row => ({ item: `${i}`, score: (i % 5) / 4 }))
  const alone = on(graded)
  const both = on([...graded, ...graded.map((row) => ({ ...row, model: 'a' }))])
  expect(both.evidence.filter(({ subject }) => subject.model === 'm')).toEqual(alone.evidence)
})

const graded = (items: number, of: (i: number) => number): Row[] =>
  Array.from({ length: items }, (_, i) => ({ item: `${i}`, score: of(i) }))

/**
 * Handbook G8: f(.5) = 68.62803, f(.9) = 43.72119, f(.1) = 59.96521 at t = 1000, t* = 100, α = .05. Of the scores .001, .002 … 1 the
 * limits are those at ranks ⌈1000 p − f(1 − p)⌉ and ⌊1000 p + f(p)⌋ + 1. Fixed: ranks of exact binomial fractions at .975, in Python 3.
 */
test('anytime-bounds of scores .001 … 1: median .432 to .569 at any moment, .469 to .532 at 1,000; tenth .057 to .160 and .082 to .120', () => {
  const result = on(
    graded(1000, (i) => (i + 1) / 1000),
    { quantiles: [0.5, 0.1] },
  )
  for (const [key, lower, upper] of [
    ['quantile-0.5', 0.432, 0.569],
    ['quantile-0.5-fixed', 0.469, 0.532],
    ['quantile-0.1', 0.057, 0.16],
    ['quantile-0.1-fixed', 0.082, 0.12],
  ] as const)
    expect(estimateOf(result, `t/s/m/${key}`).interval).toMatchObject({ lower, upper, side: 'two-sided', level: 0.95 })
  expect(result.statements).toContainEqual({
    code: 'most-items-reach',
    values: { model: 'm', measure: 't / s', units: 1000, share: 0.9, lower: 0.057, level: '95 %' },
  })
  expect(result.tables[1]?.rows).toHaveLength(2)
})

test('anytime-bounds gives scores without a range their quantiles, open where no item bounds them, and no mean', () => {
  const result = on(graded(200, (i) => i - 50))
  expect(result.status).toBe('partly')
  expect(estimateOf(result, 't/s/m/quantile-0.5').interval.lower).toBeGreaterThan(0)
  expect(estimateOf(result, 't/s/m/quantile-0.05').interval.lower).toBe(Number.NEGATIVE_INFINITY)
  expect(codesOf(result)).toEqual(['most-items-reach-in-score', 'anytime-means'])
  expect(result.statements[0]?.values).toMatchObject({ share: 0.5 })
  expect(result.figures).toEqual([])
  expect(codesOf(on(graded(50, (i) => i - 50)))).toEqual(['needs-scores-in-range'])
})

test('anytime-bounds gives no quantiles of yes/no scores, of too few items, and none that a probability of 0 would ask for', () => {
  const keys = (rows: readonly Row[], parameters = {}) =>
    on(rows, parameters)
      .evidence.map(({ key }) => key)
      .join(' ')
  expect(keys(counts(70, 200))).not.toContain('quantile')
  expect(keys(graded(99, (i) => i / 99))).not.toContain('quantile')
  expect(
    keys(
      graded(99, (i) => i / 99),
      { quantileFrom: 50 },
    ),
  ).toContain('quantile')
  expect(() => anytimeBounds.parameters.parse({ quantiles: [0] })).toThrow()
})

// x̄ ± √(2 V ln 80/n) + 7 ln 80/(3(n − 1)), Maurer and Pontil 2009, half of .05 on either side: 30 in 100, V = .21 · 100/99.
test('anytime-bounds above the betting limit takes the formula of Maurer and Pontil, for 30 passes in 100', () => {
  const fixed = estimateOf(on(counts(30, 100), { bettingUnits: 50 }), 't/s/m/fixed-number')
  const margin = Math.sqrt((2 * 0.21 * Math.log(80)) / 99) + (7 * Math.log(80)) / 297
  expect(fixed.method).toBe('maurer-pontil-empirical-bernstein')
  expect(fixed.interval.lower).toBeCloseTo(0.3 - margin, 10)
  expect(fixed.interval.upper).toBeCloseTo(0.3 + margin, 10)
})
