/** The balanced table of one measure: models × items × variants × repeats. */
import { groupRows, type Measure, type Observations } from '../../../domain/index.ts'

export interface CrossedScores {
  readonly measure: Measure
  readonly models: readonly string[]
  readonly items: number
  /** Variant and technique combinations that every model was asked under. */
  readonly conditions: number
  readonly runsPerCell: number
  /** Model by model, item by item, condition by condition, run by run; NaN where a cell lacks runs. */
  readonly values: Float64Array
  /** Conditions that only some of the models saw; left out. */
  readonly conditionsLeftOut: number
  readonly clustered: boolean
}

/** Undefined where the table would have more entries than `limit`. */
export function crossedScores(
  observations: Observations,
  { measure, limit }: { readonly measure: Measure; readonly limit: number },
): CrossedScores | undefined {
  const { item, variant, technique, model, cluster, missing, score } = observations
  const scored = measure.rows.filter((row) => missing[row] === 0)
  const byModel = groupRows(scored, [model.codes])
  const byItem = groupRows(scored, [item.codes])
  const byCondition = groupRows(scored, [variant.codes, technique.codes])
  const shared = sharedConditions({ byModel, byCondition })
  const conditions = shared.filter((at) => at >= 0).length
  const size = byModel.count * byItem.count * conditions
  if (size > limit) return undefined
  const counts = new Int32Array(size)
  const cellOf = (i: number): number => {
    const condition = shared[byCondition.groupOf[i] ?? 0] ?? -1
    if (condition < 0) return -1
    return ((byModel.groupOf[i] ?? 0) * byItem.count + (byItem.groupOf[i] ?? 0)) * conditions + condition
  }
  for (let i = 0; i < scored.length; i++) {
    const cell = cellOf(i)
    if (cell >= 0) counts[cell] = (counts[cell] ?? 0) + 1
  }
  const runsPerCell = commonest(counts)
  if (size * runsPerCell > limit) return undefined
  const values = new Float64Array(size * runsPerCell).fill(Number.NaN)
  const filled = new Int32Array(size)
  // Rows are in canonical order: of more repeats than are common, the first ones count.
  for (let i = 0; i < scored.length; i++) {
    const cell = cellOf(i)
    if (cell < 0) continue
    const run = filled[cell] ?? 0
    if (run < runsPerCell) values[cell * runsPerCell + run] = score[scored[i] ?? 0] ?? Number.NaN
    filled[cell] = run + 1
  }
  return {
    measure,
    models: Array.from(byModel.first, (row) => model.values[model.codes[row] ?? -1] ?? ''),
    items: byItem.count,
    conditions,
    runsPerCell,
    values,
    conditionsLeftOut: byCondition.count - conditions,
    clustered: Array.from(byItem.first).some((row) => (cluster.codes[row] ?? -1) >= 0),
  }
}

/** Number of each condition among those that every model was asked under; −1 for the others. */
function sharedConditions({
  byModel,
  byCondition,
}: Readonly<Record<'byModel' | 'byCondition', ReturnType<typeof groupRows>>>): Int32Array {
  const seen = new Uint8Array(byModel.count * byCondition.count)
  for (let i = 0; i < byModel.groupOf.length; i++)
    seen[(byModel.groupOf[i] ?? 0) * byCondition.count + (byCondition.groupOf[i] ?? 0)] = 1
  let next = 0
  return Int32Array.from({ length: byCondition.count }, (_, condition) => {
    for (let m = 0; m < byModel.count; m++) if (seen[m * byCondition.count + condition] === 0) return -1
    return next++
  })
}

/** The commonest number of runs of a cell that was run at all; of equally common ones the smaller, which loses nothing. */
function commonest(counts: Int32Array): number {
  const tally = new Map<number, number>()
  for (const count of counts) if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1)
  return [...tally].sort(([a, often], [b, oftener]) => oftener - often || a - b)[0]?.[0] ?? 1
}
