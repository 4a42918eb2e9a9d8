import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type McNemarPowerOptions, mcnemarPower, openMcNemarPower } from './mcnemar-power.ts'
import { type DifferenceDesign, minimumDetectableEffect } from './minimum-detectable-effect.ts'
import { passProbability, rareEventPlan } from './rare-event-plan.ts'
import { requiredItems } from './required-items.ts'
import { approximatePairs, requiredPairs, typicalAgreement } from './required-pairs.ts'

interface Row extends McNemarPowerOptions {
  readonly power: number
  readonly wrongSign: number
  readonly typeS: number | null
  readonly typeM: number | null
}

// mpmath 1.4.1, sum over all tables: oracles/planning/planning.py.
const oracle = JSON.parse(readFileSync(new URL('../../oracles/planning/planning.json', import.meta.url), 'utf8')) as {
  mcnemarPower: Row[]
  published: {
    card2020: { pairs: number; onlyA: number; onlyB: number; power: number; typeS: number; typeM: number }[]
  }
}

test('mcnemarPower agrees with the sum over all tables', () => {
  expect(oracle.mcnemarPower.length).toBe(16)
  for (const row of oracle.mcnemarPower) {
    const result = mcnemarPower(row)
    const where = JSON.stringify(row)
    expect(Math.abs(result.power - row.power), where).toBeLessThan(1e-12)
    expect(Math.abs(result.wrongSign - row.wrongSign), where).toBeLessThan(1e-12)
    if (row.typeM === null || row.typeS === null) {
      expect(result.typeM).toBeUndefined()
      continue
    }
    expect(Math.abs((result.typeS as number) - row.typeS), where).toBeLessThan(1e-11)
    expect(Math.abs((result.typeM as number) / row.typeM - 1), where).toBeLessThan(1e-11)
  }
})

test('mcnemarPower reproduces Card et al. (2020): .1207, .9999, .7976, and .862 with mid-p', () => {
  for (const row of oracle.published.card2020) {
    const result = mcnemarPower({ ...row, alpha: 0.05, method: 'exact' })
    expect(result.power).toBeCloseTo(row.power, 10)
    expect(result.typeS).toBeCloseTo(row.typeS, 4)
    expect(result.typeM).toBeCloseTo(row.typeM, 3)
  }
  const mid = mcnemarPower({ pairs: 500, onlyA: 0.0225, onlyB: 0.0025, alpha: 0.05, method: 'mid-p' })
  expect(mid.power).toBeCloseTo(0.862, 3)
})

test('mcnemarPower with equal systems is a false-positive rate of at most alpha, split evenly', () => {
  for (const pairs of [6, 20, 100, 1000]) {
    const { power, wrongSign, typeM } = mcnemarPower({ pairs, onlyA: 0.1, onlyB: 0.1, alpha: 0.05, method: 'exact' })
    expect(power + wrongSign).toBeLessThanOrEqual(0.05)
    expect(power).toBeCloseTo(wrongSign, 12)
    expect(typeM).toBeUndefined()
  }
})

test('mcnemarPower is 0 when nothing differs, or too little to be significant', () => {
  expect(mcnemarPower({ pairs: 100, onlyA: 0, onlyB: 0, alpha: 0.05, method: 'exact' })).toEqual({
    power: 0,
    wrongSign: 0,
  })
  expect(mcnemarPower({ pairs: 5, onlyA: 0.9, onlyB: 0, alpha: 0.05, method: 'exact' }).power).toBe(0)
  expect(() => mcnemarPower({ pairs: 5, onlyA: 0.9, onlyB: 0.2, alpha: 0.05, method: 'exact' })).toThrow('do not fit')
})

test('mcnemarPower is symmetric in who is better, and mid-p has at least the exact power, seed 51', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (pairs, onlyA, onlyB) => {
        const exact = mcnemarPower({ pairs, onlyA, onlyB, alpha: 0.05, method: 'exact' })
        const swapped = mcnemarPower({ pairs, onlyA: onlyB, onlyB: onlyA, alpha: 0.05, method: 'exact' })
        expect(swapped.power).toBe(exact.power)
        const mid = mcnemarPower({ pairs, onlyA, onlyB, alpha: 0.05, method: 'mid-p' })
        expect(mid.power).toBeGreaterThanOrEqual(exact.power - 1e-12)
        if (exact.typeM !== undefined) expect(exact.typeM).toBeGreaterThan(0.5)
      },
    ),
    { seed: 51, numRuns: 150 },
  )
})

test('openMcNemarPower gives the power of mcnemarPower to the last bit, whatever was asked before, seed 52', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.constantFrom('exact', 'mid-p'),
      fc.constantFrom(0.05, 1e-5),
      (sizes, onlyA, onlyB, method, alpha) => {
        const powerOf = openMcNemarPower({ onlyA, onlyB, alpha, method })
        for (const pairs of sizes) {
          expect(powerOf(pairs)).toBe(mcnemarPower({ pairs, onlyA, onlyB, alpha, method }).power)
        }
      },
    ),
    { seed: 52, numRuns: 60 },
  )
  expect(() => openMcNemarPower({ onlyA: 0.1, onlyB: 0, alpha: 0.05, method: 'exact' })(0.5)).toThrow('not a count')
})

const miller: DifferenceDesign = {
  itemVariance: 1 / 9,
  responseVarianceA: 1 / 6,
  responseVarianceB: 1 / 6,
  resamplesA: 1,
  resamplesB: 1,
  designEffect: 1,
  alpha: 0.05,
  power: 0.8,
  alternative: 'two-sided',
}

