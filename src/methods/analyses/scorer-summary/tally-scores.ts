/** What one scorer did with the responses of one model: scored, missing and why, and the values it gave. */
import {
  categoryAt,
  clustersOf,
  groupRows,
  type Measure,
  missingReasons,
  type Observations,
} from '../../../domain/index.ts'

export interface ScoreTally {
  readonly rows: number
  readonly scored: number
  /** Rows per reason, parallel to `missingReasons`; entry 0 counts scored rows. */
  readonly byReason: Int32Array
  readonly distinct: number
  readonly lowest: number
  readonly highest: number
  readonly atZero: number
  readonly atOne: number
  /** Rows scored 0 in which the scorer had read no answer; undefined where the log records no answers. */
  readonly unread: number | undefined
  /** Codes of the items, ascending. */
  readonly items: Int32Array
  /** Cluster of each item, dense; `undefined` where no item shares one. */
  readonly clusters: Int32Array | undefined
  /** Share of each item's rows with the given mark. */
  share(mark: RowMark): Float64Array
}

export interface ScoredModel {
  readonly measure: Measure
  readonly model: string
  readonly tally: ScoreTally
}

/** A reason, `unscored` for any of them, or `unread` for scored 0 without an answer. */
export type RowMark = (typeof missingReasons)[number] | 'unscored' | 'unread'

/** `answersRecorded`: whether the log says at all what this scorer read. */
export function tallyScores(
  observations: Observations,
  rows: Int32Array,
  answersRecorded: 'recorded' | 'absent',
): ScoreTally {
  const byReason = new Int32Array(missingReasons.length)
  const distinct = new Set<number>()
  const unreadable = unreadableCodes(observations)
  const isUnread = (row: number): boolean =>
    answersRecorded === 'recorded' &&
    observations.score[row] === 0 &&
    unreadable.has(observations.answer.codes[row] ?? -1)
  let [lowest, highest, atZero, atOne, unread] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const reason = observations.missing[row] ?? 0
    byReason[reason] = (byReason[reason] ?? 0) + 1
    if (reason !== 0) continue
    const score = observations.score[row] ?? Number.NaN
    distinct.add(score)
    if (score < lowest) lowest = score
    if (score > highest) highest = score
    if (score === 0) atZero++
    if (score === 1) atOne++
    if (isUnread(row)) unread++
  }
  const byItem = groupRows(rows, [observations.item.codes])
  const clusters = clustersOf(observations, byItem)
  return {
    rows: rows.length,
    scored: byReason[0] ?? 0,
    byReason,
    distinct: distinct.size,
    lowest,
    highest,
    atZero,
    atOne,
    unread: answersRecorded === 'recorded' ? unread : undefined,
    items: byItem.first.map((row) => observations.item.codes[row] ?? 0),
    clusters: clusters.count < byItem.count ? clusters.codes : undefined,
    share(mark) {
      const counts = new Float64Array(byItem.count)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        const reason = observations.missing[row] ?? 0
        const marked =
          mark === 'unread' ? isUnread(row) : mark === 'unscored' ? reason !== 0 : missingReasons[reason] === mark
        if (marked) counts[byItem.groupOf[i] ?? 0] = (counts[byItem.groupOf[i] ?? 0] ?? 0) + 1
      }
      return counts.map((count, item) => count / ((byItem.starts[item + 1] ?? 0) - (byItem.starts[item] ?? 0)))
    },
  }
}

/** Whether any of these rows names an answer. */
export function answersRecorded(observations: Observations, rows: Int32Array): 'recorded' | 'absent' {
  return rows.some((row) => categoryAt(observations.answer, row) !== undefined) ? 'recorded' : 'absent'
}

/** Codes of answers that are none: absent (−1), empty, or what lm-evaluation-harness writes where a filter found nothing. */
function unreadableCodes({ answer }: Observations): ReadonlySet<number> {
  const codes = new Set([-1])
  for (const [code, text] of answer.values.entries()) if (/^\s*(\[?invalid\]?)?\s*$/i.test(text)) codes.add(code)
  return codes
}
