/** Which test and interval a comparison on shared items gets: the one place where scale and clusters choose. */
import type { Random } from '../random/index.ts'
import {
  mcnemarExact,
  type Outcome,
  type PairedTable,
  pairedDifference,
  signFlipTest,
  type TestOutcome,
  tango,
} from '../stats/index.ts'
import type { EvidenceClass } from './analysis.ts'
import type { ScoreScale } from './measures.ts'
import type { PairedScores } from './paired-scores.ts'

export interface PairedComparison {
  /** First minus second, over the population that the shared items were drawn from. */
  readonly difference: Outcome
  /** Two-sided test of no difference. */
  readonly test: TestOutcome
  /** The t test, where the permutation test took its place. */
  readonly replaced?: TestOutcome | undefined
  /** First minus second per shared item. */
  readonly differences: Float64Array
  /** Who passed what, where each item is one independent 0/1 response per model. */
  readonly table?: PairedTable | undefined
}

export interface PairedComparisonOptions {
  readonly scale: ScoreScale
  readonly level: number
  readonly random: Random
}

/**
 * Compares two sets of scores on the same items.
 *
 * One 0/1 response each on independent items: Tango's score interval and McNemar's exact test. Anything else (repeats,
 * variants, clusters, graded scores): mean difference with CR2 and Satterthwaite's t, kept inside the range of a
 * difference. Below 10 clusters, or where the differences do not vary, the test is the exact sign-flip permutation.
 */
export function comparePaired(
  shared: PairedScores,
  { scale, level, random }: PairedComparisonOptions,
): PairedComparison {
  const differences = shared.first.map((score, i) => score - (shared.second[i] ?? Number.NaN))
  if (isSinglePass(shared, scale)) {
    const table = passTable(shared)
    return {
      difference: tango({ ...table, level }),
      test: mcnemarExact({ ...table, alternative: 'two-sided' }),
      differences,
      table,
    }
  }
  const clusters = shared.clustered ? shared.cluster : undefined
  const range = scale === 'unbounded' ? undefined : { lower: -1, upper: 1 }
  const { difference, test } = pairedDifference({ differences, clusters, correction: 'cr2', range, level })
  if (shared.clusters >= 10 && test.kind === 'test') return { difference, test, differences }
  const flipped = signFlipTest({ differences, clusters, alternative: 'two-sided', draws: 9999, random })
  return { difference, test: flipped, replaced: test, differences }
}

/** The test of `comparePaired` alone, where nobody asks for the interval. */
export function testPaired(shared: PairedScores, options: PairedComparisonOptions): TestOutcome {
  return isSinglePass(shared, options.scale)
    ? mcnemarExact({ ...passTable(shared), alternative: 'two-sided' })
    : comparePaired(shared, options).test
}

function isSinglePass({ single, clustered }: PairedScores, scale: ScoreScale): boolean {
  return scale === 'binary' && single && !clustered
}

/** Exact tests are guarantees for independent items; the rest leans on the number of clusters. */
export function classOfTest(test: TestOutcome): EvidenceClass {
  if (test.kind === 'not-estimable') return 'descriptive'
  return test.method === 'mcnemar-exact' ? 'guarantee' : 'asymptotic'
}

function passTable({ first, second }: PairedScores): PairedTable {
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
  for (let i = 0; i < first.length; i++) {
    if (first[i] === 1) counts[second[i] === 1 ? 'both' : 'onlyA']++
    else counts[second[i] === 1 ? 'onlyB' : 'neither']++
  }
  return counts
}
