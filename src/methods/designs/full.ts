/** Every setting the constraints allow. */
import { z } from 'zod'
import { defineDesign, feasibleSettings, missingSettings } from '../../domain/index.ts'

export const full = defineDesign({
  name: 'full',
  title: 'Full factorial',
  version: 1,
  summary: 'Every combination of levels that the constraints allow.',
  parameters: z.strictObject({}),
  references: ['Fisher 1935, The Design of Experiments'],
  plan({ factors, constraints, existing }) {
    const all = feasibleSettings(factors, constraints)
    return {
      settings: missingSettings({ settings: all, existing, factors }),
      selection: 'complete',
      licenses: ['existence', 'rate', 'mean', 'quantile', 'bounded-worst-case'],
      statement:
        factors.length === 0
          ? { code: 'design-one-setting', values: {} }
          : { code: 'design-full', values: { settings: all.length, factors: factors.length } },
    }
  },
})
