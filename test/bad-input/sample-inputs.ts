/** Small valid inputs that several base calls share, and records that other statistics return. */
import * as stats from '../../src/stats/index.ts'

type Callable = (...inputs: never[]) => unknown

/** Names of everything in `assay/stats` that can be called. */
export type Statistic = {
  [Name in keyof typeof stats]: (typeof stats)[Name] extends Callable ? Name : never
}[keyof typeof stats]

/** A valid call of each statistic, as a function: random streams must be fresh for every call. */
export type BaseCalls = {
  readonly [Name in Statistic]?: () => (typeof stats)[Name] extends Callable ? Parameters<(typeof stats)[Name]> : never
}

const returned = new WeakSet<object>()

/** Marks a record that one statistic returns and another takes: callers pass it on whole, so nothing in it is changed. */
export function whole<Returned extends object>(record: Returned): Returned {
  returned.add(record)
  return record
}

export function isWhole(record: object): boolean {
  return returned.has(record)
}

export const stream = () => stats.openRandom('bad-input')
export const range = { lower: 0, upper: 1 }
export const binary = [0, 1, 1, 0, 1, 1, 1, 0, 1, 0]
export const graded = [0.1, 0.9, 0.4, 0.5, 0.3, 0.8, 0.7, 0.2, 0.6, 0.55]
export const differences = [0.1, -0.1, 0.2, 0, 0.3, -0.2, 0.1, 0.05, 0, 0.1]
export const pairCodes = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
export const alternating = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
export const pairedTable = { both: 20, onlyA: 8, onlyB: 3, neither: 9, level: 0.95 }
export const onItems = { values: binary, items: pairCodes, clusters: pairCodes, level: 0.95 }
export const variantTable = {
  values: [1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0],
  columns: 3,
  clusters: [0, 1, 2, 3, 4, 5],
}
export const variants = [
  { successes: 3, trials: 20 },
  { successes: 5, trials: 20 },
  { successes: 9, trials: 20 },
]
