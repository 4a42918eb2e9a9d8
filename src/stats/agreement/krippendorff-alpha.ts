/**
 * Krippendorff's alpha: 1 − observed / expected disagreement, for any raters, missing ratings and four scales.
 *
 * Coincidences o_ck = Σ over units of (pairs c–k in the unit)/(ratings in the unit − 1);
 * α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck (Krippendorff 2011). Interval: percentile bootstrap over units.
 */
import type { Random } from '../../random/index.ts'
import { checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type Caveat, notEstimable, type Outcome } from '../result.ts'
import { sortedQuantile } from '../sorted-quantile.ts'
import { countCategories, type Ratings } from './ratings.ts'

export type RatingScale = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/**
 * Alpha with its unit bootstrap. Units rated once are left out, as they carry no pair.
 *
 * Resamples in which nothing varies have no alpha; they are dropped and counted in a caveat. Not estimable with fewer
 * than two pairable units, or when all pairable ratings are the same.
 */
export function krippendorffAlpha(
  {
    ratings,
    scale,
    level,
    draws,
    random,
  }: {
    readonly ratings: Ratings
    readonly scale: RatingScale
    readonly level: number
    readonly draws: number
    readonly random: Random
  },
  onProgress?: OnProgress,
): Outcome {
  checkLevel(level)
  const { categories, counts, perUnit, units } = countCategories(ratings)
  if (scale === 'ratio' && categories.some((category) => category < 0)) {
    fail('ratio-scale-negative', { smallest: categories[0] ?? 0 }, 'use the interval scale for ratings below 0')
  }
  const size = categories.length
  const pairable = Int32Array.from(
    Array.from({ length: units }, (_, unit) => unit).filter((unit) => (perUnit[unit] ?? 0) >= 2),
  )
  if (pairable.length < 2) return notEstimable('too-few-rated-twice', { units, paired: pairable.length })
  // Each unit's share of the coincidence matrix, so that a resample is a sum.
  const contributions = Array.from(pairable, (unit) =>
    unitCoincidences(counts.subarray(unit * size, (unit + 1) * size)),
  )
  const alphaOf = (chosen: Int32Array | undefined): number | undefined => {
    const coincidences = new Float64Array(size * size)
    for (let k = 0; k < contributions.length; k++) {
      const contribution = contributions[chosen === undefined ? k : (chosen[k] ?? 0)]
      for (let cell = 0; cell < coincidences.length; cell++)
        coincidences[cell] = (coincidences[cell] ?? 0) + (contribution?.[cell] ?? 0)
    }
    return alphaFrom({ coincidences, categories, scale })
  }
  const value = alphaOf(undefined)
  if (value === undefined) return notEstimable('one-category-only', { n: pairable.length })
  const chosen = new Int32Array(pairable.length)
  const drawn: number[] = []
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    random.fillIntegers(chosen, pairable.length)
    const alpha = alphaOf(chosen)
    if (alpha !== undefined) drawn.push(alpha)
  }
  if (drawn.length < draws / 2) return notEstimable('resamples-degenerate', { draws, kept: drawn.length })
  drawn.sort((a, b) => a - b)
  const caveats: Caveat[] = []
  if (drawn.length < draws) {
    caveats.push({ code: 'resamples-dropped', severity: 'note', values: { draws, dropped: draws - drawn.length } })
  }
  let lower = sortedQuantile(drawn, (1 - level) / 2)
  if (lower === drawn[drawn.length - 1] || value === 1) {
    // Perfect agreement resamples to itself: at most 1 − α^(1/n) of units may disagree, each at the cost of the scale.
    lower = Math.min(lower, 1 + 2 * Math.expm1(Math.log((1 - level) / 2) / pairable.length))
    caveats.push({ code: 'agreement-at-boundary', severity: 'note', values: { n: pairable.length } })
  }
  return {
    kind: 'estimate',
    value,
    interval: { lower, upper: sortedQuantile(drawn, (1 + level) / 2), level, kind: 'confidence', side: 'two-sided' },
    n: pairable.length,
    method: `krippendorff-alpha-${scale}`,
    assumptions: ['independent-units', 'exchangeable-raters'],
    caveats,
  }
}

function unitCoincidences(unit: Float64Array): Float64Array {
  const size = unit.length
  const rated = unit.reduce((sum, count) => sum + count, 0)
  const pairs = new Float64Array(size * size)
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      pairs[c * size + k] = ((unit[c] ?? 0) * ((unit[k] ?? 0) - (c === k ? 1 : 0))) / (rated - 1)
    }
  }
  return pairs
}

function alphaFrom({
  coincidences,
  categories,
  scale,
}: {
  readonly coincidences: Float64Array
  readonly categories: Float64Array
  readonly scale: RatingScale
}): number | undefined {
  const size = categories.length
  const totals = categories.map((_, c) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += coincidences[c * size + k] ?? 0
    return sum
  })
  const n = totals.reduce((sum, total) => sum + total, 0)
  let observed = 0
  let expected = 0
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < c; k++) {
      const distance = squaredDistance({ c: k, k: c, categories, totals, scale })
      observed += (coincidences[c * size + k] ?? 0) * distance
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * distance
    }
  }
  return expected > 0 ? 1 - ((n - 1) * observed) / expected : undefined
}

/** δ² of two categories at positions c < k. */
function squaredDistance({
  c,
  k,
  categories,
  totals,
  scale,
}: {
  readonly c: number
  readonly k: number
  readonly categories: Float64Array
  readonly totals: Float64Array
  readonly scale: RatingScale
}): number {
  const low = categories[c] ?? 0
  const high = categories[k] ?? 0
  switch (scale) {
    case 'nominal':
      return 1
    case 'interval':
      return (high - low) ** 2
    case 'ratio':
      return ((high - low) / (high + low)) ** 2
    case 'ordinal': {
      let between = 0
      for (let g = c; g <= k; g++) between += totals[g] ?? 0
      return (between - ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2) ** 2
    }
    default:
      return scale satisfies never
  }
}
