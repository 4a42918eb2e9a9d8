import fc from 'fast-check'
import { expect, test } from 'vitest'
import claims from '../../../oracles/claims/claims.json' with { type: 'json' }
import noncentral from '../../../oracles/noncentral/noncentral.json' with { type: 'json' }
import { type AllocationOptions, bestDesign, budgetGrid, designCost, designVariance } from './allocation.ts'
import { itemAllocation, passAtKVariance } from './item-allocation.ts'
import { nextCalls } from './next-calls.ts'
import { tTestPower, tTestSize } from './t-test-power.ts'

const components = { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 }
const plan: AllocationOptions = {
  components,
  costs: { perItem: 2, perVariant: 10, perRun: 1, perJudge: 0, perJudgement: 0 },
  budget: 5000,
  most: { items: 100_000, variants: 60, runs: 10, judges: 1 },
}

// NumPy, all designs: oracles/claims/claims.py; the handbook has the same.
test('bestDesign(budget 5,000) is 446 items × 9 variants × 1 run, and a single variant has 4.1 times its variance', () => {
  const best = bestDesign(plan)
  expect(best).toMatchObject({ items: 446, variants: 9, runs: 1, judges: 1 })
  expect(best?.variance).toBeCloseTo(claims.allocation.variance, 15)
  expect(best?.variance).toBeCloseTo(5.18685e-4, 9)
  const single = bestDesign({ ...plan, most: { ...plan.most, variants: 1 } })
  expect(single?.variance).toBeCloseTo(2.138e-3, 6)
})

test('bestDesign with judges agrees with brute force', () => {
  const { items, variants, runs, judges, variance } = claims.judgedAllocation
  const best = bestDesign({
    components: { ...components, judging: { judge: 0.01, itemJudge: 0.02, judgement: 0.05 } },
    costs: { ...plan.costs, perJudge: 50, perJudgement: 0.3 },
    budget: 5000,
    most: { items: 100_000, variants: 30, runs: 5, judges: 5 },
  })
  expect(best).toMatchObject({ items, variants, runs, judges })
  expect(best?.variance).toBeCloseTo(variance, 15)
})

test('bestDesign stays within budget and stock, and more of either never makes it worse, seed 2', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, share, fc.integer({ min: 20, max: 3000 }), (item, variant, rerun, budget) => {
      const options = {
        ...plan,
        components: { item, variant, interaction: 0.1, rerun },
        budget,
        most: { items: 400, variants: 8, runs: 4, judges: 1 },
      }
      const best = bestDesign(options)
      if (best === undefined) throw new Error('nothing is affordable')
      expect(best.cost).toBeLessThanOrEqual(budget * (1 + 1e-12))
      expect(best.cost).toBe(designCost(options.costs, best))
      expect(best.variance).toBe(designVariance(options.components, best))
      expect(best.items).toBeLessThanOrEqual(400)
      expect(bestDesign({ ...options, budget: 2 * budget })?.variance).toBeLessThanOrEqual(best.variance)
      expect(bestDesign({ ...options, most: { ...options.most, variants: 9 } })?.variance).toBeLessThanOrEqual(
        best.variance,
      )
    }),
    { seed: 2, numRuns: 60 },
  )
})

test('budgetGrid falls with the budget, and its single variants never get below σ²_v', () => {
  const grid = budgetGrid({ ...plan, budgets: [10, 500, 5000, 500_000] })
  expect(grid.map(({ best }) => best === undefined)).toEqual([true, false, false, false])
  const variances = grid.flatMap(({ best }) => (best === undefined ? [] : [best.variance]))
  expect(variances).toEqual(variances.toSorted((a, b) => b - a))
  expect(grid[3]?.singleVariant?.variance).toBeGreaterThan(0.002)
  expect(grid[3]?.best?.variance).toBeLessThan(0.0002)
})

test('designVariance counts negative components as none; bestDesign refuses NaN, free budgets and half items', () => {
  const size = { items: 10, variants: 2, runs: 1, judges: 1 }
  expect(designVariance({ ...components, variant: -1 }, size)).toBe(designVariance({ ...components, variant: 0 }, size))
  expect(() => bestDesign({ ...plan, components: { ...components, item: Number.NaN } })).toThrow(
    'variance out of range',
  )
  expect(() => bestDesign({ ...plan, costs: { ...plan.costs, perRun: -1 } })).toThrow('cost out of range')
  expect(() => bestDesign({ ...plan, budget: 0 })).toThrow('budget out of range')
  expect(() => bestDesign({ ...plan, most: { ...plan.most, items: 2.5 } })).toThrow('design size out of range')
  const free = { perItem: 0, perVariant: 0, perRun: 0, perJudge: 0, perJudgement: 0 }
  expect(bestDesign({ ...plan, costs: free, most: { items: 7, variants: 3, runs: 2, judges: 1 } })).toMatchObject({
    items: 7,
    variants: 3,
    runs: 2,
    cost: 0,
  })
})

const current = { items: 200, variants: 1, runs: 1, judges: 1 }

