/** G-study and D-study of one measure, and what further calls would buy. */
import type { Random } from '../../../random/index.ts'
import {
  type DecisionStudy,
  decisionStudy,
  type Extension,
  type GeneralizabilityStudy,
  generalizability,
  type NoiseComponents,
  type NotEstimable,
  nextCalls,
} from '../../../stats/index.ts'
import type { CrossedScores } from './crossed-scores.ts'

export interface StudiedMeasure extends CrossedScores {
  readonly study: GeneralizabilityStudy | NotEstimable
  /** Of the design as it is. */
  readonly now: DecisionStudy | NotEstimable
  readonly curve: readonly { readonly items: number; readonly decision: DecisionStudy }[]
  readonly extensions: readonly Extension[]
  readonly completeItems: number
}

export interface StudyOptions {
  readonly level: number
  readonly draws: number
  readonly calls: number
  readonly mostVariants: number
  readonly random: Random
}

const sizes = [0.1, 0.25, 0.5, 1, 2, 5, 10]

export function studyMeasure(table: CrossedScores, options: StudyOptions): StudiedMeasure {
  const { models, items, conditions, runsPerCell, values } = table
  const { level, draws, calls, mostVariants, random } = options
  const study = generalizability({ values, objects: models.length, items, conditions, runsPerCell, level })
  if (study.kind === 'not-estimable')
    return { ...table, study, now: study, curve: [], extensions: [], completeItems: 0 }
  const decide = (count: number) =>
    decisionStudy({
      study,
      design: { items: count, conditions, runsPerCell },
      fixed: 'none',
      cutScore: undefined,
      level,
      draws,
      random: random.split(count),
    })
  const counts = [...new Set(sizes.map((size) => Math.max(2, Math.round(size * study.items))))]
  return {
    ...table,
    study,
    now: decide(study.items),
    curve: counts.flatMap((count) => {
      const decision = decide(count)
      return decision.kind === 'decision-study' ? [{ items: count, decision }] : []
    }),
    extensions: nextCalls({
      components: noiseOf(study),
      current: { items: study.items, variants: conditions, runs: runsPerCell, judges: 1 },
      calls,
      // What a facet adds that was never varied cannot be known, so it is not advised on.
      most: {
        items: study.items + calls,
        variants: conditions > 1 ? Math.max(conditions, mostVariants) : 1,
        runs: runsPerCell > 1 ? runsPerCell + calls : 1,
        judges: 1,
      },
    }),
    completeItems: study.items,
  }
}

/** Noise of the score of one model: what is common to all models and what is its own, under new items and variants. */
function noiseOf({ components }: GeneralizabilityStudy): NoiseComponents {
  const raw = (...effects: readonly string[]) =>
    components.reduce((sum, { effect, raw: value }) => (effects.includes(effect) ? sum + value : sum), 0)
  const conditions = components.some(({ effect }) => effect === 'condition')
  return conditions
    ? {
        item: raw('item', 'object-item'),
        variant: raw('condition', 'object-condition'),
        interaction: raw('item-condition', 'residual'),
        rerun: raw('rerun'),
      }
    : { item: raw('item', 'residual'), variant: 0, interaction: 0, rerun: raw('rerun') }
}
