/** Mean score over items that are held fixed: the only noise is that of answering the same items again. */

import { checkFinite, checkLengths, checkLevel, checkRange, checkWhole, type ScoreRange } from './check-inputs.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import { fail } from './fail.ts'
import { notEstimable, type Outcome } from './result.ts'

export interface RepeatedCells {
  /** Scores, cell after cell; those of cell c are `values[starts[c]]` up to but excluding `values[starts[c + 1]]`. */
  readonly values: Float64Array
  readonly starts: Int32Array
  /** Item of each cell, 0 … items − 1, every item in use; an item weighs the same however many cells it has. */
  readonly itemOf: Int32Array
  readonly items: number
}

export interface FixedItemsMeanOptions {
  readonly level: number
  /** Range of a score; `undefined` where none is known. */
  readonly range: ScoreRange | undefined
}

/** Mean over fixed items with the variance that rerunning them would give. */
export interface RerunNoise {
  readonly mean: number
  /** Variance of the mean over reruns of the same size: Σ w² s²/K over cells. */
  readonly variance: number
  /** Satterthwaite's degrees of freedom of that variance; 0 where no cell disagreed with itself. */
  readonly degreesOfFreedom: number
  /** Cells with at least two repeats: those that the variance is measured on. */
  readonly repeatedCells: number
  /** How many of them hold two different scores. */
  readonly unequalCells: number
}

/**
 * Mean of item means with its rerun variance.
 *
 * A cell's weight is w = 1/(items × cells of its item); its mean has variance s²/K, s² the sample variance of its K
 * repeats. A cell with one repeat takes the mean s² of the repeated cells. Degrees of freedom: Satterthwaite 1946.
 *
 * `undefined` where no cell has two repeats, or where there are no cells.
 */
export function rerunNoise({ values, starts, itemOf, items }: RepeatedCells): RerunNoise | undefined {
  checkCells({ values, starts, itemOf, items })
  const cells = itemOf.length
  const cellsOfItem = new Int32Array(items)
  for (const item of itemOf) cellsOfItem[item] = (cellsOfItem[item] ?? 0) + 1
  const spread = cellSpreads(values, starts)
  if (spread.repeated === 0) return undefined
  let [mean, variance, fourth] = [0, 0, 0]
  for (let cell = 0; cell < cells; cell++) {
    const repeats = (starts[cell + 1] ?? 0) - (starts[cell] ?? 0)
    const weight = 1 / (items * (cellsOfItem[itemOf[cell] ?? 0] ?? 1))
    mean += weight * (spread.mean[cell] ?? 0)
    const own = repeats > 1 ? (spread.variance[cell] ?? 0) : spread.pooled
    const part = (weight * weight * own) / repeats
    variance += part
    // A borrowed variance is as well known as the pool it comes from, and adds to no cell's own uncertainty.
    if (repeats > 1) fourth += (part * part) / (repeats - 1)
  }
  const degreesOfFreedom = fourth > 0 ? Math.max(1, (variance * variance) / fourth) : 0
  return { mean, variance, degreesOfFreedom, repeatedCells: spread.repeated, unequalCells: spread.unequal }
}

/**
 * Interval for the mean score on exactly these items, over the randomness of answering them.
 *
 * mean ± t·√variance, cut at the ends of the range. Where no repeated cell holds two different scores the variance is
 * measured as 0, which no sample can prove: the share of cells that would disagree is then taken at its exact upper
 * bound f = 1 − (α/2)^(1/cells), and the variance of a score at f/2 · (upper − lower)², the most that such a share allows.
 * Without a range that case is refused. Assumes repeats are independent given the item: repeats out of a cache are not.
 *
 * fixedItemsMean(cells, { level: 0.95, range: { lower: 0, upper: 1 } })
 */
