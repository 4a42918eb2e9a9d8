/** The comparisons that a measure was run for, as designs: how much one item varies, and how much of that is rerun noise. */
import {
  type CellTable,
  cellTable,
  itemScores,
  type Measure,
  type ModelCells,
  type Observations,
  pairScores,
  populationMean,
  repeatScores,
} from '../../../domain/index.ts'
import {
  type DifferenceDesign,
  detectableEffect,
  notEstimable,
  type Outcome,
  pairedDifference,
  rerunNoise,
} from '../../../stats/index.ts'

export interface MeasureDesign {
  readonly measure: Measure
  /** `a − b`, or the one model's name. */
  readonly name: string
  readonly models: readonly string[]
  readonly items: number
  readonly effect: Outcome
  /** What one item adds to the variance, clusters included; absent where nothing varies. */
  readonly design?: DifferenceDesign | undefined
  /** Whether repeats told rerun noise apart from differences between items. */
  readonly split: boolean
}

export interface DesignOptions {
  readonly level: number
  readonly power: number
}

/**
 * Neighbours in the order of means: the pairs that a user wants to tell apart, and that adding a model seldom touches.
 * With one model, its mean against a fixed value.
 */
export function measureDesigns(
  observations: Observations,
  { measure, ...options }: DesignOptions & { readonly measure: Measure },
): readonly MeasureDesign[] {
  if (measure.models.length === 1) return [singleDesign(observations, { measure, ...options })]
  const table = cellTable(observations, measure)
  const noise = new Map(measure.models.map(({ model, rows }) => [model, responseNoise(observations, rows)]))
  const ranked = table.models
    .map((cells) => ({ cells, mean: meanOf(cells) }))
    .filter(({ mean }) => !Number.isNaN(mean))
    .toSorted((a, b) => b.mean - a.mean || (a.cells.model < b.cells.model ? -1 : 1))
  return ranked.slice(1).flatMap((second, i): readonly MeasureDesign[] => {
    const first = ranked[i]
    return first === undefined
      ? []
      : [pairDesign(table, { measure, noise, first: first.cells, second: second.cells, ...options })]
  })
}

interface ResponseNoise {
  /** Variance of one response to a fixed item, and responses per item and setting. */
  readonly variance: number
  readonly repeats: number
}

function responseNoise(observations: Observations, rows: Int32Array): ResponseNoise | undefined {
  const repeats = repeatScores(observations, rows)
  const noise = rerunNoise(repeats)
  if (noise === undefined) return undefined
  const perCell = repeats.values.length / repeats.itemOf.length
  return { variance: noise.variance * repeats.items * perCell, repeats: perCell }
}

interface PairOptions extends DesignOptions {
  readonly measure: Measure
  readonly noise: ReadonlyMap<string, ResponseNoise | undefined>
  readonly first: ModelCells
  readonly second: ModelCells
}

function pairDesign(table: CellTable, { measure, noise, first, second, level, power }: PairOptions): MeasureDesign {
  const shared = pairScores(table, first, second)
  const differences = shared.first.map((score, i) => score - (shared.second[i] ?? Number.NaN))
  const clusters = shared.clustered ? shared.cluster : undefined
  const { difference } = pairedDifference({ differences, clusters, correction: 'cr2', range: undefined, level })
  const names = {
    measure,
    name: [first.model, second.model].toSorted().join(' − '),
    models: [first.model, second.model].toSorted(),
    items: shared.items.length,
  }
  const [a, b] = [noise.get(first.model), noise.get(second.model)]
  return { ...names, ...fromOutcome(difference, { items: names.items, a, b, level, power }) }
}

function singleDesign(
  observations: Observations,
  { measure, level, power }: DesignOptions & { readonly measure: Measure },
): MeasureDesign {
  const { model, rows } = measure.models[0] ?? { model: '', rows: new Int32Array() }
  const scores = itemScores(observations, rows)
  const items = scores.score.filter((score) => !Number.isNaN(score)).length
  const mean = populationMean(scores, { scale: measure.scale, level })
  const a = responseNoise(observations, rows)
  return {
    measure,
    name: model,
    models: [model],
    items,
    ...fromOutcome(mean, { items, a, b: undefined, level, power }),
  }
}

interface FromOutcome extends DesignOptions {
  readonly items: number
  readonly a: ResponseNoise | undefined
  readonly b: ResponseNoise | undefined
}

function fromOutcome(
  outcome: Outcome,
  { items, a, b, level, power }: FromOutcome,
): Pick<MeasureDesign, 'effect' | 'design' | 'split'> {
  if (outcome.kind === 'not-estimable') return { effect: outcome, split: false }
  const { standardError, degreesOfFreedom, n } = outcome
  if (standardError === undefined)
    return { effect: notEstimable('no-variation', { n, value: outcome.value }), split: false }
  const alpha = 1 - level
  const total = items * standardError ** 2
  const response = (a === undefined ? 0 : a.variance / a.repeats) + (b === undefined ? 0 : b.variance / b.repeats)
  return {
    effect: detectableEffect({ standardError, degreesOfFreedom: degreesOfFreedom ?? n - 1, n, alpha, power, level }),
    // By chance the measured rerun noise can exceed the whole; items then add nothing of their own.
    design: {
      itemVariance: Math.max(0, total - response),
      responseVarianceA: a?.variance ?? 0,
      responseVarianceB: b?.variance ?? 0,
      resamplesA: a?.repeats ?? 1,
      resamplesB: b?.repeats ?? 1,
      designEffect: 1,
      alpha,
      power,
      alternative: 'two-sided',
    },
    split: a !== undefined || b !== undefined,
  }
}

function meanOf({ score, scored }: ModelCells): number {
  let [sum, count] = [0, 0]
  for (let cell = 0; cell < score.length; cell++) {
    if ((scored[cell] ?? 0) === 0) continue
    sum += score[cell] ?? 0
    count++
  }
  return sum / count
}
