/** The part of a standard stream that the command line uses, so that tests can pass their own. */
export interface TextStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}
