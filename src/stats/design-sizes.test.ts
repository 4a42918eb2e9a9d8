import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affordableDesign } from './affordable-design.ts'
import { bestDesign } from './design/allocation.ts'
import { normalCdf, normalUpperQuantile } from './distributions/normal.ts'
import { type EquivalenceDesign, equivalenceItems } from './equivalence-items.ts'
import { unpairedItems } from './required-unpaired.ts'

test('unpairedItems(.70 against .72) is 8,079.24 per arm', () => {
  expect(unpairedItems({ rateA: 0.7, rateB: 0.72, alpha: 0.05, power: 0.8 })).toBeCloseTo(8079.24, 1)
  expect(() => unpairedItems({ rateA: 0.7, rateB: 0.7, alpha: 0.05, power: 0.8 })).toThrow('effect out of range')
})

const design: EquivalenceDesign = {
  margin: 0.02,
  difference: 0,
  variance: 0.13,
  alpha: 0.05,
  power: 0.8,
  claim: 'equivalence',
}

test('equivalenceItems at a true difference of 0 is (z_α + z_{β/2})² σ² / m²', () => {
  const closed = ((normalUpperQuantile(0.05) + normalUpperQuantile(0.1)) / 0.02) ** 2 * 0.13
  expect(equivalenceItems(design)).toBeCloseTo(closed, 6)
})

test('equivalenceItems gives both one-sided tests together exactly the wanted power, seed 11', () => {
  const share = fc.double({ min: -0.95, max: 0.95, noNaN: true })
  fc.assert(
    fc.property(share, fc.double({ min: 0.2, max: 0.99, noNaN: true }), (at, power) => {
      const difference = at * design.margin
      const n = equivalenceItems({ ...design, difference, power })
      const error = Math.sqrt(design.variance / n)
      const reached =
        normalCdf((0.02 - difference) / error - normalUpperQuantile(0.05)) +
        normalCdf((0.02 + difference) / error - normalUpperQuantile(0.05)) -
        1
      expect(reached).toBeCloseTo(power, 8)
    }),
    { seed: 11, numRuns: 200 },
  )
})

test('equivalenceItems: non-inferiority takes fewer items, and fewer still for a truly better system', () => {
  const claim = 'non-inferiority' as const
  const level = equivalenceItems({ ...design, claim })
  expect(level).toBeCloseTo(((normalUpperQuantile(0.05) + normalUpperQuantile(0.2)) / 0.02) ** 2 * 0.13, 8)
  expect(level).toBeLessThan(equivalenceItems(design))
  expect(equivalenceItems({ ...design, claim, difference: 0.01 })).toBeLessThan(level)
  expect(() => equivalenceItems({ ...design, difference: 0.02 })).toThrow('difference outside margin')
  expect(() => equivalenceItems({ ...design, claim, difference: -0.02 })).toThrow('difference outside margin')
  expect(() => equivalenceItems({ ...design, margin: 0 })).toThrow('margin out of range')
})

const components = { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 }
const design5000 = {
  components,
  costs: { perItem: 2, perVariant: 10, perRun: 1 },
  budget: 5000,
  variants: 9,
  runsPerCell: 1,
  fewestItems: 10,
}

test('affordableDesign(budget 5,000, 9 variants) buys 446 items with variance 5.18685e-4, as bestDesign finds', () => {
  const design = affordableDesign(design5000)
  expect(design).toMatchObject({ items: 446, cost: 4996 })
  expect(design?.variance).toBeCloseTo(0.0005186846, 9)
  const best = bestDesign({
    components,
    costs: { ...design5000.costs, perJudge: 0, perJudgement: 0 },
    budget: 5000,
    most: { items: 10_000, variants: 60, runs: 10, judges: 1 },
  })
  expect(best).toMatchObject({ items: 446, variants: 9, runs: 1, variance: design?.variance })
})

test('affordableDesign spends no more than the budget and one item more would, seed 3', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 20_000 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 10 }),
      (budget, variants, runsPerCell) => {
        const design = affordableDesign({ ...design5000, budget, variants, runsPerCell })
        if (design === undefined) return
        expect(design.cost).toBeLessThanOrEqual(budget)
        expect(design.cost + 2 + variants * runsPerCell).toBeGreaterThan(budget)
      },
    ),
    { seed: 3, numRuns: 300 },
  )
})

test('affordableDesign offers nothing below the fewest items, and refuses items that cost nothing', () => {
  expect(affordableDesign({ ...design5000, budget: 150 })).toBeUndefined()
  const free = { perItem: 0, perVariant: 10, perRun: 0 }
  expect(() => affordableDesign({ ...design5000, costs: free })).toThrow('cost nothing')
})
