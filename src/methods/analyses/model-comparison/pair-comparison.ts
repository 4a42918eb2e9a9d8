/** What is known of one pair of models on one measure. */
import type { Measure, PairedScores } from '../../../domain/index.ts'
import type { ClaimLedger, Outcome, PairedTable, PairingGain, TestOutcome } from '../../../stats/index.ts'

export interface ComparedPair {
  readonly measure: Measure
  readonly first: string
  readonly second: string
  /** Of the shared items no more than is needed later: pairs are many, and their scores are not kept. */
  readonly shared: Pick<PairedScores, 'items' | 'clusters'>
  /** Whether the two are compared on items that both were scored on. */
  readonly paired: boolean
  /** First minus second. Unpaired, it is about different questions. */
  readonly difference: Outcome
  readonly test: TestOutcome
  readonly gain: PairingGain
  readonly table?: PairedTable | undefined
  readonly alternatives: readonly Alternative[]
}

/** Other ways to the same quantity, shown beside the main one and never substituted for it. */
export interface Alternative {
  readonly name: string
  readonly label: string
  readonly outcome: Outcome | TestOutcome
}

export interface PairComparison extends ComparedPair {
  /** Holm-adjusted over the testable pairs of the measure, of which there are `comparisons`. */
  readonly adjusted?: number | undefined
  readonly comparisons: number
  readonly verdict: 'better' | 'worse' | 'cannot-tell' | 'different-items' | 'not-testable'
  /** Items with which the observed difference, taken as true, would be found with the wanted power. */
  readonly itemsNeeded?: number | undefined
}

/** All pairs of a measure, and the ledger of the family that their tests make up. */
export interface PairComparisons {
  readonly pairs: readonly PairComparison[]
  readonly ledgers: readonly ClaimLedger[]
}

export function pairKey({ measure, first, second }: Pick<ComparedPair, 'measure' | 'first' | 'second'>): string {
  return `${measure.task}/${measure.scorer}/${first} − ${second}`
}
