/** Bounds on quantiles and distributions that need no model: order statistics, Massart's band, quantile sequences. */
import type { Random } from '../../src/random/index.ts'
import {
  distributionBand,
  drawsForToleranceInterval,
  orderStatisticRank,
  quantileBound,
  quantileComparison,
  quantileSequence,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { overBinomial } from '../enumerate.ts'
import { simulatedRow } from '../simulated-scores.ts'

const uniforms = (random: Random, count: number) => Float64Array.from({ length: count }, () => random.uniform())

export const orderStatisticCalibration = defineCalibration({
  name: 'order-statistic-bounds',
  title: 'One-sided bounds on a quantile from one order statistic, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design: ranks are whole. Without ties the number of draws below the quantile is binomial, and those rows are summed exactly over all possible outcomes; where draws are too few for any rank, nothing is claimed.',
  run: ({ random, repetitions }) => [
    ...[
      { draws: 20, probability: 0.5 },
      { draws: 100, probability: 0.95 },
      { draws: 473, probability: 0.99 },
      { draws: 3000, probability: 0.999 },
    ].flatMap(({ draws, probability }) =>
      (['upper', 'lower'] as const).map((side) => {
        const rank = orderStatisticRank({ draws, probability, level: 0.95, side }) ?? 0
        return {
          setting: `${side} bound on the ${probability} quantile, ${draws} draws`,
          rate: overBinomial({
            n: draws,
            p: probability,
            hit: (below) => (side === 'upper' ? below < rank : below >= rank),
          }),
          repetitions: 'enumerated' as const,
          seed: random.path,
        }
      }),
    ),
    ...[
      { draws: 30, probability: 0.75 },
      { draws: 80, probability: 0.95 },
    ].flatMap(({ draws, probability }) =>
      (['upper', 'lower'] as const).map((side) =>
        simulatedRow({
          setting: `${side} bound on the ${probability} quantile, ${draws} draws of five values with ties`,
          random,
          repetitions,
          holds: (stream) => {
            const values = uniforms(stream, draws).map((u) => Math.floor(5 * u ** 2))
            const truth = Math.ceil(5 * probability ** 2) - 1
            const bound = quantileBound({ values, probability, level: 0.95, side })
            if (bound.kind === 'not-estimable') return true
            return side === 'upper' ? truth <= bound.interval.upper : bound.interval.lower <= truth
          },
        }),
      ),
    ),
  ],
})

export const distributionBandCalibration = defineCalibration({
  name: 'distribution-band',
  title: 'A band that holds a distribution function everywhere, and extremes that hold 90 % of a population, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Dvoretzky, Kiefer and Wolfowitz with Massart’s constant, near exact from 20 draws on; ties only help.',
  run: ({ random, repetitions }) => [
    ...[5, 20, 200].flatMap((draws) =>
      ([undefined, 4] as const).map((values) =>
        simulatedRow({
          setting: `band, ${draws} draws${values === undefined ? '' : ` of ${values} values`}`,
          random,
          repetitions,
          holds: (stream) => largestGap(uniforms(stream, draws), values) <= distributionBand({ draws, level: 0.95 }),
        }),
      ),
    ),
    simulatedRow({
      setting: `${drawsForToleranceInterval({ probability: 0.9, level: 0.95 })} draws, smallest to largest`,
      random,
      repetitions,
      holds: (stream) => {
        const values = uniforms(stream, drawsForToleranceInterval({ probability: 0.9, level: 0.95 }))
        return Math.max(...values) - Math.min(...values) >= 0.9
      },
    }),
  ],
})

/** sup |F̂ − F| of uniform draws, or of draws rounded up to that many equally likely values. */
function largestGap(draws: Float64Array, values: number | undefined): number {
  const n = draws.length
  const sorted = draws.map((u) => (values === undefined ? u : Math.ceil(u * values) / values)).sort()
  if (values !== undefined) {
    const below = (x: number) => sorted.filter((value) => value <= x + 1e-12).length / n
    return Math.max(...Array.from({ length: values }, (_, k) => Math.abs(below((k + 1) / values) - (k + 1) / values)))
  }
  return sorted.reduce((gap, u, i) => Math.max(gap, (i + 1) / n - u, u - i / n), 0)
}

export const quantileSequenceCalibration = defineCalibration({
  name: 'quantile-sequence',
  title: 'Confidence sequence for quantiles, looked at 16 times in 1,000 draws, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design: one boundary for all times and all quantiles. A row holds where none of its three quantiles is lost at any look.',
  run: ({ random, repetitions }) =>
    (['uniform draws', 'draws of five values'] as const).map((setting) =>
      simulatedRow({
        setting,
        random,
        repetitions: Math.max(1, Math.round(repetitions / 4)),
        holds: (stream) => {
          const coarse = setting !== 'uniform draws'
          const values = uniforms(stream, 1000).map((u) => (coarse ? Math.floor(5 * u) : u))
          return [0.1, 0.5, 0.95].every((probability) => {
            const truth = coarse ? Math.ceil(5 * probability) - 1 : probability
            return looks.every((t) => {
              const range = { lower: 0, upper: 5 }
              const outcome = quantileSequence({
                values: values.subarray(0, t),
                probability,
                from: 32,
                level: 0.95,
                range,
              })
              return outcome.kind === 'estimate' && outcome.interval.lower <= truth && truth <= outcome.interval.upper
            })
          })
        },
      }),
    ),
})

export const quantileComparisonCalibration = defineCalibration({
  name: 'quantile-comparison',
  title: 'Test of equal quantiles of two samples, looked at 16 times in 1,000 draws of each, 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Conservative by design: valid at every look. A row counts samples in which any look rejects.',
  run: ({ random, repetitions }) =>
    (['medians of uniform draws', 'medians of draws of five values', '90 % quantiles of unequal spreads'] as const).map(
      (setting) =>
        simulatedRow({
          setting,
          random,
          repetitions: Math.max(1, Math.round(repetitions / 8)),
          holds: (stream) => {
            const coarse = setting.includes('five')
            const tail = setting.startsWith('90')
            const draw = () => uniforms(stream, 1000).map((u) => (coarse ? Math.floor(5 * u) : tail ? u - 0.9 : u))
            const [first, second] = [draw(), draw().map((x) => (tail ? 3 * x : x))]
            return looks.some((t) => {
              const test = quantileComparison({
                first: first.subarray(0, t),
                second: second.subarray(0, t),
                probability: tail ? 0.9 : 0.5,
                tightestAt: 100,
                errorRate: 0.05,
              })
              return test.kind === 'test' && test.pValue <= 0.05
            })
          },
        }),
    ),
})

const looks = [32, 40, 50, 63, 80, 100, 126, 160, 200, 252, 318, 400, 504, 635, 800, 1000]
