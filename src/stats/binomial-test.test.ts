import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BinomialTestOptions, binomialTest, criticalCount, sigmaEquivalent } from './binomial-test.ts'
import { binomialPmf, binomialUpperTail } from './distributions/binomial.ts'

type Row = readonly [number, number, number, BinomialTestOptions['alternative'], number]

// SciPy 1.17.1 stats.binomtest(k, n, p, alternative): oracles/rates/rates.py.
const { binomialTest: rows } = JSON.parse(
  readFileSync(new URL('../../oracles/rates/rates.json', import.meta.url), 'utf8'),
) as { binomialTest: Row[] }

function p(options: BinomialTestOptions): number {
  const outcome = binomialTest(options)
  if (outcome.kind !== 'test') throw new Error('expected a test')
  return outcome.pValue
}

test('binomialTest agrees with SciPy in all three directions', () => {
  expect(rows.length).toBe(33)
  for (const [successes, trials, nullRate, alternative, expected] of rows) {
    const value = p({ successes, trials, nullRate, alternative })
    expect(Math.abs(value / expected - 1), JSON.stringify([successes, trials, alternative])).toBeLessThan(1e-11)
  }
})

test('binomialTest is exact where z-approximations fail: 12 of 1000 against 0.004 is 8.885e-4, and 600 of 1000 is 1.364e-10', () => {
  expect(p({ successes: 12, trials: 1000, nullRate: 0.004, alternative: 'greater' })).toBeCloseTo(8.885e-4, 7)
  const tail = p({ successes: 600, trials: 1000, nullRate: 0.5, alternative: 'greater' })
  expect(tail / 1.3642320780330092e-10).toBeCloseTo(1, 12)
})

test('criticalCount at 1e-5 against 0.5 is 72, 131, 299, 568, 1096 and 2652', () => {
  const counts = [100, 200, 500, 1000, 2000, 5000].map((trials) =>
    criticalCount({ trials, nullRate: 0.5, alpha: 1e-5 }),
  )
  expect(counts).toEqual([72, 131, 299, 568, 1096, 2652])
  // Handbook G4: power 0.7886 to certify a true rate of 0.58 with 1000 trials.
  expect(binomialUpperTail({ k: 568, n: 1000, p: 0.58 })).toBeCloseTo(0.7886, 4)
})

test('criticalCount is one past the trials when nothing can reach alpha', () => {
  expect(criticalCount({ trials: 10, nullRate: 0.5, alpha: 1e-5 })).toBe(11)
})

test('sigmaEquivalent(p) gives 3, 4, 5 and 6 sigma', () => {
  expect(sigmaEquivalent(1.3498980316300957e-3)).toBeCloseTo(3, 12)
  expect(sigmaEquivalent(3.167124183311998e-5)).toBeCloseTo(4, 12)
  expect(sigmaEquivalent(2.866515718791933e-7)).toBeCloseTo(5, 12)
  expect(sigmaEquivalent(9.865876450376946e-10)).toBeCloseTo(6, 12)
})

const setting = fc.record({
  trials: fc.integer({ min: 1, max: 400 }),
  nullRate: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('binomialTest two-sided equals the sum over all counts no likelier than the observed, seed 21', () => {
  fc.assert(
    fc.property(setting, ({ trials, nullRate, share }) => {
      const successes = Math.round(trials * share)
      const own = binomialPmf({ k: successes, n: trials, p: nullRate })
      let sum = 0
      for (let k = 0; k <= trials; k++) {
        const likelihood = binomialPmf({ k, n: trials, p: nullRate })
        if (likelihood <= own * (1 + 1e-7)) sum += likelihood
      }
      const value = p({ successes, trials, nullRate, alternative: 'two-sided' })
      expect(Math.abs(value - Math.min(1, sum))).toBeLessThan(1e-10 * (1 + sum))
    }),
    { seed: 21, numRuns: 200 },
  )
})

test('binomialTest mirrors when successes become failures, seed 22', () => {
  fc.assert(
    fc.property(setting, ({ trials, share }) => {
      const successes = Math.round(trials * share)
      const one = p({ successes, trials, nullRate: 0.25, alternative: 'greater' })
      const other = p({ successes: trials - successes, trials, nullRate: 0.75, alternative: 'less' })
      expect(Math.abs(one / other - 1)).toBeLessThan(1e-11)
    }),
    { seed: 22, numRuns: 200 },
  )
})

test('binomialTest refuses no trials and throws for a null rate of 0', () => {
  expect(binomialTest({ successes: 0, trials: 0, nullRate: 0.5, alternative: 'greater' }).kind).toBe('not-estimable')
  expect(() => binomialTest({ successes: 0, trials: 5, nullRate: 0, alternative: 'greater' })).toThrow(
    'rate out of range',
  )
})
