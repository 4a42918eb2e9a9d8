/** Events per unit of exposure: per turn, hour or token that an item was declared to take. */
import { categoryAt, itemScores, type Measure, type ModelRows, type Observations } from '../../../domain/index.ts'
import { notEstimable, type Outcome, poissonRate } from '../../../stats/index.ts'

export interface ExposureRate {
  readonly measure: Measure
  readonly model: string
  readonly attribute: string
  readonly events: number
  readonly exposure: number
  readonly atLeast: Outcome
  readonly atMost: Outcome
}

export interface ExposureOptions {
  readonly measure: Measure
  readonly model: ModelRows
  /** Attribute of items that holds their exposure. */
  readonly attribute: string
  /** One-sided. */
  readonly level: number
}

/** A score counts events; of 0/1 scores the 1 is the event. None where nothing was scored or scores are no counts. */
export function exposureRate(
  observations: Observations,
  { measure, model: { model, rows }, attribute, level }: ExposureOptions,
): readonly ExposureRate[] {
  const scored = rows.filter((row) => observations.missing[row] === 0)
  const scores = Float64Array.from(scored, (row) => observations.score[row] ?? Number.NaN)
  if (scored.length === 0 || !scores.every((score) => Number.isInteger(score) && score >= 0)) return []
  const column = observations.attributes.get(attribute)
  const exposures = Float64Array.from(scored, (row) =>
    Number((column === undefined ? undefined : categoryAt(column, row)) ?? Number.NaN),
  )
  const events = sum(scores)
  const shared = { measure, model, attribute, events, exposure: sum(exposures) }
  const unknown = exposures.filter((exposure) => !(exposure > 0 && exposure < Number.POSITIVE_INFINITY)).length
  const refusal = refusalOf({ unknown, dependent: areDependent(observations, rows), responses: scored.length })
  if (refusal !== undefined) return [{ ...shared, atLeast: refusal, atMost: refusal }]
  const counts = { events, exposure: shared.exposure, level }
  return [
    {
      ...shared,
      atLeast: poissonRate({ ...counts, side: 'lower' }),
      atMost: poissonRate({ ...counts, side: 'upper' }),
    },
  ]
}

/** Events of one item, or of one cluster, come together: their number is no Poisson count. */
function areDependent(observations: Observations, rows: Int32Array): boolean {
  const { clustered, scored } = itemScores(observations, rows)
  return clustered || scored.some((count) => count > 1)
}

function refusalOf({
  unknown,
  dependent,
  responses,
}: {
  readonly unknown: number
  readonly dependent: boolean
  readonly responses: number
}) {
  if (unknown > 0) return notEstimable('exposure-unknown', { responses: unknown, of: responses })
  return dependent ? notEstimable('exposure-not-independent', {}) : undefined
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
