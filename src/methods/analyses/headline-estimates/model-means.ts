/** The mean of each model on each measure, as both estimands, with what ignoring repeats would have said. */
import {
  itemScores,
  type Measure,
  measuresOf,
  type Observations,
  populationMean,
  repeatScores,
  scoreRange,
} from '../../../domain/index.ts'
import {
  clopperPearson,
  type Estimate,
  fixedItemsMean,
  meanInterval,
  type Outcome,
  wilson,
} from '../../../stats/index.ts'
import { type ResampledMean, type ResampledOptions, resampledMean } from './resampled-mean.ts'

export interface ModelMean {
  readonly measure: Measure
  readonly model: string
  /** Items with a score, and the units among them that are believed independent. */
  readonly items: number
  readonly units: number
  readonly clustered: boolean
  readonly scored: number
  readonly missing: number
  /** Settings averaged over. */
  readonly variants: number
  readonly techniques: number
  /** Over the population that the items were drawn from. */
  readonly population: Outcome
  /** On exactly these items, over reruns. */
  readonly fixedItems: Outcome
  /** As if every row were an independent item: what several harnesses print. */
  readonly naive: Outcome
  /** Score interval beside the exact one, and the one-sided exact bound at a rate of 0 or 1, for independent 0/1 items. */
  readonly wilson?: Outcome | undefined
  readonly oneSided?: Outcome | undefined
  /** By resampling clusters, items and runs, where there are all three. */
  readonly resampled?: ResampledMean | undefined
}

export type Estimated = ModelMean & { readonly population: Estimate }

export function hasPopulation(mean: ModelMean): mean is Estimated {
  return mean.population.kind === 'estimate'
}

/** Every model on every measure, in their canonical order; models without a single score included. */
export function modelMeans(
  observations: Observations,
  { random, ...options }: Pick<ResampledOptions, 'level' | 'work' | 'random'>,
): readonly ModelMean[] {
  return measuresOf(observations).flatMap((measure) =>
    measure.models.map((model) => {
      const stream = random.split(measure.key).split(model.model)
      return modelMean(observations, { measure, model, ...options, random: stream })
    }),
  )
}

function modelMean(observations: Observations, options: ResampledOptions): ModelMean {
  const { measure, level } = options
  const { model, rows } = options.model
  const scores = itemScores(observations, rows)
  const { scale } = measure
  const population = populationMean(scores, { scale, level })
  const values = observations.score
  const scoredRows = rows.filter((row) => observations.missing[row] === 0)
  const items = scores.score.reduce((count, score) => (Number.isNaN(score) ? count : count + 1), 0)
  return {
    measure,
    model,
    items,
    units: population.kind === 'estimate' ? population.n : items,
    clustered: scores.clustered,
    scored: scoredRows.length,
    missing: rows.length - scoredRows.length,
    variants: distinct(observations.variant.codes, rows),
    techniques: distinct(observations.technique.codes, rows),
    population,
    fixedItems: fixedItemsMean(repeatScores(observations, rows), { level, range: scoreRange(scale) }),
    naive: meanInterval({
      values: Float64Array.from(scoredRows, (row) => values[row] ?? Number.NaN),
      skewness: 'ignore',
      level,
    }),
    ...exactAlternatives(population, { items, level }),
    resampled: resampledMean(observations, options),
  }
}

/** Only the exact interval has trials that can be counted: independent items with one 0/1 response each. */
function exactAlternatives(population: Outcome, { items, level }: { readonly items: number; readonly level: number }) {
  if (population.kind !== 'estimate' || population.method !== 'clopper-pearson') return {}
  const counts = { successes: Math.round(population.value * items), trials: items, level }
  const side = counts.successes === 0 ? 'upper' : counts.successes === items ? 'lower' : undefined
  return {
    wilson: wilson({ ...counts, side: 'two-sided' }),
    ...(side === undefined ? {} : { oneSided: clopperPearson({ ...counts, side }) }),
  }
}

function distinct(codes: Int32Array, rows: Int32Array): number {
  const seen = new Set<number>()
  for (const row of rows) seen.add(codes[row] ?? -1)
  return seen.size
}
