/** Difference of two rates on the same items, Bonett and Price's adjusted Wald interval. */
import { checkLevel } from './check-inputs.ts'
import { checkPairedTable, type PairedTable } from './paired-table.ts'
import { notEstimable, type Outcome } from './result.ts'
import { criticalValue } from './wilson.ts'

/**
 * Pass rate of A minus pass rate of B on the same items, with Bonett and Price's interval (Bonett and Price 2012, Journal
 * of Educational and Behavioral Statistics 37:479).
 *
 * Wald's interval after adding one to each discordant count: p̃₁ = (b+1)/(n+2), p̃₂ = (c+1)/(n+2),
 * p̃₁ − p̃₂ ± z √((p̃₁ + p̃₂ − (p̃₁ − p̃₂)²)/(n+2)), cut to [−1, 1]. A little conservative when few items differ; closed form,
 * never of zero width. `value` is the observed difference (b − c)/n, not the interval's centre. Assumes independent items.
 * Refuses no pairs.
 *
 * bonettPrice({ both: 1, onlyA: 1, onlyB: 7, neither: 12, level: 0.95 }).interval // => { lower: -0.508359…, upper: -0.013379…, … }
 */
export function bonettPrice(options: PairedTable & { readonly level: number }): Outcome {
  const { onlyA, onlyB, level } = options
  const n = checkPairedTable(options)
  checkLevel(level)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const centre = (onlyA - onlyB) / (n + 2)
  const standardError = Math.sqrt(((onlyA + onlyB + 2) / (n + 2) - centre * centre) / (n + 2))
  const margin = criticalValue(level, 'two-sided') * standardError
  return {
    kind: 'estimate',
    value: (onlyA - onlyB) / n,
    standardError,
    interval: {
      lower: Math.max(-1, centre - margin),
      upper: Math.min(1, centre + margin),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method: 'bonett-price',
    assumptions: ['independent-pairs'],
    caveats: [],
  }
}
