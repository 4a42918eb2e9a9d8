import fc from 'fast-check'
import { expect, test } from 'vitest'
import tail from '../../../oracles/tail-forecast/tail-forecast.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { betaPosterior, cleanTrialsForPosterior, posteriorBelow, predictNoEvent } from './beta-posterior.ts'
import { chanceOverUses, cleanTestsForPromise, rateForPromise } from './deployment.ts'
import { exponentialTailLimits } from './exponential-tail-limits.ts'
import {
  distributionBand,
  drawsForQuantile,
  drawsForToleranceInterval,
  orderStatisticRank,
  quantileBound,
} from './order-statistic-bound.ts'
import { tailBacktest } from './tail-backtest.ts'
import { tailForecast } from './tail-forecast.ts'

test('drawsForQuantile reproduces the Wilks table: 59 / 93 / 124 for 95/95, 299 / 473 / 628 for 99/95', () => {
  const row = (probability: number, level: number) =>
    [0, 1, 2].map((spared) => drawsForQuantile({ probability, level, side: 'upper', spared }))
  expect(row(0.9, 0.95)).toEqual([29, 46, 61])
  expect(row(0.95, 0.95)).toEqual([59, 93, 124])
  expect(row(0.95, 0.99)).toEqual([90, 130, 165])
  expect(row(0.99, 0.95)).toEqual([299, 473, 628])
  expect(row(0.99, 0.99)).toEqual([459, 662, 838])
  expect(drawsForQuantile({ probability: 0.05, level: 0.95, side: 'lower', spared: 0 })).toBe(59)
})

test('drawsForToleranceInterval is 93 for 95/95 and 38 for 90/90, two-sided', () => {
  expect(drawsForToleranceInterval({ probability: 0.95, level: 0.95 })).toBe(93)
  expect(drawsForToleranceInterval({ probability: 0.9, level: 0.9 })).toBe(38)
})

test('orderStatisticRank of 100 draws is 99 above and 91 below the 95 % quantile', () => {
  expect(orderStatisticRank({ draws: 100, probability: 0.95, level: 0.95, side: 'upper' })).toBe(99)
  expect(orderStatisticRank({ draws: 100, probability: 0.95, level: 0.95, side: 'lower' })).toBe(91)
  expect(orderStatisticRank({ draws: 58, probability: 0.95, level: 0.95, side: 'upper' })).toBeUndefined()
})

test('orderStatisticRank agrees with a search through every rank', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(0.05, 0.3, 0.5, 0.9, 0.95),
      fc.constantFrom(0.8, 0.95),
      (draws, probability, level) => {
        let choose = (1 - probability) ** draws
        const cumulative = [choose]
        for (let k = 1; k <= draws; k++) {
          choose *= ((draws - k + 1) / k) * (probability / (1 - probability))
          cumulative.push((cumulative[k - 1] ?? 0) + choose)
        }
        const ranks = Array.from({ length: draws }, (_, index) => index + 1)
        // A rank whose confidence equals the level to rounding may go either way.
        const clear = cumulative.every(
          (total) => Math.abs(total - level) > 1e-12 && Math.abs(1 - total - level) > 1e-12,
        )
        fc.pre(clear)
        expect(orderStatisticRank({ draws, probability, level, side: 'upper' })).toBe(
          ranks.find((rank) => (cumulative[rank - 1] ?? 0) >= level),
        )
        expect(orderStatisticRank({ draws, probability, level, side: 'lower' })).toBe(
          ranks.findLast((rank) => 1 - (cumulative[rank - 1] ?? 0) >= level),
        )
      },
    ),
    { seed: 2, numRuns: 300 },
  )
})

test('quantileBound holds the true 90 % quantile in at least 95 % of 4,000 samples of 40 (seed 9)', () => {
  const random = openRandom(9)
  let held = 0
  for (let repetition = 0; repetition < 4000; repetition++) {
    const values = Float64Array.from({ length: 40 }, () => random.uniform() ** 3)
    const outcome = quantileBound({ values, probability: 0.9, level: 0.95, side: 'upper' })
    if (outcome.kind === 'estimate' && outcome.interval.upper >= 0.9 ** 3) held++
  }
  // Exact coverage of X_(39) is P(Bin(40, 0.9) ≤ 38) = 0.9195 < 0.95, so the bound is X_(40): 1 − 0.9^40 = 0.9852.
  expect(Math.abs(held / 4000 - (1 - 0.9 ** 40))).toBeLessThan(4 * Math.sqrt((0.9852 * 0.0148) / 4000))
})

test('quantileBound of too few values says how many it takes, and refuses NaN', () => {
  expect(quantileBound({ values: [1, 2], probability: 0.95, level: 0.95, side: 'upper' })).toEqual({
    kind: 'not-estimable',
    because: { code: 'too-few-values', severity: 'invalid', values: { needed: 59, given: 2 } },
  })
  expect(() => quantileBound({ values: [1, Number.NaN], probability: 0.5, level: 0.5, side: 'upper' })).toThrow(
    /not a number/,
  )
})

