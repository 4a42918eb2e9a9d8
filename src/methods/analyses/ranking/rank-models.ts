/** The ranking of one measure's models, with what is known of it and whether there is one at all. */
import type { Random } from '../../../random/index.ts'
import {
  type AbilityFit,
  abilityBootstrap,
  abilityContrast,
  abilityFitTest,
  bootstrapRankSets,
  bradleyTerry,
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
  raoKupper,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { ItemBattles } from './item-battles.ts'

export interface RankedMeasure extends ItemBattles {
  readonly counts: PairCounts
  readonly fit: AbilityFit | NotEstimable
  /** Of Davidson's and Rao and Kupper's model the likelier; absent where nothing ever tied, or neither has finite abilities. */
  readonly ties: TieModel | undefined
  /** Positions of the models from the ablest to the least able; those of equal ability by name. */
  readonly order: readonly number[]
  readonly sets: readonly RankSet[]
  readonly setMethod: 'bonferroni' | 'bootstrap'
  /** Contrast of each model with the next in order. */
  readonly steps: readonly Outcome[]
  /** The first of them as if all comparisons were independent, and by the model of ties. */
  readonly independentStep: Outcome | undefined
  readonly tieStep: Outcome | undefined
  readonly flow: CyclicFlow | NotEstimable
  readonly fitTest: TestOutcome
  readonly triads: ReturnType<typeof circularTriads> | undefined
  readonly elo: EloDispersion | undefined
}

export interface TieModel {
  readonly fit: AbilityFit
  /** By how much its log-likelihood exceeds that of the other; absent where the other could not be fitted. */
  readonly lead: number | undefined
  /** Models that stand elsewhere than with ties as half wins. */
  readonly moved: number
  /** Ties among all comparisons. */
  readonly share: number
}

export interface RankingOptions {
  readonly level: number
  readonly draws: number
  /** Largest battles × draws of the null of the cyclic share, and battles × orders of the Elo diagnostic. */
  readonly work: number
  readonly resamples: number
  /** Largest battles × resamples for rank sets by bootstrap. */
  readonly resamplingWork: number
  readonly fewestItems: number
  readonly random: Random
}

export interface EloOptions {
  readonly work: number
  readonly orders: number
  readonly eloStep: number
  readonly random: Random
}

export function rankModels(found: ItemBattles, options: RankingOptions): RankedMeasure {
  const { level, draws, work, random, fewestItems } = options
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
  const order = orderOf(abilities)
  const ties = fit.kind === 'ability-fit' ? tieModel(counts, order) : undefined
  const leaders = { first: order[0] ?? 0, second: order[1] ?? 0, level }
  const skipped = notEstimable('ranking-null-too-large', { battles: size })
  return {
    ...found,
    counts,
    fit,
    ties,
    order,
    ...setsOf(found, { ...options, fit }),
    steps:
      fit.kind === 'ability-fit'
        ? order.slice(1).map((second, place) => abilityContrast({ fit, first: order[place] ?? 0, second, level }))
        : [],
    independentStep: fit.kind === 'ability-fit' ? independentContrast(counts, leaders) : undefined,
    tieStep: ties === undefined ? undefined : abilityContrast({ fit: ties.fit, ...leaders }),
    flow: !ranked || size * draws > work ? skipped : cyclicFlow({ counts, draws, random: random.split('cycles') }),
    fitTest: ranked ? abilityFitTest(counts) : skipped,
    triads: triadsOf(counts),
    elo: undefined,
  }
}

/** How much Elo ratings of the same comparisons depend on their order; undefined beyond `work`. */
export function eloOf({ battles }: ItemBattles, { work, orders, eloStep, random }: EloOptions): RankedMeasure['elo'] {
  const size = battles.first.length
  return size * orders > work || size === 0
    ? undefined
    : eloDispersion({ battles, step: eloStep, start: 1000, orders, random: random.split('orders') })
}

/** Models that won alike differ by rounding alone, which must not order them. */
function orderOf(abilities: Float64Array): readonly number[] {
  const steps = abilities.map((ability) => Math.round(1e9 * ability))
  return Array.from(abilities.keys()).sort((a, b) => (steps[b] ?? 0) - (steps[a] ?? 0) || a - b)
}

type RankSets = Pick<RankedMeasure, 'sets' | 'setMethod'>

/** By the bootstrap law of the largest contrast where that is affordable, else by Bonferroni, which is wider. */
function setsOf(
  { battles, cluster }: ItemBattles,
  { fit, level, resamples, resamplingWork, random }: RankingOptions & Pick<RankedMeasure, 'fit'>,
): RankSets {
  if (fit.kind !== 'ability-fit') return { sets: [], setMethod: 'bonferroni' }
  if (battles.first.length * resamples <= resamplingWork) {
    const bootstrap = abilityBootstrap({ battles, cluster, draws: resamples, random: random.split('resamples') })
    if (bootstrap.kind === 'ability-bootstrap')
      return { sets: bootstrapRankSets({ bootstrap, level }), setMethod: 'bootstrap' }
  }
  return { sets: rankSets({ fit, level, family: 'all-models' }), setMethod: 'bonferroni' }
}

function tieModel(counts: PairCounts, order: readonly number[]): TieModel | undefined {
  const fits = [davidson(counts), raoKupper(counts)]
    .flatMap((fit) => (fit.kind === 'ability-fit' && fit.converged ? [fit] : []))
    .toSorted((a, b) => b.logLikelihood - a.logLikelihood)
  const [fit, other] = fits
  if (fit === undefined) return undefined
  const tied = orderOf(fit.abilities)
  const [wins, ties] = [counts.wins, counts.ties].map((cells) => cells.reduce((sum, count) => sum + count, 0))
  return {
    fit,
    lead: other === undefined ? undefined : fit.logLikelihood - other.logLikelihood,
    moved: tied.filter((model, place) => order[place] !== model).length,
    share: (ties ?? 0) / 2 / ((wins ?? 0) + (ties ?? 0) / 2),
  }
}

function independentContrast(
  counts: PairCounts,
  leaders: { readonly first: number; readonly second: number; readonly level: number },
): Outcome {
  const fit = bradleyTerry({ ...counts, covarianceKind: 'model' })
  return fit.kind === 'not-estimable' ? fit : abilityContrast({ fit, ...leaders })
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
