/** Error rates of tests that are looked at as they go, and of rejections by e-values. */
import type { Random } from '../../src/random/index.ts'
import {
  averageEValues,
  boundedMixtureSequence,
  eBenjaminiHochberg,
  eValueFromPValueMixed,
  multiplyEValues,
  normalUpperTail,
  pValueFromEValue,
  sprtSteps,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { betaDeviate, simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

export const sprtCalibration = defineCalibration({
  name: 'sprt-errors',
  title: 'Wald’s sequential test: wrong decisions at each of its two rates, both at most 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Looked at after every trial until it decides. Wald’s bounds promise α/(1 − β) = 5.3 %; the overshoot of the last step brings it below 5 %.',
  run: ({ random, repetitions }) =>
    [
      { nullRate: 0.7, alternativeRate: 0.8 },
      { nullRate: 0.5, alternativeRate: 0.9 },
      { nullRate: 0.01, alternativeRate: 0.05 },
      { nullRate: 0.95, alternativeRate: 0.9 },
    ].flatMap((rates) => {
      const steps = sprtSteps({ ...rates, falsePositiveRate: 0.05, falseNegativeRate: 0.05 })
      return (['null', 'alternative'] as const).map((truth) =>
        simulatedRow({
          setting: `null ${rates.nullRate}, alternative ${rates.alternativeRate}, the ${truth} is true`,
          random,
          repetitions,
          holds: (stream) => {
            const rate = truth === 'null' ? rates.nullRate : rates.alternativeRate
            let ratio = 0
            while (ratio < steps.upperBound && ratio > steps.lowerBound)
              ratio += stream.uniform() < rate ? steps.perSuccess : steps.perFailure
            return ratio >= steps.upperBound === (truth === 'null')
          },
        }),
      )
    }),
})

export const eBenjaminiHochbergCalibration = defineCalibration({
  name: 'e-benjamini-hochberg',
  title: 'e-BH at 10 %: mean share of rejections that are false',
  kind: 'level',
  nominal: 0.1,
  verdict: 'at-most',
  note: 'Conservative by design: it holds under any dependence. Likelihood ratios of normal means, with a shared part as stated.',
  run: ({ random, repetitions }) =>
    [
      { tests: 10, real: 0, correlation: 0 },
      { tests: 10, real: 5, correlation: 0 },
      { tests: 50, real: 10, correlation: 0.8 },
    ].map(({ tests, real, correlation }) => {
      const setting = `${tests} tests, ${real} real effects, correlation ${correlation}`
      const stream = random.split(setting)
      let total = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const common = Math.sqrt(correlation) * stream.normal()
        const values = Array.from({ length: tests }, (_, i) => {
          const z = common + Math.sqrt(1 - correlation) * stream.normal() + (i < real ? 3 : 0)
          return Math.exp(2.5 * z - 2.5 ** 2 / 2)
        })
        const rejected = eBenjaminiHochberg({ values, rate: 0.1 })
        const all = rejected.filter(Boolean).length
        total += all === 0 ? 0 : rejected.slice(real).filter(Boolean).length / all
      }
      return { setting, rate: total / repetitions, repetitions, seed: stream.path }
    }),
})

export const combinedEValuesCalibration = defineCalibration({
  name: 'combined-e-values',
  title: 'p-values made of e-values, below 5 % where nothing is there',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Conservative by design: 1/e bounds a p-value by Markov’s inequality.',
  run: ({ random, repetitions }) => {
    const row = (setting: string, value: (stream: Random) => number) =>
      simulatedRow({ setting, random, repetitions, holds: (stream) => pValueFromEValue(value(stream)) <= 0.05 })
    const ratio = (z: number) => Math.exp(1.5 * z - 1.5 ** 2 / 2)
    return [
      row('mean of five that share half of their variance', (stream) => {
        const common = stream.normal()
        return averageEValues([1, 2, 3, 4, 5].map(() => ratio(Math.SQRT1_2 * (common + stream.normal()))))
      }),
      row('product of five that are independent', (stream) =>
        multiplyEValues([1, 2, 3, 4, 5].map(() => Math.exp(0.7 * stream.normal() - 0.7 ** 2 / 2))),
      ),
      row('from a p-value, mixed calibrator', (stream) => eValueFromPValueMixed(normalUpperTail(stream.normal()))),
    ]
  },
})

export const boundedMixtureCalibration = defineCalibration({
  name: 'bounded-mixture-sequence',
  title: 'Beta-mixture sequence of graded scores, looked at 10 times in 1,000 scores, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design where scores vary less than 0/1 scores of their mean. 0/1 scores are looked at after every trial in `beta-mixture-sequence`.',
  run: ({ random, repetitions }) =>
    [
      { mean: 0.001, correlation: 0.5 },
      { mean: 0.05, correlation: 0.9 },
      { mean: 0.5, correlation: 0.3 },
      { mean: 0.999, correlation: 0.9 },
    ].map(({ mean, correlation }) =>
      simulatedRow({
        setting: `Beta scores of mean ${mean}, variance ${correlation} of that of 0/1 scores`,
        random,
        repetitions: Math.max(1, Math.round(repetitions / 4)),
        holds: (stream) => {
          const values = Float64Array.from({ length: 1000 }, () => betaDeviate(stream, { mean, correlation }))
          return [1, 5, 10, 25, 50, 100, 200, 400, 700, 1000].every((t) =>
            covers(boundedMixtureSequence({ values: values.subarray(0, t), a: 1, b: 1, level: 0.95 }), mean),
          )
        },
      }),
    ),
})
