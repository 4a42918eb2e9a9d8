/** A response that shows something can happen: verified by two scorers or more that find the same, and ten fresh reruns or more. */
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
