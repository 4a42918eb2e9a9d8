/** What is missing of one model on one measure, and what that could do to its mean. */
import {
  itemScores,
  type Measure,
  type MissingScores,
  type ModelRows,
  missingScores,
  type Observations,
  populationMean,
  scoreRange,
} from '../../../domain/index.ts'
import {
  type MissingMeanBounds,
  missingBounds,
  missingMeanBounds,
  type Outcome,
  type TippingPoint,
  tippingPoint,
} from '../../../stats/index.ts'

export interface ModelMissing {
  readonly measure: Measure
  readonly model: string
  readonly scores: MissingScores
  /** Absent where nothing is missing. */
  readonly missingShare?: Outcome | undefined
  /** Mean of what was scored: right only if missing has nothing to do with the score. */
  readonly completeCase: Outcome
  /** Absent where nothing is missing, or scores have no range. */
  readonly bounds?: MissingMeanBounds | undefined
  /** The shorter interval that covers the mean alone; only for single 0/1 responses of independent items. */
  readonly parameter?: Outcome | undefined
  /** Missing scores that would turn the side of the threshold, where one is given. */
  readonly threshold?: TippingPoint | undefined
}

interface Which {
  readonly measure: Measure
  readonly model: ModelRows
  readonly level: number
  readonly threshold: number | undefined
}

export function modelMissing(observations: Observations, { measure, model, level, threshold }: Which): ModelMissing {
  const scores = missingScores(observations, model.rows)
  const { scale } = measure
  const range = scoreRange(scale)
  const clusters = scores.clustered ? scores.cluster : undefined
  const completeCase = populationMean(itemScores(observations, model.rows), { scale, level })
  const bounds =
    range === undefined || scores.missing === 0
      ? undefined
      : missingMeanBounds({
          worst: scores.filled(range.lower),
          best: scores.filled(range.upper),
          clusters,
          range,
          level,
        })
  return {
    measure,
    model: model.model,
    scores,
    missingShare: scores.missing === 0 ? undefined : missingShare(scores, level),
    completeCase,
    bounds,
    parameter:
      scale === 'binary' && bounds !== undefined
        ? parameterInterval(observations, { model, scores, level })
        : undefined,
    threshold:
      threshold === undefined ? undefined : overThreshold({ threshold, completeCase, bounds, missing: scores.missing }),
  }
}

interface SingleScores {
  readonly model: ModelRows
  readonly scores: MissingScores
  readonly level: number
}

/** Imbens and Manski's: one rate cannot lie beyond both of its bounds at once. */
function parameterInterval(observations: Observations, { model, scores, level }: SingleScores): Outcome | undefined {
  const { scored, missing, clustered, items } = scores
  if (clustered || items.length !== scored + missing) return undefined
  const successes = model.rows.reduce(
    (sum, row) => sum + (observations.missing[row] === 0 ? (observations.score[row] ?? 0) : 0),
    0,
  )
  const found = missingBounds({ successes, failures: scored - successes, missing, level, target: 'parameter' })
  if (found.kind === 'not-estimable') return found
  return {
    kind: 'estimate',
    value: (found.worst + found.best) / 2,
    interval: found.interval,
    n: found.n,
    method: found.method,
    assumptions: found.assumptions,
    caveats: [],
  }
}

function missingShare({ share, cluster, clustered }: MissingScores, level: number): Outcome {
  return populationMean({ score: share, cluster, clustered }, { scale: 'unit', level })
}

interface OverThreshold {
  readonly threshold: number
  readonly completeCase: Outcome
  readonly bounds: MissingMeanBounds | undefined
  readonly missing: number
}

/** The mean moves in equal steps from the complete case to the bound as one missing score after another goes against it. */
function overThreshold({ threshold, completeCase, bounds, missing }: OverThreshold): TippingPoint | undefined {
  if (completeCase.kind !== 'estimate' || bounds?.worst.kind !== 'estimate' || bounds.best.kind !== 'estimate')
    return undefined
  const above = completeCase.value >= threshold
  const end = above ? bounds.worst.value : bounds.best.value
  const at = (against: number) =>
    completeCase.value + (missing === 0 ? 0 : against / missing) * (end - completeCase.value)
  return tippingPoint({ missing, holds: (against) => at(against) >= threshold === above })
}
