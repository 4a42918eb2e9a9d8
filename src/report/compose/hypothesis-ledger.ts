/** The ledger of a report: every p-value that decides something, in the family that it is decided with. */
import { isAdjusted } from '../../domain/index.ts'
import type { ClaimLedger } from '../../stats/index.ts'
import type { FamilyRecord, LedgerRecord } from '../record/ledger-record.ts'
import type { AnalysisWithResult } from './compose-section.ts'
import { distinctLabels } from './distinct-labels.ts'

export function hypothesisLedger(results: readonly AnalysisWithResult[]): LedgerRecord {
  return {
    families: results.flatMap(({ analysis, result: { evidence, ledgers = [] } }) => {
      const labels = distinctLabels(evidence)
      return ledgers.map((ledger) => familyOf(ledger, { analysis: analysis.name, labels }))
    }),
    beside: results.reduce((sum, each) => sum + besideOf(each), 0),
  }
}

function familyOf(
  { family, method, controls, under, alpha, claims }: ClaimLedger,
  { analysis, labels }: { readonly analysis: string; readonly labels: ReadonlyMap<string, string> },
): FamilyRecord {
  return {
    analysis,
    family,
    method,
    controls,
    under,
    alpha,
    hypotheses: claims.map(({ id, evidence, adjusted, supported }) => ({
      key: id,
      name: labels.get(id) ?? id,
      kind: evidence.kind,
      value: evidence.kind === 'missing' ? null : Math.min(evidence.value, Number.MAX_VALUE),
      adjusted: adjusted ?? null,
      survives: supported,
    })),
  }
}

/** A p-value that Holm adjusted is that of its hypothesis once more. */
function besideOf({ result: { evidence, ledgers = [] } }: AnalysisWithResult): number {
  const decided = new Set(ledgers.flatMap(({ claims }) => claims.map(({ id }) => id)))
  return evidence.filter(({ key, outcome }) => outcome.kind === 'test' && !isAdjusted(outcome) && !decided.has(key))
    .length
}
