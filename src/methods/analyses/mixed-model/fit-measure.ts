/** The crossed logit of one measure with and without item × model, and every contrast of two models. */
import {
  type CrossedLogit,
  crossedLogit,
  latentShares,
  logitContrast,
  type NotEstimable,
  type Outcome,
} from '../../../stats/index.ts'
import type { CrossedTable } from './crossed-table.ts'

export interface FittedMeasure extends CrossedTable {
  readonly full: CrossedLogit | NotEstimable
  readonly plain: CrossedLogit | NotEstimable
  /** Latent shares of the full model, largest first. */
  readonly shares: readonly { readonly factor: string; readonly share: number; readonly deviation: number }[]
  readonly contrasts: readonly ModelContrast[]
}

export interface ModelContrast {
  readonly first: string
  readonly second: string
  /** Log odds of the first minus those of the second. */
  readonly full: Outcome
  readonly plain: Outcome
}

export function fitMeasure(table: CrossedTable, level: number): FittedMeasure {
  const { data, crossed, interaction, models, units } = table
  const full = crossedLogit({ ...data, factors: [...crossed, interaction], units })
  // Without units: the error that leaving item × model out leads to is the point of it.
  const plain = crossedLogit({ ...data, factors: crossed, units: undefined })
  const contrast = (fit: CrossedLogit | NotEstimable, first: number, second: number): Outcome =>
    fit.kind === 'not-estimable'
      ? fit
      : logitContrast({
          fit,
          weights: models.map((_, model) => (model === first ? 1 : model === second ? -1 : 0)),
          level,
        })
  const deviations = full.kind === 'not-estimable' ? [] : full.standardDeviations
  return {
    ...table,
    full,
    plain,
    shares:
      full.kind === 'not-estimable'
        ? []
        : latentShares(full)
            .map((each, at) => ({ ...each, deviation: deviations[at]?.value ?? Number.NaN }))
            .toSorted((a, b) => b.share - a.share),
    contrasts: models.flatMap((first, i) =>
      models.slice(i + 1).map((second, j) => ({
        first,
        second,
        full: contrast(full, i, i + 1 + j),
        plain: contrast(plain, i, i + 1 + j),
      })),
    ),
  }
}
