/** Who solved what: rows are models under one variant and technique each, columns are items. */
import {
  categoryAt,
  type Groups,
  groupRows,
  type Measure,
  type Observations,
  variantLabel,
} from '../../../domain/index.ts'

export interface ResponseMatrix {
  readonly measure: Measure
  readonly rows: number
  readonly models: number
  readonly items: readonly string[]
  /** rows × items, row-major; NaN where a row has no score for an item. */
  readonly responses: Float64Array
  /** models × items: mean over the rows of a model; NaN where it has none. */
  readonly byModel: Float64Array
  /** Model, variant and technique of each row. */
  readonly labels: readonly string[]
}

/** Of repeats the first scored one counts: repeats are no further rows, as they share everything but chance. */
export function responseMatrix(observations: Observations, measure: Measure): ResponseMatrix {
  const { model, variant, technique, item } = observations
  const byRow = groupRows(measure.rows, [model.codes, variant.codes, technique.codes])
  const byItem = groupRows(measure.rows, [item.codes])
  const responses = new Float64Array(byRow.count * byItem.count).fill(Number.NaN)
  for (let i = 0; i < measure.rows.length; i++) {
    const row = measure.rows[i] ?? 0
    if (observations.missing[row] !== 0) continue
    const cell = (byRow.groupOf[i] ?? 0) * byItem.count + (byItem.groupOf[i] ?? 0)
    if (Number.isNaN(responses[cell] ?? 0)) responses[cell] = observations.score[row] ?? Number.NaN
  }
  const modelOf = groupRows(byRow.first, [model.codes])
  return {
    measure,
    rows: byRow.count,
    models: modelOf.count,
    byModel: modelMeans({ responses, items: byItem.count, modelOf }),
    items: Array.from(byItem.first, (row) => categoryAt(item, row) ?? ''),
    responses,
    labels: Array.from(byRow.first, (row) => labelOf(observations, row)),
  }
}

function labelOf(observations: Observations, row: number): string {
  const levels = observations.variants[observations.variant.codes[row] ?? 0] ?? {}
  const parts = [
    categoryAt(observations.model, row),
    Object.keys(levels).length === 0 ? undefined : variantLabel(levels),
    categoryAt(observations.technique, row),
  ]
  return parts.filter((part) => part !== undefined).join(' / ')
}

function modelMeans({
  responses,
  items,
  modelOf,
}: {
  readonly responses: Float64Array
  readonly items: number
  readonly modelOf: Groups
}): Float64Array {
  const sums = new Float64Array(modelOf.count * items)
  const counts = new Int32Array(sums.length)
  for (let k = 0; k < responses.length; k++) {
    const value = responses[k] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const cell = (modelOf.groupOf[Math.floor(k / items)] ?? 0) * items + (k % items)
    sums[cell] = (sums[cell] ?? 0) + value
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return sums.map((sum, cell) => (counts[cell] === 0 ? Number.NaN : sum / (counts[cell] ?? 1)))
}
