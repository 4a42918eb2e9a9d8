import { expect, test } from 'vitest'
import * as stats from '../src/stats/index.ts'

const range = { lower: 0, upper: 1 }
const cells = {
  values: Float64Array.of(1, 0, 1, 1),
  starts: Int32Array.of(0, 2, 4),
  itemOf: Int32Array.of(0, 1),
  items: 2,
}
const battles = { models: 2, first: [0, 1, 0, 1], second: [1, 0, 1, 0], outcome: [1, 1, 0, 0] }
const labels = {
  judge: [1, 0, 0, 1],
  unlabelled: [1, 0, 1],
  tuning: 'tuned',
  level: 0.95,
  reference: 'normal',
} as const
const noise = { item: 0.1, variant: 0, interaction: 0, rerun: 0.1 }
const groups = { values: [1, 0, 1, 0], groupCount: 2, strata: [0, 0, 0, 0], reference: 'chi-squared' } as const
const rerun = { standardError: 0.1, rerunStandardError: 0.1, degreesOfFreedom: 9, level: 0.95 }
const detectable = { standardError: 0.1, degreesOfFreedom: 9, alpha: 0.05, power: 0.8, level: 0.95 }
const search = { items: 20, batch: 5, budget: 100 }
const random = stats.openRandom('refused')

/** Each of these once gave a number. */
const refused: Readonly<Record<string, () => unknown>> = {
  'fixedItemsMean with a 5 in the range 0–1': () =>
    stats.fixedItemsMean({ ...cells, values: Float64Array.of(5, 0, 1, 1) }, { level: 0.95, range }),
  'fixedItemsMean with a start too few': () =>
    stats.fixedItemsMean({ ...cells, starts: Int32Array.of(0, 2) }, { level: 0.95, range }),
  'fixedItemsMean with an item beyond the last': () =>
    stats.fixedItemsMean({ ...cells, itemOf: Int32Array.of(0, 2) }, { level: 0.95, range }),
  'predictionPowered with a truth of 5 in the range 0–1': () =>
    stats.predictionPowered({ ...labels, truth: [5, 0, 1, 1], range }),
  'predictionPowered with a range upside down': () =>
    stats.predictionPowered({ ...labels, truth: [1, 0, 1, 1], range: { lower: 1, upper: 0 } }),
  'sensitivityBound at level −1': () => stats.sensitivityBound({ successes: 19, trials: 20 }, -1),
  'designEffectOfIcc of −1 for 10 rows': () => stats.designEffectOfIcc({ rowsPerCluster: 10, icc: -1 }),
  'designVariance of −1 items': () => stats.designVariance(noise, { items: -1, variants: 1, runs: 1, judges: 1 }),
  'directionReplication of −1 units': () => stats.directionReplication({ z: 2, n: -1, level: 0.95 }),
  'detectableEffect of −1 units': () => stats.detectableEffect({ ...detectable, n: -1 }),
  'rerunInterval of NaN': () => stats.rerunInterval({ ...rerun, value: Number.NaN, n: 10 }),
  'regularFraction of −1 factors': () => stats.regularFraction({ levels: 2, factors: -1, resolution: 3 }),
  'eloRatings of a model that is not there': () =>
    stats.eloRatings({ battles: { ...battles, first: [0, 5, 0, 1] }, step: 16, start: 1000 }),
  'eloDispersion of lists of unequal length': () =>
    stats.eloDispersion({ battles: { ...battles, outcome: [1] }, step: 16, start: 1000, orders: 5, random }),
  'thompsonNext with negative counts': () =>
    stats.thompsonNext(search, { step: 0, counts: [{ asked: 5, trials: 5, successes: -1 }] }, random),
  'clusteredAbilities with half a cluster': () => stats.clusteredAbilities({ battles, cluster: [0, 1.5, 2, 3] }),
  'clusteredAbilities with a cluster of NaN': () =>
    stats.clusteredAbilities({ battles, cluster: [0, Number.NaN, 2, 3] }),
  'meanScoreTest with group −1': () => stats.meanScoreTest({ ...groups, groups: [-1, 0, 1, 1] }),
  'meanScoreTest with half a group': () => stats.meanScoreTest({ ...groups, groups: [1.5, 0, 1, 1] }),
  'pairingGain of NaN': () => stats.pairingGain([1, Number.NaN], [0, 1]),
  'krippendorffAlpha at level 1': () =>
    stats.krippendorffAlpha({
      ratings: { units: 3, raters: 2, values: Float64Array.of(1, 1, 2, 2, 1, 2) },
      scale: 'nominal',
      level: 1,
      possible: 'as-observed',
    }),
}

