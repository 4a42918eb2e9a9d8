import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { variantClaims } from './variant-claims.ts'

type Row = Partial<ObservationRow>

const on = (rows: readonly Row[], parameters = {}) =>
  analyze(variantClaims, { observations: observe(rows), parameters })

/** Passes among `items` items under each variant. */
const counts = (passes: readonly number[], items: number): Row[] =>
  passes.flatMap((count, variant) =>
    Array.from(
      { length: items },
      (_, item): Row => ({
        item: `${item}`,
        levels: { wording: `${variant}` },
        score: (item * 7 + variant) % items < count ? 1 : 0,
      }),
    ),
  )

// SciPy 1.17.1: beta.isf(.05/3, 61, 140) = .3744707 bounds 60 failures of 200; beta.isf(.05/3, 181, 20) = .9404560 bounds 180 passes.
test('variant-claims of 140, 160 and 180 in 200: every variant reaches 1 − .3744707, none exceeds .9404560', () => {
  const result = on(counts([140, 160, 180], 200))
  const every = estimateOf(result, 't/s/m/every-at-least')
  expect(every.value).toBeCloseTo(0.7, 12)
  expect(every.interval).toMatchObject({ side: 'lower', upper: 1 })
  expect(every.interval.lower).toBeCloseTo(1 - 0.3744707, 6)
  expect(estimateOf(result, 't/s/m/every-at-most').interval.upper).toBeCloseTo(0.940456, 6)
  expect(result.statements[0]).toMatchObject({ code: 'every-listed-variant', values: { weakest: 'wording=0' } })
})

test('variant-claims: the bound on the worst of 8 equal variants fails in at most 5 % of 400 samples', () => {
  const random = openRandom(3).split('worst')
  let failed = 0
  for (let run = 0; run < 400; run++) {
    const rows = Array.from({ length: 8 }, (_, variant) =>
      Array.from(
        { length: 40 },
        (_, item): Row => ({
          item: `${item}`,
          levels: { wording: `${variant}` },
          score: random.uniform() < 0.7 ? 1 : 0,
        }),
      ),
    ).flat()
    if (estimateOf(on(rows), 't/s/m/every-at-least').interval.lower > 0.7) failed++
  }
  // Binomial(400, .05) exceeds 35 with probability 5e-4; Bonferroni is conservative besides.
  expect(failed).toBeLessThanOrEqual(35)
})

test('variant-claims: the best variant looks better where it was chosen, and its fresh interval covers in 300 samples', () => {
  const random = openRandom(5).split('best')
  let [lead, covered] = [0, 0]
  for (let run = 0; run < 300; run++) {
    const rows = Array.from({ length: 12 }, (_, variant) =>
      Array.from(
        { length: 60 },
        (_, item): Row => ({
          item: `${item}`,
          levels: { wording: `${variant}` },
          score: random.uniform() < 0.5 ? 1 : 0,
        }),
      ),
    ).flat()
    const result = on(rows)
    const { chosen, lower, upper } =
      result.statements.find(({ code }) => code === 'best-variant-reestimated')?.values ?? {}
    lead += Number(chosen) - 0.5
    if (Number(lower) <= 0.5 && Number(upper) >= 0.5) covered++
  }
  expect(lead / 300).toBeGreaterThan(0.1)
  expect(covered / 300).toBeGreaterThan(0.93)
})

test('variant-claims speaks of most variants only with enough of them, and only as drawn at random where the caller says so', () => {
  const few = on(counts([30, 35], 50))
  expect(codesOf(few)).toContain('most-variants-need')
  expect(few.statements.find(({ code }) => code === 'most-variants-need')?.values).toMatchObject({ needed: 72 })
  const many = counts(
    Array.from({ length: 80 }, (_, variant) => 30 + (variant % 10)),
    50,
  )
  const listed = on(many)
  expect(codesOf(listed)).toContain('most-variants-if-random')
  expect(listed.evidence.find(({ key }) => key.endsWith('most-at-least'))?.evidenceClass).toBe('descriptive')
  const drawn = on(many, { drawn: 'at-random' })
  expect(codesOf(drawn)).toContain('most-variants')
  expect(drawn.evidence.find(({ key }) => key.endsWith('most-at-least'))?.evidenceClass).toBe('guarantee')
})

test('variant-claims takes techniques for variants too, and the first of repeats', () => {
  const rows = counts([20, 25], 40).flatMap((row) =>
    ['direct', 'chain'].flatMap((technique) => [1, 2].map((replicate) => ({ ...row, technique, replicate }))),
  )
  const result = on(rows)
  expect(result.statements[0]?.values).toMatchObject({ variants: 4, items: 40 })
  expect(codesOf(result)).toContain('first-repeat-only')
  expect(on(rows.toReversed())).toEqual(result)
})

