/**
 * Cohen's kappa of two fixed raters, plain or weighted.
 *
 * κ = (p_o − p_e)/(1 − p_e) with weighted observed and chance agreement (Cohen 1960, 1968); large-sample errors of
 * Fleiss, Cohen and Everitt 1969. Kappa falls when one category is rare however good the raters are: read it with the
 * prevalence index, and with Gwet's AC1 above an index of 0.8. The interval is `agreementInterval`'s, conservative by design.
 */

import { checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { type NotEstimable, notEstimable, type Outcome } from '../result.ts'
import { agreementInterval, boundaryCaveats, type Coefficient, unitsAtChance } from './agreement-interval.ts'
import { agreementWeights, type WeightKind } from './ratings.ts'

export interface KappaOptions {
  /** categories × categories counts, row-major: rows by the first rater, columns by the second. */
  readonly table: ArrayLike<number>
  readonly categories: number
  readonly weights: WeightKind
  readonly level: number
}

export interface Kappa {
  readonly kind: 'kappa'
  readonly kappa: Outcome
  readonly observedAgreement: number
  readonly chanceAgreement: number
  /** Standard error under "agreement by chance only", for testing κ = 0. */
  readonly nullStandardError: number
  /** Largest unweighted kappa that these margins allow; only for identity weights. */
  readonly maximum?: number
  /** |share of the commonest − share of the rarest category|, averaged over raters, for two categories. */
  readonly prevalenceIndex?: number
  /** |share of category 1 by one rater − by the other|, for two categories. */
  readonly biasIndex?: number
}

/** Not estimable with fewer than two units, or where both raters used one and the same category throughout. */
export function cohenKappa({ table, categories, weights, level }: KappaOptions): Kappa | NotEstimable {
  checkLevel(level)
  const shares = tableShares(table, categories)
  if (shares === undefined || shares.n < 2)
    return notEstimable('too-few-values', { needed: 2, given: shares === undefined ? 0 : shares.n })
  const { n, cell, rows, columns } = shares
  const weight = agreementWeights(categories, weights)
  const sample = kappaOf(shares, weight)
  if (!(sample.chance < 1)) return notEstimable('one-category-only', { n })
  const perCell = unitsAtChance(level) / categories ** 2
  const widened = tableShares(
    Float64Array.from(table, (count) => count + perCell),
    categories,
  )
  const withChance = widened === undefined ? sample : kappaOf(widened, weight)
  const { value, standardError, observed, chance, nullStandardError } = sample
  const most = rows.reduce((sum, share, i) => sum + Math.min(share, columns[i] ?? 0), 0)
  return {
    kind: 'kappa',
    kappa: {
      kind: 'estimate',
      value,
      standardError,
      degreesOfFreedom: n - 1,
      interval: agreementInterval({ sample, withChance, units: n, level }),
      n,
      method: `cohen-kappa-${weights}`,
      assumptions: ['independent-units', 'fixed-raters'],
      caveats: boundaryCaveats({ sample, units: n }),
    },
    observedAgreement: observed,
    chanceAgreement: chance,
    nullStandardError,
    ...(weights === 'identity' ? { maximum: (most - chance) / (1 - chance) } : {}),
    ...(categories === 2
      ? {
          prevalenceIndex: Math.abs((cell[0] ?? 0) - (cell[3] ?? 0)),
          biasIndex: Math.abs((rows[0] ?? 0) - (columns[0] ?? 0)),
        }
      : {}),
  }
}

interface KappaMoments extends Coefficient {
  readonly observed: number
  readonly chance: number
  readonly nullStandardError: number
}

function kappaOf({ n, cell, rows, columns }: TableShares, weight: Float64Array): KappaMoments {
  const categories = rows.length
  const w = (i: number, j: number): number => weight[i * categories + j] ?? 0
  const rowMean = rows.map((_, i) => columns.reduce((sum, share, j) => sum + w(i, j) * share, 0))
  const columnMean = columns.map((_, j) => rows.reduce((sum, share, i) => sum + w(i, j) * share, 0))
  const observed = cell.reduce((sum, share, k) => sum + (weight[k] ?? 0) * share, 0)
  const chance = rows.reduce((sum, share, i) => sum + share * (rowMean[i] ?? 0), 0)
  const value = (observed - chance) / (1 - chance)
  let spread = 0
  let nullSpread = 0
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const marginal = (rowMean[i] ?? 0) + (columnMean[j] ?? 0)
      spread += (cell[i * categories + j] ?? 0) * (w(i, j) - marginal * (1 - value)) ** 2
      nullSpread += (rows[i] ?? 0) * (columns[j] ?? 0) * (w(i, j) - marginal) ** 2
    }
  }
  const variance = (spread - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)
  return {
    value,
    standardError: Math.sqrt(Math.max(0, variance)),
    observed,
    chance,
    nullStandardError: Math.sqrt(Math.max(0, nullSpread - chance ** 2) / n) / (1 - chance),
  }
}

interface TableShares {
  readonly n: number
  readonly cell: Float64Array
  readonly rows: Float64Array
  readonly columns: Float64Array
}

function tableShares(table: ArrayLike<number>, categories: number): TableShares | undefined {
  if (!Number.isInteger(categories) || categories < 1 || table.length !== categories * categories) {
    fail('matrix-not-square', { entries: table.length, size: categories }, 'pass categories × categories counts')
  }
  let n = 0
  for (let k = 0; k < table.length; k++) {
    const count = table[k] ?? Number.NaN
    if (!(count >= 0 && Number.isFinite(count)))
      fail('count-not-valid', { position: k + 1, count }, 'pass counts of 0 or more')
    n += count
  }
  if (n === 0) return undefined
  const cell = Float64Array.from(table, (count) => count / n)
  const rows = new Float64Array(categories)
  const columns = new Float64Array(categories)
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      rows[i] = (rows[i] ?? 0) + (cell[i * categories + j] ?? 0)
      columns[j] = (columns[j] ?? 0) + (cell[i * categories + j] ?? 0)
    }
  }
  return { n, cell, rows, columns }
}
