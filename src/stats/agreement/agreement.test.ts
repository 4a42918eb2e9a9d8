import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/agreement/intervals.json' with { type: 'json' }
import type { Outcome } from '../result.ts'
import { brennanPrediger, fleissKappa, gwetAgreement } from './chance-corrected.ts'
import { cohenKappa } from './cohen-kappa.ts'
import { krippendorffAlpha } from './krippendorff-alpha.ts'
import type { Ratings } from './ratings.ts'

const none = Number.NaN

function ratings(rows: readonly (readonly number[])[]): Ratings {
  return { units: rows.length, raters: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) }
}

function numbers(outcome: Outcome) {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return { value: outcome.value, standardError: outcome.standardError ?? Number.NaN, ...outcome.interval }
}

function kappaOf(table: readonly number[], categories: number, weights: 'identity' | 'linear' | 'quadratic') {
  const kappa = cohenKappa({ table, categories, weights, level: 0.95 })
  if (kappa.kind === 'not-estimable') throw new Error(kappa.because.code)
  return { ...kappa, ...numbers(kappa.kappa) }
}

// Krippendorff (2011), "Computing Krippendorff's alpha-reliability": 4 observers, 12 units, missing ratings.
const fourObservers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
  [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
]
const twelveUnits = ratings(
  Array.from({ length: 12 }, (_, unit) => fourObservers.map((observer) => observer[unit] ?? none)),
)
const scale = [1, 2, 3, 4, 5]

test('cohenKappa of a 3 × 3 table: .491525 (SE .072127), linear .473684, quadratic .454545, as statsmodels and R psych', () => {
  const table = [44, 5, 1, 7, 20, 3, 9, 5, 6]
  const plain = kappaOf(table, 3, 'identity')
  expect(plain.value).toBeCloseTo(0.491525, 6)
  expect(plain.standardError).toBeCloseTo(0.072127, 6)
  expect(plain.nullStandardError).toBeCloseTo(0.073509, 6)
  // The published interval [.3502, .6329] is κ ± 1.96 standard errors.
  expect(plain.value - 1.959964 * plain.standardError).toBeCloseTo(0.3502, 4)
  expect(plain.value + 1.959964 * plain.standardError).toBeCloseTo(0.6329, 4)
  expect(plain.maximum).toBeCloseTo(0.8305, 4)
  const linear = kappaOf(table, 3, 'linear')
  expect(linear.value).toBeCloseTo(0.473684, 6)
  expect(linear.standardError).toBeCloseTo(0.076979, 6)
  const quadratic = kappaOf(table, 3, 'quadratic')
  expect(quadratic.value).toBeCloseTo(0.454545, 6)
  expect(quadratic.standardError).toBeCloseTo(0.09398, 6)
})

test('cohenKappa shows its paradox: 94.4 % agreement, κ −.0234, prevalence index .944', () => {
  const kappa = kappaOf([118, 5, 2, 0], 2, 'identity')
  expect(kappa.observedAgreement).toBeCloseTo(0.944, 12)
  expect(kappa.value).toBeCloseTo(-0.0234, 4)
  expect(kappa.prevalenceIndex).toBeCloseTo(0.944, 12)
  expect(kappa.biasIndex).toBeCloseTo(0.024, 12)
})

