import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/sequential/boundaries.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import type { Outcome } from '../result.ts'
import { riemannZeta } from '../special/riemann-zeta.ts'
import { bernoulliMixtureSequence } from './bernoulli-mixture-sequence.ts'
import { betaBinomialMixtureBoundary, betaBinomialMixtureLogEvidence } from './beta-binomial-mixture.ts'
import { betaMixtureSequence } from './beta-mixture.ts'
import { empiricalProcessBoundary } from './empirical-process-boundary.ts'
import { type GammaMixtureOptions, gammaMixtureBoundary, gammaMixtureLogEvidence } from './gamma-mixture.ts'
import type { MixtureSide } from './mixture-side.ts'
import { normalMixtureBoundary, normalMixtureLogEvidence } from './normal-mixture.ts'
import { normalMixtureRho } from './normal-mixture-rho.ts'
import { polynomialStitching } from './polynomial-stitching.ts'

// mpmath integrals over the mixing laws, and the published targets of confseq to 1e-5: oracles/sequential/boundaries.py.
const at100 = { time: 100, tightestAt: 100, errorRate: 0.05 }
const stitched = { time: 100, from: 10, errorRate: 0.05, exponent: 1.4, epochRatio: 2 }

function interval(outcome: Outcome): readonly [number, number] {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return [outcome.interval.lower, outcome.interval.upper]
}

function published(actual: number, expected: number | undefined): void {
  expect(Math.abs(actual - (expected ?? Number.NaN))).toBeLessThan(1e-5)
}

test('normalMixtureRho is 12.60056; the boundary at 100 is 30.35209 two-sided and 27.66071 one-sided', () => {
  expect(normalMixtureRho(at100)).toBeCloseTo(oracle.rho, 12)
  published(normalMixtureRho(at100), 12.60056)
  for (const row of oracle.normal) {
    const options = { ...at100, side: row.side as MixtureSide }
    expect(normalMixtureLogEvidence({ ...options, sum: 10 })).toBeCloseTo(row.evidence, 11)
    expect(normalMixtureBoundary(options)).toBeCloseTo(row.bound, 10)
    published(normalMixtureLogEvidence({ ...options, sum: 10 }), row.published[0])
    published(normalMixtureBoundary(options), row.published[1])
  }
})

test('betaBinomialMixtureBoundary of terms in [−.2, .8] is 31.4308 two-sided and 28.41238 one-sided', () => {
  for (const row of oracle.betaBinomial) {
    const options = { ...at100, side: row.side as MixtureSide, below: 0.2, above: 0.8 }
    expect(betaBinomialMixtureLogEvidence({ ...options, sum: 10 })).toBeCloseTo(row.evidence, 9)
    expect(betaBinomialMixtureBoundary(options)).toBeCloseTo(row.bound, 8)
    published(betaBinomialMixtureLogEvidence({ ...options, sum: 10 }), row.published[0])
    published(betaBinomialMixtureBoundary(options), row.published[1])
  }
})

test('gammaMixtureBoundary of scale 2 is 33.02017 sub-exponential and 30.19490 sub-Poisson', () => {
  for (const row of oracle.gamma) {
    const options = { ...at100, tail: row.tail as GammaMixtureOptions['tail'], scale: 2 }
    expect(gammaMixtureLogEvidence({ ...options, sum: 10 })).toBeCloseTo(row.evidence, 10)
    expect(gammaMixtureBoundary(options)).toBeCloseTo(row.bound, 9)
    published(gammaMixtureLogEvidence({ ...options, sum: 10 }), row.published[0])
    published(gammaMixtureBoundary(options), row.published[1])
  }
})

test('bernoulliMixtureSequence: [.651629, .745949] of 700/1000 tightest at 100, and five more as confseq', () => {
  for (const { successes, trials, tightestAt, interval: ends, published: targets } of oracle.bernoulli) {
    const actual = interval(bernoulliMixtureSequence({ successes, trials, tightestAt, level: 0.95 }))
    for (const [k, end] of actual.entries()) {
      expect(end).toBeCloseTo(ends[k] ?? Number.NaN, 11)
      // confseq rounds its ends to 1e-6 outwards: 2e-6 covers it.
      expect(Math.abs(end - (targets[k] ?? Number.NaN))).toBeLessThan(2e-6)
    }
  }
})