test('distributionBand is 0.13581 for 100 draws and 0.04295 for 1,000 at 95 %', () => {
  expect(distributionBand({ draws: 100, level: 0.95 })).toBeCloseTo(0.13581, 5)
  expect(distributionBand({ draws: 1000, level: 0.95 })).toBeCloseTo(0.04295, 5)
})

test('cleanTestsForPromise: a million uses at 5 % and 95 % take 58,403,975 clean tests', () => {
  expect(cleanTestsForPromise({ chance: 0.05, uses: 1e6, level: 0.95 })).toBe(58_403_975)
})

test('chanceOverUses and rateForPromise invert one another, down to 1e-12 per use', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.99, noNaN: true }),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      (chance, uses) => {
        const rate = rateForPromise({ chance, uses })
        expect(Math.abs(chanceOverUses({ rate, uses }) / chance - 1)).toBeLessThan(1e-9)
      },
    ),
    { seed: 6 },
  )
  expect(chanceOverUses({ rate: 0, uses: 10 })).toBe(0)
  expect(chanceOverUses({ rate: 1, uses: 10 })).toBe(1)
})

test('cleanTrialsForPosterior: the prior is worth 36 % of the sample (29,955 uniform, 19,207 Jeffreys)', () => {
  expect(cleanTrialsForPosterior({ rateBelow: 1e-4, level: 0.95, a: 1, b: 1 })).toBe(29_955)
  expect(cleanTrialsForPosterior({ rateBelow: 1e-4, level: 0.95, a: 0.5, b: 0.5 })).toBe(19_207)
  expect(cleanTrialsForPosterior({ rateBelow: 1e-4, level: 0.99, a: 0.5, b: 0.5 })).toBe(33_173)
  expect(cleanTrialsForPosterior({ rateBelow: 0.9, level: 0.5, a: 1, b: 9 })).toBe(0)
})

test('predictNoEvent after 30,000 clean of 30,000 more is 0.5000 (uniform) and 0.7071 (Jeffreys)', () => {
  expect(predictNoEvent({ successes: 0, trials: 30_000, a: 1, b: 1, uses: 30_000 })).toBeCloseTo(0.5, 4)
  expect(predictNoEvent({ successes: 0, trials: 30_000, a: 0.5, b: 0.5, uses: 30_000 })).toBeCloseTo(Math.SQRT1_2, 4)
})

test('betaPosterior with no trials is the prior and says so; its probabilities and quantiles agree', () => {
  const prior = betaPosterior({ successes: 0, trials: 0, a: 1, b: 1, level: 0.9 })
  expect(prior.caveats.map(({ code }) => code)).toEqual(['prior-only'])
  expect(prior.interval.lower).toBeCloseTo(0.05, 12)
  const posterior = betaPosterior({ successes: 5, trials: 100, a: 0.5, b: 0.5, level: 0.95 })
  // Jeffreys interval of 5/100: [0.0193318, 0.1061001]
  expect(posterior.interval.lower).toBeCloseTo(0.0193318, 7)
  expect(posterior.interval.upper).toBeCloseTo(0.1061001, 7)
  expect(
    posteriorBelow({ successes: 5, trials: 100, a: 0.5, b: 0.5, rateBelow: posterior.interval.upper }),
  ).toBeCloseTo(0.975, 10)
  expect(() => betaPosterior({ successes: 5, trials: 4, a: 1, b: 1, level: 0.95 })).toThrow(/counts/)
})

const topTen = [0.02, 0.012, 0.009, 0.006, 0.0045, 0.004, 0.003, 0.0026, 0.0022, 0.002, 0.0018]
const tested = [...topTen, ...new Array<number>(989).fill(0)]

test('tailForecast reproduces a = −4.789066, b = −13.352090 and 0.230341 at 100,000 queries', () => {
  const forecast = tailForecast({
    probabilities: tested,
    tailSize: 10,
    queries: 1e5,
    level: 0.95,
    plottingPosition: 'i/m',
  })
  if (forecast.kind === 'not-estimable') throw new Error(forecast.because.code)
  expect(forecast.leastSquares.slope).toBeCloseTo(-4.789066258696869, 10)
  expect(forecast.leastSquares.intercept).toBeCloseTo(-13.352089517207327, 10)
  expect(forecast.leastSquares.worstQuery).toBeCloseTo(0.230341, 6)
  expect(forecast.shareAbove(0.01)).toBeCloseTo(2.3856e-3, 7)
  expect(forecast.shareAbove(0.1)).toBeCloseTo(8.6285e-5, 9)
  if (forecast.likelihood.kind === 'not-estimable') throw new Error(forecast.likelihood.because.code)
  expect(forecast.likelihood.value).toBeCloseTo(0.1671, 4)
  const { lower, upper } = forecast.likelihood.interval
  expect(lower).toBeCloseTo(tail.fixture[0] ?? Number.NaN, 8)
  expect(upper).toBeCloseTo(tail.fixture[1] ?? Number.NaN, 8)
  // With the threshold taken as known, β̂ · 20/χ² leaves [.0488, .6346]: a little less.
  expect(lower).toBeLessThan(0.0488)
  expect(upper).toBeGreaterThan(0.6346)
})

