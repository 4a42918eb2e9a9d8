/** The coefficients of one panel of raters. */
import {
  brennanPrediger,
  cohenKappa,
  fleissKappa,
  fleissNullTest,
  gwetAgreement,
  type Kappa,
  krippendorffAlpha,
  type NotEstimable,
  notEstimable,
  type Outcome,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { RatingPanel } from './rating-panels.ts'

export interface RaterPair {
  readonly first: string
  readonly second: string
  /** Units that both rated. */
  readonly shared: number
  readonly plain: Kappa | NotEstimable
  /** Quadratic and linear weights, where categories are ordered. */
  readonly weighted: Kappa | NotEstimable | undefined
  readonly linear: Kappa | NotEstimable | undefined
}

export interface PanelAgreement {
  readonly panel: RatingPanel
  readonly pairs: readonly RaterPair[]
  readonly leftOutPairs: number
  readonly alpha: Outcome
  readonly fleiss: Outcome
  readonly gwet: Outcome
  /** Quadratic weights, where categories are ordered. */
  readonly gwetWeighted: Outcome | undefined
  /** Chance uniform over the categories: PABAK where there are two. */
  readonly uniform: Outcome
  /** Fleiss' kappa against agreement by chance only. */
  readonly chance: TestOutcome
}

export interface PanelOptions {
  readonly level: number
  readonly mostPairs: number
  /** Largest units × categories + categories² for which alpha is computed. */
  readonly work: number
}

export function panelAgreement(panel: RatingPanel, options: PanelOptions): PanelAgreement {
  const { level, work, mostPairs } = options
  const { ratings, categories, kind, raters, scores } = panel
  const pairs = raters.flatMap((first, i) =>
    raters.slice(i + 1).map((second, j) => ({ first, second, i, j: i + 1 + j })),
  )
  const scale = categories.map(({ value }) => value)
  const grouped = { ratings, weights: 'identity', level, scale } as const
  const cost = (ratings.units + categories.length) * categories.length
  const few = kind !== 'interval' && scale.length > 1
  const many = notEstimable('agreement-needs-categories', { values: scale.length })
  const nullTest = few ? fleissNullTest(ratings) : many
  return {
    panel,
    pairs: few
      ? pairs.slice(0, mostPairs).map(({ first, second, i, j }) => {
          const table = contingency(panel, i, j)
          const shared = table.reduce((sum, count) => sum + count, 0)
          const options = { table, categories: scale.length, level }
          return {
            first,
            second,
            shared,
            plain: cohenKappa({ ...options, weights: 'identity' }),
            weighted: kind === 'ordinal' ? cohenKappa({ ...options, weights: 'quadratic' }) : undefined,
            linear: kind === 'ordinal' ? cohenKappa({ ...options, weights: 'linear' }) : undefined,
          }
        })
      : [],
    leftOutPairs: few ? Math.max(0, pairs.length - mostPairs) : 0,
    alpha:
      cost > work
        ? notEstimable('agreement-too-large', { units: ratings.units, categories: scale.length })
        : krippendorffAlpha({ ratings, scale: kind, level, possible: scores === 'graded' ? [0, 1] : 'as-observed' }),
    fleiss: few ? fleissKappa(grouped) : many,
    gwet: few ? gwetAgreement(grouped) : many,
    gwetWeighted: kind === 'ordinal' && few ? gwetAgreement({ ...grouped, weights: 'quadratic' }) : undefined,
    uniform: few ? brennanPrediger(grouped) : many,
    chance: nullTest.kind === 'not-estimable' ? nullTest : nullTest.test,
  }
}

/** Counts of the units that both rated: rows by the first rater, columns by the second. */
function contingency({ ratings, categories }: RatingPanel, first: number, second: number): Float64Array {
  const index = new Map(categories.map(({ value }, at) => [value, at] as const))
  const table = new Float64Array(categories.length ** 2)
  for (let unit = 0; unit < ratings.units; unit++) {
    const a = index.get(ratings.values[unit * ratings.raters + first] ?? Number.NaN)
    const b = index.get(ratings.values[unit * ratings.raters + second] ?? Number.NaN)
    if (a === undefined || b === undefined) continue
    const cell = a * categories.length + b
    table[cell] = (table[cell] ?? 0) + 1
  }
  return table
}
