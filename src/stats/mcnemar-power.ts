/** Exact power of McNemar's test, with the errors that a significant result can carry. */
import { checkAlpha } from './check-inputs.ts'
import {
  binomialCdf,
  binomialLogPmf,
  binomialPmf,
  binomialQuantile,
  binomialUpperTail,
} from './distributions/binomial.ts'
import { fail } from './fail.ts'
import { exactSum } from './special/exact-sum.ts'

export interface McNemarPowerOptions {
  /** Pairs: items that both systems answer. */
  readonly pairs: number
  /** Probability that only A passes an item. */
  readonly onlyA: number
  /** Probability that only B passes an item. */
  readonly onlyB: number
  /** Error rate of the two-sided test. */
  readonly alpha: number
  readonly method: 'exact' | 'mid-p'
}

export interface McNemarPower {
  /** Probability of a significant result in the direction of the truth. */
  readonly power: number
  /** Probability of a significant result in the wrong direction. */
  readonly wrongSign: number
  /** Share of significant results that have the wrong sign. Absent if none can be significant or the truth is 0. */
  readonly typeS?: number
  /** Expected |estimated difference| of a significant result over the true |difference|. Absent likewise. */
  readonly typeM?: number
}

/**
 * Power of the two-sided McNemar test (Card et al. 2020, "With little power comes great responsibility"), summed exactly:
 * differing items D ~ Binomial(pairs, onlyA + onlyB), of which Binomial(D, onlyA/(onlyA + onlyB)) go to A.
 *
 * Type S and type M as in Gelman and Carlin (2014). When onlyA = onlyB there is no truth to point at: `power` and
 * `wrongSign` are then the two halves of the false-positive rate. Numbers of differing items with a total probability below
 * 1e-14 are left out. Assumes independent items.
 *
 * mcnemarPower({ pairs: 500, onlyA: 0.0225, onlyB: 0.0025, alpha: 0.05, method: 'exact' }).power // => 0.797577…
 */
export function mcnemarPower(options: McNemarPowerOptions): McNemarPower {
  check(options)
  const { pairs, onlyA, onlyB, alpha, method } = options
  const differing = onlyA + onlyB
  if (differing === 0) return { power: 0, wrongSign: 0 }
  const better = Math.max(onlyA, onlyB) / differing
  const { from, to } = likelyCounts(pairs, differing)
  const right: number[] = []
  const wrong: number[] = []
  const size: number[] = []
  let critical = -1
  for (let m = from; m <= to; m++) {
    critical = criticalCount({ m, alpha, method, start: critical })
    if (critical < 0) continue
    const weight = Math.exp(binomialLogPmf({ k: m, n: pairs, p: differing }))
    // Significant if at most `critical` of the m go to one side.
    const up = binomialUpperTail({ k: m - critical, n: m, p: better })
    const down = binomialCdf({ k: critical, n: m, p: better })
    right.push(weight * up)
    wrong.push(weight * down)
    // E[(2X − m); X ≥ m − c] − E[(2X − m); X ≤ c], by E[X; X ≥ j] = m p P(Binomial(m − 1, p) ≥ j − 1).
    const upMean = m * better * binomialUpperTail({ k: m - critical - 1, n: m - 1, p: better })
    const downMean = critical === 0 ? 0 : m * better * binomialCdf({ k: critical - 1, n: m - 1, p: better })
    size.push(weight * (2 * upMean - m * up - (2 * downMean - m * down)))
  }
  const power = exactSum(right)
  const wrongSign = exactSum(wrong)
  const significant = power + wrongSign
  if (significant === 0 || onlyA === onlyB) return { power, wrongSign }
  return {
    power,
    wrongSign,
    typeS: wrongSign / significant,
    typeM: exactSum(size) / significant / (pairs * Math.abs(onlyA - onlyB)),
  }
}

/**
 * `mcnemarPower(…).power` of one number of pairs after another, for a search: of a number of differing items the power does
 * not depend on the pairs, and is computed once.
 */
export function openMcNemarPower(options: Omit<McNemarPowerOptions, 'pairs'>): (pairs: number) => number {
  const { onlyA, onlyB, alpha, method } = options
  const differing = onlyA + onlyB
  const better = Math.max(onlyA, onlyB) / differing
  const known = new Map<number, { readonly critical: number; readonly up: number }>()
  return (pairs) => {
    check({ ...options, pairs })
    if (differing === 0) return 0
    const { from, to } = likelyCounts(pairs, differing)
    const right: number[] = []
    let start = -1
    for (let m = from; m <= to; m++) {
      let given = known.get(m)
      if (given === undefined) {
        const critical = criticalCount({ m, alpha, method, start })
        given = { critical, up: critical < 0 ? 0 : binomialUpperTail({ k: m - critical, n: m, p: better }) }
        known.set(m, given)
      }
      start = given.critical
      if (start < 0) continue
      right.push(Math.exp(binomialLogPmf({ k: m, n: pairs, p: differing })) * given.up)
    }
    return exactSum(right)
  }
}

/** Numbers of differing items, without those of a total probability below 1e-14. */
function likelyCounts(pairs: number, differing: number): { readonly from: number; readonly to: number } {
  return {
    from: binomialQuantile({ probability: 5e-15, n: pairs, p: differing }),
    to: pairs - binomialQuantile({ probability: 5e-15, n: pairs, p: Math.max(0, 1 - differing) }),
  }
}

/** Largest c such that c against m − c is significant; −1 if nothing is. It never falls as m grows. */
function criticalCount({
  m,
  alpha,
  method,
  start,
}: {
  readonly m: number
  readonly alpha: number
  readonly method: 'exact' | 'mid-p'
  readonly start: number
}): number {
  // Without a start, begin just below the quantile instead of counting up from nothing.
  let c = start < 0 ? Math.max(-1, binomialQuantile({ probability: alpha / 2, n: m, p: 0.5 }) - 3) : start
  while (2 * (c + 1) < m && pValue(c + 1, m, method) <= alpha) c++
  return c
}

function pValue(smaller: number, m: number, method: 'exact' | 'mid-p'): number {
  const twice = 2 * binomialCdf({ k: smaller, n: m, p: 0.5 })
  return method === 'exact' ? twice : twice - binomialPmf({ k: smaller, n: m, p: 0.5 })
}

function check({ pairs, onlyA, onlyB, alpha }: McNemarPowerOptions): void {
  if (!Number.isInteger(pairs) || pairs < 1) fail('not-a-count', { pairs }, 'pass a whole number of pairs')
  if (!(onlyA >= 0 && onlyB >= 0 && onlyA + onlyB <= 1)) {
    fail('probabilities-do-not-fit', { onlyA, onlyB }, 'pass two probabilities that add up to at most 1')
  }
  checkAlpha(alpha)
}