// SciPy 1.17.1: oracles/tail-forecast/tail-forecast.py
test('exponentialTailLimits agrees with adaptive integration over the share beyond the threshold', () => {
  for (const { limits, ...options } of tail.limits) {
    const { lower, upper } = exponentialTailLimits(options)
    expect(lower).toBeCloseTo(limits[0] ?? Number.NaN, 7)
    expect(upper).toBeCloseTo(limits[1] ?? Number.NaN, 7)
  }
})

test('exponentialTailLimits reach further with the queries and with the level', () => {
  const draw = fc.record({ tailSize: fc.integer({ min: 2, max: 20 }), extra: fc.integer({ min: 1, max: 500 }) })
  fc.assert(
    fc.property(draw, fc.integer({ min: 1, max: 1000 }), ({ tailSize, extra }, factor) => {
      const tested = tailSize + extra
      const of = (queries: number, level: number) => exponentialTailLimits({ tailSize, tested, queries, level })
      const [near, far, wide] = [of(tested, 0.9), of(tested * (factor + 1), 0.9), of(tested, 0.99)]
      expect(far.lower).toBeGreaterThan(near.lower)
      expect(far.upper).toBeGreaterThan(near.upper)
      expect(wide.lower).toBeLessThan(near.lower)
      expect(wide.upper).toBeGreaterThan(near.upper)
    }),
    { seed: 6, numRuns: 20 },
  )
})

test('tailForecast with plotting position (i−½)/m moves the same forecast to 0.144338', () => {
  const forecast = tailForecast({
    probabilities: tested,
    tailSize: 10,
    queries: 1e5,
    level: 0.95,
    plottingPosition: '(i-1/2)/m',
  })
  if (forecast.kind === 'not-estimable') throw new Error(forecast.because.code)
  expect(forecast.leastSquares.slope).toBeCloseTo(-5.938363, 6)
  expect(forecast.leastSquares.worstQuery).toBeCloseTo(0.144338, 6)
})

test('tailForecast likelihood interval holds the law of the worst query scale in 95 % of 1,000 exponential tails (seed 21)', () => {
  const random = openRandom(21)
  const m = 1000
  const scale = 0.2
  let held = 0
  for (let repetition = 0; repetition < 1000; repetition++) {
    const probabilities = Array.from({ length: m }, () => Math.exp(-Math.exp(2 + scale * Math.log(random.uniform()))))
    const forecast = tailForecast({ probabilities, tailSize: 10, queries: 1e5, level: 0.95, plottingPosition: 'i/m' })
    if (forecast.kind === 'not-estimable' || forecast.likelihood.kind === 'not-estimable')
      throw new Error('no forecast')
    // ψ = −2 + scale · Exp(1): its 1e-5 upper quantile is −2 + scale · ln 1e5.
    const truth = Math.exp(-Math.exp(2 - scale * Math.log(1e5)))
    const { lower, upper } = forecast.likelihood.interval
    if (lower <= truth && truth <= upper) held++
  }
  // 4 standard errors at 1,000.
  expect(Math.abs(held / 1000 - 0.95)).toBeLessThan(0.028)
})

test('tailForecast refuses a small tail, a flat tail and a forecast beyond three orders of magnitude', () => {
  const common = { tailSize: 10, level: 0.95, plottingPosition: 'i/m' } as const
  const code = (probabilities: readonly number[], queries: number) => {
    const forecast = tailForecast({ ...common, probabilities, queries })
    return forecast.kind === 'not-estimable' ? forecast.because.code : forecast.kind
  }
  expect(code([0.1, 0.2], 100)).toBe('tail-too-small')
  expect(code(new Array(400).fill(0.01), 1000)).toBe('tail-flat')
  expect(code(tested, 1e7)).toBe('forecast-too-far')
  expect(() => code([1.2], 10)).toThrow(/probability out of range/)
})

test('tailBacktest counts under-estimates and refuses where no split allows a forecast (seed 5)', () => {
  const random = openRandom(5)
  const probabilities = Array.from({ length: 3000 }, () => Math.exp(-Math.exp(2 + 0.3 * Math.log(random.uniform()))))
  const common = { tailSize: 10, level: 0.95, plottingPosition: 'i/m', ratio: 10, splits: 50 } as const
  const backtest = tailBacktest({ ...common, probabilities, random: openRandom(5) })
  if (backtest.kind === 'not-estimable') throw new Error(backtest.because.code)
  expect(backtest.forecasts).toBe(50)
  expect(backtest.withinFactorTen).toBeGreaterThan(0.8)
  expect(backtest.underestimated).toBeLessThan(0.7)
  expect(tailBacktest({ ...common, probabilities: [0.1, 0.2, 0.3], random }).kind).toBe('not-estimable')
})
