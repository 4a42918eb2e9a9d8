/** A fraction of the full design from which the effect of every factor can be told: to attribute, not to estimate rates. */
import { z } from 'zod'
import {
  brokenConstraint,
  type Constraint,
  type DesignPlan,
  defineDesign,
  type FactorLevels,
  type Levels,
  missingSettings,
} from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { fail, mainEffectParameters, mainEffectsDesign, regularFraction } from '../../stats/index.ts'

const parameters = z.strictObject({
  resolution: z
    .enum(['main-effects', 'clear-main-effects'])
    .default('clear-main-effects')
    .describe(
      'whether pair interactions may hide in main effects; clear needs all factors with 2, 3, 5 or 7 levels each',
    ),
  runs: z.int().min(2).max(2000).optional().describe('settings to run; without it the smallest suitable number'),
})

/** More parameters than this make the exchange search slow. */
const mostParameters = 60

/**
 * Where all factors that vary have the same prime number of levels, nothing is forbidden and no number of runs is asked:
 * a regular fraction of resolution 4 (`clear-main-effects`) or 3. Otherwise: a D-optimal design for main effects by
 * coordinate exchange, whose efficiency against an orthogonal array is stated; pair interactions then bias main effects.
 */
export const fractional = defineDesign({
  name: 'fractional',
  title: 'Fractional factorial',
  version: 1,
  summary: 'A regular fraction where there is one, else a D-optimal one; tells what each factor does on average.',
  parameters,
  references: [
    'Box and Hunter 1961, The 2^(k−p) fractional factorial designs, Technometrics 3',
    'Meyer and Nachtsheim 1995, The coordinate-exchange algorithm, Technometrics 37',
  ],
  plan({ factors, constraints, existing, parameters: given, random }) {
    const varied = factors.filter(({ levels }) => levels.length > 1)
    if (varied.length === 0)
      fail('design-without-factors', { design: 'fractional' }, 'add factors with two levels or more')
    const made =
      regularPlan({ varied, constraints, given }) ?? optimalPlan({ varied, factors, constraints, given, random })
    const settings = made.rows.map(
      (row): Levels =>
        Object.fromEntries(
          factors.map(({ name, levels }) => {
            const place = varied.findIndex((factor) => factor.name === name)
            return [name, levels[place < 0 ? 0 : (row[place] ?? 0)] ?? '']
          }),
        ),
    )
    return {
      // Repeated rows carry weight in the fit, but a setting is run once: replicates are the protocol's.
      settings: missingSettings({ settings, existing, factors }),
      selection: 'attribution',
      licenses: ['existence'],
      statement: made.statement,
    }
  },
})

interface Made {
  readonly rows: readonly (readonly number[])[]
  readonly statement: DesignPlan['statement']
}

interface Wanted {
  readonly varied: readonly FactorLevels[]
  readonly constraints: readonly Constraint[]
  readonly given: z.infer<typeof parameters>
}

/** Undefined where no regular fraction exists or other runs are asked for. */
function regularPlan({ varied, constraints, given }: Wanted): Made | undefined {
  const [levels = 0, ...others] = [...new Set(varied.map((factor) => factor.levels.length))]
  if (others.length > 0 || ![2, 3, 5, 7].includes(levels) || constraints.length > 0 || given.runs !== undefined)
    return undefined
  const wanted = given.resolution === 'clear-main-effects' ? 4 : 3
  const { rows, resolution } = regularFraction({ levels, factors: varied.length, resolution: wanted })
  const values = { settings: rows.length, combinations: levels ** varied.length, factors: varied.length }
  if (resolution === 'full') return { rows, statement: { code: 'design-full', values } }
  return {
    rows,
    statement: { code: resolution === 4 ? 'design-fraction-clear' : 'design-fraction-main-effects', values },
  }
}

function optimalPlan(wanted: Wanted & { readonly factors: readonly FactorLevels[]; readonly random: Random }): Made {
  const { varied, constraints, given, random } = wanted
  const counts = varied.map(({ levels }) => levels.length)
  const effects = mainEffectParameters(counts)
  if (effects > mostParameters)
    fail('too-many-effects', { effects, most: mostParameters }, 'vary fewer levels, or use a covering design')
  const fixed = Object.fromEntries(wanted.factors.map(({ name, levels }) => [name, levels[0] ?? '']))
  const isAllowed = (row: readonly number[]): boolean => {
    const setting = {
      ...fixed,
      ...Object.fromEntries(varied.map(({ name, levels }, at) => [name, levels[row[at] ?? 0] ?? ''])),
    }
    return brokenConstraint(setting, constraints) === undefined
  }
  const runs = given.runs ?? suitableRuns(counts, effects)
  const { rows, efficiency } = mainEffectsDesign({ levels: counts, runs, isAllowed, random, starts: 10 })
  return { rows, statement: { code: 'design-fraction-optimal', values: { settings: runs, effects, efficiency } } }
}

/** The smallest number in which every pair of factors could show all its combinations equally often, up to twice the effects. */
function suitableRuns(counts: readonly number[], effects: number): number {
  const full = counts.reduce((product, count) => product * count, 1)
  const most = Math.min(full, 2 * effects)
  for (let runs = effects; runs <= most; runs++) {
    const fits = counts.every((a, i) => counts.every((b, j) => (i === j ? runs % a === 0 : runs % (a * b) === 0)))
    if (fits) return runs
  }
  return Math.min(full, Math.ceil(1.5 * effects))
}
