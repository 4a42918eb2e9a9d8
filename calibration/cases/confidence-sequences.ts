/** How often a confidence sequence ever loses the truth, looked at after every trial of a stream. */
import type { Random } from '../../src/random/index.ts'
import { betaMixtureLogEvidence } from '../../src/stats/sequential/beta-mixture.ts'
import { bettingLogEvidence } from '../../src/stats/sequential/betting.ts'
import {
  advanceEmpiricalBernstein,
  empiricalBernsteinInterval,
  startEmpiricalBernstein,
} from '../../src/stats/sequential/empirical-bernstein.ts'
import { defaultRareRateMixture, rareRateLogEvidence } from '../../src/stats/sequential/rare-rate.ts'
import { defineCalibration } from '../calibration.ts'

const wall = Math.log(20)

export const betaMixtureCalibration = defineCalibration({
  name: 'beta-mixture-sequence',
  title: 'Beta-mixture confidence sequence, looked at after each of 5,000 trials',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: ({ random, repetitions }) =>
    [0.001, 0.05, 0.5, 0.999].map((rate) => {
      const stream = random.split(`rate ${rate}`)
      let kept = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        if (!everCrosses({ stream, rate, trials: 5000 })) kept++
      }
      return { setting: `rate ${rate}`, rate: kept / repetitions, repetitions, seed: stream.path }
    }),
})

export const scoreSequenceCalibration = defineCalibration({
  name: 'bounded-score-sequences',
  title: 'Betting and empirical-Bernstein confidence sequences, looked at 40 times in 1,000 scores',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  run: ({ random, repetitions }) =>
    Object.entries(laws).flatMap(([law, { draw, mean }]) => {
      const stream = random.split(law)
      let betting = 0
      let bernstein = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const values = Float64Array.from({ length: 1000 }, () => draw(stream))
        if (bettingKeeps(values, mean)) betting++
        if (bernsteinKeeps(values, mean)) bernstein++
      }
      return [
        { setting: `betting, ${law}`, rate: betting / repetitions, repetitions, seed: stream.path },
        { setting: `empirical Bernstein, ${law}`, rate: bernstein / repetitions, repetitions, seed: stream.path },
      ]
    }),
})

export const rareRateCalibration = defineCalibration({
  name: 'rare-rate-process',
  title: 'False support for "rate below 0.002" at the threshold itself, looked at after each of 20,000 trials',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  run: ({ random, repetitions }) => {
    const rateBelow = 0.002
    const mixture = defaultRareRateMixture(rateBelow)
    const stream = random.split('at the threshold')
    let supported = 0
    for (let repetition = 0; repetition < repetitions; repetition++) {
      let failures = 0
      let trials = 0
      // Evidence only grows between failures, so it is enough to look just before each one.
      while (trials < 20_000) {
        const gap = Math.floor(Math.log1p(-stream.uniform()) / Math.log1p(-rateBelow))
        const before = Math.min(20_000, trials + gap)
        if (rareRateLogEvidence({ failures, trials: before, rateBelow, mixture }) >= wall) {
          supported++
          break
        }
        failures++
        trials = before + 1
      }
    }
    return [{ setting: 'rate 0.002', rate: supported / repetitions, repetitions, seed: stream.path }]
  },
})

const laws: Readonly<Record<string, { readonly mean: number; readonly draw: (random: Random) => number }>> = {
  '0/1 at 0.05': { mean: 0.05, draw: (random) => (random.uniform() < 0.05 ? 1 : 0) },
  '0/1 at 0.5': { mean: 0.5, draw: (random) => (random.uniform() < 0.5 ? 1 : 0) },
  'uniform on 0–1': { mean: 0.5, draw: (random) => random.uniform() },
  'graded 0, ½, 1 with ties': {
    mean: 0.85,
    draw: (random) => {
      const u = random.uniform()
      return u < 0.1 ? 0 : u < 0.2 ? 0.5 : 1
    },
  },
}

function everCrosses({ stream, rate, trials }: { stream: Random; rate: number; trials: number }): boolean {
  let successes = 0
  let crossed = false
  for (let n = 1; n <= trials; n++) {
    if (stream.uniform() < rate) successes++
    if (!crossed && betaMixtureLogEvidence({ successes, trials: n, a: 1, b: 1, nullRate: rate }) >= wall) crossed = true
  }
  return crossed
}

function bettingKeeps(values: Float64Array, mean: number): boolean {
  for (let n = 25; n <= values.length; n += 25) {
    if (bettingLogEvidence({ values: values.subarray(0, n), level: 0.95, mean }) >= wall) return false
  }
  return true
}

function bernsteinKeeps(values: Float64Array, mean: number): boolean {
  let state = startEmpiricalBernstein(0.95)
  for (const value of values) {
    state = advanceEmpiricalBernstein(state, value)
    const outcome = empiricalBernsteinInterval(state)
    if (outcome.kind === 'estimate' && (mean < outcome.interval.lower || mean > outcome.interval.upper)) return false
  }
  return true
}
