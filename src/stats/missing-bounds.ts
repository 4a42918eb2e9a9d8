/** A rate of which some scores are missing: what the missing ones could do to it. */
import { checkLevel } from './check-inputs.ts'
import { clopperPearson, clopperPearsonLower, clopperPearsonUpper } from './clopper-pearson.ts'
import { normalCdf, normalUpperTail } from './distributions/normal.ts'
import { fail } from './fail.ts'
import { type Interval, type NotEstimable, notEstimable, type Outcome } from './result.ts'

export interface MissingCounts {
  readonly successes: number
  readonly failures: number
  /** Planned and not scored, whatever the reason. */
  readonly missing: number
}

export interface MissingBounds {
  readonly kind: 'missing-bounds'
  /** The rate among the scored alone: right only if missing is unrelated to success. */
  readonly completeCase: Outcome
  /** Rate if every missing one failed. */
  readonly worst: number
  /** Rate if every missing one succeeded. */
  readonly best: number
  /** Covers sampling and missing scores together. */
  readonly interval: Interval
  readonly missingShare: number
  readonly n: number
  readonly method: 'manski-clopper-pearson' | 'imbens-manski-clopper-pearson'
  readonly assumptions: readonly string[]
}

/**
 * Worst-case bounds on a rate with missing scores, and an interval that needs no assumption about why they are missing.
 *
 * With N = scored + missing the rate of all N lies between k/N and (k + m)/N (Manski 1989; Horowitz and Manski 2000,
 * "Nonparametric analysis of randomized experiments with missing covariate and outcome data"). Two intervals:
 * `target: 'region'` covers both bounds of the population at once with at least `level`: Clopper–Pearson limits, each at
 * (1 − level)/2, below k of N and above k + m of N; finite-sample, for every rate and every cause of missing.
 * `target: 'parameter'` covers the true rate alone (Imbens and Manski 2004, equation 7), shorter because the rate cannot be
 * beyond both ends at once: C solves Φ(C + (best − worst)/se) − Φ(−C) = level, and each end is the Clopper–Pearson limit
 * with error Φ(−C) instead of their Wald limit, which has no width at 0 and 1; the choice of C is asymptotic.
 * Without missing scores both are Clopper–Pearson. If everything is missing the bounds are 0 and 1. Assumes
 * that the N units are independent draws; says nothing about units never planned. Refuses N = 0.
 *
 * missingBounds({ successes: 80, failures: 10, missing: 10, level: 0.95, target: 'region' }) // worst 0.8, best 0.9, interval 0.708 to 0.951
 */
export function missingBounds(
  options: MissingCounts & { readonly level: number; readonly target: 'region' | 'parameter' },
): MissingBounds | NotEstimable {
  const { successes, missing, level, target } = options
  const n = checkMissingCounts(options)
  checkLevel(level)
  if (n === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const limits = target === 'region' ? regionLimits(options, n) : parameterLimits(options, n)
  return {
    kind: 'missing-bounds',
    completeCase: clopperPearson({ successes, trials: n - missing, level, side: 'two-sided' }),
    worst: successes / n,
    best: (successes + missing) / n,
    interval: { ...limits, level, kind: 'confidence', side: 'two-sided' },
    missingShare: missing / n,
    n,
    method: target === 'region' ? 'manski-clopper-pearson' : 'imbens-manski-clopper-pearson',
    assumptions: ['independent-trials', 'nothing-assumed-about-missing'],
  }
}

/** Refuses counts that are not whole or negative; returns their total. */
export function checkMissingCounts({ successes, failures, missing }: MissingCounts): number {
  if (![successes, failures, missing].every((count) => Number.isInteger(count) && count >= 0)) {
    fail('counts-not-valid', { successes, failures, missing }, 'pass three whole numbers of at least 0')
  }
  return successes + failures + missing
}

type Limits = Pick<Interval, 'lower' | 'upper'>
type LeveledCounts = MissingCounts & { readonly level: number }

function regionLimits({ successes, missing, level }: LeveledCounts, trials: number): Limits {
  const tail = (1 - level) / 2
  return {
    lower: clopperPearsonLower({ successes, trials, tail }),
    upper: clopperPearsonUpper({ successes: successes + missing, trials, tail }),
  }
}

function parameterLimits({ successes, missing, level }: LeveledCounts, trials: number): Limits {
  const worst = successes / trials
  const best = (successes + missing) / trials
  const standardError = Math.sqrt(Math.max(worst * (1 - worst), best * (1 - best)) / trials)
  const gap = standardError > 0 ? (best - worst) / standardError : Number.POSITIVE_INFINITY
  const tail = missing === 0 ? (1 - level) / 2 : normalUpperTail(imbensManskiPoint(gap, level))
  return {
    lower: clopperPearsonLower({ successes, trials, tail }),
    upper: clopperPearsonUpper({ successes: successes + missing, trials, tail }),
  }
}

/** C with Φ(C + gap) − Φ(−C) = level: the two-sided z without a gap, the one-sided z with a wide one. */
function imbensManskiPoint(gap: number, level: number): number {
  let low = 0
  let high = 40
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (normalCdf(middle + gap) - normalCdf(-middle) < level) low = middle
    else high = middle
  }
  return high
}