test('cohenKappa of perfect agreement keeps a width; of one category or no units it is not estimable', () => {
  const perfect = kappaOf([10, 0, 0, 10], 2, 'identity')
  expect(perfect.value).toBe(1)
  expect(perfect.lower).toBeCloseTo(oracle.kappaPerfect.interval[0] ?? Number.NaN, 6)
  expect(perfect.upper).toBe(1)
  expect(cohenKappa({ table: [9, 0, 0, 0], categories: 2, weights: 'identity', level: 0.95 })).toMatchObject({
    because: { code: 'one-category-only' },
  })
  expect(cohenKappa({ table: [0, 0, 0, 0], categories: 2, weights: 'identity', level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(cohenKappa({ table: [0, 1, 0, 0], categories: 2, weights: 'identity', level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values', values: { needed: 2, given: 1 } },
  })
  expect(() => cohenKappa({ table: [1, 2, 3], categories: 2, weights: 'identity', level: 0.95 })).toThrow(/square/)
  expect(() => cohenKappa({ table: [1, -2, 3, 1], categories: 2, weights: 'identity', level: 0.95 })).toThrow(/count/)
})

test('cohenKappa stays in [−1, 1], is symmetric in the raters and, unweighted, free of category order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 9, maxLength: 9 }), (table) => {
      const transposed = table.map((_, k) => table[(k % 3) * 3 + Math.floor(k / 3)] ?? 0)
      const order = [2, 0, 1]
      const relabelled = table.map((_, k) => table[(order[Math.floor(k / 3)] ?? 0) * 3 + (order[k % 3] ?? 0)] ?? 0)
      const kappa = cohenKappa({ table, categories: 3, weights: 'identity', level: 0.95 })
      if (kappa.kind === 'not-estimable') return
      const base = numbers(kappa.kappa)
      expect(base.lower).toBeGreaterThanOrEqual(-1)
      expect(base.upper).toBeLessThanOrEqual(1)
      expect(base.upper).toBeGreaterThan(base.lower)
      expect(kappaOf(transposed, 3, 'identity').value).toBeCloseTo(base.value, 10)
      expect(kappaOf(relabelled, 3, 'identity').value).toBeCloseTo(base.value, 10)
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('krippendorffAlpha of the 1980 data: nominal .743421, ordinal .815388, interval .849107, ratio .797403', () => {
  const alpha = (kind: 'nominal' | 'ordinal' | 'interval' | 'ratio') =>
    numbers(krippendorffAlpha({ ratings: twelveUnits, scale: kind, level: 0.95, possible: 'as-observed' }))
  expect(alpha('nominal').value).toBeCloseTo(0.743421052631579, 12)
  expect(alpha('ordinal').value).toBeCloseTo(0.815388, 6)
  expect(alpha('interval').value).toBeCloseTo(0.849107, 6)
  expect(alpha('ratio').value).toBeCloseTo(0.797403, 6)
})

test('agreement intervals are the hull of the t intervals without and with z² units at chance, as oracles/agreement gives them', () => {
  const same = (outcome: Outcome, expected: { value: number; standardError: number; interval: number[] }) => {
    const found = numbers(outcome)
    expect(found.value).toBeCloseTo(expected.value, 9)
    expect(found.standardError).toBeCloseTo(expected.standardError, 7)
    expect(found.lower).toBeCloseTo(expected.interval[0] ?? Number.NaN, 6)
    expect(found.upper).toBeCloseTo(expected.interval[1] ?? Number.NaN, 6)
  }
  for (const weights of ['identity', 'linear', 'quadratic'] as const) {
    const kappa = cohenKappa({ table: [44, 5, 1, 7, 20, 3, 9, 5, 6], categories: 3, weights, level: 0.95 })
    if (kappa.kind === 'kappa') same(kappa.kappa, oracle.kappa[weights])
  }
  const options = { ratings: twelveUnits, level: 0.95, scale } as const
  same(gwetAgreement({ ...options, weights: 'identity' }), oracle.gwet.identity)
  same(gwetAgreement({ ...options, weights: 'quadratic' }), oracle.gwet.quadratic)
  same(fleissKappa({ ...options, weights: 'identity' }), oracle.fleiss.identity)
  same(fleissKappa({ ...options, weights: 'linear' }), oracle.fleiss.linear)
  same(brennanPrediger({ ...options, weights: 'identity' }), oracle.brennanPrediger.identity)
  for (const kind of ['nominal', 'ordinal', 'interval', 'ratio'] as const)
    same(
      krippendorffAlpha({ ratings: twelveUnits, scale: kind, level: 0.95, possible: 'as-observed' }),
      oracle.alpha[kind],
    )
  same(
    krippendorffAlpha({ ratings: twelveUnits, scale: 'ordinal', level: 0.8, possible: 'as-observed' }),
    oracle.alphaAt80,
  )
})

test('krippendorffAlpha of small tables agrees with evalica: −.1538462 nominal, .5454545 interval, .1712707 ratio', () => {
  const value = (rows: readonly (readonly number[])[], kind: 'nominal' | 'interval' | 'ratio') =>
    numbers(krippendorffAlpha({ ratings: ratings(rows), scale: kind, level: 0.95, possible: 'as-observed' })).value
  const steps = [
    [1, 2],
    [2, 3],
    [3, 4],
  ]
  expect(value(steps, 'nominal')).toBeCloseTo(-0.1538462, 7)
  expect(value(steps, 'interval')).toBeCloseTo(0.5454545, 7)
  expect(
    value(
      [
        [1, 2],
        [2, 4],
      ],
      'ratio',
    ),
  ).toBeCloseTo(0.1712707, 7)
})

test('krippendorffAlpha keeps its value and standard error whatever was possible; on an interval scale possible extremes widen it', () => {
  for (const kind of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
    const of = (possible: readonly number[] | 'as-observed') =>
      numbers(krippendorffAlpha({ ratings: twelveUnits, scale: kind, level: 0.95, possible }))
    const observed = of('as-observed')
    const wide = of([0, 9])
    expect(of(scale)).toEqual(observed)
    expect(wide.value).toBeCloseTo(observed.value, 12)
    expect(wide.standardError).toBeCloseTo(observed.standardError, 12)
    if (kind === 'interval') expect(wide.lower).toBeLessThan(observed.lower)
  }
})

test('krippendorffAlpha refuses constant ratings, single ratings and ratios below zero; perfect agreement keeps a width', () => {
  const options = { scale: 'nominal', level: 0.95, possible: 'as-observed' } as const
  const code = (rows: readonly (readonly number[])[]) => {
    const outcome = krippendorffAlpha({ ...options, ratings: ratings(rows) })
    return outcome.kind === 'not-estimable' ? outcome.because.code : outcome.kind
  }
  expect(
    code([
      [1, 1],
      [1, 1],
    ]),
  ).toBe('one-category-only')
  expect(
    code([
      [1, none],
      [none, 2],
    ]),
  ).toBe('too-few-rated-twice')
  expect(() =>
    krippendorffAlpha({
      ...options,
      scale: 'ratio',
      ratings: ratings([
        [-1, 1],
        [1, 1],
      ]),
    }),
  ).toThrow(/negative/)
  const perfect = numbers(
    krippendorffAlpha({
      ...options,
      ratings: ratings(Array.from({ length: 40 }, (_, k) => [k % 2, k % 2])),
    }),
  )
  expect(perfect.value).toBe(1)
  expect(perfect.lower).toBeLessThan(0.9)
})

test('gwetAgreement, fleissKappa and brennanPrediger on the same data: AC1 .775444 (.142950), Fleiss .761169 (.153019), BP .772727', () => {
  const options = { ratings: twelveUnits, weights: 'identity', level: 0.95, scale } as const
  expect(numbers(gwetAgreement(options)).value).toBeCloseTo(0.775444, 6)
  expect(numbers(gwetAgreement(options)).standardError).toBeCloseTo(0.14295, 6)
  expect(numbers(fleissKappa(options)).value).toBeCloseTo(0.761169, 6)
  expect(numbers(fleissKappa(options)).standardError).toBeCloseTo(0.153019, 6)
  expect(numbers(brennanPrediger(options)).value).toBeCloseTo(0.772727, 6)
  const quadratic = { ...options, weights: 'quadratic' } as const
  expect(numbers(gwetAgreement(quadratic)).value).toBeCloseTo(0.914001, 6)
  expect(numbers(gwetAgreement(quadratic)).standardError).toBeCloseTo(0.103962, 6)
  expect(numbers(fleissKappa(quadratic)).value).toBeCloseTo(0.864935, 6)
})

test('fleissKappa of the classic 10 units × 14 raters × 5 categories is .209931', () => {
  // Fleiss (1971) as in the Wikipedia article: counts per unit and category.
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
  const rows = counts.map((unit) => unit.flatMap((count, category) => new Array<number>(count).fill(category + 1)))
  expect(numbers(fleissKappa({ ratings: ratings(rows), weights: 'identity', level: 0.95, scale })).value).toBeCloseTo(
    0.209931,
    6,
  )
})

test('gwetAgreement of two raters on the paradox table is AC1 .9408, brennanPrediger .888', () => {
  const rows = [
    ...new Array(118).fill([0, 0]),
    ...new Array(5).fill([0, 1]),
    ...new Array(2).fill([1, 0]),
  ] as number[][]
  const options = { ratings: ratings(rows), weights: 'identity', level: 0.95, scale: [0, 1] } as const
  expect(numbers(gwetAgreement(options)).value).toBeCloseTo(0.9408, 4)
  expect(numbers(brennanPrediger(options)).value).toBeCloseTo(0.888, 6)
})

test('agreement of many raters does not depend on the order of units or raters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.constantFrom(1, 2, 3, none), { minLength: 3, maxLength: 3 }), {
        minLength: 4,
        maxLength: 12,
      }),
      (rows) => {
        const turned = rows.toReversed().map((row) => row.toReversed())
        const options = { weights: 'linear', level: 0.95, scale: [1, 2, 3] } as const
        for (const coefficient of [gwetAgreement, fleissKappa, brennanPrediger]) {
          const base = coefficient({ ...options, ratings: ratings(rows) })
          const other = coefficient({ ...options, ratings: ratings(turned) })
          expect(other.kind).toBe(base.kind)
          if (base.kind === 'estimate' && other.kind === 'estimate') {
            expect(other.value).toBeCloseTo(base.value, 10)
            expect(other.standardError ?? 0).toBeCloseTo(base.standardError ?? 0, 10)
            expect(base.interval.upper).toBeGreaterThan(base.interval.lower)
          }
        }
      },
    ),
    { seed: 9, numRuns: 200 },
  )
})

test('gwetAgreement refuses ratings off the declared scale', () => {
  expect(() =>
    gwetAgreement({
      ratings: ratings([
        [1, 2],
        [2, 2],
      ]),
      weights: 'identity',
      level: 0.95,
      scale: [1],
    }),
  ).toThrow(/off scale/)
})
