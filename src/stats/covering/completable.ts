/** Whether a partial setting can still become one that no constraint forbids. */

/** Levels that may not occur together, by factor. */
export type ForbiddenLevels = readonly { readonly factor: number; readonly level: number }[]

/**
 * Backtracking over the factors that constraints speak of; the others never matter. `row` holds −1 where open.
 *
 * isCompletable({ row: [0, -1], levels: [2, 1], forbidden: [[{ factor: 0, level: 0 }, { factor: 1, level: 0 }]] }) // => false
 */
export function isCompletable(options: {
  readonly row: readonly number[]
  readonly levels: readonly number[]
  readonly forbidden: readonly ForbiddenLevels[]
}): boolean {
  const { levels, forbidden } = options
  if (forbidden.length === 0) return true
  const row = [...options.row]
  if (breaksOne(row, forbidden)) return false
  const open = [...new Set(forbidden.flatMap((levelsOf) => levelsOf.map(({ factor }) => factor)))].filter(
    (factor) => (row[factor] ?? -1) < 0,
  )
  const complete = (at: number): boolean => {
    const factor = open[at]
    if (factor === undefined) return true
    for (let level = 0; level < (levels[factor] ?? 0); level++) {
      row[factor] = level
      if (!breaksOne(row, forbidden) && complete(at + 1)) return true
    }
    row[factor] = -1
    return false
  }
  return complete(0)
}

function breaksOne(row: readonly number[], forbidden: readonly ForbiddenLevels[]): boolean {
  return forbidden.some((levels) => levels.length > 0 && levels.every(({ factor, level }) => row[factor] === level))
}
