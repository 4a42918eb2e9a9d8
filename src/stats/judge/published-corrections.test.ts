/** Numbers that other programs and the literature print for judged rates, beside `judge.test.ts`. */
import { expect, test } from 'vitest'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { mcnemarMidP } from '../mcnemar.ts'
import { pairedDifference } from '../paired-difference.ts'
import type { Outcome } from '../result.ts'
import { predictionPowered } from './prediction-powered.ts'
import { roganGladen } from './rogan-gladen.ts'

function numbers(outcome: Outcome) {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return { value: outcome.value, standardError: outcome.standardError ?? Number.NaN, ...outcome.interval }
}

function repeated(value: number, times: number): number[] {
  return new Array<number>(times).fill(value)
}

test('roganGladen: .12 seen with Se .9 and Sp .95 is .08235', () => {
  const counts = { flagged: { count: 12, of: 100 }, sensitivity: { count: 90, of: 100 } }
  expect(
    numbers(roganGladen({ ...counts, specificity: { count: 95, of: 100 }, interval: 'lang-reiczigel', level: 0.95 }))
      .value,
  ).toBeCloseTo(0.08235, 5)
})

test('roganGladen: the Wald interval of its standard error is [.1068, .2932] where Lang–Reiczigel is [.0944, .2859]', () => {
  const { value, standardError } = numbers(
    roganGladen({
      flagged: { count: 150, of: 500 },
      sensitivity: { count: 90, of: 100 },
      specificity: { count: 85, of: 100 },
      interval: 'lang-reiczigel',
      level: 0.95,
    }),
  )
  const margin = normalUpperQuantile(0.025) * standardError
  expect(value - margin).toBeCloseTo(0.1068, 4)
  expect(value + margin).toBeCloseTo(0.2932, 4)
})

test('predictionPowered of truescore example 01 (600 labels, 4,000 judged) is .7151 [.6837, .7464]', () => {
  const truth = [...repeated(1, 416), ...repeated(0, 90), ...repeated(1, 15), ...repeated(0, 79)]
  const judge = [...repeated(1, 506), ...repeated(0, 94)]
  const flaggedElsewhere = Math.round(0.8383 * 4000) - 506
  const result = predictionPowered({
    truth,
    judge,
    unlabelled: [...repeated(1, flaggedElsewhere), ...repeated(0, 3400 - flaggedElsewhere)],
    tuning: 'tuned',
    level: 0.95,
    reference: 'normal',
    range: { lower: 0, upper: 1 },
  })
  if (result.kind === 'not-estimable') throw new Error(result.because.code)
  const { value, lower, upper } = numbers(result.estimate)
  expect(value).toBeCloseTo(0.7151, 4)
  // truescore keeps n − 1 in the interval: up to 0.1 % wider than ours at 600 labels.
  expect(lower).toBeCloseTo(0.6837, 3)
  expect(upper).toBeCloseTo(0.7464, 3)
})

test('mcnemarMidP and pairedDifference of truescore example 02: 1,098 against 418 of 4,000, p 1.129e-70, .17 [.1517, .1883]', () => {
  expect(mcnemarMidP({ onlyA: 1098, onlyB: 418, alternative: 'two-sided' }).pValue / 1.129e-70).toBeCloseTo(1, 3)
  const { difference } = pairedDifference({
    differences: [...repeated(1, 1098), ...repeated(-1, 418), ...repeated(0, 2484)],
    clusters: undefined,
    correction: 'cr2',
    range: { lower: -1, upper: 1 },
    level: 0.95,
  })
  const { value, lower, upper } = numbers(difference)
  expect(value).toBeCloseTo(0.17, 12)
  expect(lower).toBeCloseTo(0.1517, 4)
  expect(upper).toBeCloseTo(0.1883, 4)
})
