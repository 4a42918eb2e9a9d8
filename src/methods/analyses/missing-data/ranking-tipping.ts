/** Could the missing scores turn the order of two models? */
import type { CellTable, Measure, ModelCells } from '../../../domain/index.ts'
import { type TippingPoint, tippingPoint } from '../../../stats/index.ts'

export interface RankingTipping {
  readonly measure: Measure
  readonly leader: string
  readonly other: string
  readonly difference: number
  readonly tipping: TippingPoint
}

/**
 * Neighbours in the order of complete-case means, on the cells that both were asked: an order none of whose
 * neighbours can be turned cannot be turned at all. Scores must lie in [0, 1].
 */
export function rankingTipping(table: CellTable, measure: Measure): readonly RankingTipping[] {
  const ranked = table.models
    .map((cells) => ({ cells, mean: scoredMean(cells) }))
    .filter(({ mean }) => !Number.isNaN(mean))
    .toSorted((a, b) => b.mean - a.mean || (a.cells.model < b.cells.model ? -1 : 1))
  return ranked.slice(1).flatMap((other, i): readonly RankingTipping[] => {
    const leader = ranked[i]
    return leader === undefined ? [] : neighbours(table, { measure, leader: leader.cells, other: other.cells })
  })
}

interface Neighbours {
  readonly measure: Measure
  readonly leader: ModelCells
  readonly other: ModelCells
}

function neighbours(table: CellTable, { measure, leader, other }: Neighbours): readonly RankingTipping[] {
  const { weights, missing } = sharedCells(table, leader, other)
  if (missing === 0) return []
  const leaderAt = filledMean(leader, weights)
  const otherAt = filledMean(other, weights)
  const difference = leaderAt(scoredMean(leader, weights)) - otherAt(scoredMean(other, weights))
  // A lead of rounding size is none.
  if (!(difference > 1e-12)) return []
  const worst = leaderAt(0) - otherAt(1)
  // From "missing like the scored" to "all of the leader's missing wrong, all of the other's right", in equal steps.
  const holds = (against: number) => difference + (against / missing) * (worst - difference) > 1e-12
  return [{ measure, leader: leader.model, other: other.model, difference, tipping: tippingPoint({ missing, holds }) }]
}

/** Weight of each cell that both were asked, 0 for the others: items weigh the same, and share it among their cells. */
function sharedCells(table: CellTable, first: ModelCells, second: ModelCells) {
  const weights = new Float64Array(table.itemOf.length)
  let [items, missing] = [0, 0]
  for (let start = 0; start < weights.length; ) {
    let end = start
    let shared = 0
    for (; end < weights.length && table.itemOf[end] === table.itemOf[start]; end++) {
      if (asked(first, end) === 0 || asked(second, end) === 0) continue
      weights[end] = 1
      shared++
      missing += (first.missing[end] ?? 0) + (second.missing[end] ?? 0)
    }
    if (shared > 0) items++
    for (let cell = start; cell < end && shared > 1; cell++) weights[cell] = (weights[cell] ?? 0) / shared
    start = end
  }
  for (let cell = 0; cell < weights.length; cell++) weights[cell] = (weights[cell] ?? 0) / items
  return { weights, missing }
}

/** Mean over the weighted cells as a function of what a missing score counts: a straight line. */
function filledMean({ score, scored, missing }: ModelCells, weights: Float64Array): (fill: number) => number {
  let [known, open] = [0, 0]
  for (let cell = 0; cell < weights.length; cell++) {
    const weight = weights[cell] ?? 0
    if (weight === 0) continue
    const all = (scored[cell] ?? 0) + (missing[cell] ?? 0)
    if ((scored[cell] ?? 0) > 0) known += (weight * (scored[cell] ?? 0) * (score[cell] ?? 0)) / all
    open += (weight * (missing[cell] ?? 0)) / all
  }
  return (fill) => known + fill * open
}

/** Mean of the scored cells, of those with a weight where weights are given. */
function scoredMean({ score, scored }: ModelCells, weights?: Float64Array): number {
  let [sum, count] = [0, 0]
  for (let cell = 0; cell < score.length; cell++) {
    if ((scored[cell] ?? 0) === 0 || weights?.[cell] === 0) continue
    sum += score[cell] ?? 0
    count++
  }
  return sum / count
}

function asked({ scored, missing }: ModelCells, cell: number): number {
  return (scored[cell] ?? 0) + (missing[cell] ?? 0)
}
