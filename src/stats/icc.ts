/** Intraclass correlation: which share of the variance of a score is between items, and would be there again. */
import { checkLevel, checkMatrix } from './check-inputs.ts'
import { groupClusters } from './clusters.ts'
import { fUpperQuantile } from './distributions/f.ts'
import type { IccForm } from './icc-form.ts'
import { twoValuedLimits } from './icc-jackknife.ts'
import { oneWayLeavingOut, tableLeavingOut } from './icc-leaving-out.ts'
import { isConstant } from './is-constant.ts'
import { notEstimable, type Outcome } from './result.ts'
import { meanOf } from './sample-moments.ts'
import { twoValues } from './two-values.ts'
import { twoWayMeanSquares } from './two-way-mean-squares.ts'

export interface IccOptions {
  /** Items × measurements, row-major, complete. */
  readonly values: ArrayLike<number>
  readonly columns: number
  readonly form: IccForm
  readonly level: number
}

/**
 * ICC of a complete table with F-based interval (Shrout and Fleiss 1979; McGraw and Wong 1996, table 7).
 *
 * (1,1) = (MSR − MSW)/(MSR + (k − 1)MSW), (C,1) = (MSR − MSE)/(MSR + (k − 1)MSE),
 * (A,1) = (MSR − MSE)/(MSR + (k − 1)MSE + k(MSC − MSE)/n). Can be negative, and for an average without limit.
 * Intervals by F assume normal scores; for two-valued ones the widest of them and of two jackknives over items is given
 * (`twoValuedLimits`), and where the rarer score shows on fewer than 8 items none. Refuses fewer than 2 items or columns, tables
 * without variation, and tables in which repeated measurements never differ: an ICC of 1 with a width of 0 would claim too much.
 * An ICC collapses when items hardly differ, however reliable the measurement: read the error variance beside it.
 *
 * intraclassCorrelation({ values: [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], columns: 4, form: '(A,1)', level: 0.95 })
 *   .value // => 0.28976377…
 */
export function intraclassCorrelation({ values, columns: k, form, level }: IccOptions): Outcome {
  checkLevel(level)
  checkMatrix({ values, columns: k })
  const n = values.length / k
  if (n < 2 || k < 2) return notEstimable('too-few-values', { needed: 2, given: Math.min(n, k) })
  const table = Float64Array.from(values)
  if (isConstant(table)) return notEstimable('no-variation', { n, value: table[0] ?? Number.NaN })
  const squares = twoWayMeanSquares({ values: table, columns: k })
  const { row, column, residual, within } = squares
  const error = form.startsWith('(1') ? within : residual
  // Sums of squares of equal repeats leave rounding, never a measured disagreement.
  if (!(error > 1e-14 * Math.max(row, column))) return notEstimable('repeats-never-differ', { items: n })
  const byF = form.startsWith('(A')
    ? absoluteAgreement({ row, column, residual, n, k, level })
    : oneErrorTerm({
        ratio: row / error,
        k,
        degrees: [n - 1, form.startsWith('(1') ? n * (k - 1) : (n - 1) * (k - 1)],
        level,
      })
  const pair = twoValues(table)
  const bounds =
    pair === undefined
      ? byF
      : twoValuedLimits({
          ...pair,
          itemMeans: Float64Array.from({ length: n }, (_, i) => meanOf(table.subarray(i * k, (i + 1) * k))),
          byF,
          measurements: k,
          leavingOut: tableLeavingOut({ table: table.map((value) => (value === pair.high ? 1 : 0)), k, form }),
          level,
        })
  if ('kind' in bounds) return bounds
  const limits = { ...bounds, value: byF.value }
  const average = form.endsWith('k)')
  if (average && !(1 + (k - 1) * limits.value > 1e-12)) return notEstimable('items-do-not-vary', { items: n })
  // Spearman–Brown takes one measurement to the average of k; it is increasing above its pole at −1/(k − 1), so that it
  // takes limits to limits.
  const shown = (single: number): number => {
    if (!average) return single
    return 1 + (k - 1) * single > 0 ? (k * single) / (1 + (k - 1) * single) : Number.NEGATIVE_INFINITY
  }
  return {
    kind: 'estimate',
    value: shown(limits.value),
    interval: { lower: shown(limits.lower), upper: shown(limits.upper), level, kind: 'confidence', side: 'two-sided' },
    n,
    method: `icc-${form.slice(1, -1).replace(',', '-').toLowerCase()}-${pair === undefined ? 'f' : 'jackknife'}`,
    assumptions: ['items-independent', ...(pair === undefined ? ['scores-approximately-normal'] : [])],
    caveats: [],
  }
}

