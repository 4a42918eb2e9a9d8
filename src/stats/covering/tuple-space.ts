/** The t-tuples of levels that have to occur, as flags in one array per set of factors. */
import { fail } from '../fail.ts'
import type { ForbiddenLevels } from './completable.ts'
import { isCompletable } from './completable.ts'

export interface TupleSet {
  readonly factors: readonly number[]
  /** 1 where a tuple still has to be covered; index in mixed base, the last factor fastest. */
  readonly open: Uint8Array
}

export interface TupleSpace {
  readonly levels: readonly number[]
  readonly sets: readonly TupleSet[]
  /** Positions in `sets` of the sets each factor belongs to. */
  readonly setsOf: readonly (readonly number[])[]
  readonly feasible: number
  readonly forbidden: number
}

export interface StrongerSet {
  readonly factors: readonly number[]
  readonly strength: number
}

/** More tuples than this are refused: the search would take hours. */
const mostTuples = 20_000_000

/** All tuples of the base strength, and of the sets of factors that are wanted more strongly. */
export function tupleSpace(options: {
  readonly levels: readonly number[]
  readonly strength: number
  readonly stronger: readonly StrongerSet[]
  readonly forbidden: readonly ForbiddenLevels[]
}): TupleSpace {
  const { levels, forbidden } = options
  const everyFactor = levels.map((_, factor) => factor)
  const wanted = [{ factors: everyFactor, strength: options.strength }, ...options.stronger]
  const named = new Map<string, readonly number[]>()
  for (const { factors, strength } of wanted) {
    if (!Number.isInteger(strength) || strength < 1 || strength > factors.length)
      fail('strength-out-of-range', { strength, factors: factors.length }, 'pass 1 to the number of factors')
    for (const set of subsets(
      [...factors].sort((a, b) => a - b),
      strength,
    ))
      named.set(set.join(','), set)
  }
  const size = (set: readonly number[]): number => set.reduce((product, factor) => product * (levels[factor] ?? 0), 1)
  const possible = [...named.values()].reduce((sum, set) => sum + size(set), 0)
  if (possible > mostTuples)
    fail('too-many-tuples', { tuples: possible, most: mostTuples }, 'lower the strength, or vary fewer factors')
  let impossible = 0
  const sets = [...named.values()].map((factors): TupleSet => {
    const open = new Uint8Array(size(factors)).fill(1)
    if (forbidden.length > 0) {
      for (let tuple = 0; tuple < open.length; tuple++) {
        if (isFeasible({ tuple, factors, levels, forbidden })) continue
        open[tuple] = 0
        impossible++
      }
    }
    return { factors, open }
  })
  const setsOf = everyFactor.map((factor) => sets.flatMap((set, at) => (set.factors.includes(factor) ? [at] : [])))
  return { levels, sets, setsOf, feasible: possible - impossible, forbidden: impossible }
}

/** Index of the tuple a row holds in a set, or −1 where the row leaves one of its factors open. */
export function tupleIndex(set: TupleSet, row: readonly number[], levels: readonly number[]): number {
  let index = 0
  for (const factor of set.factors) {
    const level = row[factor] ?? -1
    if (level < 0) return -1
    index = index * (levels[factor] ?? 0) + level
  }
  return index
}

/** Whether some row that is allowed holds the tuple. */
export function isFeasible({
  forbidden,
  ...packed
}: PackedTuple & { readonly forbidden: readonly ForbiddenLevels[] }): boolean {
  const { factors, levels } = packed
  const row: number[] = levels.map(() => -1)
  for (const [at, level] of unpackTuple(packed).entries()) row[factors[at] ?? -1] = level
  return isCompletable({ row, levels, forbidden })
}

interface PackedTuple {
  readonly tuple: number
  readonly factors: readonly number[]
  readonly levels: readonly number[]
}

export function unpackTuple(packed: PackedTuple): readonly number[] {
  const unpacked: number[] = []
  let rest = packed.tuple
  for (const factor of packed.factors.toReversed()) {
    const count = packed.levels[factor] ?? 1
    unpacked.unshift(rest % count)
    rest = Math.floor(rest / count)
  }
  return unpacked
}

function* subsets(of: readonly number[], size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let at = from; at <= of.length - size; at++) {
    const first = of[at]
    if (first === undefined) continue
    for (const rest of subsets(of, size - 1, at + 1)) yield [first, ...rest]
  }
}
