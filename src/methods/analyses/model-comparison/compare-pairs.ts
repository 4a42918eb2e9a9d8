/** Every pair of models of one measure. */
import {
  cellTable,
  comparePaired,
  type Measure,
  type Observations,
  type PairedScores,
  pairScores,
  type ScoreScale,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  bonettPrice,
  mcnemarMidP,
  newcombePaired,
  pairedDifference,
  pairingGain,
  signFlipTest,
  unpairedDifference,
} from '../../../stats/index.ts'
import type { Alternative, ComparedPair, PairComparisons } from './pair-comparison.ts'
import { modelSample, type Sample, unsharedPair } from './unshared-pair.ts'
import { withVerdicts } from './verdicts.ts'

export interface ComparisonOptions {
  readonly level: number
  /** Wanted power of the comparison that would settle an open pair. */
  readonly power: number
  /** Clusters up to which the permutation test is run beside the main one. */
  readonly permutationUnits: number
  readonly draws: number
  /** Pairs per measure up to which the unpaired comparison is shown beside the paired one. */
  readonly unpairedPairs: number
  readonly random: Random
}

export function comparePairs(
  observations: Observations,
  { measure, ...options }: ComparisonOptions & { readonly measure: Measure },
): PairComparisons {
  const table = cellTable(observations, measure)
  const { models } = table
  const withUnpaired = (models.length * (models.length - 1)) / 2 <= options.unpairedPairs
  const samples = new Map<string, Sample>()
  const sampleOf = (model: string): Sample => {
    const sample = samples.get(model) ?? modelSample(observations, { measure, model })
    samples.set(model, sample)
    return sample
  }
  const compared = models.flatMap((first, i) => {
    // Named by measure and models, so that another model moves no draw of this pair.
    const stream = options.random.split(measure.key).split(first.model)
    return models.slice(i + 1).map((second): ComparedPair => {
      const shared = pairScores(table, first, second)
      const { items, clusters } = shared
      const names = { measure, first: first.model, second: second.model, shared: { items, clusters } }
      if (shared.items.length < 2) {
        const [a, b] = [sampleOf(first.model), sampleOf(second.model)]
        return { ...names, ...unsharedPair({ a, b, level: options.level }) }
      }
      const random = stream.split(second.model)
      return { ...names, ...sharedPair(shared, { ...options, random, scale: measure.scale, withUnpaired }) }
    })
  })
  return withVerdicts(compared, { ...options, measure })
}

interface SharedOptions extends ComparisonOptions {
  readonly scale: ScoreScale
  readonly withUnpaired: boolean
}

function sharedPair(
  shared: PairedScores,
  options: SharedOptions,
): Omit<ComparedPair, 'measure' | 'first' | 'second' | 'shared'> {
  const { level, scale, withUnpaired } = options
  const main = comparePaired(shared, { scale, level, random: options.random })
  return {
    paired: true,
    difference: main.difference,
    test: main.test,
    table: main.table,
    gain: pairingGain(shared.first, shared.second),
    alternatives: [
      ...(main.table === undefined ? gradedBeside(shared, { ...options, ...main }) : []),
      ...(main.table === undefined
        ? []
        : [
            { name: 'mid-p', label: 'mid-p', outcome: mcnemarMidP({ ...main.table, alternative: 'two-sided' }) },
            { name: 'bonett-price', label: 'Bonett–Price interval', outcome: bonettPrice({ ...main.table, level }) },
            {
              name: 'newcombe',
              label: 'Newcombe’s paired interval',
              outcome: newcombePaired({ ...main.table, level }),
            },
          ]),
      ...(withUnpaired ? unpairedBeside(shared, level) : []),
    ],
  }
}

type GradedOptions = SharedOptions & Pick<ReturnType<typeof comparePaired>, 'differences' | 'replaced'>

function gradedBeside(shared: PairedScores, options: GradedOptions): readonly Alternative[] {
  const { level, permutationUnits, draws, random, scale, differences, replaced } = options
  const clusters = shared.clustered ? shared.cluster : undefined
  const alternatives: Alternative[] = []
  if (clusters !== undefined) {
    const range = scale === 'unbounded' ? undefined : { lower: -1, upper: 1 }
    const { difference, test } = pairedDifference({ differences, clusters, correction: 'cr1', range, level })
    alternatives.push({ name: 'cr1', label: 'CR1 with t(G − 1)', outcome: difference })
    alternatives.push({ name: 'cr1-test', label: 'CR1 with t(G − 1), test', outcome: test })
  }
  if (replaced !== undefined) {
    alternatives.push({ name: 't-test', label: 't test', outcome: replaced })
  } else if (shared.clusters <= permutationUnits) {
    const outcome = signFlipTest({ differences, clusters, alternative: 'two-sided', draws, random })
    alternatives.push({ name: 'sign-flip', label: 'sign-flip permutation test', outcome })
  }
  return alternatives
}

/** What a tool that forgets the shared items would say; lm-evaluation-harness’s comparator does. */
function unpairedBeside(shared: PairedScores, level: number): readonly Alternative[] {
  const clusters = shared.clustered ? shared.cluster : undefined
  const { difference, test } = unpairedDifference({
    first: { values: shared.first, clusters },
    second: { values: shared.second, clusters },
    correction: 'cr1',
    reference: 'normal',
    level,
  })
  return [
    { name: 'unpaired', label: 'as if on different items', outcome: difference },
    { name: 'unpaired-test', label: 'as if on different items, z test', outcome: test },
  ]
}
