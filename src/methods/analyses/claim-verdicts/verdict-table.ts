/** The claims of a study in a table: verdict, rule, evidence, and what the protocol says will be done. */
import type { ClaimVerdict, Table } from '../../../domain/index.ts'

export function verdictTable(verdicts: readonly ClaimVerdict[]): Table {
  const exact = verdicts.some(({ method }) => method === 'exact-binomial')
  const sequential = verdicts.some(({ method }) => method !== 'exact-binomial')
  return {
    title: 'Claims and verdicts',
    columns: [
      { key: 'claim', label: 'Claim' },
      { key: 'verdict', label: 'Verdict' },
      { key: 'rule', label: 'Rule' },
      { key: 'method', label: 'Evidence by' },
      { key: 'threshold', label: 'Threshold', format: 'score' },
      ...(sequential
        ? ([
            { key: 'support', label: 'e-value for', format: 'number' },
            { key: 'refutation', label: 'e-value against', format: 'number' },
          ] as const)
        : []),
      ...(exact
        ? ([
            { key: 'pSupport', label: 'p for', format: 'p-value' },
            { key: 'pRefutation', label: 'p against', format: 'p-value' },
          ] as const)
        : []),
      { key: 'used', label: 'Units used', format: 'count' },
      { key: 'fixed', label: 'Fixed test needs', format: 'count' },
      { key: 'missing', label: 'Missing', format: 'count' },
      { key: 'action', label: 'Decision' },
    ],
    rows: verdicts.map(({ claim, verdict, method, logEvidence, logPValues, missing }) => ({
      claim: claim.id,
      verdict: verdict.verdict,
      rule: verdict.rule,
      method,
      threshold: claim.threshold,
      // Where an exact test of fixed length decides, e-values decide nothing.
      support: method === 'exact-binomial' ? null : eValue(logEvidence.support),
      refutation: method === 'exact-binomial' ? null : eValue(logEvidence.refutation),
      pSupport: logPValues === undefined ? null : Math.exp(logPValues.support),
      pRefutation: logPValues === undefined ? null : Math.exp(logPValues.refutation),
      used: verdict.used,
      fixed: verdict.fixedTestNeeds ?? null,
      missing,
      action: actionOf(claim, verdict.verdict),
    })),
    omittedRows: 0,
  }
}

function actionOf({ decision }: ClaimVerdict['claim'], verdict: ClaimVerdict['verdict']['verdict']): string | null {
  switch (verdict) {
    case 'supported':
      return decision.ifSupported
    case 'refuted':
      return decision.ifRefuted
    case 'inconclusive':
      return decision.ifInconclusive
    case 'not-licensed':
      return null
    default:
      return verdict satisfies never
  }
}

/** Beyond a double, or certain: not a number that a table could show. */
function eValue(logarithm: number): number | null {
  const value = Math.exp(logarithm)
  return Number.isFinite(value) && logarithm > Number.NEGATIVE_INFINITY ? value : null
}
