import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/sequential/sequential.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import type { Outcome } from '../result.ts'
import { betaMixtureLogEvidence, betaMixtureSequence, oneSidedBetaMixtureLogEvidence } from './beta-mixture.ts'
import { bettingLogEvidence, bettingSequence } from './betting.ts'
import {
  averageEValues,
  eBenjaminiHochberg,
  eValueFromPValue,
  eValueFromPValueMixed,
  multiplyEValues,
  pValueFromEValue,
} from './e-values.ts'
import {
  advanceEmpiricalBernstein,
  empiricalBernsteinInterval,
  empiricalBernsteinSequence,
  startEmpiricalBernstein,
} from './empirical-bernstein.ts'
import { quantileBoundary, quantileSequence } from './quantile-sequence.ts'
import { defaultRareRateMixture, rareRateLogEvidence, rareRateTrials } from './rare-rate.ts'
import { sprt, sprtExpectedTrials, sprtSteps } from './sprt.ts'

const series = {
  bern: Array.from({ length: 400 }, (_, index) => ((37 * (index + 1)) % 100 < 30 ? 1 : 0)),
  cont: Array.from({ length: 400 }, (_, index) => ((61 * (index + 1)) % 101) / 101 / 2),
}

function ends(outcome: Outcome): readonly [number, number] {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return [outcome.interval.lower, outcome.interval.upper]
}

test('betaMixtureSequence agrees with SciPy root finding to 1e-9, relative', () => {
  for (const { successes, trials, interval } of oracle.betaMixture) {
    const [lower, upper] = ends(betaMixtureSequence({ successes, trials, a: 1, b: 1, level: 0.95 }))
    expect(Math.abs(lower - (interval[0] ?? Number.NaN))).toBeLessThanOrEqual(1e-9 * Math.max(lower, 1e-6))
    expect(Math.abs(upper - (interval[1] ?? Number.NaN))).toBeLessThanOrEqual(1e-9 * upper)
  }
})

test('betaMixtureLogEvidence of 60, 65 and 70 of 100 against 1/2 agrees with SciPy', () => {
  for (const { successes, trials, nullRate, value } of oracle.betaMixtureEvidence) {
    expect(Math.exp(betaMixtureLogEvidence({ successes, trials, a: 1, b: 1, nullRate }))).toBeCloseTo(value, 8)
  }
})

test('betaMixtureLogEvidence has mean 1 under its null, summed exactly over all outcomes of 30 trials', () => {
  for (const nullRate of [0.01, 0.3, 0.5, 0.97]) {
    let mean = 0
    let choose = 1
    for (let successes = 0; successes <= 30; successes++) {
      const probability = choose * nullRate ** successes * (1 - nullRate) ** (30 - successes)
      mean += probability * Math.exp(betaMixtureLogEvidence({ successes, trials: 30, a: 1, b: 1, nullRate }))
      choose = (choose * (30 - successes)) / (successes + 1)
    }
    expect(mean).toBeCloseTo(1, 10)
  }
})

