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
  readonly study: GeneralizabilityStudy
  /** Of the design as it is. */
  readonly now: DecisionStudy
  readonly extensions: readonly Extension[]
  readonly completeItems: number
}

export interface StudyOptions {
  readonly level: number
  readonly draws: number
  readonly calls: number
  readonly mostVariants: number
  readonly fewestItems: number
  readonly random: Random
}

/** Undefined where nothing can be said. */
export function studyMeasure(table: CrossedScores, options: StudyOptions): StudiedMeasure | undefined {
  const { models, items, conditions, runsPerCell, values } = table
  const { level, calls, mostVariants, fewestItems } = options
  const study = generalizability({ values, objects: models.length, items, conditions, runsPerCell, level })
  if (study.kind === 'not-estimable' || study.items < fewestItems) return undefined
  const now = decide(study, { ...options, items: study.items })
  if (now.kind === 'not-estimable') return undefined
  return {
    ...table,
    study,
    now,
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

const sizes = [0.1, 0.25, 0.5, 1, 2, 5, 10]

export interface DecisionAtSize {
  readonly items: number
  readonly decision: DecisionStudy
}

/** The decision study with fewer and with more items. */
export function decisionsBySize(
  { study, now }: StudiedMeasure,
  options: Pick<StudyOptions, 'level' | 'draws' | 'random'>,
): readonly DecisionAtSize[] {
  const counts = [...new Set(sizes.map((size) => Math.max(2, Math.round(size * study.items))))]
  return counts.flatMap((items) => {
    const decision = items === study.items ? now : decide(study, { ...options, items })
    return decision.kind === 'decision-study' ? [{ items, decision }] : []
  })
}

function decide(
  study: GeneralizabilityStudy,
  {
    level,
    draws,
    random,
    items,
  }: Pick<StudyOptions, 'level' | 'draws' | 'random'> & {
    readonly items: number
  },
): DecisionStudy | NotEstimable {
  const { conditions, runsPerCell } = study
  return decisionStudy({
    study,
    design: { items, conditions, runsPerCell },
    fixed: 'none',
    cutScore: undefined,
    level,
    draws,
    random: random.split(items),
  })
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
