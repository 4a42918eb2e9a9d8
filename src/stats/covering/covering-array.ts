/** Covering arrays: few rows in which every feasible combination of t levels occurs. */

import type { Random } from '../../random/index.ts'
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { ForbiddenLevels } from './completable.ts'
import { greedyRows } from './greedy-rows.ts'
import { type StrongerSet, type TupleSpace, tupleIndex, tupleSpace } from './tuple-space.ts'

export interface CoveringArrayOptions {
  /** Number of levels of each factor. */
  readonly levels: readonly number[]
  /** t: how many factors are looked at together. */
  readonly strength: number
  /** Sets of factors that are covered at a strength of their own. */
  readonly stronger: readonly StrongerSet[]
  readonly forbidden: readonly ForbiddenLevels[]
  /** Rows that exist already; −1 where a row does not say. Only what they miss is added. */
  readonly existing: readonly (readonly number[])[]
  /** Rows tried for each row kept; 50 is ample. */
  readonly candidates: number
  readonly random: Random
}

export interface CoveringArray {
  /** Rows to add. */
  readonly rows: readonly (readonly number[])[]
  /** Tuples that some allowed row can hold, and those that none can. */
  readonly feasible: number
  readonly forbidden: number
  /** Feasible tuples that existing rows hold. */
  readonly alreadyCovered: number
}

/** Tuples × tries that one call may spend on restarts. */
const restartWork = 60_000
const mostRestarts = 30

/**
 * Greedy search with restarts: each row starts from an open tuple whose levels are rarest so far, and is filled factor by
 * factor, in random order, with the level that covers most; the best of `candidates` rows is kept (Kuhn, Kacker and Lei
 * 2013; Czerwonka 2006). Afterwards rows whose tuples all occur elsewhere are dropped. The smallest array of the restarts
 * is returned; covering is certain, minimality is not: sizes vary by 5–10 % between seeds.
 *
 * Refuses constraints that allow nothing.
 */
export function coveringArray(options: CoveringArrayOptions): CoveringArray {
  const { levels, forbidden, existing, candidates, random } = options
  checkWhole({ candidates }, { least: 1, most: 10_000 })
  if (levels.some((count) => !Number.isInteger(count) || count < 1))
    fail('factor-without-levels', { levels: levels.join(', ') }, 'give every factor at least one level')
  const space = tupleSpace(options)
  if (space.feasible === 0)
    fail('constraints-allow-nothing', { constraints: forbidden.length }, 'relax the constraints')
  const alreadyCovered = existing.reduce((sum, row) => sum + coverRow(space, row), 0)
  const start = space.sets.map(({ open }) => open.slice())
  const restarts = Math.max(1, Math.min(mostRestarts, Math.floor(restartWork / space.feasible)))
  let best: readonly (readonly number[])[] | undefined
  for (let restart = 0; restart < restarts; restart++) {
    for (const [at, { open }] of space.sets.entries()) open.set(start[at] ?? open)
    const rows = greedyRows({ ...options, space, random: random.split('restart').split(restart) })
    const kept = withoutSpareRows({ rows, space, start })
    if (best === undefined || kept.length < best.length) best = kept
  }
  return { rows: best ?? [], feasible: space.feasible, forbidden: space.forbidden, alreadyCovered }
}

/** Closes the tuples of a row and returns how many were open. */
export function coverRow(space: TupleSpace, row: readonly number[]): number {
  let covered = 0
  for (const set of space.sets) {
    const index = tupleIndex(set, row, space.levels)
    if (index < 0 || set.open[index] !== 1) continue
    set.open[index] = 0
    covered++
  }
  return covered
}

/** Drops rows all of whose needed tuples other rows hold, earliest rows first: late ones were made for what was left. */
function withoutSpareRows(options: {
  readonly rows: readonly (readonly number[])[]
  readonly space: TupleSpace
  readonly start: readonly Uint8Array[]
}): readonly (readonly number[])[] {
  const { rows, space, start } = options
  const holders = start.map((open) => new Uint32Array(open.length))
  const needed = (row: readonly number[]): readonly (readonly [Uint32Array, number])[] =>
    space.sets.flatMap((set, at): readonly (readonly [Uint32Array, number])[] => {
      const index = tupleIndex(set, row, space.levels)
      const counts = holders[at]
      return index >= 0 && counts !== undefined && start[at]?.[index] === 1 ? [[counts, index]] : []
    })
  for (const row of rows) for (const [counts, index] of needed(row)) counts[index] = (counts[index] ?? 0) + 1
  return rows.filter((row) => {
    const tuples = needed(row)
    if (tuples.some(([counts, index]) => counts[index] === 1)) return true
    for (const [counts, index] of tuples) counts[index] = (counts[index] ?? 0) - 1
    return false
  })
}
