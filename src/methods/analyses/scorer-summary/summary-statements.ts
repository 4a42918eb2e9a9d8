/** What was found about the scorers, most important first. */
import { lenientName, missingReasons, type Statement } from '../../../domain/index.ts'
import type { ComparedPairs } from './pair-evidence.ts'
import type { ScoredModel } from './tally-scores.ts'

export function summaryStatements(
  scored: readonly ScoredModel[],
  { pairs, leftOut }: ComparedPairs,
): readonly Statement[] {
  const total = (of: (each: ScoredModel) => number) => scored.reduce((sum, each) => sum + of(each), 0)
  const reason = (name: (typeof missingReasons)[number]) =>
    total(({ tally }) => tally.byReason[missingReasons.indexOf(name)] ?? 0)
  const rows = total(({ tally }) => tally.rows)
  const statements: Statement[] = [
    {
      code:
        reason('scored') === rows
          ? 'all-responses-scored'
          : reason('scored') === 0
            ? 'no-response-scored'
            : 'some-responses-unscored',
      values: {
        rows,
        scored: reason('scored'),
        rate: reason('scored') / rows,
        unparsed: reason('unparsed'),
        refusals: reason('refusal'),
        measures: new Set(scored.map(({ measure }) => measure.key)).size,
      },
    },
  ]
  const readings = pairs.filter(({ kind }) => kind === 'reading')
  if (pairs.length > 0) {
    const shared = pairs.reduce((sum, pair) => sum + pair.shared, 0)
    const equal = pairs.reduce((sum, pair) => sum + pair.equal, 0)
    const values = { pairs: pairs.length, readings: readings.length, shared, equal, rate: equal / shared, leftOut }
    statements.push({ code: leftOut === 0 ? 'scorers-compared' : 'scorers-compared-in-part', values })
  }
  const scorers = new Set(scored.map(({ measure }) => measure.scorer))
  if ([...scorers].some((scorer) => scorers.has(lenientName(scorer))))
    statements.push({ code: 'lenient-readings-beside', values: {} })
  const silent = new Set(scored.filter(({ tally }) => tally.unread === undefined).map(({ measure }) => measure.key))
  if (silent.size > 0) statements.push({ code: 'answers-not-recorded', values: { measures: silent.size } })
  statements.push({
    code: 'scorer-error-unknown',
    values: { measures: scorers.size },
  })
  return statements
}
