/** The verdict on every pair of models of one measure. */
import {
  cellTable,
  type Measure,
  type Observations,
  type PairedScores,
  pairScores,
  type ScoreScale,
  testedFamily,
} from '../../../domain/index.ts'
import {
  type ClaimLedger,
  type Compared,
  type Equivalence,
  equivalence,
  type NotEstimable,
  notEstimable,
  type TestOutcome,
} from '../../../stats/index.ts'

export interface JudgedPair {
  readonly measure: Measure
  readonly first: string
  readonly second: string
  readonly items: number
  readonly units: number
  readonly outcome: Equivalence | NotEstimable
}

export interface PairOptions {
  readonly measure: Measure
  readonly margin: number
  /** Error rate of one pair: that of the family, divided by its pairs. */
  readonly alpha: number
  readonly power: number
}

export function judgePairs(
  observations: Observations,
  { measure, margin, alpha, power }: PairOptions,
): readonly JudgedPair[] {
  const table = cellTable(observations, measure)
  return table.models.flatMap((first, i) =>
    table.models.slice(i + 1).map((second) => {
      const shared = pairScores(table, first, second)
      return {
        measure,
        first: first.model,
        second: second.model,
        items: shared.items.length,
        units: shared.clusters,
        outcome:
          shared.items.length < 2
            ? notEstimable('too-few-values', { needed: 2, given: shared.items.length })
            : equivalence({ compared: comparedOf(shared, measure.scale), margin, alpha, power }),
      }
    }),
  )
}

/** One 0/1 response each on independent items: exact tests of rates. Anything else: paired means, with clusters. */
function comparedOf(shared: PairedScores, scale: ScoreScale): Compared {
  const { first, second, clustered, single, cluster } = shared
  if (scale !== 'binary' || !single || clustered) {
    const differences = first.map((score, i) => score - (second[i] ?? Number.NaN))
    return {
      kind: 'paired',
      differences,
      clusters: clustered ? cluster : undefined,
      range: { lower: -1, upper: 1 },
    }
  }
  const table = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
  for (let i = 0; i < first.length; i++) {
    if (first[i] === 1) table[second[i] === 1 ? 'both' : 'onlyA']++
    else table[second[i] === 1 ? 'onlyB' : 'neither']++
  }
  return { kind: 'paired-rates', table }
}

/**
 * Equivalence of each pair: both one-sided tests must reject, so that the larger p is the p of the pair (Berger 1982). Each
 * pair has the same share of the error rate. Where intervals decide there is no p, and the pair is not listed.
 */
export function equivalenceLedgers(judged: readonly JudgedPair[]): readonly ClaimLedger[] {
  const byMeasure = Map.groupBy(judged, ({ measure }) => measure.key)
  return [...byMeasure].flatMap(([measure, pairs]) => {
    const tested = pairs.flatMap((pair) => {
      if (pair.outcome.kind !== 'equivalence') return []
      const test = largerP(pair.outcome)
      return test.kind === 'test' ? [{ pair, test, alpha: pair.outcome.alpha }] : []
    })
    return testedFamily({
      family: `equivalence of models on ${measure}`,
      alpha: (tested[0]?.alpha ?? 0) * tested.length,
      procedure: 'bonferroni',
      hypotheses: tested.map(({ pair, test }) => ({
        key: `${pairKey(pair)}/${test.alternative === 'greater' ? 'not-below' : 'not-above'}`,
        test,
      })),
    }).ledgers
  })
}

function largerP({ notBelow, notAbove }: Equivalence): TestOutcome {
  if (notBelow.kind !== 'test' || notAbove.kind !== 'test') return notBelow.kind === 'test' ? notAbove : notBelow
  return notBelow.pValue > notAbove.pValue ? notBelow : notAbove
}

export function pairKey({ measure, first, second }: JudgedPair): string {
  return `${measure.task}/${measure.scorer}/${first} − ${second}`
}
