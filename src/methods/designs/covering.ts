/** Few settings in which every combination of t levels occurs: to find failures, not to estimate rates. */
import { z } from 'zod'
import { defineDesign, type FactorLevels, forbiddenLevels, type Levels } from '../../domain/index.ts'
import { coveringArray, fail } from '../../stats/index.ts'

export const covering = defineDesign({
  name: 'covering',
  title: 'Covering array',
  version: 1,
  summary: 'Every allowed combination of t levels at least once; settings that exist already count.',
  parameters: z.strictObject({
    strength: z.int().min(1).max(6).default(2).describe('t: how many factors are looked at together'),
    stronger: z
      .array(z.strictObject({ factors: z.array(z.string()).min(1), strength: z.int().min(1).max(6) }))
      .default([])
      .describe('sets of factors covered at a strength of their own'),
    candidates: z.int().min(1).max(1000).default(50).describe('rows tried for each row kept'),
  }),
  references: [
    'Kuhn, Kacker and Lei 2013, Introduction to Combinatorial Testing',
    'Czerwonka 2006, Pairwise testing in the real world: practical extensions to test-case generators',
  ],
  countsExisting: true,
  plan({ factors, constraints, existing, parameters, random }) {
    if (factors.length === 0)
      fail('design-without-factors', { design: 'covering' }, 'add factors, or use the full design')
    // One factor has no pairs: all its levels are then what can be covered.
    const strength = Math.min(parameters.strength, factors.length)
    const { rows, feasible, forbidden, alreadyCovered } = coveringArray({
      levels: factors.map(({ levels }) => levels.length),
      strength,
      stronger: parameters.stronger.map((set) => ({
        factors: set.factors.map((name) => placeOf(name, factors)),
        strength: set.strength,
      })),
      forbidden: forbiddenLevels(constraints, factors),
      existing: existing.map((levels) => factors.map((factor) => factor.levels.indexOf(levels[factor.name] ?? ''))),
      candidates: parameters.candidates,
      random,
    })
    return {
      settings: rows.map(
        (row): Levels =>
          Object.fromEntries(factors.map(({ name, levels }, factor) => [name, levels[row[factor] ?? 0] ?? ''])),
      ),
      selection: 'covering',
      // The levels of a single factor are all run here, unless some were run before.
      licenses:
        factors.length < 2 && existing.length === 0
          ? ['existence', 'rate', 'mean', 'quantile', 'bounded-worst-case']
          : ['existence'],
      statement: {
        code: 'design-covering',
        values: { strength, settings: rows.length, tuples: feasible, forbidden, already: alreadyCovered },
      },
    }
  },
})

function placeOf(name: string, factors: readonly FactorLevels[]): number {
  const place = factors.findIndex((factor) => factor.name === name)
  return place >= 0
    ? place
    : fail('setting-factor-unknown', { factor: name }, `use: ${factors.map((factor) => factor.name).join(', ')}`)
}
