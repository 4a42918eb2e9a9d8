/** What a claim is followed by: units in, evidence and limits out. */
import type { Outcome } from '../stats/index.ts'
import type { EvidencePlan, LogEvidence } from './claim-evidence.ts'
import type { DecisionLimits } from './claim-interval.ts'
import type { Refusal } from './licence.ts'
import type { ScoreLedger } from './score-ledger.ts'
import type { Witness } from './witness.ts'

export interface ClaimTrack {
  readonly method: string
  readonly units: number
  readonly responses: number
  readonly missing: number
  /** A search that found nothing refutes no claim of existence. */
  readonly canRefute: boolean
  /** Set where the scores turned out unfit for the claim. */
  readonly broken: Refusal | undefined
  /** `first`: position of the item's first cell in the running order. */
  addItem(scores: ScoreLedger, first: number): void
  endUnit(): void
  current(): LogEvidence
  /** Counts for an exact test, where every unit is one independent 0/1 response. */
  counts(): ClaimCounts | undefined
  /** The limits that the claim is decided by, in units of the score. */
  interval(limits: DecisionLimits): Outcome
  /** Mean over what the settings were drawn from, settings as random units as well; undefined where none were drawn. */
  overSettings(limits: DecisionLimits): OverSettings | undefined
  /** What its units are weighed by; undefined where settings are weighed apart, and where one response settles it. */
  readonly weighing: Weighing | undefined
  /** For claims of existence: what backs the first response beyond the threshold. */
  readonly witness: Witness | undefined
  /** Whether there is a witness, and the study has not what would verify one: more of it tells no more. */
  readonly onlyShown: boolean
}

export interface Weighing {
  readonly plan: EvidencePlan
  /** From the claim's scale to units of the score. */
  readonly toScore: (value: number) => number
}

export interface OverSettings {
  /** In units of the score. */
  readonly outcome: Outcome
  /** Whether its limit excludes the bar on the claimed side. */
  readonly beyond: boolean
}

export interface ClaimCounts {
  readonly trials: number
  readonly worst: number
  readonly best: number
  readonly bar: number
  readonly alternative: number | undefined
}
