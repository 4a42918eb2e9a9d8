/** Does the variant matter at all? Cochran's Q over an items × variants table. */
import { clusterRows, completeRows, type VariantTable } from './complete-rows.ts'
import { chiSquaredUpperTail } from './distributions/chi-squared.ts'
import { type Caveat, notEstimable, type TestOutcome } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

/**
 * Q = Σ_j (C_j − C̄)² / Σ_i S²_i with column totals C_j and the sample variance S²_i of row i, against χ²(K − 1).
 *
 * For 0/1 scores this is Cochran (1950), (K − 1)(KΣC² − N²)/(KN − ΣR²); for ranks of rows Friedman's statistic; for graded
 * scores the same quadratic form. Clusters are added up first, their sums being the rows. Asymptotic in the number of rows
 * that vary: below about 24/K such rows (Tate and Brown 1970) the permutation p of `variantSpread` replaces it, and the
 * outcome says so. Incomplete items are left out. Refuses tables in which no row varies.
 *
 * cochranQ({ values: [1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], columns: 3, clusters: undefined }).statistic // => 4.5
 */
export function cochranQ(table: VariantTable): TestOutcome {
  const complete = completeRows(table)
  const k = table.columns
  const rows = clusterRows(complete, k)
  const varying = varyingRows(rows, k)
  const n = rows.length / k
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  if (varying.length === 0) return notEstimable('variants-never-differ', { items: complete.items })
  const statistic = quadraticForm(varying, k)
  return {
    kind: 'test',
    statistic,
    pValue: chiSquaredUpperTail(statistic, k - 1),
    alternative: 'two-sided',
    nullValue: 0,
    degreesOfFreedom: k - 1,
    n,
    method: 'cochran-q-chi-squared',
    assumptions: ['clusters-independent', 'variants-exchangeable-within-items'],
    caveats: [...incomplete(complete.incompleteItems), ...sparse(varying.length / k, k)],
  }
}

/** Rows in which at least two variants differ; the others carry no information about variants. */
export function varyingRows(rows: Float64Array, k: number): Float64Array {
  const kept: number[] = []
  for (let start = 0; start < rows.length; start += k) {
    const row = rows.subarray(start, start + k)
    const size = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
    if (row.some((value) => Math.abs(value - (row[0] ?? 0)) > 1e-12 * size)) kept.push(...row)
  }
  return Float64Array.from(kept)
}

/** Q of rows that all vary. */
export function quadraticForm(rows: Float64Array, k: number): number {
  return squaredSpread(columnTotals(rows, k)) / exactSum(rowVariances(rows, k))
}

export function columnTotals(rows: Float64Array, k: number): Float64Array {
  const totals = new Float64Array(k)
  for (let at = 0; at < rows.length; at++) totals[at % k] = (totals[at % k] ?? 0) + (rows[at] ?? 0)
  return totals
}

/** Σ (C_j − C̄)². */
export function squaredSpread(totals: Float64Array): number {
  let sum = 0
  for (const total of totals) sum += total
  const mean = sum / totals.length
  let squares = 0
  for (const total of totals) squares += (total - mean) ** 2
  return squares
}

export function rowVariances(rows: Float64Array, k: number): Float64Array {
  return Float64Array.from(
    { length: rows.length / k },
    (_, row) => squaredSpread(rows.subarray(row * k, (row + 1) * k)) / (k - 1),
  )
}

export function incomplete(items: number): readonly Caveat[] {
  return items > 0 ? [{ code: 'incomplete-items-left-out', severity: 'caution', values: { items } }] : []
}

function sparse(varying: number, k: number): readonly Caveat[] {
  return varying * k < 24
    ? [{ code: 'sparse-table-approximate-p', severity: 'caution', values: { items: varying, variants: k } }]
    : []
}
