/** Do scores owe something to items that were seen before? Originals against fresh twins, between models. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type NumberFormat,
} from '../../domain/index.ts'
import { type ComparedTwins, gapContrasts, ownGaps } from './twin-gap/compare-gaps.ts'
import { duplicateItems } from './twin-gap/duplicate-items.ts'
import { findTwins } from './twin-gap/find-twins.ts'
import {
  duplicateProblems,
  duplicateStatement,
  gainLedgers,
  gapKey,
  gapProblems,
  gapStatements,
  missingStatements,
} from './twin-gap/gap-findings.ts'
import { pairGaps } from './twin-gap/pair-gaps.ts'
import { gapFigures, gapTable } from './twin-gap/show-gaps.ts'

export const twinGap = defineAnalysis({
  name: 'twin-gap',
  title: 'Were the items seen before?',
  question: 'validity',
  version: 4,
  summary: 'Compares scores on exposed items with those on fresh twins, and that gap between models.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('level at which all contrasts between models hold at once'),
    attributes: z
      .array(z.string())
      .default(['twin', 'exposure'])
      .describe('item attributes that name the side of a pair'),
    exposed: z
      .array(z.string())
      .default(['original', 'public', 'exposed', 'seen', 'old', 'train', 'before'])
      .describe('levels, lower case with hyphens, of items that may have been seen'),
    fresh: z
      .array(z.string())
      .default(['fresh', 'twin', 'held-out', 'heldout', 'new', 'private', 'unseen', 'rewritten', 'after'])
      .describe('levels of items that cannot have been seen'),
    pairs: z.array(z.string()).default(['pair', 'pair_id', 'twin_of']).describe('item attributes that name the pair'),
    hashes: z
      .array(z.string())
      .default(['item_hash', 'doc_hash', 'content_hash', 'sample_hash'])
      .describe('item attributes that hold a hash of the content'),
    fewestReferences: z.number().int().min(2).default(5).describe('other models needed to call a gap evidence'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure'),
  }),
  assumptions: ['twins-as-hard-for-every-model', 'pairs-independent', 'references-not-exposed'],
  references: [
    'Zhang et al. 2024, A careful examination of large language model performance on grade school arithmetic (GSM1k)',
    'Crawford and Howell 1998, Comparing an individual’s test score against norms derived from small samples',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const duplicates = duplicateItems(observations, parameters.hashes)
    const searches = measures.map((measure) => ({ measure, ...findTwins(observations, measure, parameters) }))
    const paired = searches.flatMap(({ measure, found }) =>
      found === undefined ? [] : [{ measure, twins: found, gaps: pairGaps(observations, measure, found) }],
    )
    // Bonferroni over every contrast of the report, so that one false alarm among them is as unlikely as stated.
    const family = paired.reduce((sum, { gaps }) => sum + contrastCount(gaps.models.length), 0)
    const compared = paired.map((each): ComparedTwins => {
      const options = { twins: each.twins, gaps: each.gaps, scale: each.measure.scale, level: parameters.level }
      const simultaneous = 1 - (1 - parameters.level) / Math.max(1, family)
      const { fewestReferences } = parameters
      return {
        ...each,
        own: ownGaps(options),
        contrasts: gapContrasts({
          ...options,
          level: simultaneous,
          fewestReferences,
          random: random.split(each.measure.key),
        }),
      }
    })
    const statements = [
      ...compared.flatMap(gapStatements),
      ...missingStatements(
        searches.flatMap((search) => (search.found === undefined ? [search] : [])),
        compared.length,
      ),
      duplicateStatement(duplicates),
    ]
    return {
      status: compared.length > 0 ? 'answered' : duplicates === undefined ? 'cannot-say' : 'partly',
      statements,
      evidence: compared.flatMap(evidenceOf),
      problems: [...gapProblems(compared), ...duplicateProblems(duplicates)],
      figures: gapFigures(compared, parameters.rows),
      tables: gapTable(compared, parameters.rows),
      ledgers: gainLedgers(compared),
    }
  },
})

function contrastCount(models: number): number {
  return models < 2 ? 0 : models === 2 ? 1 : models
}

function evidenceOf({ measure, twins, gaps, own, contrasts }: ComparedTwins): readonly Evidence[] {
  const format: NumberFormat = measure.scale === 'unbounded' ? 'difference' : 'points'
  const subject = { task: measure.task, scorer: measure.scorer }
  const sides = `${twins.exposedLevel} minus ${twins.freshLevel}`
  return [
    ...contrasts.flatMap(({ model, others, outcome, test, seedPath, references }): readonly Evidence[] => {
      const rest = others.length === 1 ? (others[0] ?? '') : `the mean of ${others.length} other models`
      const about = { subject: { ...subject, model }, format, evidenceClass: 'asymptotic' } as const
      const key = gapKey(measure, model)
      const label = `${model} against ${rest}, ${measure.key}`
      return [
        {
          ...about,
          key,
          label: `${label}: difference of the gaps`,
          estimand:
            `gap (${sides}) of ${model} minus that of ${rest}, mean over the population of pairs` +
            (references === 'enough' ? '; the other models are a sample of models' : '; the other models are fixed'),
          outcome,
        },
        {
          ...about,
          key: `${key}-test`,
          label: `${label}: could the difference be chance?`,
          estimand: `in every pair, an excess of ${model} over ${rest} could as well have been a lack`,
          outcome: test,
          seedPath: test.kind === 'test' && test.method === 'sign-flip-monte-carlo' ? seedPath : undefined,
        },
      ]
    }),
    ...gaps.models.flatMap((model, column): readonly Evidence[] => {
      const outcome = own[column]
      if (outcome === undefined) return []
      return [
        {
          key: `${measure.task}/${measure.scorer}/${model}/gap`,
          label: `${model}, ${measure.key}: ${sides}`,
          subject: { ...subject, model },
          estimand: `mean over the population of pairs of the score on ${twins.exposedLevel} items minus that on their ${twins.freshLevel} twins; holds the difficulty of twins as well as exposure`,
          format,
          outcome,
          evidenceClass: 'asymptotic',
        },
      ]
    }),
  ]
}
