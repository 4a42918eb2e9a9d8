/** Abilities and ratings that other programs published, beside `ranking.test.ts`. */
import { expect, test } from 'vitest'
import oracle from '../../../oracles/ranking/published.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { type Battles, countPairs, type PairCounts } from './battles.ts'
import { type AbilityFit, abilityContrast, bradleyTerry } from './bradley-terry.ts'
import { eloDispersion, eloRatings } from './elo.ts'
import { abilityFitTest } from './transitivity.ts'

/** Rows of `first model, second model, wins of the first, wins of the second`. */
function counts(models: number, rows: readonly (readonly number[])[]): PairCounts {
  const wins = new Float64Array(models * models)
  for (const [i = 0, j = 0, won = 0, lost = 0] of rows) {
    wins[i * models + j] = (wins[i * models + j] ?? 0) + won
    wins[j * models + i] = (wins[j * models + i] ?? 0) + lost
  }
  return { models, wins, ties: new Float64Array(models * models) }
}

function fitted(pairs: PairCounts, covarianceKind: 'model' | 'sandwich' = 'model'): AbilityFit {
  const fit = bradleyTerry({ ...pairs, covarianceKind })
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

/** Abilities and their standard errors relative to the model numbered `reference`. */
function against(fit: AbilityFit, reference: number) {
  return Array.from({ length: fit.models }, (_, i) => i)
    .filter((i) => i !== reference)
    .map((first) => {
      const contrast = abilityContrast({ fit, first, second: reference, level: 0.95 })
      if (contrast.kind === 'not-estimable') throw new Error(contrast.because.code)
      return { value: contrast.value, standardError: contrast.standardError ?? Number.NaN }
    })
}

test('bradleyTerry of the journal citations: −2.949072, −.479570, .268954 with errors .102545, .060589, .070830 as R', () => {
  const { rows, abilities, standardErrors, deviance } = oracle.citations
  const pairs = counts(4, rows)
  for (const [k, { value, standardError }] of against(fitted(pairs), 0).entries()) {
    expect(value).toBeCloseTo(abilities[k] ?? Number.NaN, 9)
    expect(standardError).toBeCloseTo(standardErrors[k] ?? Number.NaN, 9)
  }
  const goodness = abilityFitTest(pairs)
  if (goodness.kind === 'not-estimable') throw new Error(goodness.because.code)
  expect(goodness.statistic).toBeCloseTo(deviance, 8)
  expect(goodness.degreesOfFreedom).toBe(3)
})

test('bradleyTerry of the 1987 baseball season: six abilities, six errors and log-likelihood −64.2593 as R BradleyTerry2', () => {
  const { rows, teams, reference, abilities, standardErrors, logLikelihood } = oracle.baseball
  const fit = fitted(counts(teams.length, rows))
  for (const [k, { value, standardError }] of against(fit, reference).entries()) {
    expect(value).toBeCloseTo(abilities[k] ?? Number.NaN, 6)
    expect(standardError).toBeCloseTo(standardErrors[k] ?? Number.NaN, 4)
  }
  // R adds the binomial coefficients of its 42 rows, home and away.
  const arrangements = rows.reduce((sum, [, , won = 0, lost = 0]) => sum + logChoose(won + lost, won), 0)
  expect(fit.logLikelihood + arrangements).toBeCloseTo(logLikelihood, 4)
})

function logChoose(n: number, k: number): number {
  let log = 0
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i)
  return log
}

test('bradleyTerry with half wins and eloRatings reproduce two golden files of evalica and its README', () => {
  for (const { games, names, start, step, elo, bradleyTerry: expected } of oracle.evalica) {
    const battles: Battles = {
      models: names.length,
      first: games.map(([first = 0]) => first),
      second: games.map(([, second = 0]) => second),
      outcome: games.map(([, , outcome = 0]) => outcome),
    }
    const ratings = eloRatings({ battles, step, start })
    for (const [k, rating] of elo.entries()) expect(ratings[k]).toBeCloseTo(rating, 5)
    if (expected === null) continue
    const strengths = Array.from(fitted(countPairs(battles), 'sandwich').abilities, Math.exp)
    const total = strengths.reduce((sum, strength) => sum + strength, 0)
    // evalica stops its iterations when strengths move by less than 1e-6.
    for (const [k, share] of expected.entries()) expect((strengths[k] ?? 0) / total).toBeCloseTo(share, 5)
  }
})

test('eloDispersion of two equal models at K = 8 is 37.3 points of gap, 13.18 √K (seed 8, 1,600 orders, ±5 %)', () => {
  const random = openRandom(8)
  const battles: Battles = {
    models: 2,
    first: new Int32Array(4000),
    second: new Int32Array(4000).fill(1),
    outcome: Float64Array.from({ length: 4000 }, (_, k) => k % 2),
  }
  const { standardDeviations } = eloDispersion({ battles, step: 8, start: 1000, orders: 1600, random })
  // The two ratings mirror each other: the gap moves by twice either.
  expect(Math.abs((2 * (standardDeviations[0] ?? 0)) / 37.3 - 1)).toBeLessThan(0.05)
})
