/** How likely a comparison is to show that two systems are equal within a margin; `equivalenceItems` gives the sizes. */
import { checkAlpha } from '../check-inputs.ts'
import { chiSquaredQuantile, chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { normalCdf, normalUpperQuantile, normalUpperTail } from '../distributions/normal.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { fail } from '../fail.ts'
import { devianceTerm } from '../special/deviance-term.ts'
import { gaussLegendre } from '../special/gauss-legendre.ts'
import { stirlingError } from '../special/log-gamma.ts'

export interface EquivalencePowerOptions {
  /** True standard error of the difference. */
  readonly standardError: number
  /** Of its estimate; `Infinity` where it is known. */
  readonly degreesOfFreedom: number
  /** m > 0: differences inside (−m, m) do not matter. */
  readonly margin: number
  /** True difference. */
  readonly difference: number
  /** Error rate of each of the two one-sided tests. */
  readonly alpha: number
}

/**
 * Exact power of the two one-sided t tests (Schuirmann 1987) for normal estimates: the probability that both reject.
 *
 * E[max(0, Φ((m − δ)/SE − tS) − Φ((−m − δ)/SE + tS))] over S = √(χ²_df/df), t the upper α point, integrated by Gauss–Legendre
 * (relative error about 1e-12). At |δ| ≥ m it is at most α: the error rate.
 *
 * equivalencePower({ standardError: 0.01, degreesOfFreedom: 99, margin: 0.03, difference: 0, alpha: 0.05 }) // => 0.81…
 */
export function equivalencePower(options: EquivalencePowerOptions): number {
  const { standardError, degreesOfFreedom: df, margin, difference, alpha } = options
  checkAlpha(alpha)
  checkMargin(margin)
  if (!(standardError > 0 && Number.isFinite(standardError) && Number.isFinite(difference))) {
    fail('standard-error-not-positive', { error: standardError, difference }, 'pass finite numbers, the error above 0')
  }
  const above = (margin - difference) / standardError
  const below = (margin + difference) / standardError
  if (!(df > 0)) fail('degrees-of-freedom-out-of-range', { df }, 'pass degrees of freedom above 0')
  // Beyond this t differs from the normal distribution by less than 1e-9 of itself.
  if (df > 1e9) return bothReject({ above, below, critical: normalUpperQuantile(alpha) })
  const critical = studentTUpperQuantile(alpha, df)
  // Beyond this S the two rejection regions do not meet.
  const edge = margin / standardError / critical
  const from = Math.sqrt(chiSquaredQuantile(1e-18, df) / df)
  const to = Math.min(edge, Math.sqrt(chiSquaredUpperQuantile(1e-18, df) / df))
  if (to <= from) return 0
  // Over ln S the density is smooth at its lower end for every df; over S it is not.
  return gaussLegendre({
    from: Math.log(from),
    to: Math.log(to),
    panels: 64,
    f: (logS) => bothReject({ above, below, critical: critical * Math.exp(logS) }) * densityOfLogS(logS, df),
  })
}

/** Refuses a margin that is not a positive finite number. */
export function checkMargin(margin: number): void {
  if (!(margin > 0 && margin < Number.POSITIVE_INFINITY)) {
    fail('margin-out-of-range', { margin }, 'pass the largest difference that does not matter, above 0, such as 0.02')
  }
}

/** P(−m + c·SE < d < m − c·SE) for a normal d; 0 where the two ends cross. */
function bothReject({
  above,
  below,
  critical,
}: {
  readonly above: number
  readonly below: number
  readonly critical: number
}): number {
  return Math.max(0, normalCdf(above - critical) - normalUpperTail(below - critical))
}

/** Density of ln √(χ²_df/df). */
function densityOfLogS(logS: number, df: number): number {
  const half = df / 2
  const constant = Math.LN2 + 0.5 * Math.log(half / (2 * Math.PI)) - stirlingError(half)
  return Math.exp(constant - half * devianceTerm(1, Math.exp(2 * logS)))
}
