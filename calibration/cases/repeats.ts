import type { Random } from '../../src/random/index.ts'
import {
  binomialUpperTail,
  flipRate,
  intraclassCorrelation,
  meanPassAtK,
  oneWayIcc,
  rerunInterval,
  unanimousShare,
} from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { defineCalibration } from '../calibration.ts'
import { rerunRows, rerunWorlds, runsOf } from '../simulated-reruns.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

/** Items × measurements with standard deviations of item, column and error. */
function measured(
  random: Random,
  { items, columns, item, column }: { items: number; columns: number; item: number; column: number },
) {
  const shifts = Array.from({ length: columns }, () => column * random.normal())
  return Float64Array.from(
    Array.from({ length: items }, () => {
      const own = item * random.normal()
      return shifts.map((shift) => own + shift + random.normal())
    }).flat(),
  )
}

export const iccCalibration = defineCalibration({
  name: 'icc',
  title: 'Intraclass correlation, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores by F; 0/1 scores by the hull of F and of two jackknives over items on Fisher’s scale, one of them with unseen items; F alone would cover 0.87 at a rate of 0.5 and 0.5 at 0.05. Rarer outcomes are under `normal-theory-limits`; refused samples are not counted.',
  run({ random, repetitions }) {
    return [
      ...[
        { items: 30, columns: 4 },
        { items: 6, columns: 3 },
      ].flatMap(({ items, columns }) =>
        (['(1,1)', '(1,k)', '(A,1)', '(A,k)', '(C,1)', '(C,k)'] as const).map((form) => {
          const column = form.startsWith('(A') ? 0.7 : 0
          const truth = 1 / (1 + (column ** 2 + 1) / (form.endsWith('k)') ? columns : 1))
          return simulatedRow({
            setting: `ICC${form}, ${items} items, ${columns} measurements`,
            random,
            repetitions,
            holds: (stream) => {
              const values = measured(stream, { items, columns, item: 1, column })
              return covers(intraclassCorrelation({ values, columns, form, level: 0.95 }), truth)
            },
          })
        }),
      ),
      ...[
        { items: 40, rate: 0.5 },
        { items: 10, rate: 0.5 },
        { items: 100, rate: 0.2 },
        { items: 400, rate: 0.05 },
      ].map(({ items, rate }) =>
        answeredRow({
          setting: `ICC(1,1), ${items} items, 4 runs of 0 or 1, rate ${rate}`,
          random,
          repetitions: Math.ceil(repetitions / 2),
          truth: 0.5,
          answer: (stream) => {
            const { values, items: codes } = runsOf(stream, { items, runs: 4, rate, correlation: 0.5 })
            return oneWayIcc({ values, items: codes, level: 0.95 })
          },
        }),
      ),
      ...[40, 8].map((count) =>
        simulatedRow({
          setting: `ICC(1,1), ${count} items, 1 to 5 measurements`,
          random,
          repetitions,
          holds: (stream) => {
            const items: number[] = []
            const values: number[] = []
            for (let item = 0; item < count; item++) {
              const own = stream.normal()
              for (let run = 0; run <= item % 5; run++) {
                items.push(item)
                values.push(own + stream.normal())
              }
            }
            return covers(oneWayIcc({ values, items, level: 0.95 }), 0.5)
          },
        }),
      ),
    ]
  },
})

export const flipRateCalibration = defineCalibration({
  name: 'flip-rate',
  title: 'Flip rate between reruns',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: (options) =>
    rerunRows(options, {
      worlds: rerunWorlds,
      statistic: (runs) => flipRate({ ...runs, clusters: undefined, level: 0.95 }),
      // E 2p(1 − p) over Beta rates is 2m(1 − m)(1 − ρ).
      truth: ({ rate, correlation }) => 2 * rate * (1 - rate) * (1 - correlation),
    }),
})

export const unanimousShareCalibration = defineCalibration({
  name: 'unanimous-share',
  title: 'Share of items on which all reruns agree',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: (options) =>
    rerunRows(options, {
      worlds: [...rerunWorlds, { items: 60, runs: 4, rate: 0.001, correlation: 0.3 }],
      statistic: (runs) => unanimousShare({ ...runs, clusters: undefined, level: 0.95 }),
      truth: (world) => runsAllAlike(world.rate, world) + runsAllAlike(1 - world.rate, world),
    }),
})

