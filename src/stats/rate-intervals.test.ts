import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'
import { binomialCdf, binomialUpperTail } from './distributions/binomial.ts'
import { jeffreys } from './jeffreys.ts'
import { poissonRate } from './poisson-rate.ts'
import type { Interval, Outcome } from './result.ts'
import { wilson } from './wilson.ts'
import { zeroEventBound } from './zero-event-bound.ts'

interface TwoSided {
  readonly k: number
  readonly n: number
  readonly level: number
  readonly clopperPearson: readonly [number, number]
  readonly wilson: readonly [number, number]
  readonly jeffreys: readonly [number, number]
}

// SciPy 1.17.1 and mpmath 1.4.1: oracles/rates/rates.py.
const oracle = JSON.parse(readFileSync(new URL('../../oracles/rates/rates.json', import.meta.url), 'utf8')) as {
  twoSided: TwoSided[]
  oneSided: { k: number; n: number; level: number; lower: number; upper: number }[]
  zeroEventBound: [number, number, number][]
  garwood: [number, number, number, number, number][]
}

function interval(outcome: Outcome): Interval {
  if (outcome.kind !== 'estimate') throw new Error('expected an estimate')
  return outcome.interval
}

function relativeError(value: number, expected: number): number {
  return value === expected ? 0 : Math.abs(value - expected) / Math.abs(expected)
}

test('clopperPearson, wilson and jeffreys agree with mpmath and SciPy at 45 points', () => {
  expect(oracle.twoSided.length).toBe(45)
  for (const row of oracle.twoSided) {
    const counts = { successes: row.k, trials: row.n, level: row.level }
    const exact = interval(clopperPearson({ ...counts, side: 'two-sided' }))
    const score = interval(wilson({ ...counts, side: 'two-sided' }))
    const credible = interval(jeffreys(counts))
    const where = JSON.stringify(row)
    expect(relativeError(exact.lower, row.clopperPearson[0]), where).toBeLessThan(1e-13)
    expect(relativeError(exact.upper, row.clopperPearson[1]), where).toBeLessThan(1e-13)
    expect(relativeError(score.lower, row.wilson[0]), where).toBeLessThan(1e-14)
    expect(relativeError(score.upper, row.wilson[1]), where).toBeLessThan(1e-14)
    // SciPy's own beta quantile is good to about 1e-11.
    expect(relativeError(credible.lower, row.jeffreys[0]), where).toBeLessThan(1e-11)
    expect(relativeError(credible.upper, row.jeffreys[1]), where).toBeLessThan(1e-11)
  }
})

test('clopperPearson one-sided agrees with mpmath', () => {
  for (const { k, n, level, lower, upper } of oracle.oneSided) {
    const counts = { successes: k, trials: n, level }
    const below = interval(clopperPearson({ ...counts, side: 'lower' }))
    const above = interval(clopperPearson({ ...counts, side: 'upper' }))
    expect(relativeError(below.lower, lower)).toBeLessThan(1e-13)
    expect(below.upper).toBe(1)
    expect(relativeError(above.upper, upper)).toBeLessThan(1e-13)
    expect(above.lower).toBe(0)
  }
})

test('clopperPearson gives the reference values 5/100, 0/100, 3/1000 and 0/29956', () => {
  const exact = (successes: number, trials: number) =>
    interval(clopperPearson({ successes, trials, level: 0.95, side: 'two-sided' }))
  expect(exact(5, 100).lower).toBeCloseTo(0.01643187918, 11)
  expect(exact(5, 100).upper).toBeCloseTo(0.1128349111, 10)
  expect(exact(3, 1000).lower).toBeCloseTo(6.190999316e-4, 13)
  expect(exact(3, 1000).upper).toBeCloseTo(8.742023238e-3, 12)
  const upper = (trials: number, level: number) =>
    interval(clopperPearson({ successes: 0, trials, level, side: 'upper' })).upper
  expect(upper(100, 0.95)).toBeCloseTo(0.02951304961, 11)
  expect(upper(100, 0.99)).toBeCloseTo(0.04500741398, 11)
  expect(upper(29_956, 0.95)).toBeCloseTo(9.999941532e-5, 14)
  // lm-eval's 0.0 ± 0.0 at n = 5000 has a two-sided upper bound of 7.4e-4.
  expect(exact(0, 5000).upper).toBeCloseTo(7.375e-4, 7)
})

