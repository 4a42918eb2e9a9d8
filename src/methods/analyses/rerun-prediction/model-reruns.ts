/** Where the mean of a rerun will lie, on the same items and on new ones. */
import {
  itemScores,
  type Measure,
  type ModelRows,
  type Observations,
  populationMean,
  repeatScores,
  scoreRange,
} from '../../../domain/index.ts'
import {
  binomialPrediction,
  type Estimate,
  fixedItemsMean,
  notEstimable,
  type Outcome,
  rerunInterval,
} from '../../../stats/index.ts'

export interface ModelRerun {
  readonly measure: Measure
  readonly model: string
  readonly items: number
  /** A rerun of the same size on exactly these items. */
  readonly sameItems: Outcome
  /** A rerun of the same size on as many new items of the same kind. */
  readonly newItems: Outcome
}

interface Which {
  readonly measure: Measure
  readonly model: ModelRows
  readonly level: number
}

export function modelRerun(observations: Observations, { measure, model: { model, rows }, level }: Which): ModelRerun {
  const scores = itemScores(observations, rows)
  const items = scores.score.filter((score) => !Number.isNaN(score)).length
  const range = scoreRange(measure.scale)
  const population = populationMean(scores, { scale: measure.scale, level })
  return {
    measure,
    model,
    items,
    sameItems: rerunOf(fixedItemsMean(repeatScores(observations, rows), { level, range }), { level, range }),
    newItems:
      population.kind === 'estimate' && population.method === 'clopper-pearson'
        ? binomialPrediction({
            successes: Math.round(population.value * items),
            trials: items,
            futureTrials: items,
            level,
          })
        : rerunOf(population, { level, range }),
  }
}

interface RerunLimits {
  readonly level: number
  readonly range: ReturnType<typeof scoreRange>
}

/** The rerun has the same standard error as the run; a mean of scores cannot leave their range. */
function rerunOf(outcome: Outcome, { level, range }: RerunLimits): Outcome {
  if (outcome.kind === 'not-estimable') return outcome
  const { value, standardError, n } = outcome
  if (standardError === undefined || standardError === 0) return notEstimable('no-variation', { n, value })
  const degreesOfFreedom = outcome.degreesOfFreedom ?? Math.max(1, n - 1)
  const rerun = rerunInterval({ value, standardError, rerunStandardError: standardError, degreesOfFreedom, n, level })
  return rerun.kind === 'estimate' ? within(rerun, { range, caveats: outcome.caveats }) : rerun
}

interface Limits {
  readonly range: ReturnType<typeof scoreRange>
  readonly caveats: Estimate['caveats']
}

function within(rerun: Estimate, { range, caveats }: Limits): Estimate {
  const { lower, upper } = rerun.interval
  return {
    ...rerun,
    interval: {
      ...rerun.interval,
      lower: Math.max(range?.lower ?? Number.NEGATIVE_INFINITY, lower),
      upper: Math.min(range?.upper ?? Number.POSITIVE_INFINITY, upper),
    },
    caveats: [...rerun.caveats, ...caveats],
  }
}
