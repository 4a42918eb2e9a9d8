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

const unit = { lower: 0, upper: 1 } as const

interface JudgedWorld {
  readonly labels: number
  /** Unlabelled per label. */
  readonly ratio: number
  readonly rate: number
  readonly se: number
  readonly sp: number
}

const judgedWorlds: readonly JudgedWorld[] = [
  { labels: 30, ratio: 2, rate: 0.05, se: 0.8, sp: 0.8 },
  { labels: 30, ratio: 2, rate: 0.5, se: 0.5, sp: 0.5 },
  { labels: 30, ratio: 2, rate: 0.95, se: 0.98, sp: 0.98 },
  { labels: 30, ratio: 100, rate: 0.05, se: 0.98, sp: 0.98 },
  { labels: 30, ratio: 100, rate: 0.5, se: 0.98, sp: 0.7 },
  { labels: 30, ratio: 100, rate: 0.5, se: 0.98, sp: 0.98 },
  { labels: 30, ratio: 100, rate: 0.95, se: 0.5, sp: 0.5 },
  { labels: 100, ratio: 2, rate: 0.05, se: 0.5, sp: 0.5 },
  { labels: 100, ratio: 2, rate: 0.5, se: 0.5, sp: 0.5 },
  { labels: 100, ratio: 2, rate: 0.95, se: 0.8, sp: 0.8 },
  { labels: 100, ratio: 20, rate: 0.3, se: 0.7, sp: 0.7 },
  { labels: 300, ratio: 5, rate: 0.9, se: 0.95, sp: 0.6 },
]

export const predictionPoweredCalibration = defineCalibration({
  name: 'prediction-powered',
  title: 'Prediction-powered means, tuned on labelled and unlabelled scores, t interval with labels at chance, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Conservative by design where the judge is good or labels are of one kind. The plain t interval covers 76 % with 30 labels, rate 0.05 and a judge that is right 98 times in 100. ' +
    'Where neither labels nor judge vary, nothing is claimed: one sample in four of 30 labels at rate 0.05 and a judge of use; it counts as no false claim.',
  run: ({ random, repetitions }) =>
    judgedWorlds.map((world) =>
      simulatedRow({
        setting: `${world.labels} labels, ${world.labels * world.ratio} unlabelled, rate ${world.rate}, sensitivity ${world.se}, specificity ${world.sp}`,
        random,
        repetitions,
        holds: (stream) => {
          const { truth, judge } = judged(stream, { ...world, n: world.labels })
          const { judge: unlabelled } = judged(stream, { ...world, n: world.labels * world.ratio })
          const outcome = predictionPowered({
            truth,
            judge,
            unlabelled,
            tuning: 'tuned',
            level: 0.95,
            reference: 'student-t',
            range: unit,
          })
          return outcome.kind === 'not-estimable' || covers(outcome.estimate, world.rate)
        },
      }),
    ),
})

