/** One question put to several tasks: is a model better than another on any of them? */
import {
  adjustedTest,
  type Evidence,
  formatLevel,
  type Measure,
  type Statement,
  testedFamily,
} from '../../../domain/index.ts'
import {
  type ClaimLedger,
  fisherCombination,
  type HypothesisTest,
  harmonicCombination,
  mcnemarExact,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { PairComparison } from './pair-comparison.ts'

export interface CombinedPair {
  readonly scorer: string
  readonly first: string
  readonly second: string
  readonly tasks: number
  /** First better on at least one task, second better on at least one task; each one-sided. */
  readonly firstBetter: HypothesisTest
  readonly secondBetter: HypothesisTest
  /** Holm over both directions of all pairs of the scorer, of which there are `comparisons`. */
  readonly firstAdjusted: number
  readonly secondAdjusted: number
  readonly comparisons: number
}

type Unadjusted = Omit<CombinedPair, 'firstAdjusted' | 'secondAdjusted' | 'comparisons'>

export interface CombinedTasks {
  readonly combined: readonly CombinedPair[]
  /** One family per scorer. */
  readonly ledgers: readonly ClaimLedger[]
}

/** Pairs that were tested on two tasks or more by one scorer. */
export function combineTasks(pairs: readonly PairComparison[], level: number): CombinedTasks {
  const tested = pairs.filter(({ paired, test }) => paired && test.kind === 'test')
  const families = [...Map.groupBy(tested, ({ measure }) => measure.scorer).values()].map((ofScorer) => {
    const measures = [...new Set(ofScorer.map(({ measure }) => measure))]
    if (measures.length < 2) return { combined: [], ledgers: [] }
    const combine = shareItems(measures, ofScorer) ? harmonicCombination : fisherCombination
    const byPair = Map.groupBy(ofScorer, ({ first, second }) => JSON.stringify([first, second]))
    return adjust(
      [...byPair.values()].flatMap((group) => combined(group, combine)),
      level,
    )
  })
  return {
    combined: families.flatMap((family) => family.combined),
    ledgers: families.flatMap((family) => family.ledgers),
  }
}

function combined(
  group: readonly PairComparison[],
  combine: (options: { readonly pValues: readonly number[] }) => TestOutcome,
): readonly Unadjusted[] {
  const [pair] = group
  if (pair === undefined || group.length < 2) return []
  const [firstBetter, secondBetter] = (['greater', 'less'] as const).map((side) =>
    combine({ pValues: group.map((each) => oneSided(each, side)) }),
  )
  if (firstBetter?.kind !== 'test' || secondBetter?.kind !== 'test') return []
  const { first, second, measure } = pair
  return [{ scorer: measure.scorer, first, second, tasks: group.length, firstBetter, secondBetter }]
}

/** The one-sided p of the test that was made; a permutation gives it for the side that the data lie on, and 1 for the other. */
function oneSided({ table, test }: PairComparison, alternative: 'greater' | 'less'): number {
  if (table !== undefined) {
    const exact = mcnemarExact({ ...table, alternative })
    return exact.kind === 'test' ? exact.pValue : 1
  }
  if (test.kind !== 'test') return 1
  const agrees = alternative === 'greater' ? test.statistic > 0 : test.statistic < 0
  if (agrees) return test.pValue / 2
  return test.method.startsWith('paired-') ? 1 - test.pValue / 2 : 1
}

/** Tasks that share items, judged twice say, are not independent: only a combination valid under every dependence will do. */
function shareItems(measures: readonly Measure[], pairs: readonly PairComparison[]): boolean {
  const owner = new Map<number, Measure>()
  return measures.some((measure) =>
    pairs.some(
      ({ measure: own, shared }) =>
        own === measure &&
        shared.items.some((item) => {
          const known = owner.get(item) ?? measure
          owner.set(item, known)
          return known !== measure
        }),
    ),
  )
}

function adjust(pairs: readonly Unadjusted[], level: number): CombinedTasks {
  const [any] = pairs
  const { ledgers, adjusted } = testedFamily({
    family: `better on at least one task, by ${any?.scorer ?? ''}`,
    alpha: 1 - level,
    procedure: 'holm',
    hypotheses: pairs.flatMap(({ scorer, first, second, firstBetter, secondBetter }) => [
      { key: keyOf(scorer, { better: first, worse: second }), test: firstBetter },
      { key: keyOf(scorer, { better: second, worse: first }), test: secondBetter },
    ]),
  })
  const combined = pairs.map((pair, at) => ({
    ...pair,
    firstAdjusted: adjusted[2 * at] ?? 1,
    secondAdjusted: adjusted[2 * at + 1] ?? 1,
    comparisons: 2 * pairs.length,
  }))
  return { combined, ledgers }
}

function keyOf(scorer: string, { better, worse }: { readonly better: string; readonly worse: string }): string {
  return `all tasks/${scorer}/${better} − ${worse}/better-somewhere`
}

/** Two rows per pair: each side's p after Holm. */
export function combinedEvidence({
  scorer,
  first,
  second,
  tasks,
  comparisons,
  ...pair
}: CombinedPair): readonly Evidence[] {
  const row = (
    better: string,
    worse: string,
    { test, adjusted: pValue }: { test: HypothesisTest; adjusted: number },
  ): Evidence => ({
    key: keyOf(scorer, { better, worse }),
    label: `${better} better than ${worse} on at least one task?`,
    subject: { scorer, better, worse },
    estimand: `whether the mean ${scorer} score of ${better} is above that of ${worse} on at least one of ${tasks} tasks, over the populations that their items were drawn from`,
    format: 'p-value',
    outcome: adjustedTest(test, { pValue, comparisons, code: 'adjusted-for-comparisons' }),
    evidenceClass: 'asymptotic',
  })
  return [
    row(first, second, { test: pair.firstBetter, adjusted: pair.firstAdjusted }),
    row(second, first, { test: pair.secondBetter, adjusted: pair.secondAdjusted }),
  ]
}

/** One pair in words; of more, how many differ somewhere. */
export function combinedStatements(pairs: readonly CombinedPair[], level: number): readonly Statement[] {
  const [only] = pairs
  if (only === undefined) return []
  const alpha = 1 - level
  const differs = pairs.filter(({ firstAdjusted: a, secondAdjusted: b }) => Math.min(a, b) <= alpha)
  const both = differs.filter(({ firstAdjusted: a, secondAdjusted: b }) => Math.max(a, b) <= alpha).length
  if (pairs.length > 1) {
    const values = { pairs: pairs.length, differ: differs.length, both, level: formatLevel(level) }
    return [{ code: 'tasks-combined', values }]
  }
  const { scorer, first, second, tasks, firstAdjusted, secondAdjusted } = only
  const ahead = firstAdjusted <= secondAdjusted
  const values = {
    scorer,
    tasks,
    better: ahead ? first : second,
    worse: ahead ? second : first,
    p: Math.min(firstAdjusted, secondAdjusted),
    reverse: Math.max(firstAdjusted, secondAdjusted),
  }
  const code = both > 0 ? 'each-better-on-some-task' : differs.length > 0 ? 'better-on-some-task' : 'no-task-tells'
  return [{ code, values }]
}
