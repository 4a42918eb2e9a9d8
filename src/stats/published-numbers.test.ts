/** Small published numbers of comparisons and designs that no other test holds. */
import { expect, test } from 'vitest'
import { bestDesign } from './design/allocation.ts'
import { chiSquaredUpperTail } from './distributions/chi-squared.ts'
import { pairedDifference } from './paired-difference.ts'
import type { Outcome } from './result.ts'
import { tangoScore } from './tango.ts'
import { unpairedDifference } from './unpaired-difference.ts'

const first = [1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1]
const second = [1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1]
const clusters = [4, 3, 4, 2, 3, 4].flatMap((size, g) => new Array<number>(size).fill(g))

function standardError(outcome: Outcome): number | undefined {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome.standardError
}

test('pairedDifference of 20 items in 6 clusters: independent .116980, CR0 .089443, CR1 .097980; unpaired .155597', () => {
  const differences = first.map((score, k) => score - (second[k] ?? 0))
  const options = { differences, range: undefined, level: 0.95 }
  const independent = pairedDifference({ ...options, clusters: undefined, correction: 'cr1' })
  expect(standardError(independent.difference)).toBeCloseTo(0.11698, 6)
  const clustered = (correction: 'cr0' | 'cr1') => pairedDifference({ ...options, clusters, correction })
  expect(standardError(clustered('cr0').difference)).toBeCloseTo(0.089443, 6)
  expect(standardError(clustered('cr1').difference)).toBeCloseTo(0.09798, 6)
  const test = clustered('cr1').test
  if (test.kind === 'not-estimable') throw new Error(test.because.code)
  expect(test.statistic).toBeCloseTo(2.0412, 4)
  expect(test.pValue).toBeCloseTo(0.0967, 4)
  const unpaired = unpairedDifference({
    first: { values: first, clusters: undefined },
    second: { values: second, clusters: undefined },
    correction: 'cr1',
    reference: 't',
    level: 0.95,
  })
  expect(standardError(unpaired.difference)).toBeCloseTo(0.155597, 6)
})

test('tangoScore at 0 squared is McNemar’s χ²: p .032583 for 25 against 12, .048520 with the continuity correction', () => {
  const score = tangoScore({ onlyA: 25, onlyB: 12, n: 100, difference: 0 })
  expect(chiSquaredUpperTail(score * score, 1)).toBeCloseTo(0.032583, 6)
  expect(chiSquaredUpperTail((Math.abs(25 - 12) - 1) ** 2 / (25 + 12), 1)).toBeCloseTo(0.04852, 6)
})

test('bestDesign of equal components at 5 per item and 1 per run takes 2 runs, the whole number at √5 = 2.236', () => {
  const components = { item: 0.1, variant: 0, interaction: 0, rerun: 0.1 }
  const costs = { perItem: 5, perVariant: 0, perRun: 1, perJudge: 0, perJudgement: 0 }
  const most = { items: 1e6, variants: 1, runs: 10, judges: 1 }
  const variance = (runs: number) => (0.1 + 0.1 / runs) * (5 + runs)
  expect(bestDesign({ components, costs, budget: 1e6, most })?.runs).toBe(2)
  // Cost times variance per item is least at √(c_i σ²_r / (c_s σ²_i)).
  const optimum = Math.sqrt((5 / 1) * (0.1 / 0.1))
  expect(optimum).toBeCloseTo(2.236, 3)
  for (const runs of [1, 2, 3, 4]) expect(variance(optimum)).toBeLessThan(variance(runs))
})
