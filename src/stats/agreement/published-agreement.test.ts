/** Agreement that R, truescore and evaluatellm print for the same tables, beside `agreement.test.ts`. */
import { expect, test } from 'vitest'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { wilson } from '../wilson.ts'
import { gwetAgreement } from './chance-corrected.ts'
import { cohenKappa, type Kappa } from './cohen-kappa.ts'
import type { Ratings } from './ratings.ts'

/** Both raters' category for every unit of a table of counts. */
function ratedPairs(table: readonly number[], categories: number): Ratings {
  const pairs = table.flatMap((count, cell) =>
    Array.from({ length: count }, () => [Math.floor(cell / categories), cell % categories]),
  )
  return { units: pairs.length, raters: 2, values: Float64Array.from(pairs.flat()) }
}

function numbers(kappa: Kappa | { readonly kind: 'not-estimable'; readonly because: { readonly code: string } }) {
  if (kappa.kind === 'not-estimable') throw new Error(kappa.because.code)
  if (kappa.kappa.kind === 'not-estimable') throw new Error(kappa.kappa.because.code)
  const { value, standardError = Number.NaN } = kappa.kappa
  // Others print κ ± 1.96 SE; our interval holds more often, but stands on the same error.
  const margin = normalUpperQuantile(0.025) * standardError
  return { value, variance: standardError ** 2, waldLower: value - margin, waldUpper: value + margin }
}

function kappaOf(table: readonly number[], categories: number, weights: 'identity' | 'quadratic' = 'identity') {
  return numbers(cohenKappa({ table, categories, weights, level: 0.95 }))
}

function ac1(table: readonly number[], categories: number): number {
  const scale = Array.from({ length: categories }, (_, k) => k)
  const outcome = gwetAgreement({ ratings: ratedPairs(table, categories), weights: 'identity', level: 0.95, scale })
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome.value
}

test('gwetAgreement of the 3 × 3 table is AC1 .575972, where κ is .491525', () => {
  expect(ac1([44, 5, 1, 7, 20, 3, 9, 5, 6], 3)).toBeCloseTo(0.575972, 6)
})

test('cohenKappa of 40, 10, 15, 35 is .5 with variance .007425 and [.331113, .668887], as R psych', () => {
  const { value, variance, waldLower, waldUpper } = kappaOf([40, 10, 15, 35], 2)
  expect(value).toBeCloseTo(0.5, 12)
  expect(variance).toBeCloseTo(0.007425, 12)
  expect(waldLower).toBeCloseTo(0.331112961588, 10)
  expect(waldUpper).toBeCloseTo(0.668887038412, 10)
})

test('cohenKappa of 200 units in 3 categories: .491525 with variance .002601185 as R, quadratic .454545', () => {
  // psych 2.2.9 on the table doubled from Fleiss, Cohen and Everitt (1969).
  const table = [88, 10, 2, 14, 40, 6, 18, 10, 12]
  const plain = kappaOf(table, 3)
  expect(plain.value).toBeCloseTo(0.491525423729, 11)
  expect(plain.variance).toBeCloseTo(0.00260118519206, 12)
  const quadratic = kappaOf(table, 3, 'quadratic')
  expect(quadratic.value).toBeCloseTo(0.454545454545, 11)
  // psych's .00488696 for quadratic weights is not the error of Fleiss, Cohen and Everitt (statsmodels: .09398 at 100 units).
  expect(Math.sqrt(2 * quadratic.variance)).toBeCloseTo(0.09398, 6)
})

test('truescore example 01: accuracy .825 [.7926, .8533], κ .5001, AC1 .7339, sensitivity .9652, specificity .4675', () => {
  const table = [416, 15, 90, 79]
  const accuracy = wilson({ successes: 495, trials: 600, level: 0.95, side: 'two-sided' })
  if (accuracy.kind === 'not-estimable') throw new Error(accuracy.because.code)
  expect(accuracy.value).toBeCloseTo(0.825, 12)
  expect(accuracy.interval.lower).toBeCloseTo(0.7926, 4)
  expect(accuracy.interval.upper).toBeCloseTo(0.8533, 4)
  expect(kappaOf(table, 2).value).toBeCloseTo(0.5001, 4)
  expect(ac1(table, 2)).toBeCloseTo(0.7339, 4)
  expect(416 / (416 + 15)).toBeCloseTo(0.9652, 4)
  expect(79 / (79 + 90)).toBeCloseTo(0.4675, 4)
})

test('cohenKappa of the evaluatellm vignette: .719 [.659, .778]', () => {
  const { value, waldLower, waldUpper } = kappaOf([273, 0, 68, 159], 2)
  expect(value).toBeCloseTo(0.719, 3)
  expect(waldLower).toBeCloseTo(0.659, 3)
  expect(waldUpper).toBeCloseTo(0.778, 3)
})
