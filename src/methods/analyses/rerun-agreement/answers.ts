/** Do the answers of repeated runs agree, and not only their scores? Two wrong answers may differ. */
import {
  clustersOf,
  formatInterval,
  formatLevel,
  groupRows,
  missingReasons,
  type Observations,
  type Statement,
  type Table,
} from '../../../domain/index.ts'
import { modalAgreement, type Outcome, totalAgreement } from '../../../stats/index.ts'
import type { Agreement } from './agreement.ts'

export interface AnswerAgreement {
  readonly agreement: Agreement
  readonly repeated: number
  readonly mostRepeats: number
  /** Chance that two runs of an item, and that as many as most items have, give one answer. */
  readonly two: Outcome
  readonly all: Outcome
  /** Share of an item's runs that give its commonest answer; leans high, the more the fewer runs there are. */
  readonly modal: Outcome
}

/** Below this share of responses with an answer the log does not record answers, or only some. */
const fewestAnswered = 0.5
const unparsed = missingReasons.indexOf('unparsed')

/** None where the log holds no answers. An answer that nobody could read is one of its own: left out, it would agree. */
export function answerAgreement(
  observations: Observations,
  { agreement, rows, level }: { readonly agreement: Agreement; readonly rows: Int32Array; readonly level: number },
): readonly AnswerAgreement[] {
  const { answer, item, variant, technique, missing } = observations
  const given = rows.filter((row) => missing[row] === 0 || missing[row] === unparsed)
  const answered = given.filter((row) => (answer.codes[row] ?? -1) >= 0).length
  if (answered < fewestAnswered * given.length || answered === 0) return []
  const cells = groupRows(given, [item.codes, variant.codes, technique.codes])
  const byItem = groupRows(given, [item.codes])
  const { codes, count } = clustersOf(observations, byItem)
  const values = given.map((row) => answer.codes[row] ?? -1)
  const items = cells.groupOf
  const clusters = count < cells.count ? byItem.groupOf.map((group) => codes[group] ?? 0) : undefined
  const sizes = cells.starts.slice(1).map((end, cell) => end - (cells.starts[cell] ?? 0))
  const mostRepeats = sizes.reduce((most, size) => Math.max(most, size), 0)
  const repeated = sizes.filter((size) => size > 1).length
  if (repeated === 0) return []
  const shared = { values, items, clusters, level }
  return [
    {
      agreement,
      repeated,
      mostRepeats,
      two: totalAgreement({ ...shared, runs: 2 }),
      all: totalAgreement({ ...shared, runs: mostRepeats }),
      modal: modalAgreement(shared),
    },
  ]
}

/** Where answers change and scores do not: the model whose runs disagree most beyond what scores show. */
export function answerStatements(answers: readonly AnswerAgreement[], level: number): readonly Statement[] {
  const [widest] = answers
    .flatMap(({ agreement, two }) =>
      two.kind === 'estimate' && agreement.flip.kind === 'estimate'
        ? [{ agreement, two, flip: agreement.flip.value, hidden: 1 - two.value - agreement.flip.value }]
        : [],
    )
    .toSorted((a, b) => b.hidden - a.hidden)
  if (widest === undefined || widest.hidden < 0.01) return []
  const { agreement, two } = widest
  return [
    {
      code: 'answers-change-more-than-scores',
      values: {
        measure: agreement.measure.key,
        model: agreement.model,
        differ: 1 - two.value,
        lower: 1 - two.interval.upper,
        upper: 1 - two.interval.lower,
        flip: widest.flip,
        level: formatLevel(level),
      },
    },
  ]
}

export function answerTable(answers: readonly AnswerAgreement[], limit: number): Table {
  return {
    title: 'Do the answers of repeated runs agree?',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'repeated', label: 'Items repeated (by variant and technique)', format: 'count' },
      { key: 'two', label: 'Two runs answer alike', format: 'rate' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'runs', label: 'Most runs of an item', format: 'count' },
      { key: 'all', label: 'All of them alike', format: 'rate' },
      { key: 'modal', label: 'Share of the commonest answer', format: 'rate' },
    ],
    rows: answers.slice(0, limit).map(({ agreement, repeated, mostRepeats, two, all, modal }) => ({
      measure: agreement.measure.key,
      model: agreement.model,
      repeated,
      two: two.kind === 'estimate' ? two.value : null,
      interval: formatInterval(two, 'rate'),
      runs: mostRepeats,
      all: all.kind === 'estimate' ? all.value : null,
      modal: modal.kind === 'estimate' ? modal.value : null,
    })),
    omittedRows: Math.max(0, answers.length - limit),
  }
}
