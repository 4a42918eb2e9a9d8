/** Does one model gain more from exposed originals than the others do? */
import type { Measure, ScoreScale } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  differenceFromReferences,
  type Outcome,
  pairedDifference,
  signFlipTest,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { Twins } from './find-twins.ts'
import type { PairGaps } from './pair-gaps.ts'

export interface ComparedTwins {
  readonly measure: Measure
  readonly twins: Twins
  readonly gaps: PairGaps
  /** Gap of each model, parallel to `gaps.models`. */
  readonly own: readonly Outcome[]
  readonly contrasts: readonly GapContrast[]
}

export interface GapContrast {
  readonly model: string
  readonly others: readonly string[]
  /** Gap of the model minus the mean gap of the others, on pairs that all of them were scored on. */
  readonly outcome: Outcome
  /** That the signs of the pairs' excess gaps are chance: exact where few pairs differ, as t is not. */
  readonly test: TestOutcome
  readonly seedPath: string
  /** Error rate at which the test decides. */
  readonly alpha: number
  readonly pairs: number
  /** Whether enough other models stand for what is usual: only then may the contrast be called evidence. */
  readonly references: 'enough' | 'too-few'
}

export interface GapOptions {
  readonly twins: Twins
  readonly gaps: PairGaps
  readonly scale: ScoreScale
  readonly level: number
}

/** Gap of each model on its own scored pairs. */
export function ownGaps({ twins, gaps, scale, level }: GapOptions): readonly Outcome[] {
  const columns = gaps.models.length
  return gaps.models.map((_, column) => {
    const kept = Array.from({ length: twins.pairs }, (_, pair) => pair).filter(
      (pair) => !Number.isNaN(gaps.gaps[pair * columns + column] ?? Number.NaN),
    )
    return pairedDifference({
      differences: Float64Array.from(kept, (pair) => gaps.gaps[pair * columns + column] ?? Number.NaN),
      clusters: clustersOfPairs(twins, kept),
      correction: 'cr2',
      range: scale === 'unbounded' ? undefined : { lower: -1, upper: 1 },
      level,
    }).difference
  })
}

export interface ContrastOptions extends GapOptions {
  readonly fewestReferences: number
  readonly random: Random
}

/**
 * Difference in differences. Two models give one contrast, the second minus the first; more give one per model against
 * the mean of the others. With five others or more, their scatter is part of the interval.
 */
export function gapContrasts(options: ContrastOptions): readonly GapContrast[] {
  const { twins, gaps } = options
  const columns = gaps.models.length
  if (columns < 2) return []
  const complete = Array.from({ length: twins.pairs }, (_, pair) => pair).filter((pair) =>
    gaps.gaps.subarray(pair * columns, (pair + 1) * columns).every((gap) => !Number.isNaN(gap)),
  )
  const targets = columns === 2 ? [1] : gaps.models.map((_, column) => column)
  return targets.map((target) => {
    const order = [target, ...gaps.models.map((_, column) => column).filter((column) => column !== target)]
    const values = Float64Array.from(
      complete.flatMap((pair) => order.map((column) => gaps.gaps[pair * columns + column] ?? Number.NaN)),
    )
    const enough = columns - 1 >= options.fewestReferences
    const clusters = clustersOfPairs(twins, complete)
    const differences = excessOfPairs(values, columns)
    const model = gaps.models[target] ?? ''
    const random = options.random.split(model)
    return {
      model,
      others: order.slice(1).map((column) => gaps.models[column] ?? ''),
      outcome: enough
        ? differenceFromReferences({ values, columns, clusters, level: options.level })
        : pairedDifference({
            differences,
            clusters,
            correction: 'cr2',
            range: options.scale === 'unbounded' ? undefined : { lower: -2, upper: 2 },
            level: options.level,
          }).difference,
      test: signFlipTest({
        differences,
        clusters,
        alternative: 'two-sided',
        draws: Math.max(999, Math.min(9999, Math.floor(2e7 / Math.max(1, complete.length)))),
        random,
      }),
      seedPath: random.path,
      alpha: 1 - options.level,
      pairs: complete.length,
      references: enough ? 'enough' : 'too-few',
    }
  })
}

/** Gap of the first column minus the mean gap of the others, per pair. */
function excessOfPairs(values: Float64Array, columns: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) => {
    let others = 0
    for (let column = 1; column < columns; column++) others += values[row * columns + column] ?? 0
    return (values[row * columns] ?? 0) - others / (columns - 1)
  })
}

function clustersOfPairs({ clustered, cluster }: Twins, pairs: readonly number[]): Int32Array | undefined {
  return clustered ? Int32Array.from(pairs, (pair) => cluster[pair] ?? 0) : undefined
}