export function fixedItemsMean(cells: RepeatedCells, { level, range }: FixedItemsMeanOptions): Outcome {
  checkLevel(level)
  checkCells(cells)
  if (range !== undefined) checkRange(cells.values, range)
  if (cells.itemOf.length === 0) return notEstimable('no-scores')
  const noise = rerunNoise(cells)
  if (noise === undefined) return notEstimable('needs-repeats', { cells: cells.itemOf.length })
  const spreadless = noise.degreesOfFreedom === 0
  if (spreadless && range === undefined) return notEstimable('repeats-without-spread', { cells: noise.repeatedCells })
  const variance = spreadless
    ? largestHiddenVariance(cells, { level, repeatedCells: noise.repeatedCells, range })
    : noise.variance
  const degreesOfFreedom = spreadless ? noise.repeatedCells : noise.degreesOfFreedom
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * Math.sqrt(variance)
  return {
    kind: 'estimate',
    value: noise.mean,
    standardError: Math.sqrt(variance),
    degreesOfFreedom,
    interval: {
      lower: Math.max(range?.lower ?? Number.NEGATIVE_INFINITY, noise.mean - margin),
      upper: Math.min(range?.upper ?? Number.POSITIVE_INFINITY, noise.mean + margin),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: noise.repeatedCells,
    method: spreadless ? 'fixed-items-no-disagreement-bound' : 'fixed-items-satterthwaite-t',
    assumptions: ['repeats-independent-given-item'],
    caveats: spreadless
      ? [{ code: 'no-repeat-disagreed', severity: 'note', values: { cells: noise.repeatedCells } }]
      : [],
  }
}

/** Refuses scores that are not finite, cells that do not follow one another without a gap, and items out of range. */
function checkCells({ values, starts, itemOf, items }: RepeatedCells): void {
  checkFinite(values)
  checkLengths({ starts: starts.length, cells: itemOf.length + 1 })
  checkWhole({ items }, { least: 0, most: itemOf.length })
  for (const item of itemOf) if (!(item >= 0 && item < items)) checkWhole({ item }, { least: 0, most: items - 1 })
  let from = 0
  for (let cell = 0; cell < itemOf.length; cell++) {
    const to = starts[cell + 1] ?? 0
    if (starts[cell] !== from || to <= from || to > values.length)
      fail(
        'cells-not-consecutive',
        { cell, from, to, values: values.length },
        'start each cell where the last one ends',
      )
    from = to
  }
  checkLengths({ values: values.length, cells: from })
}

function cellSpreads(values: Float64Array, starts: Int32Array) {
  const cells = starts.length - 1
  const mean = new Float64Array(cells)
  const variance = new Float64Array(cells)
  let [pooled, repeated, unequal] = [0, 0, 0]
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [starts[cell] ?? 0, starts[cell + 1] ?? 0]
    let [sum, squares] = [0, 0]
    for (let i = from; i < to; i++) sum += values[i] ?? 0
    const average = sum / (to - from)
    for (let i = from; i < to; i++) squares += ((values[i] ?? 0) - average) ** 2
    mean[cell] = average
    if (to - from < 2) continue
    const same = values.subarray(from, to).every((value) => value === values[from])
    const own = same ? 0 : squares / (to - from - 1)
    variance[cell] = own
    pooled += own
    repeated++
    if (!same) unequal++
  }
  return { mean, variance, pooled: repeated === 0 ? 0 : pooled / repeated, repeated, unequal }
}

interface HiddenVariance {
  readonly level: number
  readonly repeatedCells: number
  readonly range: FixedItemsMeanOptions['range']
}

/** Var of the mean when a share f of cells would disagree: Σ w²/K · f/2 · (upper − lower)². */
function largestHiddenVariance({ starts, itemOf, items }: RepeatedCells, options: HiddenVariance): number {
  const { level, repeatedCells, range } = options
  const width = range === undefined ? Number.NaN : range.upper - range.lower
  const share = -Math.expm1(Math.log((1 - level) / 2) / repeatedCells)
  const cellsOfItem = new Int32Array(items)
  for (const item of itemOf) cellsOfItem[item] = (cellsOfItem[item] ?? 0) + 1
  let weights = 0
  for (let cell = 0; cell < itemOf.length; cell++) {
    const repeats = (starts[cell + 1] ?? 0) - (starts[cell] ?? 0)
    weights += 1 / ((items * (cellsOfItem[itemOf[cell] ?? 0] ?? 1)) ** 2 * repeats)
  }
  return (weights * share * width * width) / 2
}
