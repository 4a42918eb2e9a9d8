/** Settings of factors: which the constraints allow, and which exist already. */
import { type ForbiddenLevels, fail } from '../stats/index.ts'
import type { Constraint, FactorLevels } from './design.ts'
import type { Levels } from './observations.ts'

/** Settings beyond this are refused rather than listed: nobody runs them, and listing them takes the memory. */
const mostListed = 1_000_000

/** The first constraint a complete or partial setting breaks. A constraint on a factor that is not set is not broken. */
export function brokenConstraint(levels: Levels, constraints: readonly Constraint[]): Constraint | undefined {
  return constraints.find(({ not }) => {
    const forbidden = Object.entries(not)
    return forbidden.length > 0 && forbidden.every(([name, level]) => levels[name] === level)
  })
}

/** All settings the constraints allow, the first factor outermost; one empty setting where nothing is varied. */
export function feasibleSettings(
  factors: readonly FactorLevels[],
  constraints: readonly Constraint[],
): readonly Levels[] {
  const possible = factors.reduce((product, { levels }) => product * levels.length, 1)
  if (possible > mostListed)
    fail('too-many-settings', { settings: possible, most: mostListed }, 'use a covering, random or fractional design')
  let settings: readonly Levels[] = [{}]
  for (const { name, levels } of factors) {
    settings = settings
      .flatMap((setting) => levels.map((level): Levels => ({ ...setting, [name]: level })))
      .filter((setting) => brokenConstraint(setting, constraints) === undefined)
  }
  return settings
}

/** The first level of every factor. Refuses where the constraints forbid exactly that. */
export function referenceSetting(factors: readonly FactorLevels[], constraints: readonly Constraint[]): Levels {
  const reference = Object.fromEntries(factors.map(({ name, levels }) => [name, levels[0] ?? '']))
  const broken = brokenConstraint(reference, constraints)
  if (broken !== undefined)
    fail('reference-forbidden', { because: broken.because }, 'list a level first that the constraints allow')
  return reference
}

/** Settings without those that exist already, each once. Existing rows may name other factors too; those do not count. */
export function missingSettings(options: {
  readonly settings: readonly Levels[]
  readonly existing: readonly Levels[]
  readonly factors: readonly FactorLevels[]
}): readonly Levels[] {
  const key = (levels: Levels): string => JSON.stringify(options.factors.map(({ name }) => levels[name] ?? null))
  const seen = new Set(options.existing.map(key))
  return options.settings.filter((setting) => {
    const isNew = !seen.has(key(setting))
    seen.add(key(setting))
    return isNew
  })
}

/** Constraints by the positions of factors and levels. One that names a level no factor has forbids nothing. */
export function forbiddenLevels(
  constraints: readonly Constraint[],
  factors: readonly FactorLevels[],
): readonly ForbiddenLevels[] {
  return constraints.flatMap(({ not }) => {
    const levels = Object.entries(not).map(([name, level]) => {
      const factor = factors.findIndex((each) => each.name === name)
      return { factor, level: factors[factor]?.levels.indexOf(level) ?? -1 }
    })
    return levels.some(({ level }) => level < 0) ? [] : [levels]
  })
}
