/** Tables and figures of what the scorers did. */
import { type Figure, missingReasons, type Table } from '../../../domain/index.ts'
import { boundedMeanInterval } from '../../../stats/index.ts'
import type { ComparedPairs } from './pair-evidence.ts'
import type { ScoredModel } from './tally-scores.ts'

export function scorerTable(scored: readonly ScoredModel[], limit: number): Table {
  const count = ({ tally }: ScoredModel, reason: (typeof missingReasons)[number]) =>
    tally.byReason[missingReasons.indexOf(reason)] ?? 0
  return {
    title: 'What each scorer gave each model',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'scorer', label: 'Scorer', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'rows', label: 'Responses', format: 'count' },
      { key: 'scored', label: 'Scored', format: 'count' },
      { key: 'unparsed', label: 'Unparsed', format: 'count' },
      { key: 'refusals', label: 'Refusals', format: 'count' },
      { key: 'other', label: 'Missing otherwise', format: 'count' },
      { key: 'unread', label: 'Scored 0, answer not read', format: 'count' },
      { key: 'distinct', label: 'Different scores', format: 'count' },
      { key: 'lowest', label: 'Lowest', format: 'score' },
      { key: 'highest', label: 'Highest', format: 'score' },
      { key: 'atZero', label: 'At 0', format: 'count' },
      { key: 'atOne', label: 'At 1', format: 'count' },
    ],
    rows: scored.slice(0, limit).map((each) => {
      const { measure, model, tally } = each
      const known = tally.scored > 0
      const [unparsed, refusals] = [count(each, 'unparsed'), count(each, 'refusal')]
      return {
        task: measure.task,
        scorer: measure.scorer,
        model,
        items: tally.items.length,
        rows: tally.rows,
        scored: tally.scored,
        unparsed,
        refusals,
        other: tally.rows - tally.scored - unparsed - refusals,
        unread: tally.unread ?? null,
        distinct: known ? tally.distinct : null,
        lowest: known ? tally.lowest : null,
        highest: known ? tally.highest : null,
        atZero: known ? tally.atZero : null,
        atOne: known ? tally.atOne : null,
      }
    }),
    omittedRows: Math.max(0, scored.length - limit),
  }
}

export function pairTable({ pairs }: ComparedPairs, limit: number): Table {
  return {
    title: 'Scorers of the same responses',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'strict', label: 'First (stricter by name)', format: 'text' },
      { key: 'lenient', label: 'Second', format: 'text' },
      { key: 'shared', label: 'Scored by both', format: 'count' },
      { key: 'equal', label: 'Same score', format: 'count' },
      { key: 'onlyStrict', label: 'Scored by the first only', format: 'count' },
      { key: 'onlyLenient', label: 'Scored by the second only', format: 'count' },
    ],
    rows: pairs.slice(0, limit).map(({ task, model, strict, lenient, shared, equal, onlyStrict, onlyLenient }) => ({
      task,
      model,
      strict,
      lenient,
      shared,
      equal,
      onlyStrict,
      onlyLenient,
    })),
    omittedRows: Math.max(0, pairs.length - limit),
  }
}

/** Shares without a score, where there are any. */
export function unscoredFigure(
  scored: readonly ScoredModel[],
  { level, rows: limit }: { readonly level: number; readonly rows: number },
): readonly Figure[] {
  const lacking = scored.filter(({ tally }) => tally.scored < tally.rows)
  if (lacking.length === 0) return []
  const rows = lacking.slice(0, limit).flatMap(({ measure, model, tally }) => {
    const range = { lower: 0, upper: 1 }
    const outcome = boundedMeanInterval({ values: tally.share('unscored'), clusters: tally.clusters, range, level })
    if (outcome.kind !== 'estimate') return []
    const { lower, upper } = outcome.interval
    return [{ label: model, group: measure.key, value: outcome.value, lower, upper, n: outcome.n }]
  })
  const worst = rows.toSorted((a, b) => b.value - a.value)[0]
  return [
    {
      kind: 'intervals',
      title: 'Responses without a score',
      description:
        `Share of responses without a score for ${rows.length} pairs of model and measure, with intervals.` +
        (worst === undefined ? '' : ` The largest is ${worst.label} on ${worst.group}.`),
      format: 'rate',
      axis: 'share of responses without a score',
      rows,
    },
  ]
}
