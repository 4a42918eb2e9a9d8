import { formatNumber } from '../domain/index.ts'
import type { ReportDocument } from './document.ts'
import { counted } from './question-words.ts'

/** One sentence on whether the harnesses' own figures were reproduced. */
export function reproductionWords({ runs }: ReportDocument): string {
  const all = runs.flatMap(({ reconciliations }) => reconciliations)
  if (runs.length === 0) return 'No log could be read, so there is nothing to reproduce.'
  if (all.length === 0) return 'These logs print no headline figures, so there is nothing to reproduce.'
  const count = (verdict: (typeof all)[number]['verdict']) => all.filter((each) => each.verdict === verdict).length
  const [match, differs, cannot] = [count('match'), count('differs'), count('cannot')]
  if (match === all.length) {
    return all.length === 1
      ? 'The one figure that the harness printed was reproduced from the rows.'
      : `All ${formatNumber(match, 'count')} figures that the harness printed were reproduced from the rows.`
  }
  const parts = [
    `${formatNumber(match, 'count')} of ${counted(all.length, 'figure', 'figures')} that the harness printed ${match === 1 ? 'was' : 'were'} reproduced from the rows`,
    ...(differs === 0 ? [] : [`${formatNumber(differs, 'count')} ${differs === 1 ? 'differs' : 'differ'}`]),
    ...(cannot === 0 ? [] : [`${formatNumber(cannot, 'count')} could not be checked`]),
  ]
  return `${parts.join('; ')}.`
}
