/** Test that raters agree no more than chance. */
import { normalUpperTail } from '../distributions/normal.ts'
import { type NotEstimable, notEstimable, type TestOutcome } from '../result.ts'
import { countCategories, type Ratings } from './ratings.ts'

export interface FleissNullTest {
  readonly kind: 'fleiss-null-test'
  /** Fleiss' kappa of the ratings, for reference; its interval is `fleissKappa`'s. */
  readonly kappa: number
  /** Standard error of kappa where every rating is a random draw from the same categories. */
  readonly nullStandardError: number
  readonly test: TestOutcome
}

/**
 * z = κ/SE₀ of Fleiss' kappa against chance, with the error under the null of Fleiss, Nee and Landis (1979):
 *   SE₀ = √(2 / (N n (n−1))) · √((Σ p q)² − Σ p q (q − p)) / Σ p q, p the category shares, q = 1 − p.
 *
 * Alternative: more agreement than chance. N units, each with the same number n ≥ 2 of ratings; units with none are left
 * out. The error says nothing about how far kappa lies from any value but 0. Normal in many units. Not estimable with
 * unequal numbers of ratings, without two units rated twice, or where only one category occurs.
 */
export function fleissNullTest(ratings: Ratings): FleissNullTest | NotEstimable {
  const { categories, counts, perUnit } = countCategories(ratings)
  const size = categories.length
  const rated = Array.from(perUnit.keys()).filter((unit) => (perUnit[unit] ?? 0) > 0)
  const raters = perUnit[rated[0] ?? 0] ?? 0
  const units = rated.length
  if (units < 2 || raters < 2) return notEstimable('too-few-rated-twice', { units, paired: raters < 2 ? 0 : units })
  const most = rated.reduce((top, unit) => Math.max(top, perUnit[unit] ?? 0), 0)
  const fewest = rated.reduce((low, unit) => Math.min(low, perUnit[unit] ?? 0), most)
  if (most !== fewest) return notEstimable('ratings-per-unit-differ', { fewest, most })
  if (size < 2) return notEstimable('one-category-only', { n: units })
  let agreeing = 0
  let chance = 0
  let spread = 0
  let skew = 0
  for (let k = 0; k < size; k++) {
    let total = 0
    for (const unit of rated) {
      const count = counts[unit * size + k] ?? 0
      total += count
      agreeing += count * (count - 1)
    }
    const p = total / (units * raters)
    chance += p * p
    spread += p * (1 - p)
    skew += p * (1 - p) * (1 - 2 * p)
  }
  const observed = agreeing / (units * raters * (raters - 1))
  const kappa = (observed - chance) / spread
  const nullStandardError = Math.sqrt((2 / (units * raters * (raters - 1))) * (spread * spread - skew)) / spread
  const statistic = kappa / nullStandardError
  return {
    kind: 'fleiss-null-test',
    kappa,
    nullStandardError,
    test: {
      kind: 'test',
      statistic,
      pValue: normalUpperTail(statistic),
      alternative: 'greater',
      nullValue: 0,
      n: units,
      method: 'fleiss-kappa-null-z',
      assumptions: ['independent-units', 'raters-exchangeable'],
      caveats: [],
    },
  }
}
