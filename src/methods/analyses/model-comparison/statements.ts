/** The sentences of `model-comparison`, most important first. */
import {
  differenceFormat,
  explain,
  formatInterval,
  formatLevel,
  formatNumber,
  formatSize,
  type Measure,
  type Statement,
} from '../../../domain/index.ts'
import type { PairComparison } from './pair-comparison.ts'

interface StatementOptions {
  readonly level: number
  readonly power: number
  readonly sentences: number
  /** Measures in the table, with one model or more. */
  readonly measures: number
}

/** Two models: the pair in words. More: how many pairs are decided, and whether the leader stands alone. */
export function statementsOf(pairs: readonly PairComparison[], options: StatementOptions): readonly Statement[] {
  const groups = [...Map.groupBy(pairs, ({ measure }) => measure).entries()]
  const many = groups.length > options.sentences
  const totals = { measures: groups.length, pairs: pairs.length, decided: pairs.filter(isDecided).length }
  const shown = groups
    .slice(0, many ? Math.ceil(options.sentences / 2) : options.sentences)
    .flatMap(([measure, group]) =>
      group.length === 1 ? group.flatMap((pair) => pairWords(pair, options)) : ranking(measure, { group, ...options }),
    )
  const alone = options.measures - groups.length
  return [
    ...(many ? [{ code: 'comparisons-overall', values: { ...totals, level: formatLevel(options.level) } }] : []),
    ...shown,
    ...(alone > 0 ? [{ code: 'measures-with-one-model', values: { alone, measures: options.measures } }] : []),
  ]
}

function pairWords(pair: PairComparison, { level, power }: StatementOptions): readonly Statement[] {
  const { measure, first, second, shared, difference, test, verdict, itemsNeeded } = pair
  const names = { measure: measure.key, first, second, items: shared.items.length }
  if (verdict === 'different-items') return [{ code: 'pair-different-items', values: names }]
  if (difference.kind === 'not-estimable' || test.kind === 'not-estimable') {
    const reason = difference.kind === 'not-estimable' ? difference : test
    const because = reason.kind === 'not-estimable' ? explain(reason.because).text : ''
    return [{ code: 'pair-not-testable', values: { ...names, because } }]
  }
  const format = differenceFormat(measure.scale)
  const interval = formatInterval(difference, format) ?? ''
  const shown = { interval, level: formatLevel(level), p: test.pValue }
  if (verdict === 'cannot-tell') {
    const values = { ...names, ...shown, difference: formatNumber(difference.value, format) }
    return itemsNeeded === undefined
      ? [{ code: 'pair-level', values }]
      : [{ code: 'pair-cannot-tell', values: { ...values, needed: itemsNeeded, power: formatLevel(power) } }]
  }
  const [better, worse] = verdict === 'better' ? [first, second] : [second, first]
  const { lower, upper } = difference.interval
  const [low, high] = verdict === 'better' ? [lower, upper] : [-upper, -lower]
  const values = {
    measure: measure.key,
    better,
    worse,
    items: shared.items.length,
    ...shown,
    difference: formatSize(difference.value, format),
    interval: `${formatNumber(low, format)} to ${formatNumber(high, format)}`,
  }
  return [{ code: 'pair-better', values }, ...unpairedMisses(pair, level)]
}

/** A decided pair that an unpaired test would have left open: worth saying, since common tools run that test. */
function unpairedMisses({ test, gain, alternatives }: PairComparison, level: number): readonly Statement[] {
  const unpaired = alternatives.find(({ name }) => name === 'unpaired-test')?.outcome
  if (unpaired?.kind !== 'test' || test.kind !== 'test' || gain.varianceRatio === undefined) return []
  if (unpaired.pValue <= 1 - level) return []
  return [
    {
      code: 'unpaired-would-miss',
      values: { unpaired: unpaired.pValue, paired: test.pValue, ratio: gain.varianceRatio },
    },
  ]
}

type RankingOptions = StatementOptions & { readonly group: readonly PairComparison[] }

function ranking(measure: Measure, { group, level }: RankingOptions): readonly Statement[] {
  const models = measure.models.map(({ model }) => model)
  const decided = group.filter(isDecided).length
  const untested = group.filter(({ verdict }) => verdict === 'different-items' || verdict === 'not-testable').length
  const values = {
    measure: measure.key,
    models: models.length,
    pairs: group.length,
    decided,
    level: formatLevel(level),
  }
  return [
    { code: 'comparisons-summary', values },
    ...leader(measure, group),
    ...(untested > 0 ? [{ code: 'comparisons-untested', values: { measure: measure.key, untested } }] : []),
  ]
}

/** The model that no comparison says is worse, if there is one with more wins than any other. */
function leader(measure: Measure, group: readonly PairComparison[]): readonly Statement[] {
  const wins = new Map(measure.models.map(({ model }) => [model, 0]))
  for (const { first, second, difference, paired } of group) {
    if (!paired || difference.kind !== 'estimate' || difference.value === 0) continue
    const ahead = difference.value > 0 ? first : second
    wins.set(ahead, (wins.get(ahead) ?? 0) + 1)
  }
  const best = [...wins.entries()].toSorted(([, a], [, b]) => b - a)[0]
  if (best === undefined || best[1] === 0) return []
  const [model] = best
  const open = group.filter((pair) => (pair.first === model || pair.second === model) && !isDecided(pair))
  const others = open.map(({ first, second }) => (first === model ? second : first))
  if (others.length === 0) return [{ code: 'leader-alone', values: { measure: measure.key, model } }]
  const values = { measure: measure.key, model, open: others.length, examples: others.slice(0, 3).join(', ') }
  return [{ code: 'leader-not-alone', values }]
}

function isDecided({ verdict }: PairComparison): boolean {
  return verdict === 'better' || verdict === 'worse'
}
