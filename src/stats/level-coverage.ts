/**
 * Combinatorial coverage: which combinations of levels occur together in a list of settings.
 *
 * t-way coverage is the share of all t-tuples of levels, over all sets of t factors, that at least one row contains
 * (Kuhn, Kacker and Lei 2013, "Combinatorial coverage measurement", NIST). Exact counting, no inference.
 */
import { checkWhole } from './check-inputs.ts'
import type { ForbiddenLevels } from './covering/completable.ts'
import { isFeasible, unpackTuple } from './covering/tuple-space.ts'
import { fail } from './fail.ts'

export interface LevelCoverage {
  readonly strength: number
  /** Tuples that all levels seen of all factors make possible, without those that constraints rule out. */
  readonly possible: number
  readonly covered: number
  /** Tuples that constraints rule out, and those of them that rows hold all the same. */
  readonly forbidden: number
  readonly coveredForbidden: number
  /** Sets of factors every tuple of which is covered, of all sets of that size. */
  readonly completeSets: number
  readonly sets: number
  /** The first uncovered tuples, in order of factor and level; at most `listed` of them. */
  readonly uncovered: readonly { readonly factors: readonly number[]; readonly levels: readonly number[] }[]
}

export interface LevelCoverageOptions {
  /** One row per setting: the level (0 … levels[factor] − 1) of each factor. */
  readonly rows: readonly (readonly number[])[]
  /** Number of levels of each factor. */
  readonly levels: readonly number[]
  /** t: how many factors are looked at together; at most the number of factors. */
  readonly strength: number
  /** How many uncovered tuples to list. */
  readonly listed: number
  /** Levels that cannot occur together; without them every tuple is feasible. */
  readonly forbidden?: readonly ForbiddenLevels[] | undefined
}

/**
 * Counts covered t-tuples among those that some allowed row can hold.
 *
 * levelCoverage({ rows: [[0, 0], [1, 1]], levels: [2, 2], strength: 2, listed: 0 }).covered // => 2 of 4
 */
export function levelCoverage(options: LevelCoverageOptions): LevelCoverage {
  const { rows, levels, strength, listed, forbidden = [] } = options
  if (!Number.isInteger(strength) || strength < 1 || strength > levels.length) {
    fail('strength-out-of-range', { strength, factors: levels.length }, 'pass a number from 1 to the number of factors')
  }
  for (const count of levels) checkWhole({ levels: count }, { least: 1 })
  checkWhole({ listed }, { least: 0 })
  const total = { possible: 0, covered: 0, forbidden: 0, coveredForbidden: 0, completeSets: 0, sets: 0 }
  const uncovered: LevelCoverage['uncovered'][number][] = []
  for (const factors of subsets(levels.length, strength)) {
    const size = factors.reduce((product, factor) => product * (levels[factor] ?? 0), 1)
    const seen = new Set<number>()
    for (const row of rows) {
      let tuple = 0
      for (const factor of factors) tuple = tuple * (levels[factor] ?? 0) + levelOf({ row, factor, levels })
      seen.add(tuple)
    }
    const impossible = forbidden.length === 0 ? none : impossibleTuples({ factors, size, levels, forbidden })
    const against = [...impossible].filter((tuple) => seen.has(tuple)).length
    total.sets++
    total.possible += size - impossible.size
    total.covered += seen.size - against
    total.forbidden += impossible.size
    total.coveredForbidden += against
    if (seen.size - against === size - impossible.size) total.completeSets++
    for (let tuple = 0; tuple < size && uncovered.length < listed; tuple++) {
      if (!seen.has(tuple) && !impossible.has(tuple))
        uncovered.push({ factors, levels: unpackTuple({ tuple, factors, levels }) })
    }
  }
  return { strength, ...total, uncovered }
}

const none: ReadonlySet<number> = new Set()

function impossibleTuples(options: {
  readonly factors: readonly number[]
  readonly size: number
  readonly levels: readonly number[]
  readonly forbidden: readonly ForbiddenLevels[]
}): ReadonlySet<number> {
  const { factors, size, levels, forbidden } = options
  const impossible = new Set<number>()
  for (let tuple = 0; tuple < size; tuple++) {
    if (!isFeasible({ tuple, factors, levels, forbidden })) impossible.add(tuple)
  }
  return impossible
}

/** All sets of `size` numbers below `count`, in lexicographic order. */
function* subsets(count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let first = from; first <= count - size; first++) {
    for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest]
  }
}

interface LevelAt {
  readonly row: readonly number[]
  readonly factor: number
  readonly levels: readonly number[]
}

function levelOf({ row, factor, levels }: LevelAt): number {
  const level = row[factor] ?? -1
  if (!Number.isInteger(level) || level < 0 || level >= (levels[factor] ?? 0)) {
    fail('level-out-of-range', { factor, level }, 'number the levels of a factor from 0')
  }
  return level
}
