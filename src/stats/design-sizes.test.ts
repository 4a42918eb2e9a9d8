import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalCdf, normalUpperQuantile } from './distributions/normal.ts'
import { type EquivalenceDesign, equivalenceItems } from './equivalence-items.ts'
import { optimalDesign } from './optimal-design.ts'
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
const costs = { perItem: 2, perVariant: 10, perRun: 1 }
const limits = { mostVariants: 60, mostRuns: 10, fewestItems: 2 }

test('optimalDesign(budget 5,000) is 446 items × 9 variants × 1 run with variance 5.18685e-4', () => {
  const best = optimalDesign({ components, costs, budget: 5000, ...limits })
  expect(best).toMatchObject({ items: 446, variants: 9, runsPerCell: 1 })
  expect(best.variance).toBeCloseTo(0.0005186846, 9)
  expect(best.cost).toBeLessThanOrEqual(5000)
})

test('optimalDesign with one facet repeats about √((c_i/c_r)(σ²_r/σ²_i)) times', () => {
  // √(20 · 0.1/0.1) = 4.47: 4 or 5.
  const best = optimalDesign({
    components: { item: 0.1, variant: 0, interaction: 0, rerun: 0.1 },
    costs: { perItem: 20, perVariant: 0, perRun: 1 },
    budget: 100_000,
    ...limits,
    mostVariants: 1,
  })
  expect([4, 5]).toContain(best.runsPerCell)
})

test('optimalDesign never gets worse with a larger budget, and refuses one that buys nothing, seed 3', () => {
  const at = (budget: number) => optimalDesign({ components, costs, budget, ...limits }).variance
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 20_000 }), fc.integer({ min: 0, max: 5_000 }), (budget, more) => {
      expect(at(budget + more)).toBeLessThanOrEqual(at(budget))
    }),
    { seed: 3, numRuns: 60 },
  )
  expect(() => at(12)).toThrow('budget too small')
  expect(() => optimalDesign({ components, costs: { ...costs, perItem: 0, perRun: 0 }, budget: 9, ...limits })).toThrow(
    'cost nothing',
  )
})
