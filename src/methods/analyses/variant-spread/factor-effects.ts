/** What each factor does by itself, paired by item. */
import type { Levels } from '../../../domain/index.ts'
import { type Outcome, pairedDifference } from '../../../stats/index.ts'
import type { VariantTable } from './variant-table.ts'

export interface FactorEffect {
  readonly factor: string
  readonly level: string
  /** `other`: the one other level; `mean of the others` for three levels or more. */
  readonly against: string
  /** Score with this level minus score with the others, mean over items; intervals hold for all effects at once. */
  readonly outcome: Outcome
  /** Whether the levels were compared with all other factors held equal. */
  readonly design: 'matched' | 'confounded'
}

/** Level of a factor that a variant does not name. */
const unset = '(not set)'

/**
 * Effects of factors with 2 to `mostLevels` levels. Only settings of the other factors under which every level was run
 * enter; where there are none, all variants do, and the effect is confounded with the other factors.
 */
export function factorEffects(
  table: VariantTable,
  { level, mostLevels }: { readonly level: number; readonly mostLevels: number },
): readonly FactorEffect[] {
  const names = [...new Set(table.levels.flatMap((levels) => Object.keys(levels)))].sort()
  const contrasts = names.flatMap((factor) => contrastsOf(table, { factor, mostLevels }))
  const each = 1 - (1 - level) / Math.max(1, contrasts.length)
  const clustered = table.clusters < table.items.length
  return contrasts.map(({ weights, ...about }) => ({
    ...about,
    outcome: pairedDifference({
      differences: rowContrasts(table, weights),
      clusters: clustered ? table.cluster : undefined,
      correction: 'cr2',
      range: table.measure.scale === 'unbounded' ? undefined : { lower: -1, upper: 1 },
      level: each,
    }).difference,
  }))
}

interface Contrast extends Omit<FactorEffect, 'outcome'> {
  /** Weight of each variant; the positive and the negative weights add up to 1 and −1. */
  readonly weights: readonly number[]
}

function contrastsOf(
  { levels: settings }: VariantTable,
  { factor, mostLevels }: { readonly factor: string; readonly mostLevels: number },
): readonly Contrast[] {
  const own = settings.map((levels) => levels[factor] ?? unset)
  const names = [...new Set(own)].sort()
  if (names.length < 2 || names.length > mostLevels) return []
  const blocks = Map.groupBy(settings.keys(), (variant) => others(settings[variant] ?? {}, factor))
  const complete = [...blocks.values()].filter(
    (block) => new Set(block.map((variant) => own[variant])).size === names.length,
  )
  const used = new Set((complete.length > 0 ? complete : [...blocks.values()]).flat())
  const design = complete.length > 0 ? 'matched' : 'confounded'
  // Two levels are one contrast, the second against the first.
  const compared = names.length === 2 ? names.slice(1) : names
  return compared.map((name) => {
    const inside = [...used].filter((variant) => own[variant] === name)
    const rest = names.filter((other) => other !== name)
    const weights = settings.map((_, variant) => {
      if (!used.has(variant)) return 0
      const level = own[variant] ?? unset
      if (level === name) return 1 / inside.length
      const alike = [...used].filter((other) => own[other] === level).length
      return -1 / (rest.length * alike)
    })
    return { factor, level: name, against: rest.length === 1 ? (rest[0] ?? '') : 'mean of the others', design, weights }
  })
}

/** All levels but this factor's, as one key. */
function others(levels: Levels, factor: string): string {
  return JSON.stringify(
    Object.keys(levels)
      .filter((name) => name !== factor)
      .sort()
      .map((name) => [name, levels[name]]),
  )
}

function rowContrasts({ values, variants }: VariantTable, weights: readonly number[]): Float64Array {
  const columns = variants.length
  return Float64Array.from({ length: values.length / columns }, (_, item) => {
    let sum = 0
    for (let column = 0; column < columns; column++) {
      sum += (weights[column] ?? 0) * (values[item * columns + column] ?? 0)
    }
    // Weights such as 1/3 leave rounding where the contrast is exactly zero or at an end of its range.
    const rounded = Math.abs(sum) < 1e-12 ? 0 : sum
    return Math.abs(Math.abs(rounded) - 1) < 1e-12 ? Math.sign(rounded) : rounded
  })
}
