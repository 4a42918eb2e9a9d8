/** How far two ratings lie apart on each of Krippendorff's four scales. */

export type RatingScale = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export interface ScaledCategories {
  readonly scale: RatingScale
  /** The ratings that occur, ascending. */
  readonly categories: Float64Array
  /** How often each occurs. */
  readonly totals: Float64Array
  /** How often each or a lower one occurs. */
  readonly cumulated: Float64Array
}

export function scaledCategories(given: Omit<ScaledCategories, 'cumulated'>): ScaledCategories {
  let sum = 0
  return {
    ...given,
    cumulated: given.totals.map((total) => {
      sum += total
      return sum
    }),
  }
}

/** δ² of two categories at positions c < k. */
export function squaredDistance(c: number, k: number, scaled: ScaledCategories): number {
  const low = scaled.categories[c] ?? 0
  const high = scaled.categories[k] ?? 0
  switch (scaled.scale) {
    case 'nominal':
      return 1
    case 'interval':
      return (high - low) ** 2
    case 'ratio':
      return ((high - low) / (high + low)) ** 2
    case 'ordinal':
      return ratingsBetween(c, k, scaled) ** 2
    default:
      return scaled.scale satisfies never
  }
}

/** Ratings from category c to category k, of those at the ends half. */
function ratingsBetween(c: number, k: number, { totals, cumulated }: ScaledCategories): number {
  return (cumulated[k] ?? 0) - (cumulated[c] ?? 0) + ((totals[c] ?? 0) - (totals[k] ?? 0)) / 2
}

/**
 * On the ordinal scale distances follow from the ratings themselves: the derivative of Σ a_ck δ²_ck by the ratings of
 * each category, for the amounts a_ck that `collect` adds.
 */
export function moveByRatings(
  scaled: ScaledCategories,
  collect: (add: (c: number, k: number, amount: number) => void) => void,
): Float64Array {
  const size = scaled.totals.length
  const steps = new Float64Array(size + 1)
  const ends = new Float64Array(size)
  collect((c, k, amount) => {
    const slope = 2 * amount * ratingsBetween(c, k, scaled)
    steps[c] = (steps[c] ?? 0) + slope
    steps[k + 1] = (steps[k + 1] ?? 0) - slope
    ends[c] = (ends[c] ?? 0) - slope / 2
    ends[k] = (ends[k] ?? 0) - slope / 2
  })
  let level = 0
  return ends.map((end, g) => {
    level += steps[g] ?? 0
    return level + end
  })
}