/** E pᴷ over Beta rates p of the given mean. */
function runsAllAlike(mean: number, { runs, correlation }: { readonly runs: number; readonly correlation: number }) {
  const scale = (1 - correlation) / correlation
  let product = 1
  for (let run = 0; run < runs; run++) product *= (mean * scale + run) / (scale + run)
  return product
}

export const passHatKCalibration = defineCalibration({
  name: 'pass-hat-k',
  title: 'pass^k averaged over items',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run({ random, repetitions }) {
    return [
      { items: 30, runs: 8, k: 4, rate: 0.6 },
      { items: 100, runs: 8, k: 8, rate: 0.3 },
      { items: 50, runs: 5, k: 2, rate: 0.95 },
    ].map(({ items, runs, k, rate }) =>
      simulatedRow({
        setting: `pass^${k} from ${runs} runs of ${items} items, rate ${rate}`,
        random,
        repetitions,
        holds: (stream) => {
          // Half of the items succeed with rate² and half with √rate: the truth is known without an integral.
          const rates = Array.from({ length: items }, () => (stream.integer(2) === 0 ? rate ** 2 : Math.sqrt(rate)))
          const successes = rates.map(
            (own) => Array.from({ length: runs }, () => stream.uniform() < own).filter(Boolean).length,
          )
          const truth = (rate ** (2 * k) + rate ** (k / 2)) / 2
          const attempts = rates.map(() => runs)
          return covers(
            meanPassAtK({ attempts, successes, clusters: undefined, k, estimand: { name: 'pass^k' }, level: 0.95 }),
            truth,
          )
        },
      }),
    )
  },
})

export const passAtKCalibration = defineCalibration({
  name: 'pass-at-k',
  title: 'pass@k and G-pass@k averaged over items',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Half of the items succeed with one rate, half with the other.',
  run: ({ random, repetitions }) =>
    [
      { items: 30, runs: 8, k: 4, rates: [0.05, 0.5] },
      { items: 100, runs: 10, k: 10, rates: [0.001, 0.2] },
      { items: 50, runs: 5, k: 2, rates: [0.9, 0.99] },
    ].flatMap(({ items, runs, k, rates }) =>
      ([{ name: 'pass@k' }, { name: 'g-pass@k', tau: 0.5 }] as const).map((estimand) =>
        simulatedRow({
          setting: `${estimand.name}, k = ${k}, from ${runs} runs of ${items} items, rates ${rates.join(' and ')}`,
          random,
          repetitions,
          holds: (stream) => {
            const own = Array.from({ length: items }, () => rates[stream.integer(2)] ?? 0)
            const successes = own.map(
              (rate) => Array.from({ length: runs }, () => stream.uniform() < rate).filter(Boolean).length,
            )
            const needed = estimand.name === 'pass@k' ? 1 : Math.ceil(k / 2)
            const truth = rates.reduce((sum, p) => sum + binomialUpperTail({ k: needed, n: k, p }), 0) / 2
            const attempts = own.map(() => runs)
            return covers(meanPassAtK({ attempts, successes, clusters: undefined, k, estimand, level: 0.95 }), truth)
          },
        }),
      ),
    ),
})

export const rerunCalibration = defineCalibration({
  name: 'rerun-interval',
  title: 'Prediction interval for the mean of a rerun',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  run({ random, repetitions }) {
    return [15, 60].map((n) =>
      simulatedRow({
        setting: `${n} new normal items in both runs`,
        random,
        repetitions,
        holds: (stream) => {
          const first = meanAndError(stream, n)
          const second = meanAndError(stream, n)
          const interval = rerunInterval({
            value: first.mean,
            standardError: first.error,
            rerunStandardError: first.error,
            degreesOfFreedom: n - 1,
            n,
            level: 0.95,
          })
          return covers(interval, second.mean)
        },
      }),
    )
  },
})

function meanAndError(random: Random, n: number): { readonly mean: number; readonly error: number } {
  const values = Array.from({ length: n }, () => random.normal())
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  return { mean, error: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n) }
}
