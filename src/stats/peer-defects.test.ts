/**
 * Defects found in other tools that no single function of ours stands for. The mislabelled Tango and Newcombe intervals
 * are in `paired-differences.test.ts`, ties as half wins in `ranking/ranking.test.ts`, tuning on labels alone in
 * `judge/judge.test.ts`.
 */
import { expect, test } from 'vitest'
import oracle from '../../oracles/planning/correlated-power.json' with { type: 'json' }
import { openRandom } from '../random/index.ts'
import { normalDensity, normalQuantile } from './distributions/normal.ts'
import { posteriorBelow } from './guarantees/beta-posterior.ts'
import { mcnemarPower } from './mcnemar-power.ts'
import { gaussLegendre } from './special/gauss-legendre.ts'

/** P(both pass) where passing is a normal score above a threshold: ∂P/∂ρ is the bivariate normal density (Plackett 1954). */
function bothPass(rateA: number, rateB: number, correlation: number): number {
  const [a, b] = [normalQuantile(rateA), normalQuantile(rateB)]
  const density = (r: number): number => {
    const rest = Math.sqrt(1 - r * r)
    return (normalDensity(a) * normalDensity((b - r * a) / rest)) / rest
  }
  return rateA * rateB + gaussLegendre({ from: 0, to: correlation, panels: 8, f: density })
}

test('mcnemarPower rises with the correlation of the systems, .783 to .998, where a peer had it fall from .77 to .14', () => {
  const { pairs, rateA, rateB, alpha, rows, simulated, peer } = oracle
  let last = 0
  for (const [k, { correlation, both, power }] of rows.entries()) {
    expect(bothPass(rateA, rateB, correlation)).toBeCloseTo(both, 8)
    const exact = mcnemarPower({ pairs, onlyA: rateA - both, onlyB: rateB - both, alpha, method: 'mid-p' }).power
    expect(exact).toBeCloseTo(power, 10)
    // The simulated figures are multiples of 1/1,000; 1,000 runs have a standard error of 0.013 at 0.8.
    expect(Math.abs(exact - (simulated[k] ?? 0))).toBeLessThan(0.02)
    expect(exact).toBeGreaterThan(Math.max(last, peer[k] ?? 1))
    last = exact
  }
})

test('posteriorBelow(1/2) of 2,202 against 2,079 is .96993 exactly, where a sampler from the prior had one draw left', () => {
  // P(θ_b > θ_c) under Dirichlet(1, 1, 1, 1) is I_{1/2}(c + 1, b + 1): bayes_evals weighted draws of the prior instead.
  const exact = posteriorBelow({ successes: 2079, trials: 4281, a: 1, b: 1, rateBelow: 0.5 })
  expect(exact).toBeCloseTo(0.96993, 5)
  const random = openRandom('prior draws')
  const both = 8123
  let weights = 0
  let squares = 0
  let top = Number.NEGATIVE_INFINITY
  const logWeights = Array.from({ length: 10_000 }, () => {
    const cells = Array.from({ length: 4 }, () => -Math.log1p(-random.uniform()))
    const total = cells.reduce((sum, cell) => sum + cell, 0)
    const counts = [both, 2202, 2079, 14_042 - both - 4281]
    const log = counts.reduce((sum, count, k) => sum + count * Math.log((cells[k] ?? 0) / total), 0)
    top = Math.max(top, log)
    return log
  })
  for (const log of logWeights) {
    const weight = Math.exp(log - top)
    weights += weight
    squares += weight * weight
  }
  expect(weights ** 2 / squares).toBeLessThan(5)
})
