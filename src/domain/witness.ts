/**
 * A response that shows something can happen. It licenses that sentence once it is verified: two scorers or more find the
 * same, and ten fresh reruns or more were made after it The rate of
 * finding it is biased by the search, that of the reruns is not.
 */
import type { Claim } from './claim.ts'
import type { Study } from './study.ts'

export interface Witness {
  readonly item: string
  readonly setting: string
  readonly replicate: number
  /** Responses looked at up to and with the witness. */
  readonly responses: number
  /** Scorers that find it beyond the threshold, the claim's own included, of those whose scores have its range. */
  readonly agreeing: number
  readonly scorers: number
  /** Later replicates of the same item and setting with a score, and those of them beyond the threshold. */
  readonly reruns: number
  readonly again: number
}

export const witnessScorers = 2
export const witnessReruns = 10

export function isVerified({ agreeing, reruns }: Witness): boolean {
  return agreeing >= witnessScorers && reruns >= witnessReruns
}

/** Positions of scorers whose scores can be held against the same threshold, the claim's own among them. */
export function peerScorers({ scorer }: Claim, { scorers }: Study): readonly number[] {
  const own = scorers.find(({ label }) => label === scorer)?.range
  return scorers.flatMap(({ range }, index) => (range.lower === own?.lower && range.upper === own.upper ? [index] : []))
}

/** Whether the study has the scorers and replicates that a witness of the claim needs. */
export function canVerify(claim: Claim, study: Study): boolean {
  return peerScorers(claim, study).length >= witnessScorers && study.replicates > witnessReruns
}