test('wilson gives R 4.2.2 prop.test(k, 20, correct = FALSE) for seven counts', () => {
  // From the shared R reference: conf.int of prop.test.
  const reference: readonly (readonly [number, number, number])[] = [
    [0, 0, 0.161125158053],
    [1, 0.0088814488008, 0.236131193447],
    [5, 0.111861701408, 0.468700877619],
    [10, 0.299298008198, 0.700701991802],
    [15, 0.531299122381, 0.888138298592],
    [19, 0.763868806553, 0.991118551199],
    [20, 0.838874841947, 1],
  ]
  for (const [successes, lower, upper] of reference) {
    const limits = interval(wilson({ successes, trials: 20, level: 0.95, side: 'two-sided' }))
    expect(limits.lower).toBeCloseTo(lower, 11)
    expect(limits.upper).toBeCloseTo(upper, 11)
  }
})

test('zeroEventBound agrees with mpmath, and 29,956 clean trials are the first below 1e-4', () => {
  for (const [n, level, bound] of oracle.zeroEventBound) {
    expect(relativeError(interval(zeroEventBound({ n, level })).upper, bound)).toBeLessThan(1e-13)
  }
  expect(interval(zeroEventBound({ n: 29_956, level: 0.95 })).upper).toBeLessThan(1e-4)
  expect(interval(zeroEventBound({ n: 29_955, level: 0.95 })).upper).toBeGreaterThan(1e-4)
})

test('zeroEventBound is the one-sided clopperPearson of 0 events', () => {
  for (const n of [1, 7, 500, 1_000_000]) {
    const exact = interval(clopperPearson({ successes: 0, trials: n, level: 0.99, side: 'upper' })).upper
    expect(relativeError(interval(zeroEventBound({ n, level: 0.99 })).upper, exact)).toBeLessThan(1e-13)
  }
})

test('poissonRate agrees with SciPy, and its 95 % upper bounds for 0 to 3 events are 2.9957, 4.7439, 6.2958, 7.7537', () => {
  for (const [events, level, lower, upper, oneSided] of oracle.garwood) {
    const both = interval(poissonRate({ events, exposure: 1, level, side: 'two-sided' }))
    expect(relativeError(both.lower, lower)).toBeLessThan(1e-12)
    expect(relativeError(both.upper, upper)).toBeLessThan(1e-12)
    const above = interval(poissonRate({ events, exposure: 4, level, side: 'upper' }))
    expect(relativeError(above.upper * 4, oneSided)).toBeLessThan(1e-12)
  }
  const bounds = [0, 1, 2, 3].map(
    (events) => interval(poissonRate({ events, exposure: 1, level: 0.95, side: 'upper' })).upper,
  )
  expect(bounds.map((bound) => Number(bound.toFixed(4)))).toEqual([2.9957, 4.7439, 6.2958, 7.7537])
})

const counts = fc.integer({ min: 1, max: 100_000 }).chain((trials) =>
  fc.record({
    trials: fc.constant(trials),
    successes: fc.oneof(
      fc.integer({ min: 0, max: trials }),
      fc.constantFrom(0, trials),
      fc.integer({ min: 0, max: Math.min(5, trials) }),
    ),
  }),
)
const level = fc.oneof(fc.double({ min: 0.5, max: 0.999999, noNaN: true }), fc.constantFrom(0.95, 0.99))

test('clopperPearson, wilson and jeffreys stay inside [0, 1], hold the rate and have width, seed 11', () => {
  fc.assert(
    fc.property(counts, level, ({ successes, trials }, level) => {
      const outcomes = [
        clopperPearson({ successes, trials, level, side: 'two-sided' }),
        wilson({ successes, trials, level, side: 'two-sided' }),
        jeffreys({ successes, trials, level }),
      ]
      for (const outcome of outcomes) {
        const { lower, upper } = interval(outcome)
        const rate = successes / trials
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(upper).toBeGreaterThan(lower)
        expect(lower).toBeLessThanOrEqual(rate * (1 + 1e-12))
        expect(upper).toBeGreaterThanOrEqual(rate * (1 - 1e-12))
        if (successes === 0) expect(lower).toBe(0)
        if (successes === trials) expect(upper).toBe(1)
      }
    }),
    { seed: 11, numRuns: 500 },
  )
})

