/** Coverage of the bounds behind rate claims: judges that miss events, clusters, worst and unseen variants. */
import type { Random } from '../../src/random/index.ts'
import {
  badVariantShare,
  binomialPmf,
  clusteredRate,
  judgedRateBound,
  type Outcome,
  selectAndReestimate,
  thresholdPlan,
  variantQuantileBound,
  worstOfListed,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { enumeratedNote, overBinomial } from '../enumerate.ts'
import { betaDeviate, mildSizes, simulatedRow } from '../simulated-scores.ts'

function bounded(outcome: Outcome, truth: number): boolean {
  return outcome.kind === 'estimate' && truth <= outcome.interval.upper
}

export const judgedRateCalibration = defineCalibration({
  name: 'judged-rate',
  title: 'Upper bound on a rate through a judge that misses events, one-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `Confirmed events are Binomial(n, rate × sensitivity). A judge that found nothing gives no bound, and makes no false claim. ${enumeratedNote}`,
  run: ({ random }) =>
    [
      { n: 100, known: 20, rate: 0.05, sensitivity: 0.8 },
      { n: 400, known: 50, rate: 0.005, sensitivity: 0.95 },
      { n: 60, known: 10, rate: 0.5, sensitivity: 0.5 },
      { n: 400, known: 30, rate: 0.001, sensitivity: 0.6 },
    ].map(({ n, known, rate, sensitivity }): CalibrationRow => {
      let covered = 0
      for (let found = 0; found <= known; found++) {
        const weight = binomialPmf({ k: found, n: known, p: sensitivity })
        if (weight < 1e-9) {
          covered += weight
          continue
        }
        const hit = (k: number): boolean => {
          const outcome = judgedRateBound({
            confirmed: { successes: k, trials: n },
            sensitivity: { successes: found, trials: known },
            level: 0.95,
          })
          return outcome.kind === 'not-estimable' || rate <= outcome.interval.upper
        }
        covered += weight * overBinomial({ n, p: rate * sensitivity, hit })
      }
      const setting = `${n} trials, ${known} known events, rate ${rate}, sensitivity ${sensitivity}`
      return { setting, rate: covered, repetitions: 'enumerated', seed: random.path }
    }),
})

export const clusteredRateCalibration = defineCalibration({
  name: 'clustered-rate',
  title: 'Upper bounds on a rate over clusters, one-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Beta-distributed cluster rates with correlation 0.3 and clusters of 2 to 20 trials.',
  run: ({ random, repetitions }) =>
    [
      { clusters: 20, rate: 0.01 },
      { clusters: 60, rate: 0.2 },
      { clusters: 30, rate: 0.001 },
    ].flatMap(({ clusters, rate }) =>
      (['anyEvent', 'meanRate'] as const).map((kind) =>
        simulatedRow({
          setting: `${kind === 'anyEvent' ? 'clusters with an event' : 'mean rate by betting'}, ${clusters} clusters, rate ${rate}`,
          random,
          repetitions,
          holds: (stream) =>
            bounded(clusteredRate({ ...clustered(stream, clusters, rate), level: 0.95, random: stream })[kind], rate),
        }),
      ),
    ),
})

function clustered(random: Random, clusters: number, rate: number) {
  const trials = mildSizes(clusters)
  const events = trials.map((size) => {
    const own = betaDeviate(random, { mean: rate, correlation: 0.3 })
    return draw(random, size, own)
  })
  return { events, trials }
}

function draw(random: Random, trials: number, rate: number): number {
  let successes = 0
  for (let i = 0; i < trials; i++) if (random.uniform() < rate) successes++
  return successes
}

export const variantClaimCalibration = defineCalibration({
  name: 'variant-claims',
  title: 'Claims about worst, unseen and chosen variants, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Variant rates are uniform between 0 and 0.2. An interval around the chosen variant on the 20 trials it was chosen on covers 0.81 of the time.',
  run: ({ random, repetitions }) => {
    const variants = (stream: Random, m: number, trials: number) =>
      Array.from({ length: m }, () => {
        const rate = 0.2 * stream.uniform()
        return { rate, counts: { successes: draw(stream, trials, rate), trials } }
      })
    const row = (setting: string, holds: (stream: Random) => boolean) =>
      simulatedRow({ setting, random, repetitions, holds })
    return [
      row('worst of 10 listed variants, 50 trials each', (stream) => {
        const drawn = variants(stream, 10, 50)
        const outcome = worstOfListed({ variants: drawn.map(({ counts }) => counts), level: 0.95 })
        return bounded(outcome, Math.max(...drawn.map(({ rate }) => rate)))
      }),
      row('median over 40 drawn variants, 30 trials each', (stream) => {
        const list = variants(stream, 40, 30).map(({ counts }) => counts)
        return bounded(variantQuantileBound({ variants: list, probability: 0.5, level: 0.95 }), 0.1)
      }),
      row('95 % quantile over 80 drawn variants, 400 trials each', (stream) => {
        const list = variants(stream, 80, 400).map(({ counts }) => counts)
        return bounded(variantQuantileBound({ variants: list, probability: 0.95, level: 0.95 }), 0.19)
      }),
      row('share of variants above 0.15, 60 drawn, 100 trials each', (stream) => {
        const list = variants(stream, 60, 100).map(({ counts }) => counts)
        return bounded(badVariantShare({ variants: list, limit: 0.15, level: 0.95 }), 0.25)
      }),
      row('chosen on one split of 20 trials, estimated on another of 50', (stream) => {
        const drawn = Array.from({ length: 20 }, () => ({ rate: 0.05 + 0.01 * stream.integer(3) }))
        const split = (trials: number) => drawn.map(({ rate }) => ({ successes: draw(stream, trials, rate), trials }))
        const outcome = selectAndReestimate({
          first: split(20),
          second: split(50),
          choose: 'highest',
          level: 0.95,
          side: 'two-sided',
        })
        if (outcome.kind === 'not-estimable' || outcome.reestimate.kind === 'not-estimable') return false
        const { lower, upper } = outcome.reestimate.interval
        const truth = drawn[outcome.selected]?.rate ?? Number.NaN
        return lower <= truth && truth <= upper
      }),
    ]
  },
})

export const thresholdPlanCalibration = defineCalibration({
  name: 'threshold-plan',
  title: 'Threshold tests at 1e-5 where the rate is exactly the threshold',
  kind: 'level',
  nominal: 1e-5,
  verdict: 'at-most',
  note: enumeratedNote,
  run: ({ random }) =>
    [
      { trials: 100, nullRate: 0.5 },
      { trials: 1000, nullRate: 0.5 },
      { trials: 1000, nullRate: 0.004 },
      { trials: 50, nullRate: 0.05 },
    ].map(({ trials, nullRate }): CalibrationRow => {
      const plan = thresholdPlan({ trials, nullRate, trueRate: Math.min(0.99, 2 * nullRate), alpha: 1e-5 })
      const critical = plan.kind === 'threshold-plan' ? plan.criticalCount : trials + 1
      const rate = overBinomial({ n: trials, p: nullRate, hit: (k) => k >= critical })
      return { setting: `${trials} trials, threshold ${nullRate}`, rate, repetitions: 'enumerated', seed: random.path }
    }),
})
