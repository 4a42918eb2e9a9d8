/** Coverage of corrections for a judge's errors, and of agreement coefficients. */
import type { Random } from '../../src/random/index.ts'
import {
  cohenKappa,
  gwetAgreement,
  krippendorffAlpha,
  type Outcome,
  predictionPowered,
  roganGladen,
  stratifiedPredictionPowered,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

/** True scores and a judge's, with its sensitivity and specificity. */
function judged(random: Random, { n, rate, se, sp }: { n: number; rate: number; se: number; sp: number }) {
  const truth = new Float64Array(n)
  const judge = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const y = random.uniform() < rate ? 1 : 0
    truth[i] = y
    judge[i] = random.uniform() < (y === 1 ? se : 1 - sp) ? 1 : 0
  }
  return { truth, judge }
}

const count = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

const unit = { lower: 0, upper: 1 } as const

export const predictionPoweredCalibration = defineCalibration({
  name: 'prediction-powered',
  title: 'Prediction-powered means, tuned on labelled and unlabelled scores, t interval, 95 %',
  kind: 'coverage',
  nominal: 0.93,
  verdict: 'at-least',
  note: 'Promised at 93 %: λ is tuned on the labels it then uses, which costs about a point with 50 labels.',
  run: ({ random, repetitions }) =>
    [
      { labels: 50, rate: 0.6, se: 0.9, sp: 0.8 },
      { labels: 100, rate: 0.3, se: 0.7, sp: 0.7 },
      { labels: 300, rate: 0.9, se: 0.95, sp: 0.6 },
    ].flatMap((world) => [
      simulatedRow({
        setting: `one stratum, ${world.labels} labels, rate ${world.rate}`,
        random,
        repetitions,
        holds: (stream) => {
          const { truth, judge } = judged(stream, { ...world, n: world.labels })
          const { judge: unlabelled } = judged(stream, { ...world, n: 1000 })
          const outcome = predictionPowered({
            truth,
            judge,
            unlabelled,
            tuning: 'tuned',
            level: 0.95,
            reference: 'student-t',
            range: unit,
          })
          return outcome.kind === 'prediction-powered' && covers(outcome.estimate, world.rate)
        },
      }),
      simulatedRow({
        setting: `two strata, ${world.labels} labels each, rates ${world.rate} and 0.5`,
        random,
        repetitions,
        holds: (stream) => {
          const strata = [world.rate, 0.5].map((rate, k) => {
            const { truth, judge } = judged(stream, { ...world, rate, n: world.labels })
            return {
              truth,
              judge,
              unlabelled: judged(stream, { ...world, rate, n: 600 }).judge,
              weight: k === 0 ? 0.7 : 0.3,
            }
          })
          const outcome = stratifiedPredictionPowered({
            strata,
            tuning: 'tuned',
            level: 0.95,
            reference: 'student-t',
            range: unit,
          })
          return covers(outcome, 0.7 * world.rate + 0.15)
        },
      }),
    ]),
})

export const roganGladenCalibration = defineCalibration({
  name: 'rogan-gladen',
  title: 'Rate corrected for a judge with known errors, Lang and Reiczigel, 95 %',
  kind: 'coverage',
  nominal: 0.94,
  verdict: 'at-least',
  note: 'Sensitivity and specificity are themselves estimated. Promised at 94 %: an approximation with a bias term.',
  run: ({ random, repetitions }) =>
    [
      { n: 300, known: 60, rate: 0.2, se: 0.9, sp: 0.9 },
      { n: 1000, known: 100, rate: 0.05, se: 0.8, sp: 0.97 },
      { n: 200, known: 40, rate: 0.5, se: 0.75, sp: 0.8 },
    ].map(({ n, known, ...world }) =>
      simulatedRow({
        setting: `${n} judged, ${known} known of each kind, rate ${world.rate}, sensitivity ${world.se}, specificity ${world.sp}`,
        random,
        repetitions,
        holds: (stream) => {
          const flagged = { count: count(judged(stream, { ...world, n }).judge), of: n }
          const sensitivity = { count: count(judged(stream, { ...world, n: known, rate: 1 }).judge), of: known }
          const specificity = { count: known - count(judged(stream, { ...world, n: known, rate: 0 }).judge), of: known }
          return covers(roganGladen({ flagged, sensitivity, specificity, level: 0.95 }), world.rate)
        },
      }),
    ),
})

export const agreementCalibration = defineCalibration({
  name: 'agreement',
  title: 'Cohen’s κ, Gwet’s AC1 and Krippendorff’s α of two raters, 95 %',
  kind: 'coverage',
  nominal: 0.92,
  verdict: 'at-least',
  note: 'Two raters who see the truth with errors. Promised at 92 %: normal and percentile intervals from 80 to 300 units.',
  run: ({ random, repetitions }) =>
    [
      { units: 80, rate: 0.5, error: 0.15 },
      { units: 300, rate: 0.85, error: 0.08 },
    ].flatMap((world) => {
      const { kappa, ac1 } = trueAgreement(world)
      const name = `${world.units} units, ${world.rate} positive, errors ${world.error}`
      const row = (method: string, truth: number, interval: (values: Float64Array, stream: Random) => Outcome) =>
        simulatedRow({
          setting: `${method}, ${name}`,
          random,
          repetitions,
          holds: (stream) => covers(interval(ratings(stream, world), stream), truth),
        })
      const of = (values: Float64Array) => ({ units: world.units, raters: 2, values })
      return [
        row('κ', kappa, (values) => {
          const table = new Float64Array(4)
          for (let k = 0; k < values.length; k += 2) {
            const cell = 2 * (values[k] ?? 0) + (values[k + 1] ?? 0)
            table[cell] = (table[cell] ?? 0) + 1
          }
          const outcome = cohenKappa({ table, categories: 2, weights: 'identity', level: 0.95 })
          return outcome.kind === 'kappa' ? outcome.kappa : outcome
        }),
        row('AC1', ac1, (values) =>
          gwetAgreement({ ratings: of(values), weights: 'identity', level: 0.95, scale: [0, 1] }),
        ),
        row('α', kappa, (values, stream) =>
          krippendorffAlpha({ ratings: of(values), scale: 'nominal', level: 0.95, draws: 300, random: stream }),
        ),
      ]
    }),
})

interface RatedWorld {
  readonly units: number
  readonly rate: number
  readonly error: number
}

/** units × 2 ratings of independent raters who err with equal probability either way. */
function ratings(random: Random, { units, rate, error }: RatedWorld): Float64Array {
  const values = new Float64Array(2 * units)
  for (let i = 0; i < units; i++) {
    const truth = random.uniform() < rate ? 1 : 0
    for (let rater = 0; rater < 2; rater++) values[2 * i + rater] = random.uniform() < error ? 1 - truth : truth
  }
  return values
}

/** Both raters have the same margins, so that κ and α have one population value. */
function trueAgreement({ rate, error }: RatedWorld) {
  const agree = error ** 2 + (1 - error) ** 2
  const positive = rate * (1 - error) + (1 - rate) * error
  const chance = positive ** 2 + (1 - positive) ** 2
  const gwetChance = 2 * positive * (1 - positive)
  return { kappa: (agree - chance) / (1 - chance), ac1: (agree - gwetChance) / (1 - gwetChance) }
}
