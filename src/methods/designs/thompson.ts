/** A pool of random settings, searched adaptively for the best and the worst. */
import { z } from 'zod'
import { defineDesign, feasibleSettings, type Levels, missingSettings, referenceSetting } from '../../domain/index.ts'
import { fail, thompsonNext, thompsonRecord } from '../../stats/index.ts'

const parameters = z.strictObject({
  settings: z.int().min(2).max(5000).default(320).describe('settings in the pool, the reference included'),
  batch: z.int().min(1).default(20).describe('items asked at each step'),
  budget: z
    .int()
    .min(2)
    .default(40_000)
    .describe('answers the search of one model asks for, besides those of the reference; an even number of batches'),
  scorer: z.string().min(1).optional().describe('scorer whose scores are searched; without it the first one'),
  reading: z.enum(['strict', 'lenient']).default('strict').describe('which reading of answers is searched'),
})

export const thompson = defineDesign({
  name: 'thompson',
  title: 'Thompson search for the ends',
  version: 2,
  summary: 'Tries settings where the best, then the worst, may lie; locates the ends and estimates nothing.',
  parameters,
  references: ['Sclar et al. 2023, Quantifying language models’ sensitivity to prompt formatting, arXiv 2310.11324'],
  plan({ factors, constraints, existing, parameters: given, random }) {
    const reference = referenceSetting(factors, constraints)
    const all = feasibleSettings(factors, constraints)
    const others = missingSettings({ settings: all, existing: [reference], factors })
    const places = others.map((_, index) => index)
    random.shuffle(places)
    const pool = [reference, ...places.slice(0, given.settings - 1).map((place) => others[place] ?? {})]
    if (pool.length < 2) fail('too-few-settings', { wanted: 2, allowed: pool.length }, 'give a factor another level')
    const settings: readonly Levels[] = missingSettings({ settings: pool, existing, factors })
    return {
      settings,
      selection: 'adaptive',
      licenses: ['existence'],
      statement: { code: 'design-thompson', values: { settings: pool.length, budget: given.budget } },
    }
  },
  /**
   * The first setting is asked on all items before the first step. Ask the two that are found about items the search did
   * not use: on the items they were chosen by, their difference is too large.
   */
  search({ parameters: given, settings, items, random }) {
    const options = { items, batch: given.batch, budget: given.budget }
    return {
      batch: given.batch,
      budget: given.budget,
      objective: { scorer: given.scorer, reading: given.reading },
      start: (reference) => ({
        step: 0,
        counts: Array.from({ length: settings }, (_, arm) =>
          arm === 0 ? reference : { asked: 0, trials: 0, successes: 0 },
        ),
      }),
      next: (state) => thompsonNext(options, state, random),
      record: (state, result) => thompsonRecord(options, state, result),
    }
  },
})
