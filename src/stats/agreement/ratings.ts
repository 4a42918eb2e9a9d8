/** What raters said of units: the input of every agreement coefficient. */
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface Ratings {
  readonly units: number
  readonly raters: number
  /** units × raters, row-major: the rating, or NaN where the rater did not rate the unit. */
  readonly values: Float64Array
}

/** Ratings counted per unit and category. */
export interface CategoryCounts {
  readonly units: number
  /** The ratings that occur, ascending. */
  readonly categories: Float64Array
  /** units × categories, row-major. */
  readonly counts: Float64Array
  /** Ratings per unit. */
  readonly perUnit: Float64Array
}

/** How much a disagreement between two categories costs, as agreement weights between 0 and 1. */
export type WeightKind = 'identity' | 'linear' | 'quadratic'

export function countCategories(ratings: Ratings): CategoryCounts {
  const { units, raters, values } = ratings
  if (values.length !== units * raters) {
    fail(
      'matrix-not-rectangular',
      { entries: values.length, units, raters },
      'pass units × raters ratings, NaN where missing',
    )
  }
  const seen = new Set<number>()
  for (const value of values) if (!Number.isNaN(value)) seen.add(value)
  const categories = Float64Array.from(seen).sort()
  const index = new Map(Array.from(categories, (category, at) => [category, at] as const))
  const counts = new Float64Array(units * categories.length)
  const perUnit = new Float64Array(units)
  for (let k = 0; k < values.length; k++) {
    const at = index.get(values[k] ?? Number.NaN)
    if (at === undefined) continue
    const unit = Math.floor(k / raters)
    counts[unit * categories.length + at] = (counts[unit * categories.length + at] ?? 0) + 1
    perUnit[unit] = (perUnit[unit] ?? 0) + 1
  }
  return { units, categories, counts, perUnit }
}

/**
 * Agreement weights of k categories, k × k: 1 on the diagonal; linear 1 − |i − j|/(k − 1) and quadratic
 * 1 − ((i − j)/(k − 1))² by position. Linear and quadratic weights suppose ordered categories.
 */
export function agreementWeights(size: number, kind: WeightKind): Float64Array {
  checkWhole({ size }, { least: 0, most: 10_000 })
  const weights = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++)
      weights[i * size + j] = weightOf({ distance: Math.abs(i - j) / Math.max(1, size - 1), kind })
  }
  return weights
}

function weightOf({ distance, kind }: { readonly distance: number; readonly kind: WeightKind }): number {
  switch (kind) {
    case 'identity':
      return distance === 0 ? 1 : 0
    case 'linear':
      return 1 - distance
    case 'quadratic':
      return 1 - distance * distance
    default:
      return kind satisfies never
  }
}
