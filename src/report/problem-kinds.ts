import type { ProblemRecord } from './record/coded-record.ts'

export interface ProblemKind {
  /** The most important of them. */
  readonly first: ProblemRecord
  readonly others: readonly ProblemRecord[]
}

/** Ranked problems with those of one code together, in the place of the first: forty runs may share one fault. */
export function problemKinds(problems: readonly ProblemRecord[]): readonly ProblemKind[] {
  return [...Map.groupBy(problems, ({ code }) => code).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  )
}
