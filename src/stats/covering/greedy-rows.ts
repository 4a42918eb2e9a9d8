/** One greedy pass of the covering-array search: rows until nothing is open. */
import type { Random } from '../../random/index.ts'
import { type ForbiddenLevels, isCompletable } from './completable.ts'
import { type TupleSet, type TupleSpace, tupleIndex, unpackTuple } from './tuple-space.ts'

interface Search {
  readonly space: TupleSpace
  readonly forbidden: readonly ForbiddenLevels[]
  readonly candidates: number
  readonly random: Random
}

/** Adds rows to cover everything that is open in the space; closes it on the way. */
export function greedyRows(search: Search): readonly (readonly number[])[] {
  const { space, candidates } = search
  const used = space.levels.map((count) => new Uint32Array(count))
  const rows: (readonly number[])[] = []
  for (;;) {
    const starts = rarestOpenTuples(space, used)
    if (starts.length === 0) return rows
    let best: readonly number[] | undefined
    let bestGain = 0
    for (let candidate = 0; candidate < candidates; candidate++) {
      const row = filledRow(search, starts[search.random.integer(starts.length)] ?? [])
      const gain = openTuplesOf(space, row)
      if (gain > bestGain) {
        best = row
        bestGain = gain
      }
    }
    // A start is an open tuple that some allowed row holds, so every filled row gains at least that one.
    if (best === undefined) throw new Error('a row that starts from an open tuple covers it')
    rows.push(best)
    for (const set of space.sets) set.open[tupleIndex(set, best, space.levels)] = 0
    for (const [factor, level] of best.entries()) {
      const counts = used[factor]
      if (counts !== undefined) counts[level] = (counts[level] ?? 0) + 1
    }
  }
}

/** Partial rows that hold one open tuple each, those with the least used levels only. */
function rarestOpenTuples(space: TupleSpace, used: readonly Uint32Array[]): readonly (readonly number[])[] {
  let least = Number.POSITIVE_INFINITY
  let found: { readonly set: TupleSet; readonly tuple: number }[] = []
  for (const set of space.sets) {
    for (let tuple = 0; tuple < set.open.length; tuple++) {
      if (set.open[tuple] !== 1) continue
      const use = useOf({ set, tuple, levels: space.levels, used }) / set.factors.length
      if (use > least) continue
      if (use < least) {
        least = use
        found = []
      }
      found.push({ set, tuple })
    }
  }
  return found.map(({ set, tuple }) => {
    const row: number[] = space.levels.map(() => -1)
    for (const [at, level] of unpackTuple({ tuple, factors: set.factors, levels: space.levels }).entries())
      row[set.factors[at] ?? -1] = level
    return row
  })
}

function useOf(of: {
  readonly set: TupleSet
  readonly tuple: number
  readonly levels: readonly number[]
  readonly used: readonly Uint32Array[]
}): number {
  let rest = of.tuple
  let sum = 0
  for (let at = of.set.factors.length - 1; at >= 0; at--) {
    const factor = of.set.factors[at] ?? 0
    const count = of.levels[factor] ?? 1
    sum += of.used[factor]?.[rest % count] ?? 0
    rest = Math.floor(rest / count)
  }
  return sum
}

/** Fills the open factors in random order, each with the level that covers most and leaves the row completable. */
function filledRow({ space, forbidden, random }: Search, start: readonly number[]): readonly number[] {
  const row = [...start]
  const order = row.flatMap((level, factor) => (level < 0 ? [factor] : []))
  random.shuffle(order)
  for (const factor of order) {
    let most = -1
    let ties: number[] = []
    for (let level = 0; level < (space.levels[factor] ?? 0); level++) {
      row[factor] = level
      if (forbidden.length > 0 && !isCompletable({ row, levels: space.levels, forbidden })) continue
      const gain = gainOf({ space, row, factor })
      if (gain > most) {
        most = gain
        ties = []
      }
      if (gain === most) ties.push(level)
    }
    // The row was completable before, so some level of this factor keeps it so.
    row[factor] = ties[random.integer(ties.length)] ?? 0
  }
  return row
}

function gainOf(of: { readonly space: TupleSpace; readonly row: readonly number[]; readonly factor: number }): number {
  const { space, row, factor } = of
  let gain = 0
  for (const at of space.setsOf[factor] ?? []) {
    const set = space.sets[at]
    if (set === undefined) continue
    const index = tupleIndex(set, row, space.levels)
    if (index >= 0) gain += set.open[index] ?? 0
  }
  return gain
}

function openTuplesOf(space: TupleSpace, row: readonly number[]): number {
  return space.sets.reduce((sum, set) => sum + (set.open[tupleIndex(set, row, space.levels)] ?? 0), 0)
}