test('nextCalls after one prompt says more variants, not more items or runs', () => {
  const options = nextCalls({ components, current, calls: 1000, most: plan.most })
  const by = (direction: string) => options.find((each) => each.direction === direction)
  expect(options[0]?.direction).toBe('all')
  expect(options.map(({ variance }) => variance)).toEqual(
    options.map(({ variance }) => variance).toSorted((a, b) => a - b),
  )
  expect(by('variants')).toMatchObject({ variants: 6, items: 200, calls: 1000 })
  expect(by('items')).toMatchObject({ items: 1200, variants: 1, calls: 1000 })
  expect(by('variants')?.variance).toBeLessThan(by('items')?.variance ?? 0)
  expect(by('runs')?.variance).toBeGreaterThan(by('items')?.variance ?? 0)
  expect(by('judges')).toBeUndefined()
})

test('nextCalls counts judge calls, and says more judges where severity dominates', () => {
  const judging = { judge: 0.02, itemJudge: 0.01, judgement: 0.02 }
  const options = nextCalls({
    components: { ...components, judging },
    current,
    calls: 1000,
    most: { ...plan.most, judges: 5 },
  })
  const judges = options.find(({ direction }) => direction === 'judges')
  expect(judges).toMatchObject({ judges: 5, calls: 800 })
  expect(options.findIndex(({ direction }) => direction === 'judges')).toBeLessThan(
    options.findIndex(({ direction }) => direction === 'variants'),
  )
})

test('nextCalls never spends more than it has, never shrinks the design, and the mix is the best, seed 3', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 900 }),
      (items, variants, calls) => {
        const before = { items, variants, runs: 1, judges: 1 }
        const options = nextCalls({
          components,
          current: before,
          calls,
          most: { items: 500, variants: 10, runs: 5, judges: 1 },
        })
        for (const each of options) {
          expect(each.calls).toBeLessThanOrEqual(calls)
          expect(each.items >= items && each.variants >= variants && each.runs >= 1).toBe(true)
          expect(each.varianceRemoved).toBeGreaterThanOrEqual(0)
        }
        const all = options.find(({ direction }) => direction === 'all')
        if (all !== undefined)
          expect(all.variance).toBeLessThanOrEqual(Math.min(...options.map(({ variance }) => variance)))
        else expect(options.length).toBe(0)
      },
    ),
    { seed: 3, numRuns: 80 },
  )
})

test('nextCalls has no answer where no step is affordable, and refuses no calls', () => {
  expect(
    nextCalls({ components, current: { items: 5, variants: 3, runs: 1, judges: 1 }, calls: 2, most: plan.most }),
  ).toEqual([])
  expect(() => nextCalls({ components, current, calls: 0, most: plan.most })).toThrow('not a count')
})

// NumPy, all 13⁴ allocations: oracles/claims/claims.py.
test('itemAllocation is the best whole-number allocation', () => {
  const { variances, budget, total } = claims.itemAllocation
  const calls = itemAllocation({ variances, costs: [1, 1, 1, 1], budget, least: 1 })
  expect(Array.from(calls ?? []).reduce((sum, k) => sum + k, 0)).toBe(16)
  expect(Array.from(calls ?? []).reduce((sum, k, i) => sum + (variances[i] ?? 0) / k, 0)).toBeCloseTo(total, 14)
})

test('itemAllocation goes with √(variance/cost), keeps to the budget and gives every item its least, seed 4', () => {
  const item = fc.record({ variance: fc.double({ min: 0, max: 1, noNaN: true }), cost: fc.integer({ min: 1, max: 4 }) })
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 300 }), (items, more) => {
      const variances = items.map(({ variance }) => variance)
      const costs = items.map(({ cost }) => cost)
      const least = costs.reduce((sum, cost) => sum + 2 * cost, 0)
      const calls = itemAllocation({ variances, costs, budget: least + more, least: 2 })
      if (calls === undefined) throw new Error('budget covers the least')
      expect(Array.from(calls).every((k) => k >= 2)).toBe(true)
      expect(Array.from(calls).reduce((sum, k, i) => sum + k * (costs[i] ?? 0), 0)).toBeLessThanOrEqual(least + more)
      for (const [i, k] of calls.entries()) {
        for (const [j, other] of calls.entries()) {
          if (costs[i] === costs[j] && (variances[i] ?? 0) >= (variances[j] ?? 0))
            expect(k).toBeGreaterThanOrEqual(other - 1)
        }
      }
    }),
    { seed: 4, numRuns: 100 },
  )
  const large = itemAllocation({ variances: [0.16, 0.04], costs: [1, 1], budget: 30_000, least: 1 })
  expect((large?.[0] ?? 0) / (large?.[1] ?? 1)).toBeCloseTo(2, 3)
})