test.each(Object.entries(refused))('%s is refused with a fix', (_, call) => {
  let refusal: unknown
  try {
    refusal = call()
  } catch (error) {
    refusal = error
  }
  expect(refusal).toBeInstanceOf(stats.AssayError)
  expect(refusal).toMatchObject({ fix: expect.stringMatching(/./) })
})

test('erf and erfc at ±∞ are their limits, and the normal distribution reaches 0 and 1', () => {
  const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  expect([stats.erf(low), stats.erf(high), stats.erfc(low), stats.erfc(high)]).toEqual([-1, 1, 2, 0])
  expect([stats.normalCdf(low), stats.normalCdf(high), stats.normalUpperTail(high)]).toEqual([0, 1, 0])
  expect(stats.normalDensity(low)).toBe(0)
  expect(stats.normalLogUpperTail(low)).toBeCloseTo(0, 15)
  expect(stats.normalLogCdf(high)).toBeCloseTo(0, 15)
})

test('itemResponseModel of coin flips gives no NaN: errors that are not known are left out, and a caveat says so', () => {
  const coin = stats.openRandom('coins 1')
  const fit = stats.itemResponseModel({
    responses: Float64Array.from({ length: 360 }, () => (coin.uniform() < 0.5 ? 1 : 0)),
    persons: 60,
    items: 6,
    counts: Array(60).fill(1),
    model: '1pl',
  })
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  for (const list of [fit.slopes, fit.intercepts, fit.slopeErrors, fit.interceptErrors]) {
    for (const value of list) expect(value).not.toBeNaN()
  }
  expect(fit.slopeErrors[0]).toBeUndefined()
  expect(fit.caveats.map(({ code }) => code)).toContain('item-errors-unknown')
})

test('crossedLogit of separated outcomes gives no NaN, does not call itself converged, and refuses contrasts', () => {
  const rows = Array.from({ length: 40 }, (_, row) => row)
  const fit = stats.crossedLogit({
    successes: rows.map((row) => row % 2),
    trials: rows.map(() => 1),
    design: Float64Array.from(rows.flatMap((row) => [1, row % 2])),
    columns: 2,
    factors: [{ name: 'item', levelOf: rows.map((row) => row >> 2), levels: 10 }],
    units: undefined,
  })
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  for (const value of fit.covariance) expect(value).not.toBeNaN()
  expect(fit.caveats.map(({ code }) => code)).toContain('separated-outcome')
  expect(fit.converged).toBe(false)
  expect(stats.logitContrast({ fit, weights: [0, 1], level: 0.95 }).kind).toBe('not-estimable')
})

test('eloDispersion of ties between equals reverses nothing, and bradleyTerry’s sandwich refuses nothing but ties', () => {
  const tied = { models: 2, first: [0, 1, 0], second: [1, 0, 1], outcome: [0.5, 0.5, 0.5] }
  expect(stats.eloDispersion({ battles: tied, step: 16, start: 1000, orders: 9, random }).worstReversal).toBe(0)
  const counts = stats.countPairs(tied)
  expect(stats.bradleyTerry({ ...counts, covarianceKind: 'sandwich' })).toMatchObject({
    because: { code: 'only-ties' },
  })
  expect(stats.bradleyTerry({ ...counts, covarianceKind: 'model' })).toMatchObject({ kind: 'ability-fit' })
})

test('quantileSequence of 200 equal values says that both its ends are one repeated value', () => {
  const outcome = stats.quantileSequence({
    values: Array(200).fill(0),
    probability: 0.5,
    from: 100,
    level: 0.95,
    range,
  })
  expect(outcome).toMatchObject({ interval: { lower: 0, upper: 0 }, caveats: [{ code: 'quantile-on-repeated-value' }] })
})
