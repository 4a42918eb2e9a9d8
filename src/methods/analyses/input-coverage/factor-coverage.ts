/** Factors varied in a task, and which of their levels were tried together. */
import { type Constraint, forbiddenLevels, isDirect } from '../../../domain/index.ts'
import { type LevelCoverage, levelCoverage } from '../../../stats/index.ts'
import type { TaskDesign } from './task-design.ts'

export interface FactorCoverage {
  readonly factors: readonly { readonly name: string; readonly levels: readonly string[] }[]
  /** One per setting that was run: position of its level in each factor. */
  readonly rows: readonly (readonly number[])[]
  /** Coverage at each strength that was asked for and that there are factors enough for. */
  readonly coverage: readonly LevelCoverage[]
}

/** Level of a factor that a variant does not name. */
const unset = '(not set)'

/**
 * Coverage of the combinations of levels among the settings that were run. The technique counts as a factor where two
 * or more were used; all names for asking plainly are one, and so are rows that name none. Only levels that occur are known: a level that was never run is missing from the denominator.
 */
export function factorCoverage(options: {
  readonly design: TaskDesign
  readonly strengths: readonly number[]
  /** What the protocol of a run of the task declares impossible. */
  readonly constraints: readonly Constraint[]
}): FactorCoverage {
  const { design, strengths, constraints } = options
  const names = [...new Set(design.variants.flatMap((levels) => Object.keys(levels)))].sort()
  const columns = names.map((name) => ({
    name,
    values: design.settings.map(({ variant }) => design.variants[variant]?.[name] ?? unset),
  }))
  const plainly = design.techniques.find((name) => isDirect(name) && name !== '') ?? unset
  const techniques = design.techniques.map((name) => (isDirect(name) ? plainly : name))
  if (new Set(techniques).size > 1)
    columns.push({ name: 'technique', values: design.settings.map(({ technique }) => techniques[technique] ?? unset) })
  const factors = columns.map(({ name, values }) => ({ name, levels: [...new Set(values)].sort() }))
  const rows = design.settings.map((_, setting) =>
    columns.map(({ values }, factor) => factors[factor]?.levels.indexOf(values[setting] ?? unset) ?? 0),
  )
  const levels = factors.map((factor) => factor.levels.length)
  const forbidden = forbiddenLevels(constraints, factors)
  return {
    factors,
    rows,
    coverage: strengths
      .filter((strength) => strength <= factors.length)
      .map((strength) => levelCoverage({ rows, levels, strength, listed: 5, forbidden })),
  }
}

/** `format=lettered with order=reversed`: the first combinations that were never tried. */
export function uncoveredWords({ factors }: FactorCoverage, coverage: LevelCoverage): string {
  return coverage.uncovered
    .map((tuple) =>
      tuple.factors
        .map((factor, i) => `${factors[factor]?.name}=${factors[factor]?.levels[tuple.levels[i] ?? 0]}`)
        .join(' with '),
    )
    .join('; ')
}
