/**
 * Cohen's kappa of two fixed raters, plain or weighted.
 *
 * κ = (p_o − p_e)/(1 − p_e) with weighted observed and chance agreement (Cohen 1960, 1968); large-sample errors of
 * Fleiss, Cohen and Everitt 1969. Kappa falls when one category is rare however good the raters are: read it with the
 * prevalence index, and with Gwet's AC1 above an index of 0.8.
 */

import { checkLevel } from '../check-inputs.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '../clopper-pearson.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { type Caveat, type NotEstimable, notEstimable, type Outcome } from '../result.ts'
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

/** Not estimable without units, or where both raters used one and the same category throughout. */
export function cohenKappa({ table, categories, weights, level }: KappaOptions): Kappa | NotEstimable {
  checkLevel(level)
  const shares = tableShares(table, categories)
  if (shares === undefined) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const { n, cell, rows, columns } = shares
  const weight = agreementWeights(categories, weights)
  const w = (i: number, j: number): number => weight[i * categories + j] ?? 0
  let observed = 0
  let chance = 0
  let most = 0
  for (let i = 0; i < categories; i++) {
    most += Math.min(rows[i] ?? 0, columns[i] ?? 0)
    for (let j = 0; j < categories; j++) {
      observed += w(i, j) * (cell[i * categories + j] ?? 0)
      chance += w(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0)
    }
  }
  if (!(chance < 1)) return notEstimable('one-category-only', { n })
  const kappa = (observed - chance) / (1 - chance)
  const rowMean = Array.from({ length: categories }, (_, i) => sumOver(categories, (j) => w(i, j) * (columns[j] ?? 0)))
  const columnMean = Array.from({ length: categories }, (_, j) => sumOver(categories, (i) => w(i, j) * (rows[i] ?? 0)))
  let spread = 0
  let nullSpread = 0
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const marginal = (rowMean[i] ?? 0) + (columnMean[j] ?? 0)
      spread += (cell[i * categories + j] ?? 0) * (w(i, j) - marginal * (1 - kappa)) ** 2
      nullSpread += (rows[i] ?? 0) * (columns[j] ?? 0) * (w(i, j) - marginal) ** 2
    }
  }
  const variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
  const standardError = Math.sqrt(Math.max(0, variance))
  const common = { method: `cohen-kappa-${weights}`, n, level, kappa, standardError }
  return {
    kind: 'kappa',
    kappa: kappaEstimate({ ...common, observed, chance }),
    observedAgreement: observed,
    chanceAgreement: chance,
    nullStandardError: Math.sqrt(Math.max(0, nullSpread - chance ** 2) / n) / (1 - chance),
    ...(weights === 'identity' ? { maximum: (most - chance) / (1 - chance) } : {}),
    ...(categories === 2
      ? {
          prevalenceIndex: Math.abs((cell[0] ?? 0) - (cell[3] ?? 0)),
          biasIndex: Math.abs((rows[0] ?? 0) - (columns[0] ?? 0)),
        }
      : {}),
  }
}

interface KappaEstimateOptions {
  readonly method: string
  readonly n: number
  readonly level: number
  readonly kappa: number
  readonly standardError: number
  readonly observed: number
  readonly chance: number
}

/**
 * Normal interval cut to [−1, 1]. Where raters always or never agree the standard error vanishes; then the exact
 * binomial bound on the observed agreement, with the margins as they are, keeps the interval from shrinking to a point.
 */
function kappaEstimate({ method, n, level, kappa, standardError, observed, chance }: KappaEstimateOptions): Outcome {
  const caveats: Caveat[] = []
  let lower = Math.max(-1, kappa - normalUpperQuantile((1 - level) / 2) * standardError)
  let upper = Math.min(1, kappa + normalUpperQuantile((1 - level) / 2) * standardError)
  if (observed > 1 - 1e-12 || observed < 1e-12 || standardError < 1e-12) {
    const counts = { successes: Math.round(observed * n), trials: n, tail: (1 - level) / 2 }
    const low = clopperPearsonLower(counts)
    const high = clopperPearsonUpper(counts)
    lower = Math.max(-1, (low - chance) / (1 - chance))
    upper = Math.min(1, (high - chance) / (1 - chance))
    caveats.push({ code: 'agreement-at-boundary', severity: 'note', values: { n } })
  }
  return {
    kind: 'estimate',
    value: kappa,
    standardError,
    interval: { lower, upper, level, kind: 'confidence', side: 'two-sided' },
    n,
    method,
    assumptions: ['independent-units', 'fixed-raters'],
    caveats,
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

function sumOver(count: number, term: (index: number) => number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += term(index)
  return sum
}
