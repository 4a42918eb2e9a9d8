/** What is missing of one model and measure, item by item, and what the item scores would be if it were filled in. */
import { groupRows, rowsOf } from './group.ts'
import { clustersOf } from './item-scores.ts'
import { type MissingReason, missingReasons, type Observations } from './observations.ts'

export interface MissingScores {
  readonly items: Int32Array
  readonly cluster: Int32Array
  readonly clusters: number
  readonly clustered: boolean
  /** Share of each item's rows that have no score. */
  readonly share: Float64Array
  readonly scored: number
  readonly missing: number
  /** How often each reason occurs; reasons that do not are absent. */
  readonly reasons: ReadonlyMap<MissingReason, number>
  /** Item scores, mean of cell means, with every missing row counted as `value`. */
  filled(value: number): Float64Array
}

export function missingScores(observations: Observations, rows: Int32Array): MissingScores {
  const byItem = groupRows(rows, [observations.item.codes])
  const cells = groupRows(rows, [observations.item.codes, observations.variant.codes, observations.technique.codes])
  const { codes, count } = clustersOf(observations, byItem)
  const share = new Float64Array(byItem.count)
  const reasons = new Map<MissingReason, number>()
  let missing = 0
  for (let i = 0; i < rows.length; i++) {
    const reason = missingReasons[observations.missing[rows[i] ?? 0] ?? 0] ?? 'unknown'
    if (reason === 'scored') continue
    missing++
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    const item = byItem.groupOf[i] ?? 0
    share[item] = (share[item] ?? 0) + 1
  }
  for (let item = 0; item < share.length; item++) share[item] = (share[item] ?? 0) / rowsOf(byItem, item).length
  const itemOfCell = new Int32Array(cells.count)
  for (let i = 0; i < rows.length; i++) itemOfCell[cells.groupOf[i] ?? 0] = byItem.groupOf[i] ?? 0
  return {
    items: byItem.first.map((row) => observations.item.codes[row] ?? 0),
    cluster: codes,
    clusters: count,
    clustered: count < byItem.count,
    share,
    scored: rows.length - missing,
    missing,
    reasons,
    filled: (value) => {
      const sums = new Float64Array(byItem.count)
      const counts = new Int32Array(byItem.count)
      for (let cell = 0; cell < cells.count; cell++) {
        const members = rowsOf(cells, cell)
        let sum = 0
        for (const row of members) sum += observations.missing[row] === 0 ? (observations.score[row] ?? 0) : value
        const item = itemOfCell[cell] ?? 0
        sums[item] = (sums[item] ?? 0) + sum / members.length
        counts[item] = (counts[item] ?? 0) + 1
      }
      return sums.map((sum, item) => sum / (counts[item] ?? 1))
    },
  }
}
