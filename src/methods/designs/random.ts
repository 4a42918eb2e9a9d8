/** Settings drawn at random from all that the constraints allow: the sample that averages and quantiles rest on. */
import { z } from 'zod'
import { brokenConstraint, defineDesign, feasibleSettings, type Levels, missingSettings } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

/** Up to this many combinations are listed and shuffled; beyond, settings are drawn one by one. */
const listed = 20_000
/** Draws in a row that give nothing new before the constraints count as leaving too little. */
const patience = 100_000

export const random = defineDesign({
  name: 'random',
  title: 'Random settings',
  version: 1,
  summary: 'Distinct settings drawn uniformly from all that the constraints allow.',
  parameters: z.strictObject({
    settings: z.int().min(1).max(100_000).default(10).describe('number of settings to draw'),
  }),
  references: ['Cochran 1977, Sampling Techniques'],
  plan({ factors, constraints, existing, parameters, random: stream }) {
    const wanted = parameters.settings
    const possible = factors.reduce((product, { levels }) => product * levels.length, 1)
    const drawn = new Map<string, Levels>()
    if (possible <= listed) {
      const all = feasibleSettings(factors, constraints)
      const places = all.map((_, index) => index)
      stream.shuffle(places)
      for (const place of places.slice(0, wanted)) drawn.set(String(place), all[place] ?? {})
      if (all.length < wanted)
        fail('too-few-settings', { wanted, allowed: all.length }, 'draw fewer settings or use the full design')
    } else {
      for (let failed = 0; drawn.size < wanted; failed++) {
        if (failed > patience)
          fail('too-few-settings', { wanted, found: drawn.size }, 'draw fewer settings or relax the constraints')
        const setting: Levels = Object.fromEntries(
          factors.map(({ name, levels }) => [name, levels[stream.integer(levels.length)] ?? '']),
        )
        const key = JSON.stringify(Object.values(setting))
        if (drawn.has(key) || brokenConstraint(setting, constraints) !== undefined) continue
        drawn.set(key, setting)
        failed = 0
      }
    }
    return {
      settings: missingSettings({ settings: [...drawn.values()], existing, factors }),
      selection: 'random-draw',
      licenses: ['existence', 'rate', 'mean', 'quantile'],
      statement: { code: 'design-random', values: { settings: wanted, combinations: possible } },
    }
  },
})
