/** Coverage of corrections for a judge's errors. */
import type { Random } from '../../src/random/index.ts'
import { predictionPowered, roganGladen, stratifiedPredictionPowered } from '../../src/stats/index.ts'
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
