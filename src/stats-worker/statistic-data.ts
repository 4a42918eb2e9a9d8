/** What crosses the threads for a statistic: its own input and output, with the stream of its chance by name. */
import type { Random } from '../random/index.ts'
import type { statistics } from './statistics.ts'

export type StatisticName = keyof typeof statistics

/** The input of the function of the same name, where `random` is the name of a stream and statistics of one's own are left out. */
export type StatisticInput<Name extends StatisticName> = Data<Parameters<(typeof statistics)[Name]>[0]>

/** What the function of the same name returns. */
export type StatisticOutput<Name extends StatisticName> = ReturnType<(typeof statistics)[Name]>

/** The stream `openRandom(seed)`, or what it splits into by the names of `path`. */
export interface RandomName {
  readonly seed: string | number
  readonly path?: readonly (string | number)[]
}

/** Records with a function among their members cannot be cloned: of a union, only the others remain. */
type Data<T> = T extends Random
  ? RandomName
  : T extends string | number | boolean | undefined | ArrayLike<unknown>
    ? T
    : HasFunction<T> extends true
      ? never
      : { [Key in keyof T]: Data<T[Key]> }

type HasFunction<T> = true extends {
  [Key in keyof T]-?: T[Key] extends Random ? false : T[Key] extends (...args: never[]) => unknown ? true : false
}[keyof T]
  ? true
  : false
