/** How plans of detectable effects write a difference. */
export type Size = (effect: number) => string

/** A detectable difference has no sign: tables and axes show points as plain numbers. */
export interface Unit {
  readonly words: string
  readonly factor: number
}
