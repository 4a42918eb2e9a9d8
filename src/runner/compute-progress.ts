/** How far a computation is, for a person who waits. */
export interface ComputeProgress {
  readonly step: string
  readonly done: number
  readonly total: number
}
