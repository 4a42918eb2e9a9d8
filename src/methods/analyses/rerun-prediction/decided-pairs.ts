/** The comparisons that are decided after Holm, and whether a rerun would point the same way. */
import { cellTable, comparePaired, type Measure, type Observations, pairScores } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  directionReplication,
  type HypothesisTest,
  holm,
  normalUpperQuantile,
  type Outcome,
  type ReplicationProbability,
  replicationProbability,
} from '../../../stats/index.ts'

export interface DecidedPair {
  readonly measure: Measure
  readonly better: string
  readonly worse: string
  readonly items: number
  readonly test: HypothesisTest
  /** Probability that a rerun of the same size points the same way. */
  readonly direction: Outcome
  /** Probability that it is significant again by itself. */
  readonly significant: ReplicationProbability
}

interface PairOptions {
  readonly measure: Measure
  readonly level: number
  readonly random: Random
}

export function decidedPairs(
  observations: Observations,
  { measure, level, random }: PairOptions,
): readonly DecidedPair[] {
  const table = cellTable(observations, measure)
  const tested = table.models.flatMap((first, i) =>
    table.models.slice(i + 1).flatMap((second) => {
      const shared = pairScores(table, first, second)
      if (shared.items.length < 2) return []
      const stream = random.split(measure.key).split(first.model).split(second.model)
      const { difference, test } = comparePaired(shared, { scale: measure.scale, level, random: stream })
      if (test.kind === 'not-estimable' || difference.kind === 'not-estimable') return []
      return [
        {
          first: first.model,
          second: second.model,
          items: shared.items.length,
          units: shared.clusters,
          value: difference.value,
          test,
        },
      ]
    }),
  )
  const adjusted = holm(tested.map(({ test }) => test.pValue))
  return tested.flatMap(({ first, second, items, units, value, test }, i): readonly DecidedPair[] => {
    if ((adjusted[i] ?? 1) > 1 - level) return []
    // Exact and t tests alike are put on the scale of a normal test with the same p-value.
    // Beyond 37 standard errors p is 0 in doubles, and nothing changes any more.
    const z = Math.min(37, normalUpperQuantile(test.pValue / 2))
    const [better, worse] = value > 0 ? [first, second] : [second, first]
    return [
      {
        measure,
        better,
        worse,
        items,
        test,
        direction: directionReplication({ z, n: units, level }),
        significant: replicationProbability({ z, alpha: 1 - level }),
      },
    ]
  })
}