test('betaMixtureSequence mirrors: swapping successes and failures mirrors the interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), (trials, raw) => {
      const successes = raw % (trials + 1)
      const [lower, upper] = ends(betaMixtureSequence({ successes, trials, a: 1, b: 1, level: 0.9 }))
      const mirrored = ends(betaMixtureSequence({ successes: trials - successes, trials, a: 1, b: 1, level: 0.9 }))
      expect(mirrored[0]).toBeCloseTo(1 - upper, 9)
      expect(mirrored[1]).toBeCloseTo(1 - lower, 9)
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(upper - lower).toBeGreaterThan(0)
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('betaMixtureSequence says nothing of no trials and refuses impossible counts', () => {
  expect(betaMixtureSequence({ successes: 0, trials: 0, a: 1, b: 1, level: 0.95 }).kind).toBe('not-estimable')
  expect(() => betaMixtureSequence({ successes: 3, trials: 2, a: 1, b: 1, level: 0.95 })).toThrow(/counts not valid/)
  expect(() => betaMixtureSequence({ successes: 1, trials: 2, a: 0, b: 1, level: 0.95 })).toThrow(/prior/)
  expect(() => betaMixtureSequence({ successes: 1, trials: 2, a: 1, b: 1, level: 95 })).toThrow(/level/)
})

test('oneSidedBetaMixtureLogEvidence agrees with quadrature over the cut prior', () => {
  for (const { successes, trials, nullRate, logEvidence } of oracle.oneSided) {
    expect(
      oneSidedBetaMixtureLogEvidence({ successes, trials, a: 1, b: 1, nullRate, alternative: 'greater' }),
    ).toBeCloseTo(logEvidence, 8)
    expect(
      oneSidedBetaMixtureLogEvidence({
        successes: trials - successes,
        trials,
        a: 1,
        b: 1,
        nullRate: 1 - nullRate,
        alternative: 'less',
      }),
    ).toBeCloseTo(logEvidence, 8)
  }
})

test('bettingSequence agrees with a grid of 10,000 candidate means', () => {
  for (const { series: name, t, interval } of oracle.betting) {
    const [lower, upper] = ends(bettingSequence({ values: series[name as 'bern' | 'cont'].slice(0, t), level: 0.95 }))
    expect(Math.abs(lower - (interval[0] ?? Number.NaN))).toBeLessThan(1.0001e-4)
    expect(Math.abs(upper - (interval[1] ?? Number.NaN))).toBeLessThan(1.0001e-4)
  }
})

test('bettingLogEvidence reproduces wealth 356.1811 (m = 0.5, t = 100) and 137.0159 (m = 0.4, t = 400)', () => {
  for (const { t, mean, value } of oracle.bettingEvidence) {
    expect(Math.exp(bettingLogEvidence({ values: series.bern.slice(0, t), level: 0.95, mean }))).toBeCloseTo(value, 7)
  }
})

test('bettingSequence of all ones or all zeros keeps a width and the boundary', () => {
  expect(ends(bettingSequence({ values: [1, 1, 1, 1], level: 0.95 }))[1]).toBe(1)
  const [lower, upper] = ends(bettingSequence({ values: new Array(200).fill(0), level: 0.95 }))
  expect(lower).toBe(0)
  expect(upper).toBeGreaterThan(0)
  expect(bettingSequence({ values: [], level: 0.95 }).kind).toBe('not-estimable')
  expect(() => bettingSequence({ values: [0.5, 1.2], level: 0.95 })).toThrow(/score outside unit interval/)
})

test('empiricalBernsteinSequence agrees with an independent loop, and with its own incremental form', () => {
  for (const { series: name, t, interval } of oracle.empiricalBernstein) {
    const values = series[name as 'bern' | 'cont'].slice(0, t)
    const [lower, upper] = ends(empiricalBernsteinSequence({ values, level: 0.95 }))
    expect(lower).toBeCloseTo(interval[0] ?? Number.NaN, 10)
    expect(upper).toBeCloseTo(interval[1] ?? Number.NaN, 10)
    const state = values.reduce(advanceEmpiricalBernstein, startEmpiricalBernstein(0.95))
    expect(ends(empiricalBernsteinInterval(state))).toEqual([lower, upper])
  }
})

test('sprt bounds 2.8904 and −2.2513, 96.6 and 142.2 expected trials, earliest clean stop at 54 for 10 % against 5 %', () => {
  const plan = { nullRate: 0.1, alternativeRate: 0.05, falsePositiveRate: 0.05, falseNegativeRate: 0.1 }
  const { upperBound, lowerBound, perSuccess, perFailure } = sprtSteps(plan)
  expect(upperBound).toBeCloseTo(2.8904, 4)
  expect(lowerBound).toBeCloseTo(-2.2513, 4)
  expect(perSuccess).toBeCloseTo(-Math.LN2, 6)
  expect(perFailure).toBeCloseTo(0.054067, 6)
  expect(sprtExpectedTrials(plan).underNull).toBeCloseTo(96.6, 1)
  expect(sprtExpectedTrials(plan).underAlternative).toBeCloseTo(142.2, 1)
  expect(sprt({ ...plan, successes: 0, trials: 53 }).decision).toBe('continue')
  expect(sprt({ ...plan, successes: 0, trials: 54 }).decision).toBe('alternative')
})

test('sprt keeps both errors below their rates in 4,000 simulated runs (seed 12)', () => {
  const plan = { nullRate: 0.7, alternativeRate: 0.8, falsePositiveRate: 0.05, falseNegativeRate: 0.05 }
  const random = openRandom(12)
  const wrong = { null: 0, alternative: 0 }
  for (const truth of ['null', 'alternative'] as const) {
    const rate = truth === 'null' ? plan.nullRate : plan.alternativeRate
    for (let run = 0; run < 4000; run++) {
      let successes = 0
      for (let trials = 1; ; trials++) {
        if (random.uniform() < rate) successes++
        const { decision } = sprt({ ...plan, successes, trials })
        if (decision === 'continue') continue
        if (decision !== truth) wrong[truth]++
        break
      }
    }
  }
  // Wald's bounds: at most α/(1−β) = β/(1−α) = 0.0526; 4 binomial standard errors are 0.014.
  expect(wrong.null / 4000).toBeLessThan(0.0526 + 0.014)
  expect(wrong.alternative / 4000).toBeLessThan(0.0526 + 0.014)
  expect(wrong.null / 4000).toBeGreaterThan(0.02)
})

test('rareRateTrials gives 33,274 / 67,666 / 86,150 / 104,634 for 1e-4 at 95 % with 0 to 3 failures', () => {
  for (const { failures, rateBelow, errorRate, mixture, trials } of oracle.rareRate) {
    const weights = mixture === 'default' ? defaultRareRateMixture(rateBelow) : [{ rate: rateBelow / 4, weight: 1 }]
    expect(rareRateTrials({ failures, rateBelow, errorRate, mixture: weights })).toBe(trials)
  }
  expect(oracle.rareRate.slice(0, 4).map(({ trials }) => trials)).toEqual([33_274, 67_666, 86_150, 104_634])
  expect(rareRateTrials({ failures: 0, rateBelow: 1e-4, errorRate: 0.05, mixture: [{ rate: 0, weight: 1 }] })).toBe(
    29_956,
  )
})

test('rareRateLogEvidence all on rate 0 is ruined by one failure, and the planner says so', () => {
  const mixture = [{ rate: 0, weight: 1 }]
  expect(rareRateLogEvidence({ failures: 1, trials: 1e6, rateBelow: 1e-4, mixture })).toBe(Number.NEGATIVE_INFINITY)
  expect(() => rareRateTrials({ failures: 1, rateBelow: 1e-4, errorRate: 0.05, mixture })).toThrow(/ruined/)
  expect(() =>
    rareRateLogEvidence({ failures: 0, trials: 1, rateBelow: 0.1, mixture: [{ rate: 0.2, weight: 1 }] }),
  ).toThrow(/mixture/)
})

test('e-values: 158.11 and 754.4 from p = 1e-5, e-BH rejects 3 of (60, 25, 22, 8, 3) at 0.1', () => {
  expect(eValueFromPValue({ pValue: 1e-5, exponent: 0.5 })).toBeCloseTo(158.114, 3)
  expect(eValueFromPValueMixed(1e-5)).toBeCloseTo(754.35, 2)
  expect(eValueFromPValueMixed(1)).toBe(0.5)
  expect(eValueFromPValueMixed(0.99991)).toBeCloseTo(eValueFromPValueMixed(0.99989), 4)
  expect(eBenjaminiHochberg({ values: [60, 25, 22, 8, 3], rate: 0.1 })).toEqual([true, true, true, false, false])
  expect(eBenjaminiHochberg({ values: [3, 22, 60, 8, 25], rate: 0.1 })).toEqual([false, true, true, false, true])
  expect(averageEValues([2, 4])).toBe(3)
  expect(multiplyEValues([2, 4])).toBe(8)
  expect(pValueFromEValue(0.5)).toBe(1)
  expect(pValueFromEValue(20)).toBe(0.05)
  expect(() => averageEValues([])).toThrow(/no e values/)
  expect(() => pValueFromEValue(-1)).toThrow(/out of range/)
})

test('quantileBoundary reproduces the published double-stitching values to 1e-5', () => {
  for (const [probability = 0, value = 0] of oracle.quantileBoundary.values) {
    expect(Math.abs(quantileBoundary({ probability, t: 1000, from: 100, level: 0.95 }) - value)).toBeLessThan(1e-5)
  }
})

test('quantileSequence holds the true median and 90 % quantile at all of 2,000 times in 200 uniform streams (seed 4)', () => {
  const random = openRandom(4)
  let broken = 0
  for (let stream = 0; stream < 200; stream++) {
    const values = Float64Array.from({ length: 2000 }, () => random.uniform())
    const holds = [100, 200, 500, 1000, 2000].every((t) =>
      [0.5, 0.9].every((probability) => {
        const [lower, upper] = ends(
          quantileSequence({
            values: values.subarray(0, t),
            probability,
            from: 100,
            level: 0.95,
            range: { lower: 0, upper: 1 },
          }),
        )
        return lower <= probability && probability <= upper
      }),
    )
    if (!holds) broken++
  }
  // At most 5 % by the theorem, in practice far fewer; 4 binomial standard errors at 200 are 0.062.
  expect(broken / 200).toBeLessThan(0.05)
})

test('quantileSequence refuses before its first time and outside its range', () => {
  const options = { probability: 0.5, from: 10, level: 0.95, range: { lower: 0, upper: 1 } }
  expect(quantileSequence({ ...options, values: [0.1, 0.2] }).kind).toBe('not-estimable')
  expect(() => quantileSequence({ ...options, values: new Array(20).fill(2) })).toThrow(/outside range/)
  // Twenty equal scores bound the median of a discrete law to that score; six bound nothing yet.
  expect(ends(quantileSequence({ ...options, values: new Array(20).fill(0.5) }))).toEqual([0.5, 0.5])
  expect(ends(quantileSequence({ ...options, from: 6, values: new Array(6).fill(0.5) }))).toEqual([0, 1])
})