test('polynomialStitching at 100 from 10 is 64.48755 for scale 3 and 28.99389 for scale −1', () => {
  for (const { scale, bound, published: target } of oracle.stitching) {
    expect(polynomialStitching({ ...stitched, scale })).toBeCloseTo(bound, 10)
    published(polynomialStitching({ ...stitched, scale }), target)
  }
})

test('empiricalProcessBoundary at 1,000 from 100 is .08204769', () => {
  const bound = empiricalProcessBoundary({ t: 1000, from: 100, errorRate: 0.05, factor: 0.85 })
  expect(bound).toBeCloseTo(oracle.empiricalProcess.bound, 9)
  published(bound, oracle.empiricalProcess.published)
})

test('riemannZeta(2) = π²/6, riemannZeta(4) = π⁴/90, riemannZeta(1.4) = 3.1055472779775810', () => {
  expect(riemannZeta(2) / (Math.PI ** 2 / 6)).toBeCloseTo(1, 14)
  expect(riemannZeta(4) / (Math.PI ** 4 / 90)).toBeCloseTo(1, 14)
  expect(riemannZeta(1.4)).toBeCloseTo(3.105547277977581, 13)
  expect(() => riemannZeta(1)).toThrow(/exponent/)
})

test('mixture boundaries grow with time and with 1/α, and one-sided ones lie inside two-sided ones', () => {
  const time = fc.double({ min: 0, max: 1e5, noNaN: true })
  const rate = fc.double({ min: 1e-8, max: 0.3, noNaN: true })
  fc.assert(
    fc.property(time, rate, fc.double({ min: 0.5, max: 1e4, noNaN: true }), (t, errorRate, tightestAt) => {
      const base = { time: t, tightestAt, errorRate, below: 0.3, above: 0.7, scale: 0.5 }
      const boundaries = [
        (o: typeof base) => normalMixtureBoundary({ ...o, side: 'two-sided' }),
        (o: typeof base) => normalMixtureBoundary({ ...o, side: 'greater' }),
        (o: typeof base) => betaBinomialMixtureBoundary({ ...o, side: 'two-sided' }),
        (o: typeof base) => gammaMixtureBoundary({ ...o, tail: 'sub-poisson' }),
        (o: typeof base) => gammaMixtureBoundary({ ...o, tail: 'sub-exponential' }),
      ]
      for (const boundary of boundaries) {
        const here = boundary(base)
        expect(here).toBeGreaterThan(0)
        expect(boundary({ ...base, time: t * 1.5 + 1 })).toBeGreaterThan(here)
      }
      const pair = (['greater', 'two-sided'] as const).map((side) => normalMixtureBoundary({ ...base, side }))
      // The one-sided one is tuned at 2α, so the two may cross far from where they are tightest.
      if (Math.abs(Math.log((t + 1e-9) / tightestAt)) < 1) expect(pair[0]).toBeLessThan(pair[1] ?? 0)
    }),
    { seed: 17, numRuns: 60 },
  )
})

test('bernoulliMixtureSequence contains the rate, mirrors failures, and is narrower than the uniform mixture near 0', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
      const successes = Math.round(share * trials)
      const options = { trials, tightestAt: 500, level: 0.95 }
      const [lower, upper] = interval(bernoulliMixtureSequence({ ...options, successes }))
      const mirrored = interval(bernoulliMixtureSequence({ ...options, successes: trials - successes }))
      expect(lower).toBeLessThanOrEqual(successes / trials)
      expect(upper).toBeGreaterThanOrEqual(successes / trials)
      expect(upper).toBeGreaterThan(lower)
      expect(1 - mirrored[1]).toBeCloseTo(lower, 10)
      expect(1 - mirrored[0]).toBeCloseTo(upper, 10)
    }),
    { seed: 3, numRuns: 100 },
  )
  const options = { successes: 10, trials: 1000, level: 0.95 }
  const [lower, upper] = interval(bernoulliMixtureSequence({ ...options, tightestAt: 1000 }))
  const [low, high] = interval(betaMixtureSequence({ ...options, a: 1, b: 1 }))
  expect(upper - lower).toBeLessThan(high - low)
})

