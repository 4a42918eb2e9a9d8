/** Small closed-form methods: boundaries in time, empirical Bernstein at fixed n, one-sided bands, kappa's null, length. */
import type { Random } from '../../src/random/index.ts'
import { fleissNullTest } from '../../src/stats/agreement/fleiss-null.ts'
import { empiricalBernsteinBound } from '../../src/stats/empirical-bernstein-bound.ts'
import { oneSidedDistributionBand } from '../../src/stats/guarantees/one-sided-distribution-band.ts'
import { nestedVarianceComponents } from '../../src/stats/nested-variance-components.ts'
import { lengthControlledWinRate } from '../../src/stats/ranking/length-controlled.ts'
import { bernoulliMixtureSequence } from '../../src/stats/sequential/bernoulli-mixture-sequence.ts'
import { betaBinomialMixtureBoundary } from '../../src/stats/sequential/beta-binomial-mixture.ts'
import { empiricalProcessBoundary } from '../../src/stats/sequential/empirical-process-boundary.ts'
import { gammaMixtureBoundary } from '../../src/stats/sequential/gamma-mixture.ts'
import { intersectedBernsteinSequence } from '../../src/stats/sequential/intersected-bernstein.ts'
import { normalMixtureBoundary } from '../../src/stats/sequential/normal-mixture.ts'
import { polynomialStitching } from '../../src/stats/sequential/polynomial-stitching.ts'
import { defineCalibration } from '../calibration.ts'

const looks = 1000

export const boundaryCalibration = defineCalibration({
  name: 'closed-form-boundaries',
  title: 'Closed-form boundaries in time, crossed at any of 1,000 steps where the mean is 0',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  run: ({ random, repetitions }) =>
    [0.5, 0.05].flatMap((rate) => {
      const variance = rate * (1 - rate)
      const each = { tightestAt: 100 * variance, errorRate: 0.05 }
      const boundaries: Readonly<Record<string, (time: number) => number>> = {
        'normal mixture, one-sided': (time) =>
          normalMixtureBoundary({ tightestAt: 25, errorRate: 0.05, time: time / (4 * variance), side: 'greater' }),
        'beta-binomial mixture, one-sided': (time) =>
          betaBinomialMixtureBoundary({ ...each, time, side: 'greater', below: rate, above: 1 - rate }),
        'gamma-exponential mixture': (time) =>
          gammaMixtureBoundary({ ...each, time, tail: 'sub-exponential', scale: 1 }),
        'gamma-Poisson mixture': (time) => gammaMixtureBoundary({ ...each, time, tail: 'sub-poisson', scale: 1 }),
        'polynomial stitching': (time) =>
          polynomialStitching({ time, from: 1, scale: 1 / 3, errorRate: 0.05, exponent: 1.4, epochRatio: 2 }),
      }
      return Object.entries(boundaries).map(([name, boundary]) => {
        const setting = `${name}, centred 0/1 scores at ${rate}`
        const stream = random.split(setting)
        const walls = Float64Array.from({ length: looks + 1 }, (_, t) => boundary(t * variance))
        let crossed = 0
        for (let repetition = 0; repetition < repetitions; repetition++) if (crosses({ stream, rate, walls })) crossed++
        return { setting, rate: crossed / repetitions, repetitions, seed: stream.path }
      })
    }),
})

export const anytimeIntervalCalibration = defineCalibration({
  name: 'anytime-intervals',
  title:
    'Bernoulli mixture, intersected empirical Bernstein and the empirical-process band, looked at 20 times in 1,000',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: ({ random, repetitions }) => {
    const count = Math.min(repetitions, 1000)
    const band = Float64Array.from({ length: looks + 1 }, (_, t) =>
      t < 50 ? 1 : empiricalProcessBoundary({ t, from: 50, errorRate: 0.05, factor: 0.85 }),
    )
    const rates = [0.5, 0.02, 0.998].flatMap((rate) => [
      share(random, `Bernoulli mixture, rate ${rate}`, count, (stream) => {
        let successes = 0
        for (let t = 1; t <= looks; t++) {
          if (stream.uniform() < rate) successes++
          if (t % 50 !== 0) continue
          const outcome = bernoulliMixtureSequence({ successes, trials: t, tightestAt: 200, level: 0.95 })
          if (outcome.kind === 'estimate' && (rate < outcome.interval.lower || rate > outcome.interval.upper))
            return false
        }
        return true
      }),
      share(random, `intersected empirical Bernstein, rate ${rate}`, count, (stream) => {
        const values = Float64Array.from({ length: looks }, () => (stream.uniform() < rate ? 1 : 0))
        const outcome = intersectedBernsteinSequence({ values, level: 0.95 })
        return outcome.kind === 'estimate' && rate >= outcome.interval.lower && rate <= outcome.interval.upper
      }),
    ])
    return [
      ...rates,
      share(random, 'empirical-process band around uniform scores', count, (stream) => {
        const values = Float64Array.from({ length: looks }, () => stream.uniform())
        for (let t = 50; t <= looks; t += 50) if (distance(values.slice(0, t)) > (band[t] ?? 0)) return false
        return true
      }),
    ]
  },
})

