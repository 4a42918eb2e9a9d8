/** Settings that somebody listed. */
import { z } from 'zod'
import { brokenConstraint, defineDesign, type FactorLevels, type Levels, missingSettings } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

export const supplied = defineDesign({
  name: 'supplied',
  title: 'Supplied settings',
  version: 1,
  summary: 'Exactly the settings that are listed; a factor a setting leaves out stands at its first level.',
  parameters: z.strictObject({
    settings: z.array(z.record(z.string(), z.string())).min(1).describe('settings, each a level for every factor'),
  }),
  references: [],
  plan({ factors, constraints, existing, parameters }) {
    const settings = parameters.settings.map((given) => completed(given, factors))
    for (const setting of settings) {
      const broken = brokenConstraint(setting, constraints)
      if (broken !== undefined)
        fail(
          'setting-forbidden',
          { setting: JSON.stringify(setting), because: broken.because },
          'drop it or the constraint',
        )
    }
    const distinct = missingSettings({ settings, existing: [], factors })
    return {
      settings: missingSettings({ settings: distinct, existing, factors }),
      selection: 'supplied',
      licenses: ['existence', 'rate', 'mean', 'quantile', 'bounded-worst-case'],
      statement: { code: 'design-supplied', values: { settings: distinct.length } },
    }
  },
})

function completed(given: Levels, factors: readonly FactorLevels[]): Levels {
  for (const [name, level] of Object.entries(given)) {
    const factor = factors.find((each) => each.name === name)
    if (factor === undefined)
      fail('setting-factor-unknown', { factor: name }, `use: ${factors.map((each) => each.name).join(', ')}`)
    else if (!factor.levels.includes(level))
      fail('setting-level-unknown', { factor: name, level }, `use: ${factor.levels.join(', ')}`)
  }
  return Object.fromEntries(factors.map(({ name, levels }) => [name, given[name] ?? levels[0] ?? '']))
}
