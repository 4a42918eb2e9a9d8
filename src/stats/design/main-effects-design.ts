/** D-optimal designs for main effects: settings from which the effect of every level is estimated best. */

import type { Random } from '../../random/index.ts'
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { cholesky, logDeterminant } from '../linear/cholesky.ts'

export interface MainEffectsOptions {
  /** Number of levels of each factor, at least 2. */
  readonly levels: readonly number[]
  readonly runs: number
  /** Whether a row may be run. */
  readonly isAllowed: (row: readonly number[]) => boolean
  readonly random: Random
  /** Random starts of the search. */
  readonly starts: number
}

export interface MainEffectsDesign {
  readonly rows: readonly (readonly number[])[]
  /** (det X′X)^(1/p) / n of X in orthonormal coding: 1 exactly for an orthogonal array, which need not exist. */
  readonly efficiency: number
}

/** Per factor and level, its coordinates. */
type Contrasts = readonly (readonly (readonly number[])[])[]

const searchRidge = 1e-6

/** Intercept and one column fewer than levels for each factor. */
export function mainEffectParameters(levels: readonly number[]): number {
  for (const count of levels) checkWhole({ levels: count }, { least: 2, most: 1000 })
  return 1 + levels.reduce((sum, count) => sum + count - 1, 0)
}

/**
 * Coordinate exchange (Meyer and Nachtsheim 1995): from random allowed rows, one level of one row at a time is changed
 * where that raises det X′X, until nothing does; the best of `starts`. Orthonormal contrasts, so the criterion does not
 * depend on the order of levels. A local optimum: the efficiency is exact, its being the largest possible is not shown.
 *
 * Refuses fewer runs than parameters, and constraints under which main effects cannot be told apart.
 */
export function mainEffectsDesign(options: MainEffectsOptions): MainEffectsDesign {
  const { levels, runs, starts, random } = options
  const parameters = mainEffectParameters(levels)
  checkWhole({ starts }, { least: 1, most: 10_000 })
  checkWhole({ runs }, { least: 1, most: 100_000 })
  if (runs < parameters) fail('too-few-runs', { runs, parameters }, 'allow at least as many runs as parameters')
  const contrasts = levels.map(orthonormalContrasts)
  let best: { readonly rows: readonly (readonly number[])[]; readonly value: number } | undefined
  for (let start = 0; start < starts; start++) {
    const rows = exchanged(options, contrasts, random.split('start').split(start))
    const value = criterion({ rows, contrasts, ridge: 0 })
    if (value > Number.NEGATIVE_INFINITY && (best === undefined || value > best.value)) best = { rows, value }
    if (best !== undefined && best.value > -1e-9) break
  }
  if (best === undefined)
    return fail('effects-not-separable', { runs, parameters }, 'relax the constraints or allow more runs')
  return { rows: best.rows, efficiency: Math.min(1, Math.exp(best.value / parameters)) }
}

function exchanged(
  { levels, runs, isAllowed }: MainEffectsOptions,
  contrasts: Contrasts,
  random: Random,
): readonly (readonly number[])[] {
  const rows = Array.from({ length: runs }, () => allowedRow({ levels, isAllowed, random }))
  let value = criterion({ rows, contrasts, ridge: searchRidge })
  for (let improved = true; improved; ) {
    improved = false
    for (const row of rows) {
      for (const [factor, count] of levels.entries()) {
        const kept = row[factor] ?? 0
        let chosen = kept
        for (let level = 0; level < count; level++) {
          row[factor] = level
          if (level === kept || !isAllowed(row)) continue
          const changed = criterion({ rows, contrasts, ridge: searchRidge })
          // More than rounding, or levels of equal worth would take turns for ever.
          if (changed > value + 1e-9) {
            value = changed
            chosen = level
            improved = true
          }
        }
        row[factor] = chosen
      }
    }
  }
  return rows
}

function allowedRow(of: {
  readonly levels: readonly number[]
  readonly isAllowed: (row: readonly number[]) => boolean
  readonly random: Random
}): number[] {
  for (let tried = 0; tried < 100_000; tried++) {
    const row = of.levels.map((count) => of.random.integer(count))
    if (of.isAllowed(row)) return row
  }
  return fail('constraints-allow-nothing', { tried: 100_000 }, 'relax the constraints')
}

interface Criterion {
  readonly rows: readonly (readonly number[])[]
  readonly contrasts: Contrasts
  /** Added to the diagonal, so that a singular start has a direction to leave by; 0 for the result. */
  readonly ridge: number
}

/** log det(X′X / n); −∞ where effects cannot be told apart. */
function criterion({ rows, contrasts, ridge }: Criterion): number {
  const parameters = 1 + contrasts.reduce((sum, levels) => sum + levels.length - 1, 0)
  const matrix = new Float64Array(parameters * parameters)
  for (const row of rows) {
    const x = [1, ...row.flatMap((level, factor) => contrasts[factor]?.[level] ?? [])]
    for (let i = 0; i < parameters; i++)
      for (let j = 0; j <= i; j++) {
        const at = i * parameters + j
        matrix[at] = (matrix[at] ?? 0) + ((x[i] ?? 0) * (x[j] ?? 0)) / rows.length
      }
  }
  for (let i = 0; i < parameters; i++) matrix[i * parameters + i] = (matrix[i * parameters + i] ?? 0) + ridge
  const factor = cholesky(matrix, parameters)
  return factor === undefined ? Number.NEGATIVE_INFINITY : logDeterminant(factor)
}

/** Per level, its coordinates: rows of a matrix whose columns have mean 0, mean square 1, and are orthogonal (Helmert). */
function orthonormalContrasts(count: number): readonly (readonly number[])[] {
  return Array.from({ length: count }, (_, level) =>
    Array.from({ length: count - 1 }, (_, column) => {
      const size = column + 1
      const scale = Math.sqrt(count / (size * (size + 1)))
      return level < size ? scale : level === size ? -size * scale : 0
    }),
  )
}
