/** Regular fractions of designs whose factors all have the same prime number of levels. */
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface RegularFraction {
  /** One row per run: levels 0 … levels − 1. */
  readonly rows: readonly (readonly number[])[]
  /** 4: main effects are clear of pair interactions; 3: they are not; `full`: nothing is confounded. */
  readonly resolution: 3 | 4 | 'full'
}

const primes: ReadonlySet<number> = new Set([2, 3, 5, 7])
const mostRuns = 4096

/**
 * Levels are linear functions, modulo the prime, of the digits of the run number (Bose 1947; Box and Hunter 1961). At
 * resolution 3, columns are pairwise independent: every pair of factors shows all its combinations equally often. At
 * resolution 4, any three are independent: for two levels all columns have odd weight; for more, columns are taken in
 * order as long as no three lie on a line, which may need more runs than the best known fraction.
 *
 * regularFraction({ levels: 2, factors: 8, resolution: 4 }).rows.length // => 16
 */
export function regularFraction(options: {
  readonly levels: number
  readonly factors: number
  readonly resolution: 3 | 4
}): RegularFraction {
  const { levels, factors, resolution } = options
  checkWhole({ factors }, { least: 1, most: mostRuns })
  checkWhole({ resolution }, { least: 3, most: 4 })
  if (!primes.has(levels)) fail('levels-not-prime', { levels }, 'use 2, 3, 5 or 7 levels, or the D-optimal fraction')
  for (let digits = 1; levels ** digits <= mostRuns; digits++) {
    const columns = columnsOf({ levels, digits, wanted: factors, resolution })
    if (columns.length < factors) continue
    const rows = Array.from({ length: levels ** digits }, (_, run) => {
      const values = digitsOf(run, levels, digits)
      return columns.map((column) => column.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0) % levels)
    })
    return { rows, resolution: digits === factors ? 'full' : resolution }
  }
  return fail('too-many-factors', { factors, levels, runs: mostRuns }, 'vary fewer factors')
}

interface ColumnsWanted {
  readonly levels: number
  readonly digits: number
  readonly wanted: number
  readonly resolution: 3 | 4
}

/** The unit vectors first, so that as many factors as there are digits make the full design. */
function columnsOf({ levels, digits, wanted, resolution }: ColumnsWanted): readonly (readonly number[])[] {
  const units = Array.from({ length: digits }, (_, at) => Array.from({ length: digits }, (_, i) => (i === at ? 1 : 0)))
  if (wanted <= digits) return units.slice(0, wanted)
  const chosen: (readonly number[])[] = [...units]
  for (let number = 1; number < levels ** digits && chosen.length < wanted; number++) {
    const column = digitsOf(number, levels, digits)
    const first = column.find((digit) => digit !== 0)
    // Multiples of a column say the same: only those that begin with 1 count.
    if (first !== 1 || column.filter((digit) => digit !== 0).length < 2) continue
    if (resolution === 4 && liesOnALine({ column, chosen, levels })) continue
    chosen.push(column)
  }
  return chosen
}

/** Whether the column is a combination of two chosen ones. */
function liesOnALine(of: {
  readonly column: readonly number[]
  readonly chosen: readonly (readonly number[])[]
  readonly levels: number
}): boolean {
  const { column, chosen, levels } = of
  const key = (vector: readonly number[]): string => vector.join()
  const spanned = new Set<string>()
  for (const one of chosen) for (let w = 1; w < levels; w++) spanned.add(key(one.map((digit) => (digit * w) % levels)))
  return chosen.some((other) =>
    Array.from({ length: levels - 1 }, (_, w) => w + 1).some((weight) =>
      spanned.has(
        key(column.map((digit, at) => (digit - weight * (other[at] ?? 0) + weight * levels * levels) % levels)),
      ),
    ),
  )
}

function digitsOf(number: number, base: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.floor(number / base ** at) % base)
}
