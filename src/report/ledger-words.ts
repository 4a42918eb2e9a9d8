/** The ledger of hypotheses in words. */
import { formatNumber } from '../domain/index.ts'
import { counted } from './question-words.ts'
import type { FamilyRecord, LedgerRecord } from './record/ledger-record.ts'

export const procedureWords: Readonly<Record<FamilyRecord['method'], string>> = {
  bonferroni: 'Bonferroni',
  holm: 'Holm',
  hochberg: 'Hochberg',
  hommel: 'Hommel',
  'benjamini-hochberg': 'Benjamini–Hochberg',
  'benjamini-yekutieli': 'Benjamini–Yekutieli',
  'fixed-sequence': 'in fixed order',
  'e-bh': 'e-BH',
}

export const controlWords: Readonly<Record<FamilyRecord['controls'], string>> = {
  'family-wise-error': 'chance of any false finding',
  'false-discovery-rate': 'expected share of false findings',
}

export function survivors({ hypotheses }: FamilyRecord): number {
  return hypotheses.filter(({ survives }) => survives).length
}

export function ledgerWords({ families, beside }: LedgerRecord): string {
  const tested = families.reduce((sum, { hypotheses }) => sum + hypotheses.length, 0)
  const surviving = families.reduce((sum, family) => sum + survivors(family), 0)
  return [
    `${counted(tested, 'hypothesis was', 'hypotheses were')} tested in ${counted(families.length, 'family', 'families')}; ${formatNumber(surviving, 'count')} ${surviving === 1 ? 'survives' : 'survive'}.`,
    ...(families.length > 1 ? ['Each family keeps its own error rate; over all of them nothing is promised.'] : []),
    ...(beside === 0
      ? []
      : [
          `${counted(beside, 'further p-value stands', 'further p-values stand')} beside: other methods for the same hypotheses, or single checks. ${beside === 1 ? 'It is' : 'They are'} not corrected and ${beside === 1 ? 'decides' : 'decide'} nothing here.`,
        ]),
  ].join(' ')
}
