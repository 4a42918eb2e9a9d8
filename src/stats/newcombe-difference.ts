/** Difference of two independent rates. */
import { type BinomialCount, checkCounts, checkLevel } from './check-inputs.ts'
import { notEstimable, type Outcome } from './result.ts'
import { criticalValue, wilsonLimits } from './wilson.ts'

/**
 * Rate of A minus rate of B, from two independent samples, with Newcombe's hybrid score interval.
 *
 * With Wilson limits (l, u) of each rate: d − √((p̂A−lA)² + (uB−p̂B)²) to d + √((uA−p̂A)² + (p̂B−lB)²) (Newcombe 1998,
 * Statistics in Medicine 17:873, method 10). Stays inside [−1, 1] and never has zero width. For samples that share items
 * use the paired intervals: the items' difficulty is then not noise. Refuses an empty sample.
 *
 * newcombeDifference({ a: { successes: 56, trials: 70 }, b: { successes: 48, trials: 80 }, level: 0.95 }).interval
 * // => { lower: 0.0524…, upper: 0.3339…, … }
 */
export function newcombeDifference({
  a,
  b,
  level,
}: {
  readonly a: BinomialCount
  readonly b: BinomialCount
  readonly level: number
}): Outcome {
  checkCounts(a)
  checkCounts(b)
  checkLevel(level)
  if (a.trials === 0 || b.trials === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const z = criticalValue(level, 'two-sided')
  const rateA = a.successes / a.trials
  const rateB = b.successes / b.trials
  const limitsA = wilsonLimits({ ...a, z })
  const limitsB = wilsonLimits({ ...b, z })
  const value = rateA - rateB
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: Math.max(-1, value - Math.hypot(rateA - limitsA.lower, limitsB.upper - rateB)),
      upper: Math.min(1, value + Math.hypot(limitsA.upper - rateA, rateB - limitsB.lower)),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: a.trials + b.trials,
    method: 'newcombe-hybrid-score',
    assumptions: ['independent-trials', 'samples-independent'],
    caveats: [],
  }
}