export const stratifiedPowerCalibration = defineCalibration({
  name: 'stratified-prediction-powered',
  title: 'Stratified prediction-powered means, λ tuned in each stratum, t interval with labels at chance, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design. Rates of the strata are spread evenly about the rate given. The plain t interval covers 17 % with ten strata of five labels and a judge that is right 98 times in 100.',
  run: ({ random, repetitions }) =>
    [
      { strata: 2, weight: 0.7, labels: 50, ratio: 12, rate: 0.6, se: 0.9, sp: 0.8 },
      { strata: 2, weight: 0.7, labels: 20, ratio: 2, rate: 0.05, se: 0.9, sp: 0.8 },
      { strata: 2, weight: 0.3, labels: 100, ratio: 6, rate: 0.95, se: 0.5, sp: 0.5 },
      { strata: 5, weight: 0.2, labels: 10, ratio: 20, rate: 0.5, se: 0.98, sp: 0.98 },
      { strata: 10, weight: 0.1, labels: 5, ratio: 20, rate: 0.05, se: 0.98, sp: 0.98 },
      { strata: 10, weight: 0.1, labels: 5, ratio: 2, rate: 0.6, se: 0.9, sp: 0.8 },
    ].map(({ strata, weight, labels, ratio, rate, ...judge }) => {
      const spread = 0.8 * Math.min(rate, 1 - rate)
      const rates = Array.from({ length: strata }, (_, h) => rate + spread * ((2 * h) / (strata - 1) - 1))
      const weights = rates.map((_, h) => (h === 0 ? weight : (1 - weight) / (strata - 1)))
      const truth = rates.reduce((sum, own, h) => sum + own * (weights[h] ?? 0), 0)
      return simulatedRow({
        setting: `${strata} strata of ${labels} labels and ${labels * ratio} unlabelled, the first of weight ${weight}, rate ${rate}, sensitivity ${judge.se}, specificity ${judge.sp}`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = stratifiedPredictionPowered({
            strata: rates.map((own, h) => ({
              ...judged(stream, { ...judge, rate: own, n: labels }),
              unlabelled: judged(stream, { ...judge, rate: own, n: labels * ratio }).judge,
              weight: weights[h] ?? 0,
            })),
            tuning: 'tuned',
            level: 0.95,
            reference: 'student-t',
            range: unit,
          })
          return outcome.kind === 'not-estimable' || covers(outcome, truth)
        },
      })
    }),
})

export const roganGladenCalibration = defineCalibration({
  name: 'rogan-gladen',
  title: 'Rate corrected for a judge with known errors, by inverting a test, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Sensitivity and specificity are themselves estimated. A judge whose estimates sum to less than 1.2 is refused, about half of the time at 0.6 and 0.6; that makes no false claim and counts as such. ' +
    'Of the intervals given there, at least 94 % cover; those of Lang and Reiczigel cover 88 to 91 %.',
  run: ({ random, repetitions }) =>
    [
      { n: 100, known: 30, rate: 0.05, se: 0.9, sp: 0.9 },
      { n: 100, known: 30, rate: 0.5, se: 0.97, sp: 0.75 },
      { n: 100, known: 30, rate: 0.95, se: 0.7, sp: 0.6 },
      { n: 300, known: 60, rate: 0.05, se: 0.6, sp: 0.6 },
      { n: 300, known: 60, rate: 0.2, se: 0.9, sp: 0.9 },
      { n: 300, known: 60, rate: 0.5, se: 0.75, sp: 0.97 },
      { n: 1000, known: 100, rate: 0.05, se: 0.97, sp: 0.75 },
      { n: 1000, known: 100, rate: 0.5, se: 0.9, sp: 0.9 },
      { n: 1000, known: 100, rate: 0.95, se: 0.6, sp: 0.6 },
      { n: 3000, known: 30, rate: 0.05, se: 0.75, sp: 0.97 },
      { n: 3000, known: 30, rate: 0.5, se: 0.99, sp: 0.99 },
      { n: 200, known: 40, rate: 0.001, se: 0.75, sp: 0.8 },
    ].map(({ n, known, rate, se, sp }) =>
      simulatedRow({
        setting: `${n} judged, ${known} known of each kind, rate ${rate}, sensitivity ${se}, specificity ${sp}`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = roganGladen({
            flagged: { count: successes(stream, n, rate * se + (1 - rate) * (1 - sp)), of: n },
            sensitivity: { count: successes(stream, known, se), of: known },
            specificity: { count: successes(stream, known, sp), of: known },
            level: 0.95,
            interval: 'fieller',
          })
          return outcome.kind === 'not-estimable'
            ? outcome.because.code === 'judge-uninformative'
            : covers(outcome, rate)
        },
      }),
    ),
})

function successes(random: Random, n: number, rate: number): number {
  let count = 0
  for (let trial = 0; trial < n; trial++) if (random.uniform() < rate) count++
  return count
}