test('swapping successes and failures mirrors clopperPearson and wilson, seed 12', () => {
  fc.assert(
    fc.property(counts, level, ({ successes, trials }, level) => {
      for (const method of [clopperPearson, wilson]) {
        const one = interval(method({ successes, trials, level, side: 'two-sided' }))
        const other = interval(method({ successes: trials - successes, trials, level, side: 'two-sided' }))
        expect(Math.abs(one.lower - (1 - other.upper))).toBeLessThan(1e-12)
        expect(Math.abs(one.upper - (1 - other.lower))).toBeLessThan(1e-12)
      }
    }),
    { seed: 12, numRuns: 300 },
  )
})

test('clopperPearson is the inversion of the exact test: its ends have tail probability (1 − level)/2, seed 13', () => {
  fc.assert(
    fc.property(counts, level, ({ successes, trials }, level) => {
      const { lower, upper } = interval(clopperPearson({ successes, trials, level, side: 'two-sided' }))
      const alpha = (1 - level) / 2
      // The tolerance grows with trials: the end is a double, and the tail moves by √trials ulp per ulp of it.
      const tolerance = 1e-11 * Math.max(1, Math.sqrt(trials))
      if (successes > 0)
        expect(relativeError(binomialUpperTail({ k: successes, n: trials, p: lower }), alpha)).toBeLessThan(tolerance)
      if (successes < trials && upper < 0.999)
        expect(relativeError(binomialCdf({ k: successes, n: trials, p: upper }), alpha)).toBeLessThan(tolerance)
    }),
    { seed: 13, numRuns: 300 },
  )
})

test('a higher level widens, and more successes raise, every rate interval, seed 14', () => {
  fc.assert(
    fc.property(counts, ({ successes, trials }) => {
      fc.pre(successes < trials)
      for (const method of [clopperPearson, wilson]) {
        const at = (k: number, level: number) => interval(method({ successes: k, trials, level, side: 'two-sided' }))
        expect(at(successes, 0.99).upper).toBeGreaterThanOrEqual(at(successes, 0.9).upper)
        expect(at(successes, 0.99).lower).toBeLessThanOrEqual(at(successes, 0.9).lower)
        expect(at(successes + 1, 0.9).lower).toBeGreaterThan(at(successes, 0.9).lower)
        expect(at(successes + 1, 0.9).upper).toBeGreaterThan(at(successes, 0.9).upper)
      }
    }),
    { seed: 14, numRuns: 200 },
  )
})

test('rates without trials cannot be estimated, and bad counts, levels and exposures throw', () => {
  const none = { successes: 0, trials: 0, level: 0.95 }
  expect(clopperPearson({ ...none, side: 'two-sided' }).kind).toBe('not-estimable')
  expect(wilson({ ...none, side: 'two-sided' }).kind).toBe('not-estimable')
  expect(jeffreys(none).kind).toBe('not-estimable')
  expect(zeroEventBound({ n: 0, level: 0.95 }).kind).toBe('not-estimable')
  const side = 'two-sided' as const
  expect(() => wilson({ successes: 3, trials: 2, level: 0.95, side })).toThrow('counts not valid')
  expect(() => wilson({ successes: 0.5, trials: 2, level: 0.95, side })).toThrow('counts not valid')
  expect(() => clopperPearson({ successes: -1, trials: 2, level: 0.95, side })).toThrow('counts not valid')
  expect(() => clopperPearson({ successes: Number.NaN, trials: 2, level: 0.95, side })).toThrow('counts not valid')
  expect(() => clopperPearson({ successes: 1, trials: 2, level: 95, side })).toThrow('level out of range')
  expect(() => poissonRate({ events: 1, exposure: 0, level: 0.95, side })).toThrow('exposure out of range')
  expect(() => poissonRate({ events: -1, exposure: 1, level: 0.95, side })).toThrow('not a count')
})

test('200,000 clopperPearson pairs take less than 3 seconds of processor time', () => {
  const before = process.cpuUsage()
  let sum = 0
  for (let i = 0; i < 200_000; i++) {
    const trials = 50 + ((i * 7919) % 2000)
    sum += interval(clopperPearson({ successes: (i * 104_729) % trials, trials, level: 0.95, side: 'two-sided' })).upper
  }
  expect(sum).toBeGreaterThan(0)
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3)
})
