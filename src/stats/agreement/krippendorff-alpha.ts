/**
 * Krippendorff's alpha: 1 − observed / expected disagreement, for any raters, missing ratings and four scales.
 *
 * Coincidences o_ck = Σ over units of (pairs c–k in the unit)/(ratings in the unit − 1);
 * α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck (Krippendorff 2011). Standard error by the infinitesimal jackknife over
 * units (Efron 1982): the derivative of α by the weight of each unit. The interval is `agreementInterval`'s. Its units at
 * chance hold as many ratings as the mean unit; on ratings without bounds and with long tails it covers about 92 %, as
 * those who never disagreed widely yet may.
 */
import { checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { agreementInterval, boundaryCaveats, type Coefficient, unitsAtChance } from './agreement-interval.ts'
import { moveByRatings, type RatingScale, scaledCategories, squaredDistance } from './rating-distance.ts'
import { countCategories, type Ratings } from './ratings.ts'

export interface AlphaOptions {
  readonly ratings: Ratings
  readonly scale: RatingScale
  readonly level: number
  /**
   * Ratings that could have been given, whether or not they were; units at chance fall on them. `as-observed`: those that
   * occur. Where extreme ratings are possible and rare, the interval is then too short: it covered 82 to 88 % of an interval scale.
   */
  readonly possible: readonly number[] | 'as-observed'
}

/**
 * Units rated once are left out, as they carry no pair. Not estimable with fewer than two pairable units, or when all
 * pairable ratings are the same.
 */
export function krippendorffAlpha({ ratings, scale, level, possible }: AlphaOptions): Outcome {
  checkLevel(level)
  const { categories: observed, counts, perUnit, units } = countCategories(ratings)
  const categories = Float64Array.from(new Set([...observed, ...(possible === 'as-observed' ? [] : possible)])).sort()
  if (scale === 'ratio' && categories.some((category) => category < 0)) {
    fail('ratio-scale-negative', { smallest: categories[0] ?? 0 }, 'use the interval scale for ratings below 0')
  }
  const places = observed.map((category) => categories.indexOf(category))
  const size = observed.length
  const pairable = Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => (perUnit[unit] ?? 0) >= 2)
    .map((unit) => ratedUnit(counts.subarray(unit * size, (unit + 1) * size), places))
  if (pairable.length < 2) return notEstimable('too-few-rated-twice', { units, paired: pairable.length })
  const panel = { pairable, categories, scale }
  const sample = alphaOf(panel, 0)
  if (sample === undefined) return notEstimable('one-category-only', { n: pairable.length })
  const withChance = alphaOf(panel, unitsAtChance(level)) ?? sample
  return {
    kind: 'estimate',
    value: sample.value,
    standardError: sample.standardError,
    degreesOfFreedom: pairable.length - 1,
    interval: agreementInterval({ sample, withChance, units: pairable.length, level }),
    n: pairable.length,
    method: `krippendorff-alpha-${scale}`,
    assumptions: ['independent-units', 'exchangeable-raters'],
    caveats: boundaryCaveats({ sample, units: pairable.length }),
  }
}

/** The categories a unit was rated with, and how often. */
interface RatedUnit {
  readonly rated: number
  readonly entries: readonly { readonly category: number; readonly count: number }[]
}

interface AlphaPanel {
  readonly pairable: readonly RatedUnit[]
  readonly categories: Float64Array
  readonly scale: RatingScale
}

function ratedUnit(counts: Float64Array, places: Float64Array): RatedUnit {
  const entries: { category: number; count: number }[] = []
  let rated = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (count === 0) continue
    entries.push({ category: places[at] ?? 0, count })
    rated += count
  }
  return { rated, entries }
}

/**
 * Alpha with `added` units at chance, each of every pair of categories alike. Undefined where nothing is expected to differ.
 *
 * α depends on D = Σ o_ck δ_ck and E = Σ n_c n_k δ_ck over c < k and on the ratings n, so that a unit's influence is
 * −m D/E − (n − 1)(dD/E − D dE/E²): `reach` gathers what each rating of a category moves by n_c and, on the ordinal scale, by δ.
 */
function alphaOf({ pairable, categories, scale }: AlphaPanel, added: number): Coefficient | undefined {
  const size = categories.length
  const ratings = pairable.reduce((sum, { rated }) => sum + rated, 0)
  const mean = ratings / pairable.length
  const totals = new Float64Array(size).fill((added * mean) / size)
  for (const { entries } of pairable)
    for (const { category, count } of entries) totals[category] = (totals[category] ?? 0) + count
  const scaled = scaledCategories({ categories, totals, scale })
  const within = pairable.map((unit) => {
    let disagreement = 0
    withinUnit(unit, (c, k, share) => {
      disagreement += share * squaredDistance(c, k, scaled)
    })
    return disagreement
  })
  const chancePair = (added * mean) / size ** 2
  let observed = within.reduce((sum, own) => sum + own, 0)
  let expected = 0
  const reach = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    for (let k = c + 1; k < size; k++) {
      const distance = squaredDistance(c, k, scaled)
      observed += chancePair * distance
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * distance
      reach[c] = (reach[c] ?? 0) + (totals[k] ?? 0) * distance
      reach[k] = (reach[k] ?? 0) + (totals[c] ?? 0) * distance
    }
  }
  if (!(expected > 0)) return undefined
  const n = ratings + added * mean
  const [byObserved, byExpected] = [-(n - 1) / expected, ((n - 1) * observed) / expected ** 2]
  const perRating = reach.map((own) => byExpected * own - observed / expected)
  if (scale === 'ordinal') {
    const moved = moveByRatings(scaled, (add) => {
      for (const unit of pairable) withinUnit(unit, (c, k, share) => add(c, k, byObserved * share))
      for (let c = 0; c < size; c++)
        for (let k = c + 1; k < size; k++)
          add(c, k, byExpected * (totals[c] ?? 0) * (totals[k] ?? 0) + byObserved * chancePair)
    })
    for (let g = 0; g < size; g++) perRating[g] = (perRating[g] ?? 0) + (moved[g] ?? 0)
  }
  let squares = 0
  for (const [unit, { entries }] of pairable.entries()) {
    const moved = entries.reduce((sum, { category, count }) => sum + count * (perRating[category] ?? 0), 0)
    squares += (byObserved * (within[unit] ?? 0) + moved) ** 2
  }
  if (added > 0) {
    for (let c = 0; c < size; c++) {
      squares += chancePair * mean * (perRating[c] ?? 0) ** 2
      for (let k = c + 1; k < size; k++) {
        const influence = byObserved * squaredDistance(c, k, scaled) + (perRating[c] ?? 0) + (perRating[k] ?? 0)
        squares += (chancePair * mean * influence ** 2) / 2
      }
    }
  }
  const units = pairable.length + added
  return { value: 1 + byObserved * observed, standardError: Math.sqrt((squares * units) / (units - 1)) }
}

/** Every pair of different categories c < k of a unit, with its share of the coincidences. */
function withinUnit({ rated, entries }: RatedUnit, visit: (c: number, k: number, share: number) => void): void {
  for (const [at, low] of entries.entries())
    for (const high of entries.slice(at + 1)) visit(low.category, high.category, (low.count * high.count) / (rated - 1))
}