/**
 * ICC(1,1) from repeats of unequal number: measurements grouped by item.
 *
 * One-way mean squares with n₀ = (N − Σn²/N)/(items − 1) for k (Donner 1986). Equal numbers give exactly
 * `intraclassCorrelation` (1,1); otherwise the F-based interval is approximate. Items with one measurement help only
 * the variance between items. Two-valued scores: as there.
 *
 * oneWayIcc({ values, items, level: 0.95 })
 */
export function oneWayIcc({
  values,
  items,
  level,
}: {
  readonly values: ArrayLike<number>
  readonly items: ArrayLike<number>
  readonly level: number
}): Outcome {
  checkLevel(level)
  const { count, sizes, sums, starts, values: grouped, mean, constant, pair } = groupClusters(values, items)
  const rows = grouped.length
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  if (rows === count) return notEstimable('needs-repeated-runs', { items: count, needed: 2 })
  if (constant) return notEstimable('no-variation', { n: count, value: mean })
  let [between, within, squaredSizes] = [0, 0, 0]
  for (let g = 0; g < count; g++) {
    const size = sizes[g] ?? 0
    const own = (sums[g] ?? 0) / size
    between += size * (own - mean) ** 2
    squaredSizes += size * size
    for (let i = starts[g] ?? 0; i < (starts[g + 1] ?? 0); i++) within += ((grouped[i] ?? 0) - own) ** 2
  }
  const error = within / (rows - count)
  if (!(error > 1e-14 * (between / (count - 1)))) return notEstimable('repeats-never-differ', { items: count })
  const k = (rows - squaredSizes / rows) / (count - 1)
  const ratio = between / (count - 1) / error
  const balanced = sizes.every((size) => size === sizes[0])
  const { value, ...byF } = oneErrorTerm({ ratio, k, degrees: [count - 1, rows - count], level })
  const bounds =
    pair === undefined
      ? byF
      : twoValuedLimits({
          ...pair,
          itemMeans: sums.map((sum, g) => sum / (sizes[g] ?? 1)),
          byF,
          measurements: k,
          leavingOut: oneWayLeavingOut({
            sizes,
            successes: sums.map((sum, g) => (sum - (sizes[g] ?? 0) * pair.low) / (pair.high - pair.low)),
            k,
          }),
          level,
        })
  if ('kind' in bounds) return bounds
  const { lower, upper } = bounds
  return {
    kind: 'estimate',
    value,
    interval: { lower, upper, level, kind: 'confidence', side: 'two-sided' },
    n: count,
    method: `icc-1-1-${balanced ? '' : 'unbalanced-'}${pair === undefined ? 'f' : 'jackknife'}`,
    assumptions: ['items-independent', ...(pair === undefined ? ['scores-approximately-normal'] : [])],
    caveats: balanced
      ? []
      : [{ code: 'unequal-repeats-approximate', severity: 'note', values: { items: count, typical: k } }],
  }
}

interface Limits {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

interface OneErrorTerm {
  readonly ratio: number
  readonly k: number
  readonly degrees: readonly [number, number]
  readonly level: number
}

function oneErrorTerm({ ratio, k, degrees: [df1, df2], level }: OneErrorTerm): Limits {
  const tail = (1 - level) / 2
  const share = (f: number): number => (f - 1) / (f + k - 1)
  return {
    value: share(ratio),
    lower: share(ratio / fUpperQuantile({ p: tail, df1, df2 })),
    upper: share(ratio * fUpperQuantile({ p: tail, df1: df2, df2: df1 })),
  }
}

interface AbsoluteAgreement {
  readonly row: number
  readonly column: number
  readonly residual: number
  readonly n: number
  readonly k: number
  readonly level: number
}

/** Limits by Satterthwaite's degrees of freedom for MSC and MSE together (Shrout and Fleiss 1979, p. 424). */
function absoluteAgreement({ row, column, residual, n, k, level }: AbsoluteAgreement): Limits {
  const tail = (1 - level) / 2
  const value = (row - residual) / (row + (k - 1) * residual + (k * (column - residual)) / n)
  const ratio = column / residual
  // A negative estimate can make the degrees of freedom vanish; they are then taken at the boundary, 0.
  const rho = Math.max(0, value)
  const spread = n * (1 + (k - 1) * rho) - k * rho
  const numerator = (k - 1) * (n - 1) * (k * rho * ratio + spread) ** 2
  const v = numerator / ((n - 1) * (k * rho * ratio) ** 2 + spread ** 2)
  const low = fUpperQuantile({ p: tail, df1: n - 1, df2: v })
  const high = fUpperQuantile({ p: tail, df1: v, df2: n - 1 })
  const other = k * column + (k * n - k - n) * residual
  return {
    value,
    lower: (n * (row - low * residual)) / (low * other + n * row),
    upper: (n * (high * row - residual)) / (other + n * high * row),
  }
}