test('empiricalProcessBoundary falls with time and polynomialStitching is flat before its start', () => {
  const at = (t: number) => empiricalProcessBoundary({ t, from: 10, errorRate: 0.05, factor: 0.85 })
  expect(at(10)).toBeGreaterThan(at(100))
  expect(at(100)).toBeGreaterThan(at(10_000))
  expect(polynomialStitching({ ...stitched, time: 0, scale: 0 })).toBe(
    polynomialStitching({ ...stitched, time: 10, scale: 0 }),
  )
})

test('the normal mixture is crossed by at most 5 % of 1,000 walks of ±½ within 2,000 steps (seed 21)', () => {
  const random = openRandom(21)
  const bounds = Float64Array.from({ length: 2001 }, (_, t) =>
    normalMixtureBoundary({ time: t / 4, tightestAt: 100, errorRate: 0.05, side: 'two-sided' }),
  )
  let crossed = 0
  for (let walk = 0; walk < 1000; walk++) {
    let sum = 0
    for (let t = 1; t <= 2000; t++) {
      sum += random.uniform() < 0.5 ? 0.5 : -0.5
      if (Math.abs(sum) > (bounds[t] ?? 0)) {
        crossed++
        break
      }
    }
  }
  expect(crossed / 1000).toBeLessThan(0.05)
})

test('boundaries refuse times, rates and scales that mean nothing', () => {
  const normal = { ...at100, side: 'two-sided' } as const
  expect(() => normalMixtureBoundary({ ...normal, time: -1 })).toThrow(/intrinsic time/)
  expect(() => normalMixtureBoundary({ ...normal, time: Number.NaN })).toThrow(/intrinsic time/)
  expect(() => normalMixtureBoundary({ ...normal, errorRate: 0 })).toThrow(/alpha/)
  expect(() => normalMixtureRho({ tightestAt: 0, errorRate: 0.05 })).toThrow(/intrinsic time/)
  expect(() => normalMixtureLogEvidence({ ...normal, sum: Number.NaN })).toThrow(/finite/)
  expect(() => betaBinomialMixtureBoundary({ ...normal, below: 0, above: 1 })).toThrow(/range/)
  expect(() => gammaMixtureBoundary({ ...at100, tail: 'sub-poisson', scale: 0 })).toThrow(/scale/)
  expect(() => gammaMixtureLogEvidence({ ...at100, tail: 'sub-poisson', scale: 1, sum: -1 })).toThrow(/sum/)
  expect(() => polynomialStitching({ ...stitched, scale: Number.NaN })).toThrow(/scale/)
  expect(() => polynomialStitching({ ...stitched, scale: 0, epochRatio: 1 })).toThrow(/epoch ratio/)
  expect(() => empiricalProcessBoundary({ t: 5, from: 10, errorRate: 0.05, factor: 0.85 })).toThrow(/before start/)
  expect(() => empiricalProcessBoundary({ t: 50, from: 10, errorRate: 0.05, factor: 0.7 })).toThrow(/factor/)
  expect(() => bernoulliMixtureSequence({ successes: 1, trials: 2, tightestAt: 0, level: 0.95 })).toThrow(/trials/)
  expect(bernoulliMixtureSequence({ successes: 0, trials: 0, tightestAt: 10, level: 0.95 }).kind).toBe('not-estimable')
  expect(betaBinomialMixtureLogEvidence({ ...normal, below: 0.2, above: 0.8, sum: 1e6 })).toBe(Infinity)
})
