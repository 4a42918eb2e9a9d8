/** Bootstrap of a crossed table: items and prompts are drawn independently of one another. */
import type { Random } from '../../random/index.ts'
import { finiteStatistic, sampled } from '../bootstrap-distribution.ts'
import { bootstrapErrorInterval } from '../bootstrap-error-interval.ts'
import { checkCodes, checkDraws, checkFinite, checkLevel } from '../check-inputs.ts'
import { fewClusters } from '../cluster-mean.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type Caveat, notEstimable, type Outcome } from '../result.ts'
import { exactSum } from '../special/exact-sum.ts'

export interface CrossedBootstrapOptions {
  /** The mean over rows, or a statistic of row weights: how often each row was drawn, 0 included, in the order given. */
  readonly of:
    | { readonly values: ArrayLike<number> }
    | { readonly rows: number; readonly statistic: (weights: Float64Array) => number }
  /** Codes of the two facets that are random in the claim, one per row. Cells may be empty or hold several rows. */
  readonly first: ArrayLike<number>
  readonly second: ArrayLike<number>
  readonly level: number
  readonly draws: number
  readonly random: Random
}

/**
 * Pigeonhole bootstrap (Owen 2007; Owen and Eckles 2012): levels of each facet are drawn with replacement, and a row weighs
 * the product of how often its two levels were drawn. The interval is `bootstrapErrorInterval`.
 *
 * The one bootstrap that is not badly wrong for crossed random effects: resampling rows, or one facet alone, misses the
 * other facet's share of the variance whole. Conservative by design: interaction and residual are counted up to three times, which
 * matters where they dominate. Resample only facets that are random in the claim. `standardError` is the bootstrap's own;
 * the interval makes good that few levels understate it, and takes degrees of freedom from leaving out each level of
 * either facet in turn: with 3 prompts and prompts that matter they are near 2. Draws that hit empty cells only are left out
 * and counted. May leave the range of a score. Refuses fewer than 2 levels of either facet.
 *
 * crossedBootstrap({ of: { values }, first: items, second: prompts, level: 0.95, draws: 2000, random })
 */
export function crossedBootstrap(options: CrossedBootstrapOptions, onProgress?: OnProgress): Outcome {
  const { of, level, draws, random } = options
  checkLevel(level)
  checkDraws(draws, 100)
  const rows = 'values' in of ? of.values.length : of.rows
  checkCodes(options.first, rows)
  checkCodes(options.second, rows)
  if ('values' in of) checkFinite(of.values)
  const { first, second, values } = inOrder(options, rows)
  const smaller = Math.min(first.levels, second.levels)
  if (smaller < 2) return notEstimable('too-few-values', { needed: 2, given: smaller })
  const statistic = 'values' in of ? weightedMean(values) : of.statistic
  const observed =
    'values' in of ? exactSum(values) / rows : finiteStatistic(of.statistic(new Float64Array(rows).fill(1)))
  const results = new Float64Array(draws)
  const weights = new Float64Array(rows)
  let kept = 0
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    const ofFirst = multiplicities(first.levels, random)
    const ofSecond = multiplicities(second.levels, random)
    let total = 0
    for (let row = 0; row < rows; row++) {
      const weight = (ofFirst[first.levelOf[row] ?? 0] ?? 0) * (ofSecond[second.levelOf[row] ?? 0] ?? 0)
      weights[row] = weight
      total += weight
    }
    if (total > 0) results[kept++] = finiteStatistic(statistic(weights))
  }
  if (kept < draws / 2) return notEstimable('resamples-empty', { empty: draws - kept, draws })
  const distribution = sampled(observed, results.subarray(0, kept))
  if (!distribution.varies) return notEstimable('no-variation', { n: smaller, value: observed })
  const dropped: readonly Caveat[] =
    kept < draws ? [{ code: 'resamples-empty', severity: 'note', values: { empty: draws - kept, draws } }] : []
  const { allowances, ...bounds } = bootstrapErrorInterval({
    distribution,
    strata: [first, second].map((facet) => withoutEachLevel({ facet, rows, statistic })),
    scores: 'values' in of ? values : undefined,
    level,
  })
  return {
    kind: 'estimate',
    value: observed,
    standardError: distribution.standardDeviation,
    ...bounds,
    n: smaller,
    method: 'bootstrap-crossed-t',
    assumptions: ['facets-drawn-at-random', 'mean-approximately-normal'],
    caveats: [...fewClusters(smaller), ...dropped, ...allowances],
  }
}

interface Facet {
  readonly levels: number
  readonly levelOf: Int32Array
}

/** A mean is taken over rows in a canonical order, so that the order they came in changes no bit. */
function inOrder({ of, first, second }: CrossedBootstrapOptions, rows: number) {
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const value = (row: number): number => ('values' in of ? (of.values[row] ?? 0) : 0)
  if ('values' in of) {
    order.sort(
      (a, b) => (first[a] ?? 0) - (first[b] ?? 0) || (second[a] ?? 0) - (second[b] ?? 0) || value(a) - value(b),
    )
  }
  return {
    first: facetOf(first, order),
    second: facetOf(second, order),
    values: Float64Array.from(order, value),
  }
}

function facetOf(codes: ArrayLike<number>, order: Int32Array): Facet {
  const distinct = Float64Array.from(new Set(Array.from(codes))).sort()
  const numberOf = new Map(Array.from(distinct, (code, number) => [code, number]))
  return { levels: distinct.length, levelOf: Int32Array.from(order, (row) => numberOf.get(codes[row] ?? 0) ?? 0) }
}

/** The statistic of all rows but those of one level, level by level. */
function withoutEachLevel({
  facet: { levels, levelOf },
  rows,
  statistic,
}: {
  readonly facet: Facet
  readonly rows: number
  readonly statistic: (weights: Float64Array) => number
}): Float64Array {
  const weights = new Float64Array(rows)
  return Float64Array.from({ length: levels }, (_, level) => {
    for (let row = 0; row < rows; row++) weights[row] = levelOf[row] === level ? 0 : 1
    return finiteStatistic(statistic(weights))
  })
}

function multiplicities(levels: number, random: Random): Float64Array {
  const drawn = new Int32Array(levels)
  random.fillIntegers(drawn, levels)
  const counts = new Float64Array(levels)
  for (let i = 0; i < levels; i++) counts[drawn[i] ?? 0] = (counts[drawn[i] ?? 0] ?? 0) + 1
  return counts
}

function weightedMean(values: Float64Array): (weights: Float64Array) => number {
  return (weights) => {
    let [sum, total] = [0, 0]
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row] ?? 0
      sum += weight * (values[row] ?? 0)
      total += weight
    }
    return sum / total
  }
}
