/** Difference of two rates on the same items, Newcombe's square-and-add. */
import { checkLevel } from './check-inputs.ts'
import { checkPairedTable, type PairedTable } from './paired-table.ts'
import { notEstimable, type Outcome } from './result.ts'
import { criticalValue, wilsonLimits } from './wilson.ts'

/**
 * Pass rate of A minus pass rate of B on the same items, with Newcombe's paired interval (Newcombe 1998, Statistics in
 * Medicine 17:2635, method 10).
 *
 * Wilson limits of the two rates are combined with their correlation φ: the lower end is
 * d − √(δ₁² − 2φδ₁ε₂ + ε₂²), δ₁ = p̂A − lA, ε₂ = uB − p̂B, and the upper end mirrors it. φ is continuity-corrected: with
 * ad − bc > n/2 it is (ad − bc − n/2)/√((a+b)(c+d)(a+c)(b+d)), between 0 and n/2 it is 0. Stays inside [−1, 1], never has
 * zero width. Assumes independent items; with clusters use a cluster-robust difference. Refuses no pairs.
 *
 * newcombePaired({ both: 1, onlyA: 1, onlyB: 7, neither: 12, level: 0.95 }).interval // => { lower: -0.506920…, upper: -0.025559…, … }
 */
export function newcombePaired(options: PairedTable & { readonly level: number }): Outcome {
  const { both, onlyA, onlyB, level } = options
  const n = checkPairedTable(options)
  checkLevel(level)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const z = criticalValue(level, 'two-sided')
  const limitsA = wilsonLimits({ successes: both + onlyA, trials: n, z })
  const limitsB = wilsonLimits({ successes: both + onlyB, trials: n, z })
  const rateA = (both + onlyA) / n
  const rateB = (both + onlyB) / n
  const value = (onlyA - onlyB) / n
  const phi = correctedPhi(options, n)
  const combined = (x: number, y: number): number => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y))
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: Math.max(-1, value - combined(rateA - limitsA.lower, limitsB.upper - rateB)),
      upper: Math.min(1, value + combined(limitsA.upper - rateA, rateB - limitsB.lower)),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method: 'newcombe-paired-score',
    assumptions: ['independent-pairs'],
    caveats: [],
  }
}

function correctedPhi({ both, onlyA, onlyB, neither }: PairedTable, n: number): number {
  const scale =
    Math.sqrt(both + onlyA) * Math.sqrt(onlyB + neither) * Math.sqrt(both + onlyB) * Math.sqrt(onlyA + neither)
  if (scale === 0) return 0
  const cross = both * neither - onlyA * onlyB
  return (cross > n / 2 ? cross - n / 2 : Math.min(0, cross)) / scale
}
