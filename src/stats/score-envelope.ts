/** Best, mean and worst score that a user of the same model could have met on these items. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkLevel, checkRange, type ScoreRange } from './check-inputs.ts'
import { withLeftOut } from './flip-rate.ts'
import { type RepeatedRuns, repeatedItems } from './repeated-items.ts'
import { notEstimable, type Outcome } from './result.ts'

export interface ScoreEnvelope {
  readonly best: Outcome
  readonly mean: Outcome
  readonly worst: Outcome
}

/**
 * Mean over items of the highest, the mean and the lowest score among the runs (or variants) of an item.
 *
 * Not the score of the best run: an envelope takes the best run of each item. It widens with the number of runs, so
 * compare only at equal K. Items with one run are left out of all three, so that the three are about the same items.
 *
 * scoreEnvelope({ values: [1, 0, 1, 1], items: [1, 1, 2, 2], clusters: undefined, range: { lower: 0, upper: 1 }, level: 0.95 })
 *   // => best 1, mean 0.75, worst 0.5, each with its interval
 */
export function scoreEnvelope({
  range,
  level,
  ...runs
}: RepeatedRuns & { readonly range: ScoreRange; readonly level: number }): ScoreEnvelope {
  checkLevel(level)
  checkRange(runs.values, range)
  const { count, summarise, clusters, leftOut } = repeatedItems(runs, { least: 2 })
  const over = (method: string, summary: (values: Float64Array) => number): Outcome => {
    if (count === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: 2 })
    const outcome = boundedMeanInterval({ values: summarise(summary), clusters, range, level })
    return withLeftOut(outcome, { method, leftOut, needed: 2 })
  }
  return {
    best: over('best-of-runs', (values) => values[values.length - 1] ?? Number.NaN),
    mean: over('mean-of-runs', (values) => {
      let sum = 0
      for (let run = 0; run < values.length; run++) sum += values[run] ?? 0
      const mean = sum / values.length
      // Rounding must not push a mean of equal extremes outside the range.
      return Math.min(range.upper, Math.max(range.lower, mean))
    }),
    worst: over('worst-of-runs', (values) => values[0] ?? Number.NaN),
  }
}