test('variant-claims refuses clusters, one variant, few items, graded scores and no rows', () => {
  const clustered = on(counts([20, 25], 40).map((row) => ({ ...row, cluster: `${Number(row.item) % 8}` })))
  expect(clustered.status).toBe('cannot-say')
  expect(codesOf(clustered)).toContain('variant-claims-in-clusters')
  expect(codesOf(on(counts([20], 40)))).toEqual(['needs-variants-for-claims'])
  expect(codesOf(on(counts([3, 4], 5)))).toEqual(['needs-variants-for-claims'])
  expect(on([]).status).toBe('cannot-say')
  expect(on(counts([20, 25], 40).map((row) => ({ ...row, score: 0.5 }))).status).toBe('cannot-say')
})

test('variant-claims at the ends: all passed keeps a bound below 1, and says that some variant may be at most 1', () => {
  const result = on(counts([30, 30], 30))
  const { lower } = estimateOf(result, 't/s/m/every-at-least').interval
  expect(lower).toBeGreaterThan(0.85)
  expect(lower).toBeLessThan(1)
  expect(estimateOf(result, 't/s/m/some-at-most').interval.upper).toBe(1)
})

// No item varies: 1 − 7 ln(2/.05)/(3 · 199), Maurer and Pontil 2009, Theorem 4.
test('variant-claims: of 200 items passed under all of 3 variants the average is at least 1 − .0432549', () => {
  const result = on(counts([200, 200, 200], 200))
  const average = estimateOf(result, 't/s/m/average-at-least')
  expect(average).toMatchObject({ value: 1, n: 200, method: 'maurer-pontil-empirical-bernstein' })
  expect(average.interval.lower).toBeCloseTo(1 - (7 * Math.log(40)) / 597, 12)
  expect(estimateOf(result, 't/s/m/average-at-most').interval.upper).toBe(1)
  expect(result.tables[0]?.rows[0]?.average).toBe(average.interval.lower)
  const holes = on(counts([200, 200, 200], 200).slice(1))
  expect(holes.evidence.some(({ key }) => key.includes('average'))).toBe(false)
})

test('variant-claims: the average over variants is bounded from both sides in at least 90 % of 300 samples whose items lean together', () => {
  const random = openRandom(7).split('average')
  let held = 0
  for (let run = 0; run < 300; run++) {
    const rows = Array.from({ length: 60 }, (_, item) => {
      // Half of the items are easy under every variant, half hard under every variant: mean .5.
      const ease = random.uniform() < 0.5 ? 0.9 : 0.1
      return [0, 1, 2].map(
        (variant): Row => ({
          item: `${item}`,
          levels: { wording: `${variant}` },
          score: random.uniform() < ease ? 1 : 0,
        }),
      )
    }).flat()
    const result = on(rows)
    const lower = estimateOf(result, 't/s/m/average-at-least').interval.lower
    const upper = estimateOf(result, 't/s/m/average-at-most').interval.upper
    if (lower <= 0.5 && upper >= 0.5) held++
  }
  // Each side misses 5 % at most.
  expect(held).toBeGreaterThanOrEqual(270)
})

// 100 of 100 passes: a failure rate of at most 1 − (.025/60)^(1/100) = .0748752 each, and 1 − .025^(1/60) of variants beyond.
test('variant-claims with a floor of .9: 60 clean variants leave at most 1 − .025^(1/60) of all below it, a floor of .95 all', () => {
  const clean = counts(
    Array.from({ length: 60 }, () => 100),
    100,
  )
  const drawn = on(clean, { floor: 0.9, drawn: 'at-random' })
  const below = estimateOf(drawn, 't/s/m/below-floor')
  expect(below).toMatchObject({ value: 0, n: 60, interval: { side: 'upper' } })
  expect(below.interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 60), 10)
  expect(drawn.evidence.find(({ key }) => key === 't/s/m/below-floor')?.evidenceClass).toBe('guarantee')
  expect(codesOf(drawn)).toContain('bad-variants')
  const listed = on(clean, { floor: 0.95 })
  expect(estimateOf(listed, 't/s/m/below-floor').interval.upper).toBe(1)
  expect(listed.evidence.find(({ key }) => key === 't/s/m/below-floor')?.evidenceClass).toBe('descriptive')
  expect(codesOf(listed)).toContain('bad-variants-if-random')
  expect(on(clean).evidence.some(({ key }) => key.endsWith('below-floor'))).toBe(false)
})

// √(ln(1/.025)/200) = .1358102; (.025/100)^(1/50) is the lower limit of 50 passes in 50.
test('variant-claims: 100 clean variants of 50 items are reached by at least 1 − .1358102 of all, each at .8471', () => {
  const result = on(
    counts(
      Array.from({ length: 100 }, () => 50),
      50,
    ),
  )
  const [, reached] = result.tables
  expect(reached?.title).toContain('had these been drawn at random')
  expect(reached?.rows).toHaveLength(1)
  expect(reached?.rows[0]?.share).toBeCloseTo(1 - Math.sqrt(Math.log(40) / 200), 10)
  expect(reached?.rows[0]?.passRate).toBeCloseTo((0.025 / 100) ** (1 / 50), 10)
  expect(on(counts([140, 160, 180], 200)).tables).toHaveLength(1)
})