test('itemAllocation: too small a budget has no answer, variance 0 gets no extra call, bad input is refused', () => {
  expect(itemAllocation({ variances: [1, 1], costs: [1, 1], budget: 1, least: 1 })).toBeUndefined()
  expect(itemAllocation({ variances: [0, 0], costs: [1, 1], budget: 50, least: 1 })).toEqual(Int32Array.of(1, 1))
  expect(itemAllocation({ variances: [], costs: [], budget: 50, least: 1 })).toEqual(new Int32Array(0))
  expect(() => itemAllocation({ variances: [1], costs: [], budget: 5, least: 1 })).toThrow('lengths differ')
  expect(() => itemAllocation({ variances: [Number.NaN], costs: [1], budget: 5, least: 1 })).toThrow(
    'variance out of range',
  )
  expect(() => itemAllocation({ variances: [1], costs: [0], budget: 5, least: 1 })).toThrow('cost out of range')
  expect(() => itemAllocation({ variances: [1], costs: [1], budget: 5, least: 0 })).toThrow('not a count')
})

test('passAtKVariance at k = 1 is p(1 − p), and at larger k is largest at p = 1/(2k)', () => {
  expect(passAtKVariance({ rate: 0.3, k: 1 })).toBeCloseTo(0.21, 14)
  const at = (rate: number) => passAtKVariance({ rate, k: 10 })
  expect(at(0.05)).toBeGreaterThan(at(0.045))
  expect(at(0.05)).toBeGreaterThan(at(0.055))
  expect(() => passAtKVariance({ rate: 1.1, k: 2 })).toThrow('probability out of range')
})

// SciPy 1.17.1 stats.nct; R 4.2.2 power.t.test and pwr 1.3: oracles/noncentral/noncentral.py.
test('tTestPower agrees with SciPy, and tTestSize with R’s power.t.test and pwr.t.test', () => {
  for (const { groups, twoSided, oneSided, ...design } of noncentral.power) {
    const samples = groups === 1 ? 'one' : 'two'
    expect(tTestPower({ ...design, samples, alternative: 'two-sided' })).toBeCloseTo(twoSided, 12)
    expect(tTestPower({ ...design, samples, alternative: 'one-sided' })).toBeCloseTo(oneSided, 12)
  }
  const { oneSampleN, pairedN, twoSamplePower } = noncentral.rPower
  // power.t.test ignores the far tail unless strict: a one-sided test at half the level.
  const strictless = {
    effect: 0.02,
    standardDeviation: 0.35,
    samples: 'one',
    alpha: 0.025,
    alternative: 'one-sided',
    power: 0.8,
  } as const
  expect(tTestSize(strictless).exact).toBeCloseTo(oneSampleN, 4)
  const small = {
    effect: 0.2,
    standardDeviation: 1,
    samples: 'one',
    alpha: 0.05,
    alternative: 'two-sided',
    power: 0.8,
  } as const
  expect(tTestSize(small).exact).toBeCloseTo(pairedN, 4)
  expect(tTestSize(small).size).toBe(199)
  const two = {
    effect: 0.5,
    standardDeviation: 1,
    samples: 'two',
    n: 64,
    alpha: 0.05,
    alternative: 'two-sided',
  } as const
  expect(tTestPower(two)).toBeCloseTo(twoSamplePower, 10)
})

test('tTestPower is alpha without an effect, symmetric in its sign and rises with n, seed 5', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2, noNaN: true }), fc.integer({ min: 2, max: 200 }), (effect, n) => {
      const design = { effect, standardDeviation: 1, samples: 'one', n, alpha: 0.05, alternative: 'two-sided' } as const
      const power = tTestPower(design)
      expect(tTestPower({ ...design, effect: -effect })).toBe(power)
      expect(tTestPower({ ...design, n: n + 1 })).toBeGreaterThanOrEqual(power - 1e-13)
      expect(tTestPower({ ...design, effect: 0 })).toBeCloseTo(0.05, 12)
    }),
    { seed: 5, numRuns: 100 },
  )
})

test('tTestPower and tTestSize refuse no spread, one value and no effect', () => {
  const design = { effect: 0.2, standardDeviation: 1, samples: 'one', alpha: 0.05, alternative: 'two-sided' } as const
  expect(() => tTestPower({ ...design, n: 1 })).toThrow('items out of range')
  expect(() => tTestPower({ ...design, n: 9, standardDeviation: 0 })).toThrow('standard deviation out of range')
  expect(() => tTestSize({ ...design, effect: 0, power: 0.8 })).toThrow('effect out of range')
  expect(() => tTestSize({ ...design, power: 0.04 })).toThrow('power out of range')
  expect(tTestSize({ ...design, effect: 100, power: 0.5 })).toEqual({ size: 2, exact: 2 })
})

test('bestDesign offers nothing below the fewest items, and the best of the rest above', () => {
  const cheap = { ...plan, costs: { ...plan.costs, perItem: 200 } }
  const few = bestDesign(cheap)
  expect(few?.items).toBeLessThan(24)
  const enough = bestDesign({ ...cheap, fewestItems: 24 })
  expect(enough?.items).toBeGreaterThanOrEqual(24)
  expect(enough?.variance).toBeGreaterThanOrEqual(few?.variance ?? 0)
  expect(bestDesign({ ...cheap, fewestItems: 26 })).toBeUndefined()
  expect(() => bestDesign({ ...plan, fewestItems: 0.5 })).toThrow('design size out of range')
})
