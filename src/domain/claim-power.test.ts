import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import {
  binomialUpperTail,
  crossingProbability,
  defaultRareRateMixture,
  fixedRateTest,
  rareRateTrials,
} from '../stats/index.ts'
import { type EvidencePlan, openEvidence } from './claim-evidence.ts'
import { type DetectableOptions, detectableMean } from './claim-power.ts'

const plan: EvidencePlan = {
  rule: 'anytime',
  bar: 0.7,
  alternative: undefined,
  binary: true,
  population: undefined,
  alpha: 0.05,
  beta: 0.05,
}

const find = (changes: Partial<DetectableOptions>): number => {
  const random = openRandom('power')
  const options = { plan, units: 204, errorRate: 0.05, exact: false, power: 0.8, apart: 1, random, ...changes }
  return detectableMean(options) ?? Number.NaN
}

test('the exact test of the units that .70 against .80 needs at power 95 % finds .80', () => {
  const { trials } = fixedRateTest({ nullRate: 0.7, alternativeRate: 0.8, alpha: 0.05, beta: 0.05 })
  expect(find({ exact: true, units: trials, power: 0.95 })).toBeCloseTo(0.8, 2)
})

test('the exact test of 20 units above ½ is supported from 15 on, and finds what has 15 four times in five', () => {
  const found = find({ exact: true, units: 20, plan: { ...plan, bar: 0.5 } })
  expect(binomialUpperTail({ k: 15, n: 20, p: found })).toBeCloseTo(0.8, 2)
})

test('a sequential rule finds less than the exact test of as many units, and more with more of them', () => {
  expect(find({})).toBeGreaterThan(find({ exact: true }))
  expect(find({ units: 1_000 })).toBeLessThan(find({}))
  expect(find({ errorRate: 0.01 })).toBeGreaterThan(find({}))
})

test('detectableMean is where the claim’s own evidence supports four of five of 2,000 simulated runs (seed 31)', () => {
  const mean = find({ units: 300 })
  const random = openRandom(31)
  const wall = Math.log(20)
  let supported = 0
  for (let run = 0; run < 2_000; run++) {
    const evidence = openEvidence(plan)
    for (let unit = 0; unit < 300; unit++) {
      const value = random.uniform() < mean ? 1 : 0
      evidence.add({ worst: value, best: value })
      if (evidence.current().support < wall) continue
      supported++
      break
    }
  }
  // Three standard errors: .027.
  expect(Math.abs(supported / 2_000 - 0.8)).toBeLessThan(0.027)
}, 60_000)

test('differences are found the sooner the less the two differ elsewhere, and values without counts are simulated', () => {
  const paired = { plan: { ...plan, bar: 0.5, binary: false }, units: 400 }
  const [seldom, often] = [find({ ...paired, apart: 0.2 }), find({ ...paired, apart: 0.6 })]
  expect(seldom).toBeLessThan(often)
  // About 2.5 standard errors and what looking at any time costs: of a difference, √(.2 / 400) / 2 on this scale.
  expect((seldom - 0.5) / (Math.sqrt(0.2 / 400) / 2)).toBeGreaterThan(2.5)
  expect((seldom - 0.5) / (Math.sqrt(0.2 / 400) / 2)).toBeLessThan(6)
})

test('where even the clearest truth is not supported surely, there is nothing to find', () => {
  expect(find({ units: 3 })).toBeNaN()
  expect(find({ plan: { ...plan, bar: 0.5, binary: false }, units: 5, apart: 0.2 })).toBeNaN()
})

test('a rare failure: with the units that support it clean, at 80 %, the rate found has a clean run four times in five', () => {
  const found = find({ plan: { ...plan, bar: 0.999 }, units: 3_400 })
  const clean = rareRateTrials({ failures: 0, rateBelow: 1e-3, errorRate: 0.05, mixture: defaultRareRateMixture(1e-3) })
  // One failure takes more than there are.
  expect(clean).toBeLessThan(3_400)
  const boundary = Float64Array.from({ length: 3_400 }, (_, at) =>
    at + 1 >= clean ? at + 1 : Number.POSITIVE_INFINITY,
  )
  expect(crossingProbability({ boundary, rate: found })).toBeCloseTo(0.8, 2)
})
