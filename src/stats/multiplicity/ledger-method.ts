/** Which procedure suits a family of claims. */
import { fail } from '../fail.ts'
import type { Caveat } from '../result.ts'

export type LedgerMethod =
  | 'bonferroni'
  | 'holm'
  | 'hochberg'
  | 'hommel'
  | 'benjamini-hochberg'
  | 'benjamini-yekutieli'
  | 'fixed-sequence'
  | 'e-bh'

/** What each procedure promises about all its rejections together. */
export const ledgerPromises = {
  bonferroni: { controls: 'family-wise-error', under: 'any-dependence' },
  holm: { controls: 'family-wise-error', under: 'any-dependence' },
  hochberg: { controls: 'family-wise-error', under: 'independence-or-positive-dependence' },
  hommel: { controls: 'family-wise-error', under: 'independence-or-positive-dependence' },
  'benjamini-hochberg': { controls: 'false-discovery-rate', under: 'independence-or-positive-dependence' },
  'benjamini-yekutieli': { controls: 'false-discovery-rate', under: 'any-dependence' },
  'fixed-sequence': { controls: 'family-wise-error', under: 'any-dependence' },
  'e-bh': { controls: 'false-discovery-rate', under: 'any-dependence' },
} as const satisfies Record<LedgerMethod, { readonly controls: string; readonly under: string }>

export interface LedgerSituation {
  readonly claims: number
  /** `confirm`: each supported claim will be stated. `screen`: supported claims are leads to follow up. */
  readonly purpose: 'confirm' | 'screen'
  readonly evidence: 'p-values' | 'e-values'
  /** Whether the claims were put in an order of importance beforehand. */
  readonly order: 'registered' | 'none'
  /** Of the tests: `positive` as for tests on shared items all in one direction. */
  readonly dependence: 'positive' | 'unknown'
}

/**
 * The default procedure and why: e-values → e-BH; claims in a registered order → fixed sequence; claims to be stated → Holm,
 * which needs no assumption; screening → Benjamini–Hochberg, or Benjamini–Yekutieli under unknown dependence.
 *
 * ledgerMethod({ claims: 8, purpose: 'confirm', evidence: 'p-values', order: 'none', dependence: 'unknown' }).method // => 'holm'
 */
export function ledgerMethod({ claims, purpose, evidence, order, dependence }: LedgerSituation): {
  readonly method: LedgerMethod
  readonly reason: Caveat
} {
  if (!Number.isInteger(claims) || claims < 1) fail('not-a-count', { claims }, 'pass at least one claim')
  const values = { claims }
  if (evidence === 'e-values') return { method: 'e-bh', reason: { code: 'ledger-e-values', severity: 'note', values } }
  if (order === 'registered') {
    return { method: 'fixed-sequence', reason: { code: 'ledger-ordered', severity: 'note', values } }
  }
  if (purpose === 'confirm') {
    return { method: 'holm', reason: { code: 'ledger-confirm', severity: 'note', values } }
  }
  return dependence === 'positive'
    ? { method: 'benjamini-hochberg', reason: { code: 'ledger-screen', severity: 'note', values } }
    : { method: 'benjamini-yekutieli', reason: { code: 'ledger-screen-dependent', severity: 'note', values } }
}
