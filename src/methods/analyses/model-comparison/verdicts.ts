/** Which model is better, after all comparisons of the measure were counted. */
import { type Measure, testedFamily } from '../../../domain/index.ts'
import { approximatePairs, requiredItems } from '../../../stats/index.ts'
import { type ComparedPair, type PairComparison, type PairComparisons, pairKey } from './pair-comparison.ts'

interface VerdictOptions {
  readonly level: number
  readonly power: number
}

/** Holm over the pairs that could be tested: a pair of models on different items is no member of the family. */
export function withVerdicts(
  compared: readonly ComparedPair[],
  { measure, ...options }: VerdictOptions & { readonly measure: Measure },
): PairComparisons {
  const family = compared.filter(({ paired, test }) => paired && test.kind === 'test')
  const { ledgers, adjusted } = testedFamily({
    family: `pairs of models on ${measure.key}`,
    alpha: 1 - options.level,
    procedure: 'confirm',
    hypotheses: family.map((pair) => ({ key: `${pairKey(pair)}/test`, test: pair.test })),
  })
  const adjustedOf = new Map(family.map((pair, index) => [pair, adjusted[index]]))
  const pairs = compared.map((pair) => {
    const p = adjustedOf.get(pair)
    return {
      ...pair,
      adjusted: p,
      comparisons: family.length,
      verdict: verdictOf(pair, { p, level: options.level }),
      itemsNeeded: p !== undefined && p > 1 - options.level ? itemsNeeded(pair, options) : undefined,
    }
  })
  return { pairs, ledgers }
}

function verdictOf(
  { paired, difference }: ComparedPair,
  { p, level }: { readonly p: number | undefined; readonly level: number },
): PairComparison['verdict'] {
  if (!paired) return 'different-items'
  if (p === undefined || difference.kind === 'not-estimable') return 'not-testable'
  if (p > 1 - level) return 'cannot-tell'
  return difference.value > 0 ? 'better' : 'worse'
}

/** In deviations of one item: a smaller difference is what rounding leaves of equal means, and no number of items finds it. */
const leastDifference = 1e-6

/** From the observed difference, taken as true: the least that a plan can assume, and often too much. */
function itemsNeeded(
  { difference, shared, table }: ComparedPair,
  { level, power }: VerdictOptions,
): number | undefined {
  if (difference.kind !== 'estimate' || difference.value === 0) return undefined
  const items = shared.items.length
  if (table !== undefined) {
    const rates = { onlyA: table.onlyA / items, onlyB: table.onlyB / items }
    return Math.ceil(approximatePairs({ ...rates, alpha: 1 - level, power }))
  }
  if (difference.standardError === undefined) return undefined
  // The variance of the mean already holds repeats and clusters, so an item's share of it holds them too.
  const itemVariance = items * difference.standardError ** 2
  if (Math.abs(difference.value) < leastDifference * Math.sqrt(itemVariance)) return undefined
  return requiredItems({
    effect: Math.abs(difference.value),
    itemVariance,
    responseVarianceA: 0,
    responseVarianceB: 0,
    resamplesA: 1,
    resamplesB: 1,
    designEffect: 1,
    alpha: 1 - level,
    power,
    alternative: 'two-sided',
  }).items
}