export const fixedSampleBoundCalibration = defineCalibration({
  name: 'fixed-sample-bounds',
  title: 'Empirical Bernstein (Maurer and Pontil) and the one-sided Dvoretzky–Kiefer–Wolfowitz band',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: ({ random, repetitions }) => [
    ...([0.5, 0.02, 0.999] as const).flatMap((rate) =>
      [20, 300].map((n) =>
        share(random, `empirical Bernstein, ${n} scores, rate ${rate}`, repetitions, (stream) => {
          const values = Float64Array.from({ length: n }, () => (stream.uniform() < rate ? 1 : 0))
          const range = { lower: 0, upper: 1 }
          const outcome = empiricalBernsteinBound({ values, range, level: 0.95, side: 'two-sided' })
          return outcome.kind === 'estimate' && rate >= outcome.interval.lower && rate <= outcome.interval.upper
        }),
      ),
    ),
    ...[5, 100].map((n) =>
      share(random, `one-sided band, ${n} draws`, repetitions, (stream) => {
        const sorted = Float64Array.from({ length: n }, () => stream.uniform()).sort()
        const width = oneSidedDistributionBand({ draws: n, level: 0.95 })
        return sorted.every((x, k) => (k + 1) / n - x <= width)
      }),
    ),
  ],
})

export const fleissNullCalibration = defineCalibration({
  name: 'fleiss-null-test',
  title: 'Fleiss’ kappa against chance, 100 units of random ratings',
  kind: 'level',
  nominal: 0.05,
  verdict: 'nominal',
  run: ({ random, repetitions }) =>
    [
      [0.5, 0.5],
      [0.9, 0.1],
      [0.6, 0.3, 0.1],
    ].flatMap((shares) =>
      [2, 5].map((raters) =>
        share(random, `${raters} raters, categories ${shares.join(', ')}`, repetitions, (stream) => {
          const values = Float64Array.from({ length: 100 * raters }, () => category(stream, shares))
          const outcome = fleissNullTest({ units: 100, raters, values })
          return outcome.kind === 'fleiss-null-test' && outcome.test.kind === 'test' && outcome.test.pValue <= 0.05
        }),
      ),
    ),
})

export const lengthControlledCalibration = defineCalibration({
  name: 'length-controlled-win-rate',
  title: 'Win rate at equal length, interval by the sandwich',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  run: ({ random, repetitions }) =>
    [
      { battles: 100, ability: 0.4, effect: 1, ties: 0 },
      { battles: 400, ability: 0, effect: 1.5, ties: 0.2 },
      { battles: 400, ability: -1.5, effect: 0.5, ties: 0 },
    ].map(({ battles, ability, effect, ties }) => {
      const truth = 1 / (1 + Math.exp(-ability))
      const target = ties === 0 ? truth : truth * (1 - ties) + ties / 2
      return share(
        random,
        `${battles} battles, win rate ${target.toFixed(3)}, ${100 * ties} % ties`,
        repetitions,
        (stream) => {
          const lengthDifferences = Float64Array.from({ length: battles }, () => stream.normal() + 0.7)
          const outcomes = lengthDifferences.map((d) => {
            if (stream.uniform() < ties) return 0.5
            return stream.uniform() < 1 / (1 + Math.exp(-ability - effect * Math.tanh(d))) ? 1 : 0
          })
          const outcome = lengthControlledWinRate({ lengthDifferences, outcomes, ridge: 1, level: 0.95 })
          if (outcome.kind === 'not-estimable' || outcome.winRate.kind === 'not-estimable') return false
          return target >= outcome.winRate.interval.lower && target <= outcome.winRate.interval.upper
        },
      )
    }),
})

export const nestedCalibration = defineCalibration({
  name: 'nested-variance-components',
  title: 'Components of groups, subgroups and repeats, 10 × 3 × 2 normal values',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: ({ random, repetitions }) =>
    [
      [1, 1, 1],
      [0.1, 8, 0.7],
      [0, 1, 1],
    ].flatMap((variances) => {
      const sources = ['group', 'subgroup', 'repeat'] as const
      return sources.map((source, k) =>
        share(random, `${source}, variances ${variances.join(', ')}`, repetitions, (stream) => {
          const values = nestedValues(stream, variances)
          const outcome = nestedVarianceComponents({ values, subgroups: 3, repeats: 2, level: 0.95 })
          if (outcome.kind === 'not-estimable') return false
          const { lower, upper } = outcome.components[k]?.interval ?? { lower: 1, upper: 0 }
          return (variances[k] ?? 0) >= lower && (variances[k] ?? 0) <= upper
        }),
      )
    }),
})

function share(random: Random, setting: string, repetitions: number, holds: (stream: Random) => boolean) {
  const stream = random.split(setting)
  let held = 0
  for (let repetition = 0; repetition < repetitions; repetition++) if (holds(stream)) held++
  return { setting, rate: held / repetitions, repetitions, seed: stream.path }
}

function crosses({ stream, rate, walls }: { stream: Random; rate: number; walls: Float64Array }): boolean {
  let sum = 0
  for (let t = 1; t < walls.length; t++) {
    sum += stream.uniform() < rate ? 1 - rate : -rate
    if (sum > (walls[t] ?? 0)) return true
  }
  return false
}

/** Greatest distance between the empirical distribution function of uniforms and the diagonal. */
function distance(values: Float64Array): number {
  const n = values.length
  return values.sort().reduce((worst, x, k) => Math.max(worst, (k + 1) / n - x, x - k / n), 0)
}

function category(stream: Random, shares: readonly number[]): number {
  let rest = stream.uniform()
  for (const [k, part] of shares.entries()) {
    rest -= part
    if (rest < 0) return k
  }
  return shares.length - 1
}

function nestedValues(stream: Random, [group = 0, subgroup = 0, repeat = 0]: readonly number[]): Float64Array {
  const values = new Float64Array(60)
  for (let g = 0; g < 10; g++) {
    const own = Math.sqrt(group) * stream.normal()
    for (let s = 0; s < 3; s++) {
      const inner = own + Math.sqrt(subgroup) * stream.normal()
      for (let r = 0; r < 2; r++) values[(g * 3 + s) * 2 + r] = inner + Math.sqrt(repeat) * stream.normal()
    }
  }
  return values
}
