/** Intraclass correlations of 0/1 scores with items of any weight, and without each of them. */
import type { IccForm } from './icc-form.ts'
import { exactSum } from './special/exact-sum.ts'

export interface LeftOut {
  readonly value: number
  /** Without one item, item after item; a weight tells how many items of the kind there are. */
  readonly without: Float64Array
  readonly weights: Float64Array
}

/** Items that the sample lacks: so many that show one outcome always, and so many that show it once. */
export interface UnseenItems {
  readonly ofSuccess: number
  readonly ofFailure: number
}

export type LeavingOut = (unseen: UnseenItems | undefined) => LeftOut

/** The (1,1) form from successes and sizes of items; an unseen item has `k` measurements. */
export function oneWayLeavingOut({
  sizes,
  successes,
  k,
}: {
  readonly sizes: Float64Array
  readonly successes: Float64Array
  readonly k: number
}): LeavingOut {
  return (unseen) => {
    const added = unseen === undefined ? [] : unseenCounts(unseen, k)
    const weights = joined(
      new Float64Array(sizes.length).fill(1),
      added.map(({ weight }) => weight),
    )
    const size = joined(
      sizes,
      added.map(() => k),
    )
    const sum = joined(
      successes,
      added.map((each) => each.successes),
    )
    const total = (of: (item: number) => number): number => exactSum(weights.map((weight, item) => weight * of(item)))
    const at = (values: Float64Array, item: number): number => values[item] ?? Number.NaN
    const [items, rows] = [exactSum(weights), total((item) => at(size, item))]
    const squaredSizes = total((item) => at(size, item) ** 2)
    const all = total((item) => at(sum, item))
    const between = total((item) => at(sum, item) ** 2 / at(size, item))
    /** 0/1 scores: Σy² = Σy. */
    const icc = (less: number, item: number): number => {
      const [ownSize, ownSum] = [less * at(size, item), less * at(sum, item)]
      const [n, N, S] = [items - less, rows - ownSize, all - ownSum]
      const B = between - (less * at(sum, item) ** 2) / at(size, item)
      const typical = (N - (squaredSizes - less * at(size, item) ** 2) / N) / (n - 1)
      const ratio = (B - S ** 2 / N) / (n - 1) / ((S - B) / (N - n))
      return (ratio - 1) / (ratio + typical - 1)
    }
    return { value: icc(0, 0), without: weights.map((_, item) => icc(1, item)), weights }
  }
}

/** Any form from a complete 0/1 table of k columns. */
export function tableLeavingOut({
  table,
  k,
  form,
}: {
  readonly table: Float64Array
  readonly k: number
  readonly form: IccForm
}): LeavingOut {
  return (unseen) => {
    const added = unseen === undefined ? [] : unseenRows(unseen, k)
    const all = new Float64Array(table.length + added.length * k)
    all.set(table)
    for (const [at, { row }] of added.entries()) all.set(row, table.length + at * k)
    const weights = joined(
      new Float64Array(table.length / k).fill(1),
      added.map(({ weight }) => weight),
    )
    return { ...tableIccs({ table: all, k, form, weights }), weights }
  }
}

interface WeightedTable {
  readonly table: Float64Array
  readonly k: number
  readonly form: IccForm
  readonly weights: Float64Array
}

function tableIccs({ table, k, form, weights }: WeightedTable): Omit<LeftOut, 'weights'> {
  const rowSums = weights.map((_, i) => exactSum(table.subarray(i * k, (i + 1) * k)))
  const columnSums = Float64Array.from({ length: k }, (_, j) =>
    exactSum(weights.map((weight, i) => weight * (table[i * k + j] ?? 0))),
  )
  const items = exactSum(weights)
  const sum = exactSum(rowSums.map((own, i) => (weights[i] ?? 0) * own))
  const rows = exactSum(rowSums.map((own, i) => ((weights[i] ?? 0) * own ** 2) / k))
  const icc = (less: number, i: number): number => {
    const own = rowSums[i] ?? 0
    const m = items - less
    // 0/1 scores: Σy² = Σy.
    const total = sum - less * own
    const correction = total ** 2 / (m * k)
    const between = rows - (less * own ** 2) / k
    let columns = 0
    for (let j = 0; j < k; j++) columns += ((columnSums[j] ?? 0) - less * (table[i * k + j] ?? 0)) ** 2 / m
    const row = (between - correction) / (m - 1)
    const column = (columns - correction) / (k - 1)
    const residual = (total - between - columns + correction) / ((m - 1) * (k - 1))
    const error = form.startsWith('(1') ? (total - between) / (m * (k - 1)) : residual
    const shift = form.startsWith('(A') ? (k * (column - residual)) / m : 0
    return (row - error) / (row + (k - 1) * error + shift)
  }
  return { value: icc(0, 0), without: weights.map((_, i) => icc(1, i)) }
}

function unseenCounts({ ofSuccess, ofFailure }: UnseenItems, k: number) {
  return [
    { weight: ofSuccess, successes: k },
    { weight: ofSuccess, successes: 1 },
    { weight: ofFailure, successes: 0 },
    { weight: ofFailure, successes: k - 1 },
  ].filter(({ weight }) => weight > 0)
}

/** An outcome that shows once does so in every column alike. */
function unseenRows({ ofSuccess, ofFailure }: UnseenItems, k: number) {
  return [
    { weight: ofSuccess, value: 1 },
    { weight: ofFailure, value: 0 },
  ]
    .filter(({ weight }) => weight > 0)
    .flatMap(({ weight, value }) => [
      { weight, row: new Float64Array(k).fill(value) },
      ...Array.from({ length: k }, (_, column) => ({
        weight: weight / k,
        row: new Float64Array(k).fill(1 - value).fill(value, column, column + 1),
      })),
    ])
}

function joined(values: Float64Array, added: readonly number[]): Float64Array {
  const all = new Float64Array(values.length + added.length)
  all.set(values)
  all.set(added, values.length)
  return all
}
