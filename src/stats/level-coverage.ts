/**
 * Combinatorial coverage: which combinations of levels occur together in a list of settings.
 *
 * t-way coverage is the share of all t-tuples of levels, over all sets of t factors, that at least one row contains
 * (Kuhn, Kacker and Lei 2013, "Combinatorial coverage measurement", NIST). Exact counting, no inference.
 */
import { checkWhole } from './check-inputs.ts'
import { fail } from './fail.ts'

export interface LevelCoverage {
  readonly strength: number
  /** Tuples that all levels seen of all factors make possible. */
  readonly possible: number
  readonly covered: number
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
}

/**
 * Counts covered t-tuples. All tuples are taken as feasible: constraints between factors are not known here.
 *
 * levelCoverage({ rows: [[0, 0], [1, 1]], levels: [2, 2], strength: 2, listed: 0 }).covered // => 2 of 4
 */
export function levelCoverage({ rows, levels, strength, listed }: LevelCoverageOptions): LevelCoverage {
  if (!Number.isInteger(strength) || strength < 1 || strength > levels.length) {
    fail('strength-out-of-range', { strength, factors: levels.length }, 'pass a number from 1 to the number of factors')
  }
  for (const count of levels) checkWhole({ levels: count }, { least: 1 })
  checkWhole({ listed }, { least: 0 })
  let possible = 0
  let covered = 0
  let completeSets = 0
  let sets = 0
  const uncovered: { factors: number[]; levels: number[] }[] = []
  for (const factors of subsets(levels.length, strength)) {
    const size = factors.reduce((product, factor) => product * (levels[factor] ?? 0), 1)
    const seen = new Set<number>()
    for (const row of rows) {
      let tuple = 0
      for (const factor of factors) tuple = tuple * (levels[factor] ?? 0) + levelOf({ row, factor, levels })
      seen.add(tuple)
    }
    sets++
    possible += size
    covered += seen.size
    if (seen.size === size) completeSets++
    for (let tuple = 0; tuple < size && uncovered.length < listed; tuple++) {
      if (!seen.has(tuple)) uncovered.push({ factors, levels: unpack({ tuple, factors, levels }) })
    }
  }
  return { strength, possible, covered, completeSets, sets, uncovered }
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

interface Packed {
  readonly tuple: number
  readonly factors: readonly number[]
  readonly levels: readonly number[]
}

function unpack({ tuple, factors, levels }: Packed): number[] {
  const unpacked: number[] = []
  let rest = tuple
  for (const factor of factors.toReversed()) {
    const count = levels[factor] ?? 1
    unpacked.unshift(rest % count)
    rest = Math.floor(rest / count)
  }
  return unpacked
}
