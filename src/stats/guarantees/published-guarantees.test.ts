/** Numbers of order statistics and tail forecasts that `rate-claims.test.ts` and its neighbours do not hold. */
import { expect, test } from 'vitest'
import { binomialCdf, binomialUpperTail } from '../distributions/binomial.ts'
import { orderStatisticRank } from './order-statistic-bound.ts'
import { tailForecast } from './tail-forecast.ts'

test('orderStatisticRank: of 100 draws ranks 99 and 91 bound the 95 % quantile, with confidence .96292 and .97181', () => {
  const claim = { draws: 100, probability: 0.95, level: 0.95 }
  const upper = orderStatisticRank({ ...claim, side: 'upper' }) ?? Number.NaN
  const lower = orderStatisticRank({ ...claim, side: 'lower' }) ?? Number.NaN
  expect([upper, lower]).toEqual([99, 91])
  expect(binomialCdf({ k: upper - 1, n: 100, p: 0.95 })).toBeCloseTo(0.96292, 5)
  expect(binomialUpperTail({ k: lower, n: 100, p: 0.95 })).toBeCloseTo(0.97181, 5)
})

test('tailForecast: worst query .021480, .093051, .230341, .403424 at 1e3 … 1e6 queries, share above .5 2.7477e-7', () => {
  const top = [0.02, 0.012, 0.009, 0.006, 0.0045, 0.004, 0.003, 0.0026, 0.0022, 0.002, 0.0018]
  const probabilities = [...top, ...new Array<number>(1000 - top.length).fill(1e-4)]
  for (const [queries, worst] of [
    [1e3, 0.02148],
    [1e4, 0.093051],
    [1e5, 0.230341],
    [1e6, 0.403424],
  ] as const) {
    const forecast = tailForecast({ probabilities, tailSize: 10, queries, level: 0.95, plottingPosition: 'i/m' })
    if (forecast.kind === 'not-estimable') throw new Error(forecast.because.code)
    expect(forecast.leastSquares.worstQuery).toBeCloseTo(worst, 6)
    expect(forecast.shareAbove(0.01) / 2.3856e-3).toBeCloseTo(1, 4)
    expect(forecast.shareAbove(0.1) / 8.6285e-5).toBeCloseTo(1, 4)
    expect(forecast.shareAbove(0.5) / 2.7477e-7).toBeCloseTo(1, 4)
  }
})
