/** Difference of two rates on the same items, Tango's score interval. */
import { checkLevel } from './check-inputs.ts'
import { checkPairedTable, type PairedTable } from './paired-table.ts'
import { notEstimable, type Outcome } from './result.ts'
import { criticalValue } from './wilson.ts'

/**
 * Pass rate of A minus pass rate of B on the same items, with Tango's score interval (Tango 1998, Statistics in Medicine
 * 17:891).
 *
 * The differences Δ with |b − c − nΔ| ≤ z √(n(2q̂ + Δ(1−Δ))), where b and c are the items only A and only B passed and q̂ is
 * the maximum-likelihood estimate of P(only B) given Δ. Found by bisection on each side of d = (b − c)/n to the last bit.
 * At Δ = 0 the statistic is McNemar's, so the interval and the asymptotic test agree. Stays inside [−1, 1], never has zero
 * width. Depends on `both` and `neither` only through n. Assumes independent items. Refuses no pairs.
 *
 * tango({ both: 1, onlyA: 1, onlyB: 7, neither: 12, level: 0.95 }).interval // => { lower: -0.517232…, upper: -0.026003…, … }
 */
export function tango(options: PairedTable & { readonly level: number }): Outcome {
  const { onlyA, onlyB, level } = options
  const n = checkPairedTable(options)
  checkLevel(level)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const z = criticalValue(level, 'two-sided')
  const value = (onlyA - onlyB) / n
  const inside = (difference: number): boolean => Math.abs(tangoScore({ onlyA, onlyB, n, difference })) <= z
  return {
    kind: 'estimate',
    value,
    interval: {
      lower: limit({ value, end: -1, inside }),
      upper: limit({ value, end: 1, inside }),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method: 'tango-score',
    assumptions: ['independent-pairs'],
    caveats: [],
  }
}

/** Score statistic of H0: the difference is `difference`; decreasing in it, 0 at the observed difference. */
export function tangoScore({
  onlyA: b,
  onlyB: c,
  n,
  difference,
}: {
  readonly onlyA: number
  readonly onlyB: number
  readonly n: number
  readonly difference: number
}): number {
  const numerator = b - c - n * difference
  if (numerator === 0) return 0
  const linear = (2 * n - b + c) * difference - b - c
  const constant = -c * difference * (1 - difference)
  const root = Math.sqrt(Math.max(0, linear * linear - 8 * n * constant))
  // The larger root of 2n q² + linear q + constant = 0, written without cancellation.
  const q = linear <= 0 ? (root - linear) / (4 * n) : (-2 * constant) / (root + linear)
  const variance = n * (2 * Math.max(0, q) + difference * (1 - difference))
  return variance > 0 ? numerator / Math.sqrt(variance) : numerator * Number.POSITIVE_INFINITY
}

/** The last difference inside, going from the observed one towards `end`. */
function limit({
  value,
  end,
  inside,
}: {
  readonly value: number
  readonly end: number
  readonly inside: (difference: number) => boolean
}): number {
  if (value === end || inside(end)) return end
  let near = value
  let far = end
  for (let step = 0; step < 100; step++) {
    const middle = (near + far) / 2
    if (middle === near || middle === far) break
    if (inside(middle)) near = middle
    else far = middle
  }
  return near
}
