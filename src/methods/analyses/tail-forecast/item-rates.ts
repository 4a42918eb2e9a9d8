/** Rates of bad behaviour per item, from repeats or from counts. */
import { itemScores, type Measure, type ModelRows, type Observations } from '../../../domain/index.ts'

export interface ItemRates {
  readonly measure: Measure
  readonly model: string
  /** One rate per item. */
  readonly rates: Float64Array
  readonly positive: number
  /** Fewest scored responses of an item. */
  readonly fewest: number
  readonly clustered: boolean
}

/** Names by which a score of 1 is bad behaviour. */
const badNames = /attack|harm|jailbreak|unsafe|violat|toxic|exploit|misuse|(^|[^a-z])asr($|[^a-z])/i

/** Measures in which a score of 1 means bad behaviour: as the caller says, else by the name of scorer or task. */
export function badMeasures(measures: readonly Measure[], scorers: readonly string[] | undefined): readonly Measure[] {
  return measures.filter(({ scorer, key, scale }) =>
    scale === 'unbounded' ? false : scorers === undefined ? badNames.test(key) : scorers.includes(scorer),
  )
}

export function itemRates(
  observations: Observations,
  { measure, model: { model, rows } }: { readonly measure: Measure; readonly model: ModelRows },
): ItemRates {
  const { score, scored, clustered } = itemScores(observations, rows)
  const known = Array.from(score.keys()).filter((i) => !Number.isNaN(score[i]))
  const rates = Float64Array.from(known, (i) => score[i] ?? 0)
  return {
    measure,
    model,
    rates,
    positive: rates.reduce((sum, rate) => sum + (rate > 0 ? 1 : 0), 0),
    fewest:
      known.length === 0 ? 0 : known.reduce((least, i) => Math.min(least, scored[i] ?? 0), Number.POSITIVE_INFINITY),
    clustered,
  }
}

/** Whether each item’s score is a rate: of repeats, or as a number between 0 and 1 that the source counted. */
export function holdsRates({ measure, fewest }: ItemRates, repeats: number): boolean {
  return fewest >= repeats || measure.scale === 'unit'
}
