/** Exposed minus fresh score of every pair and model. */
import { itemScores, type Measure, type Observations } from '../../../domain/index.ts'
import type { Twins } from './find-twins.ts'

export interface PairGaps {
  readonly models: readonly string[]
  /** pairs × models, row-major; NaN where a model lacks a score on one side. */
  readonly gaps: Float64Array
  /** Mean score over pairs with both sides scored, per model. */
  readonly exposedMean: readonly number[]
  readonly freshMean: readonly number[]
  readonly scoredPairs: readonly number[]
}

export function pairGaps(observations: Observations, measure: Measure, twins: Twins): PairGaps {
  const { pairs } = twins
  const columns = measure.models.length
  const gaps = new Float64Array(pairs * columns).fill(Number.NaN)
  const [exposedMean, freshMean, scoredPairs]: [number[], number[], number[]] = [[], [], []]
  for (const [column, { rows }] of measure.models.entries()) {
    const { items, score } = itemScores(observations, rows)
    // Sums and counts per pair: exposed at 2·pair, fresh at 2·pair + 1.
    const sums = new Float64Array(pairs * 2)
    const counts = new Int32Array(pairs * 2)
    for (let i = 0; i < items.length; i++) {
      const [item, value] = [items[i] ?? 0, score[i] ?? Number.NaN]
      const pair = twins.pairOf[item] ?? -1
      if (pair < 0 || Number.isNaN(value)) continue
      const at = 2 * pair + ((twins.side[item] ?? 0) > 0 ? 0 : 1)
      sums[at] = (sums[at] ?? 0) + value
      counts[at] = (counts[at] ?? 0) + 1
    }
    let [exposed, fresh, scored] = [0, 0, 0]
    for (let pair = 0; pair < pairs; pair++) {
      const [a, b] = [counts[2 * pair] ?? 0, counts[2 * pair + 1] ?? 0]
      if (a === 0 || b === 0) continue
      const [left, right] = [(sums[2 * pair] ?? 0) / a, (sums[2 * pair + 1] ?? 0) / b]
      gaps[pair * columns + column] = left - right
      exposed += left
      fresh += right
      scored++
    }
    exposedMean.push(exposed / scored)
    freshMean.push(fresh / scored)
    scoredPairs.push(scored)
  }
  return { models: measure.models.map(({ model }) => model), gaps, exposedMean, freshMean, scoredPairs }
}
