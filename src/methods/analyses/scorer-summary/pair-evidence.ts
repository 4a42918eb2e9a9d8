/** Agreement and score gap of pairs of scorers, as evidence. */
import { areReadings, type Evidence, type Measure, type Observations } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { boundedMeanInterval, pairedDifference, signFlipTest, type TestOutcome } from '../../../stats/index.ts'
import { comparableMeasures, type ScorerPair, scorerPairs } from './scorer-pairs.ts'

export interface ComparedPair extends ScorerPair {
  /** Of no difference in the mean score: exact also where only a few responses differ. */
  readonly test: TestOutcome
  readonly seedPath: string
}

export interface ComparedPairs {
  readonly pairs: readonly ComparedPair[]
  /** Pairs of scorers that were not compared, for lack of room. */
  readonly leftOut: number
}

interface PairOptions {
  readonly measures: readonly Measure[]
  readonly most: number
  readonly random: Random
}

/** Readings of one scorer come first: their gap is surely the instrument's. */
export function comparePairs(observations: Observations, { measures, most, random }: PairOptions): ComparedPairs {
  const comparable = comparableMeasures(measures)
  const { readings = [], others = [] } = Object.groupBy(comparable, ([first, second]) =>
    areReadings(first.scorer, second.scorer) ? 'readings' : 'others',
  )
  const chosen = [...readings, ...others].slice(0, most)
  return {
    pairs: chosen
      .flatMap(([strict, lenient]) => scorerPairs(observations, strict, lenient))
      .filter(({ shared }) => shared > 0)
      .map((pair) => tested(pair, random)),
    leftOut: comparable.length - chosen.length,
  }
}

function tested(pair: ScorerPair, random: Random): ComparedPair {
  const { task, strict, lenient, model, gap: differences, clusters } = pair
  const stream = random.split(task).split(strict).split(lenient).split(model)
  const draws = Math.max(999, Math.min(9999, Math.floor(2e7 / differences.length)))
  const test = signFlipTest({ differences, clusters, alternative: 'two-sided', draws, random: stream })
  return { ...pair, test, seedPath: stream.path }
}

export function pairEvidence({ pairs }: ComparedPairs, level: number): readonly Evidence[] {
  return pairs.flatMap((pair): readonly Evidence[] => {
    const { task, model, strict, lenient } = pair
    const key = scorerPairKey(pair)
    const shared = { subject: { task, model, strict, lenient }, evidenceClass: 'asymptotic' } as const
    return [
      {
        ...shared,
        key: `${key}/gap`,
        label: `${model}, ${task}: ${lenient} minus ${strict}`,
        estimand: 'score difference of two readings of the same responses, mean over items of the population',
        format: 'points',
        outcome: pairedDifference({
          differences: pair.gap,
          clusters: pair.clusters,
          correction: 'cr2',
          range: { lower: -1, upper: 1 },
          level,
        }).difference,
      },
      {
        ...shared,
        key: `${key}/gap-test`,
        label: `${model}, ${task}: do ${strict} and ${lenient} give the same mean score?`,
        estimand: 'where two readings of a response differ, either could as well have been the higher one',
        format: 'points',
        outcome: pair.test,
        seedPath: pair.test.kind === 'test' && pair.test.method === 'sign-flip-monte-carlo' ? pair.seedPath : undefined,
      },
      {
        ...shared,
        key: `${key}/agreement`,
        label: `${model}, ${task}: agreement of ${strict} and ${lenient}`,
        estimand: 'share of responses given the same score by both scorers, mean over items of the population',
        format: 'rate',
        outcome: boundedMeanInterval({
          values: pair.agreement,
          clusters: pair.clusters,
          range: { lower: 0, upper: 1 },
          level,
        }),
      },
    ]
  })
}

export function scorerPairKey({ task, strict, lenient, model }: ScorerPair): string {
  return `${task}/${strict}~${lenient}/${model}`
}
