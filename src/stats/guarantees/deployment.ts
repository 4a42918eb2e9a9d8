/**
 * From a rate per use to a promise over many uses.
 *
 * P(at least one event in D independent uses) = 1 − (1 − p)^D. It moves the claim from "per use" to "per deployment"
 * and shows its price: with clean tests only, a promise over D uses takes about 58 D of them at 5 % and 95 %.
 */

import { checkLevel, checkRate } from '../check-inputs.ts'
import { fail } from '../fail.ts'

/** P(at least one event in `uses` uses) at a rate per use; precise for tiny rates and many uses. */
export function chanceOverUses({ rate, uses }: { readonly rate: number; readonly uses: number }): number {
  if (!(rate >= 0 && rate <= 1)) fail('rate-out-of-range', { rate }, 'pass a rate from 0 to 1')
  checkUses(uses)
  return rate === 1 ? 1 : -Math.expm1(uses * Math.log1p(-rate))
}

/** Largest rate per use at which `uses` uses stay free of events with probability 1 − chance. */
export function rateForPromise({ chance, uses }: { readonly chance: number; readonly uses: number }): number {
  checkRate(chance)
  checkUses(uses)
  return -Math.expm1(Math.log1p(-chance) / uses)
}

/**
 * Clean independent tests needed to promise, with confidence `level`, at most `chance` of any event in `uses` uses.
 *
 * n ≥ ln(1 − level) / ln(1 − p), p the rate per use that the promise allows.
 *
 * cleanTestsForPromise({ chance: 0.05, uses: 1_000_000, level: 0.95 }) // => 58403975
 */
export function cleanTestsForPromise({
  chance,
  uses,
  level,
}: {
  readonly chance: number
  readonly uses: number
  readonly level: number
}): number {
  checkRate(chance)
  checkUses(uses)
  checkLevel(level)
  // ln(1 − p) = ln(1 − chance) / uses, taken directly: p itself would lose digits.
  return Math.ceil((Math.log1p(-level) * uses) / Math.log1p(-chance))
}

function checkUses(uses: number): void {
  if (!(uses > 0 && Number.isFinite(uses))) fail('uses-out-of-range', { uses }, 'pass a positive number of uses')
}
