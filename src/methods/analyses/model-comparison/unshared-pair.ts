/** Two models that share fewer than two items: all there is are two samples of different questions. */
import { itemScores, type Measure, type Observations } from '../../../domain/index.ts'
import { newcombeDifference, unpairedDifference } from '../../../stats/index.ts'
import type { ComparedPair } from './pair-comparison.ts'

type UnsharedPair = Omit<ComparedPair, 'measure' | 'first' | 'second' | 'shared'>

/** Newcombe's interval for independent 0/1 items, else Welch's; never a verdict. */
export function unsharedPair({
  a,
  b,
  level,
}: {
  readonly a: Sample
  readonly b: Sample
  readonly level: number
}): UnsharedPair {
  const welch = unpairedDifference({ first: a, second: b, correction: 'exchangeable', reference: 't', level })
  const difference =
    a.counts === undefined || b.counts === undefined
      ? welch.difference
      : newcombeDifference({ a: a.counts, b: b.counts, level })
  return { paired: false, difference, test: welch.test, gain: {}, alternatives: [] }
}

/** Item scores of one model, known ones only. */
export interface Sample {
  readonly values: Float64Array
  readonly clusters: Int32Array | undefined
  /** Items passed, where each is one independent 0/1 response. */
  readonly counts?: { readonly successes: number; readonly trials: number }
}

export function modelSample(
  observations: Observations,
  { measure, model }: { readonly measure: Measure; readonly model: string },
): Sample {
  const rows = measure.models.find((each) => each.model === model)?.rows ?? new Int32Array()
  const scores = itemScores(observations, rows)
  const known = Array.from(scores.score.keys()).filter((i) => !Number.isNaN(scores.score[i]))
  const values = Float64Array.from(known, (i) => scores.score[i] ?? Number.NaN)
  const clusters = scores.clustered ? Int32Array.from(known, (i) => scores.cluster[i] ?? -1) : undefined
  const single = measure.scale === 'binary' && clusters === undefined && known.every((i) => scores.scored[i] === 1)
  if (!single) return { values, clusters }
  return {
    values,
    clusters,
    counts: { successes: values.filter((value) => value === 1).length, trials: values.length },
  }
}
