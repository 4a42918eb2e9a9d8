/** What each technique gains over the direct one, for one model on one measure. */
import {
  comparePaired,
  directNames,
  type Measure,
  type ModelCells,
  type ModelRows,
  type Observations,
  type PairedScores,
  pairScores,
  techniqueTable,
  testedFamily,
} from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { bootstrapBiasCorrected, type ClaimLedger, type Outcome, type TestOutcome } from '../../../stats/index.ts'
import { type TechniqueCost, techniqueCosts } from './technique-costs.ts'

export interface TechniqueGap {
  readonly technique: string
  readonly shared: PairedScores
  /** Technique minus baseline. */
  readonly gap: Outcome
  readonly test: TestOutcome
  readonly adjusted?: number | undefined
  readonly comparisons: number
  readonly cost: TechniqueCost
  /** Extra tokens per item and point gained; absent where tokens are unknown or nothing was gained. */
  readonly tokensPerPoint?: number | undefined
}

export interface BestTechnique {
  readonly technique: string
  /** Its mean gain on the very items that it was chosen on. */
  readonly naive: number
  readonly corrected: Outcome
  readonly seedPath: string
}

export interface ModelGaps {
  readonly measure: Measure
  readonly model: string
  readonly baseline: string
  readonly baselineCost: TechniqueCost
  readonly gaps: readonly TechniqueGap[]
  /** Gain of using the best of all techniques, free of the choice; absent with fewer than three. */
  readonly best?: BestTechnique | undefined
  readonly ledgers: readonly ClaimLedger[]
}

export interface GapOptions {
  readonly level: number
  readonly baseline?: string | undefined
  readonly draws: number
  readonly random: Random
}

/** `undefined` where the model was not run with two techniques on at least two shared items. */
export function modelGaps(
  observations: Observations,
  {
    measure,
    model: { model, rows },
    ...options
  }: GapOptions & { readonly measure: Measure; readonly model: ModelRows },
): ModelGaps | undefined {
  const table = techniqueTable(observations, rows)
  const baseline = baselineOf(table.models, options.baseline)
  if (baseline === undefined || table.models.length < 2) return undefined
  const costs = techniqueCosts(observations, rows)
  const random = options.random.split(measure.key).split(model)
  const compared = table.models
    .filter((cells) => cells !== baseline)
    .flatMap((cells) => {
      const shared = pairScores(table, cells, baseline)
      if (shared.items.length < 2) return []
      const stream = random.split(nameOf(cells))
      const { difference, test } = comparePaired(shared, { scale: measure.scale, level: options.level, random: stream })
      return [{ technique: nameOf(cells), cells, shared, gap: difference, test, cost: costs(cells.model) }]
    })
  if (compared.length === 0) return undefined
  const against = nameOf(baseline)
  const { ledgers, adjusted } = testedFamily({
    family: `techniques of ${model} on ${measure.key}`,
    alpha: 1 - options.level,
    procedure: 'confirm',
    hypotheses: compared.map(({ technique, test }) => ({
      key: `${gapKey({ measure, model, baseline: against }, technique)}/test`,
      test,
    })),
  })
  const baselineCost = costs(baseline.model)
  const gaps = compared.map(
    ({ cells: _, ...gap }, at): TechniqueGap => ({
      ...gap,
      adjusted: adjusted[at],
      comparisons: adjusted.filter((p) => p !== undefined).length,
      tokensPerPoint: tokensPerPoint(gap, { baselineCost, scale: measure.scale }),
    }),
  )
  const best = bestTechnique(compared, {
    ...options,
    baseline: against,
    random: random.split('best of techniques'),
  })
  return { measure, model, baseline: against, baselineCost, gaps, best, ledgers }
}

export function gapKey(
  { measure, model, baseline }: Pick<ModelGaps, 'measure' | 'model' | 'baseline'>,
  technique: string,
): string {
  return `${measure.task}/${measure.scorer}/${model}/${technique} − ${baseline}`
}

function baselineOf(techniques: readonly ModelCells[], named: string | undefined): ModelCells | undefined {
  if (named !== undefined) return techniques.find(({ model }) => model === named)
  for (const name of directNames) {
    const found = techniques.find(({ model }) => model.toLowerCase() === name)
    if (found !== undefined) return found
  }
  return techniques[0]
}

function nameOf({ model }: ModelCells): string {
  return model === '' ? 'no technique named' : model
}

interface CostPerGain {
  readonly baselineCost: TechniqueCost
  readonly scale: Measure['scale']
}

function tokensPerPoint(
  { gap, cost }: Pick<TechniqueGap, 'gap' | 'cost'>,
  { baselineCost, scale }: CostPerGain,
): number | undefined {
  if (gap.kind !== 'estimate' || gap.value <= 0 || scale === 'unbounded') return undefined
  if (cost.tokens === undefined || baselineCost.tokens === undefined) return undefined
  return (cost.tokens - baselineCost.tokens) / (100 * gap.value)
}

interface Compared {
  readonly technique: string
  readonly shared: PairedScores
  readonly gap: Outcome
}

type BestOptions = Omit<GapOptions, 'baseline'> & { readonly baseline: string }

/** Chosen among the baseline and all techniques, on the items that all of them share. */
function bestTechnique(
  compared: readonly Compared[],
  { level, draws, random, baseline }: BestOptions,
): BestTechnique | undefined {
  if (compared.length < 2) return undefined
  const gains = compared.map(
    ({ shared }) =>
      new Map(Array.from(shared.items, (item, i) => [item, (shared.first[i] ?? 0) - (shared.second[i] ?? 0)])),
  )
  const [reference] = compared
  if (reference === undefined) return undefined
  const kept = Array.from(reference.shared.items.keys()).filter((i) =>
    gains.every((gain) => gain.has(reference.shared.items[i] ?? -1)),
  )
  const candidates = compared.length + 1
  const values = new Float64Array(kept.length * candidates)
  for (const [row, i] of kept.entries()) {
    const item = reference.shared.items[i] ?? -1
    // Column 0 is the baseline itself: it gains nothing, and may be the best choice.
    for (const [column, gain] of gains.entries()) values[row * candidates + column + 1] = gain.get(item) ?? 0
  }
  const { cluster, clusters } = renumbered(kept.map((i) => reference.shared.cluster[i] ?? 0))
  const means = Array.from(
    { length: candidates },
    (_, column) => kept.reduce((sum, _item, row) => sum + (values[row * candidates + column] ?? 0), 0) / kept.length,
  )
  const naive = Math.max(...means)
  const chosen = means.indexOf(naive)
  // The bootstrap only moves by a fraction of its width beyond this many draws; large tables need fewer.
  const affordable = Math.min(draws, Math.max(200, Math.floor(4e7 / Math.max(1, kept.length * candidates))))
  return {
    technique: chosen === 0 ? baseline : (compared[chosen - 1]?.technique ?? baseline),
    naive,
    corrected: bootstrapBiasCorrected({ values, candidates, cluster, clusters, level, draws: affordable, random }),
    seedPath: random.path,
  }
}

function renumbered(codes: readonly number[]): { readonly cluster: Int32Array; readonly clusters: number } {
  const numbers = new Map<number, number>()
  const cluster = Int32Array.from(codes, (code) => {
    const known = numbers.get(code) ?? numbers.size
    numbers.set(code, known)
    return known
  })
  return { cluster, clusters: numbers.size }
}
