import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../oracles/reliability/reliability.json' with { type: 'json' }
import { gPassAtK, meanPassAtK, passAtK, passHatK } from './pass-at-k.ts'
import { rankAgreement, replicationProbability, rerunInterval } from './replication.ts'

test('pass@k, pass^k and G-Pass@k agree with rational hypergeometric sums', () => {
  for (const { n, c, k, tau, pass_at, pass_hat, g } of oracle.attempts) {
    expect(passAtK({ n, c, k })).toBeCloseTo(pass_at, 12)
    expect(passHatK({ n, c, k })).toBeCloseTo(pass_hat, 12)
    expect(gPassAtK({ n, c, k, tau })).toBeCloseTo(g, 11)
  }
})

test('the published figures: pass@5(10, 3) 0.9166667, pass@100(200, 5) 0.9703084, pass^3(8, 6) 0.3571429, G-pass@8 of 10 in 16', () => {
  expect(passAtK({ n: 10, c: 3, k: 5 })).toBeCloseTo(0.9166667, 7)
  expect(passAtK({ n: 200, c: 5, k: 100 })).toBeCloseTo(0.9703084, 7)
  expect(passHatK({ n: 8, c: 6, k: 3 })).toBeCloseTo(0.3571429, 7)
  const shares = [0.25, 0.5, 0.75, 1].map((tau) => gPassAtK({ n: 16, c: 10, k: 8, tau }))
  expect(shares).toEqual([1, expect.closeTo(0.9405594, 7), expect.closeTo(0.3041958, 7), expect.closeTo(0.0034965, 7)])
})

const attempts = fc
  .integer({ min: 1, max: 30 })
  .chain((n) => fc.record({ n: fc.constant(n), c: fc.integer({ min: 0, max: n }), k: fc.integer({ min: 1, max: n }) }))

test('pass^k ≤ c/n ≤ pass@k, both are c/n at k = 1, and G-pass@k falls from one to the other', () => {
  fc.assert(
    fc.property(attempts, fc.double({ min: 0.01, max: 1, noNaN: true }), ({ n, c, k }, tau) => {
      const [any, all, some] = [passAtK({ n, c, k }), passHatK({ n, c, k }), gPassAtK({ n, c, k, tau })]
      expect(all).toBeLessThanOrEqual(c / n + 1e-12)
      expect(any).toBeGreaterThanOrEqual(c / n - 1e-12)
      expect(some).toBeLessThanOrEqual(any + 1e-10)
      expect(some).toBeGreaterThanOrEqual(all - 1e-10)
      expect(passAtK({ n, c, k: 1 })).toBeCloseTo(c / n, 12)
      expect(passHatK({ n, c, k: 1 })).toBeCloseTo(c / n, 12)
      expect(passAtK({ n, c, k: n })).toBe(c > 0 ? 1 : 0)
      expect(passAtK({ n, c: n - c, k })).toBeCloseTo(1 - passHatK({ n, c, k }), 10)
    }),
  )
})

test('gPassAtK asks for 7 of 10 at τ = 0.7, although 0.7 · 10 exceeds 7 in doubles', () => {
  expect(gPassAtK({ n: 10, c: 7, k: 10, tau: 0.7 })).toBe(1)
  expect(gPassAtK({ n: 10, c: 6, k: 10, tau: 0.7 })).toBe(0)
})

test('meanPassAtK averages over items, keeps inside [0, 1], and leaves out items with too few attempts', () => {
  const table = { attempts: [10, 10, 3], successes: [3, 10, 1], clusters: undefined, k: 5, level: 0.95 }
  const result = meanPassAtK({ ...table, estimand: { name: 'pass@k' } })
  expect(result).toMatchObject({ value: expect.closeTo((0.9166666667 + 1) / 2, 9), n: 2 })
  expect(result).toMatchObject({
    caveats: expect.arrayContaining([
      { code: 'items-with-too-few-runs', severity: 'caution', values: { items: 1, needed: 5 } },
    ]),
  })
  const never = meanPassAtK({ ...table, attempts: [8, 8, 8], successes: [0, 0, 0], estimand: { name: 'pass^k' } })
  expect(never).toMatchObject({ value: 0, interval: { lower: 0, upper: expect.closeTo(1 - 0.025 ** (1 / 3), 12) } })
  expect(meanPassAtK({ ...table, k: 11, estimand: { name: 'g-pass@k', tau: 0.5 } })).toMatchObject({
    because: { code: 'needs-repeated-runs' },
  })
  expect(meanPassAtK({ ...table, clusters: [1, 2, 2], estimand: { name: 'pass@k' } })).toMatchObject({
    kind: 'estimate',
    n: 2,
  })
})

test('pass@k refuses impossible counts', () => {
  for (const bad of [
    { n: 5, c: 6, k: 1 },
    { n: 5, c: 1, k: 6 },
    { n: 5, c: -1, k: 2 },
    { n: 5, c: 1.5, k: 2 },
    { n: 5, c: 1, k: 0 },
  ]) {
    expect(() => passAtK(bad)).toThrow(/attempts out of range/)
  }
  expect(() => gPassAtK({ n: 5, c: 1, k: 2, tau: 0 })).toThrow(/tau/)
  expect(() =>
    meanPassAtK({ attempts: [1], successes: [], clusters: undefined, k: 1, estimand: { name: 'pass@k' }, level: 0.95 }),
  ).toThrow(/lengths differ/)
})

test('replicationProbability and rankAgreement agree with scipy; a result at p = 0.05 replicates half the time', () => {
  for (const { z, point, predictive } of oracle.replication) {
    const result = replicationProbability({ z, alpha: 0.05 })
    expect(result.point).toBeCloseTo(point, 13)
    expect(result.predictive).toBeCloseTo(predictive, 13)
  }
  for (const { d, p } of oracle.rankAgreement) {
    expect(rankAgreement(d)).toBeCloseTo(p, 13)
    expect(rankAgreement(-d)).toBeCloseTo(p, 13)
  }
  expect(() => replicationProbability({ z: Number.NaN, alpha: 0.05 })).toThrow(/not finite/)
  expect(() => replicationProbability({ z: 1, alpha: 5 })).toThrow(/alpha/)
})

test('rerunInterval is √2 wider than the interval of the mean for a rerun of the same size, and a prediction', () => {
  const result = rerunInterval({
    value: 0.6,
    standardError: 0.03,
    rerunStandardError: 0.03,
    degreesOfFreedom: 1e9,
    n: 100,
    level: 0.95,
  })
  expect(result).toMatchObject({
    interval: { kind: 'prediction', upper: expect.closeTo(0.6 + 1.959964 * 0.03 * Math.SQRT2, 6) },
  })
  expect(() =>
    rerunInterval({ value: 0.6, standardError: 0, rerunStandardError: 0.03, degreesOfFreedom: 9, n: 10, level: 0.95 }),
  ).toThrow(/not positive/)
})
