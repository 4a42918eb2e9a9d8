/** The ranking of one measure's models, with what is known of it and whether there is one at all. */
import type { Random } from '../../../random/index.ts'
import {
  type AbilityFit,
  abilityContrast,
  abilityFitTest,
  type CyclicFlow,
  circularTriads,
  clusteredAbilities,
  countPairs,
  cyclicFlow,
  davidson,
  type EloDispersion,
  eloDispersion,
  type NotEstimable,
  notEstimable,
  type Outcome,
  type PairCounts,
  type RankSet,
  rankSets,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { ItemBattles } from './item-battles.ts'

export interface RankedMeasure extends ItemBattles {
  readonly counts: PairCounts
  readonly fit: AbilityFit | NotEstimable
  readonly davidson: AbilityFit | NotEstimable
  /** Positions of the models from the ablest to the least able; those of equal ability by name. */
  readonly order: readonly number[]
  readonly sets: readonly RankSet[]
  /** Contrast of each model with the next in order. */
  readonly steps: readonly Outcome[]
  readonly flow: CyclicFlow | NotEstimable
  readonly fitTest: TestOutcome
  readonly triads: ReturnType<typeof circularTriads> | undefined
  readonly elo: EloDispersion | undefined
}

export interface RankingOptions {
  readonly level: number
  readonly draws: number
  /** Largest battles × draws of the null of the cyclic share, and battles × orders of the Elo diagnostic. */
  readonly work: number
  readonly orders: number
  readonly eloStep: number
  readonly fewestItems: number
  readonly random: Random
}

export function rankModels(found: ItemBattles, options: RankingOptions): RankedMeasure {
  const { level, draws, work, orders, eloStep, random, fewestItems } = options
  const { battles, cluster, clusters, models } = found
  const counts = countPairs(battles)
  const size = battles.first.length
  const ranked = models.length >= 3
  const fit =
    models.length < 3
      ? notEstimable('comparisons-not-connected', {
          parts: found.leftOut.length + 1,
          largest: models.length,
          models: models.length + found.leftOut.length,
        })
      : clusters < fewestItems
        ? notEstimable('too-few-values', { needed: fewestItems, given: clusters })
        : clusteredAbilities({ battles, cluster })
  const abilities = fit.kind === 'ability-fit' ? fit.abilities : new Float64Array(models.length)
  // Models that won alike differ by rounding alone, which must not order them.
  const steps = abilities.map((ability) => Math.round(1e9 * ability))
  const order = Array.from(models.keys()).sort((a, b) => (steps[b] ?? 0) - (steps[a] ?? 0) || a - b)
  const skipped = notEstimable('ranking-null-too-large', { battles: size })
  return {
    ...found,
    counts,
    fit,
    davidson: ranked ? davidson(counts) : notEstimable('too-few-models', { needed: 3, given: models.length }),
    order,
    sets: fit.kind === 'ability-fit' ? rankSets({ fit, level, family: 'all-models' }) : [],
    steps:
      fit.kind === 'ability-fit'
        ? order.slice(1).map((second, place) => abilityContrast({ fit, first: order[place] ?? 0, second, level }))
        : [],
    flow: !ranked || size * draws > work ? skipped : cyclicFlow({ counts, draws, random: random.split('cycles') }),
    fitTest: ranked ? abilityFitTest(counts) : skipped,
    triads: triadsOf(counts),
    elo:
      size * orders > work || size === 0
        ? undefined
        : eloDispersion({ battles, step: eloStep, start: 1000, orders, random: random.split('orders') }),
  }
}

/** Circular triads, where every pair met and has a majority. */
function triadsOf({ models, wins, ties }: PairCounts): RankedMeasure['triads'] {
  if (models < 3) return undefined
  const majorities: number[] = []
  for (let i = 0; i < models; i++) {
    let beaten = 0
    for (let j = 0; j < models; j++) {
      if (i === j) continue
      const [won, lost] = [wins[i * models + j] ?? 0, wins[j * models + i] ?? 0]
      if (won === lost || won + lost + (ties[i * models + j] ?? 0) === 0) return undefined
      if (won > lost) beaten++
    }
    majorities.push(beaten)
  }
  return circularTriads(majorities)
}