test('requiredItems gives Miller (2024): 969 items for 3 points without response noise', () => {
  const plan = requiredItems({ ...miller, responseVarianceA: 0, responseVarianceB: 0, effect: 0.03 })
  expect(plan.items).toBe(969)
  expect(plan.exact).toBeCloseTo(968.9974980678, 9)
})

test('requiredItems falls with resamples as Miller (2024) §5: 3876, 2423, 1696, 1260', () => {
  // Handbook: n before rounding 3875.98999, 2422.49375, 1695.74562, 1259.69675.
  const items = [1, 2, 4, 10].map((k) => requiredItems({ ...miller, resamplesA: k, resamplesB: k, effect: 0.03 }).items)
  expect(items).toEqual([3876, 2423, 1696, 1260])
})

test('minimumDetectableEffect on 198 items is 13.27 points with 1 response and 7.57 with 10', () => {
  expect(minimumDetectableEffect({ ...miller, items: 198 })).toBeCloseTo(0.1327333278739942, 12)
  expect(minimumDetectableEffect({ ...miller, resamplesA: 10, resamplesB: 10, items: 198 })).toBeCloseTo(
    0.0756696392667773,
    12,
  )
})

test('minimumDetectableEffect and requiredItems are inverse, and a design effect scales items, seed 52', () => {
  const positive = fc.double({ min: 0.001, max: 2, noNaN: true })
  fc.assert(
    fc.property(positive, positive, fc.integer({ min: 2, max: 20 }), positive, (itemVariance, response, k, effect) => {
      const design = { ...miller, itemVariance, responseVarianceA: response, resamplesA: k }
      const { exact } = requiredItems({ ...design, effect })
      expect(minimumDetectableEffect({ ...design, items: exact })).toBeCloseTo(effect, 10)
      expect(requiredItems({ ...design, designEffect: 2.5, effect }).exact / exact).toBeCloseTo(2.5, 10)
    }),
    { seed: 52, numRuns: 200 },
  )
})

test('planning refuses an effect of 0, a power below alpha, negative variances and no items', () => {
  expect(() => requiredItems({ ...miller, effect: 0 })).toThrow('effect out of range')
  expect(() => requiredItems({ ...miller, power: 0.01, effect: 0.1 })).toThrow('power out of range')
  expect(() => requiredItems({ ...miller, itemVariance: -1, effect: 0.1 })).toThrow('variance out of range')
  expect(() => minimumDetectableEffect({ ...miller, items: 0 })).toThrow('items out of range')
  expect(() => minimumDetectableEffect({ ...miller, resamplesA: 0, items: 9 })).toThrow('resamples out of range')
})

test('approximatePairs gives 3923, 1742, 626 at 20 % and 1960, 870, 312 at 10 % differing items', () => {
  const pairs = (psi: number, delta: number) =>
    Math.ceil(approximatePairs({ onlyA: (psi + delta) / 2, onlyB: (psi - delta) / 2, alpha: 0.05, power: 0.8 }))
  expect([0.02, 0.03, 0.05].map((delta) => pairs(0.2, delta))).toEqual([3923, 1742, 626])
  expect([0.02, 0.03, 0.05].map((delta) => pairs(0.1, delta))).toEqual([1960, 870, 312])
})

test('requiredPairs reaches its power there and a little further', () => {
  const truth = { onlyA: 0.0225, onlyB: 0.0025, alpha: 0.05, method: 'exact' as const }
  const pairs = requiredPairs({ ...truth, power: 0.8 })
  expect(pairs).toBeGreaterThan(450)
  expect(pairs).toBeLessThan(600)
  for (const more of [0, 5, 10, 15, 20]) {
    expect(mcnemarPower({ ...truth, pairs: pairs + more }).power).toBeGreaterThanOrEqual(0.8)
  }
})

test('typicalAgreement is .8704 at accuracy .8 and difference .02, and stays possible', () => {
  expect(typicalAgreement({ accuracy: 0.8, difference: 0.02 })).toBeCloseTo(0.8704, 4)
  expect(typicalAgreement({ accuracy: 0.99, difference: 0.01 })).toBeLessThanOrEqual(0.99)
  expect(typicalAgreement({ accuracy: 0.01, difference: 0 })).toBeGreaterThanOrEqual(0.98)
})

test('passProbability gives the reference values of the plans with 0 and 3 tolerated events', () => {
  const strict = [1e-6, 1e-5, 2e-5, 5e-5].map((trueRate) => passProbability({ trials: 29_956, allowed: 0, trueRate }))
  expect(strict.map((value) => value.toFixed(3))).toEqual(['0.970', '0.741', '0.549', '0.224'])
  const lenient = [1e-5, 2e-5, 5e-5].map((trueRate) => passProbability({ trials: 77_535, allowed: 3, trueRate }))
  expect(lenient.map((value) => value.toFixed(3))).toEqual(['0.992', '0.928', '0.458'])
})

test('rareEventPlan tolerates the fewest events that pass with the wanted power', () => {
  const plan = rareEventPlan({ rate: 1e-4, level: 0.95, expectedRate: 1e-5, power: 0.8 })
  expect([plan.trials, plan.allowed]).toEqual([47_437, 1])
  expect(rareEventPlan({ rate: 1e-4, level: 0.95, expectedRate: 0, power: 0.8 }).trials).toBe(29_956)
  const close = rareEventPlan({ rate: 1e-2, level: 0.95, expectedRate: 5e-3, power: 0.9 })
  expect(close.passProbability).toBeGreaterThanOrEqual(0.9)
  expect(() => rareEventPlan({ rate: 1e-4, level: 0.95, expectedRate: 1e-4, power: 0.8 })).toThrow('not below')
})
