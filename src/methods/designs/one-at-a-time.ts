/** The reference setting, and every other level of every factor alone. */
import { z } from 'zod'
import { brokenConstraint, defineDesign, type Levels, missingSettings, referenceSetting } from '../../domain/index.ts'

export const oneAtATime = defineDesign({
  name: 'one-at-a-time',
  title: 'One factor at a time',
  version: 1,
  summary: 'The first level of every factor, then each other level alone: what one change does to the reference.',
  parameters: z.strictObject({}),
  references: [
    'Saltelli and Annoni 2010, How to avoid a perfunctory sensitivity analysis, Environmental Modelling & Software 25',
  ],
  plan({ factors, constraints, existing }) {
    const reference = referenceSetting(factors, constraints)
    const changed = factors.flatMap(({ name, levels }) =>
      levels.slice(1).map((level): Levels => ({ ...reference, [name]: level })),
    )
    const allowed = changed.filter((setting) => brokenConstraint(setting, constraints) === undefined)
    return {
      settings: missingSettings({ settings: [reference, ...allowed], existing, factors }),
      selection: 'attribution',
      licenses: factors.length < 2 ? ['existence', 'rate', 'mean', 'quantile', 'bounded-worst-case'] : ['existence'],
      statement:
        factors.length < 2
          ? { code: 'design-full', values: { settings: allowed.length + 1, factors: factors.length } }
          : {
              code: 'design-one-at-a-time',
              values: { settings: allowed.length + 1, forbidden: changed.length - allowed.length },
            },
    }
  },
})
