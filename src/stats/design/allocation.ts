/** The cheapest crossed design for a score: how many items, variants, runs and judges a budget should buy. */
import { checkPositive } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import type { VarianceComponents } from '../variance-components.ts'

/** Components of the noise of one score; from `varianceComponents`, or one's own guess. Negative ones count as 0. */
export interface NoiseComponents extends Pick<VarianceComponents, 'item' | 'variant' | 'interaction'> {
  /** Noise of one more answer to the same prompt; 0 where it is part of the interaction. */
  readonly rerun: number
  /** Present where judges are drawn at random too. */
  readonly judging?: {
    /** Severity of a judge. */
    readonly judge: number
    /** Item × judge: a judge's taste. */
    readonly itemJudge: number
    /** Noise of one judgement of one answer. */
    readonly judgement: number
  }
}

export interface DesignSize {
  readonly items: number
  readonly variants: number
  /** Runs of each item under each variant. */
  readonly runs: number
  /** Judges, each of whom judges every answer; 1 without judges. */
  readonly judges: number
}

/** What a design costs, in one unit throughout: calls, tokens or money. */
export interface CrossedDesignCosts {
  readonly perItem: number
  readonly perVariant: number
  readonly perRun: number
  readonly perJudge: number
  readonly perJudgement: number
}

export interface PlannedDesign extends DesignSize {
  /** Of the mean score, for new items, variants, runs and judges. */
  readonly variance: number
  readonly standardError: number
  readonly cost: number
}

export interface AllocationOptions {
  readonly components: NoiseComponents
  readonly costs: CrossedDesignCosts
  readonly budget: number
  /** The largest design that is possible: items in stock, variants written, judges at hand. */
  readonly most: DesignSize
  /** Designs with fewer items are not offered: normal approximations do not hold for a handful. 1 where absent. */
  readonly fewestItems?: number | undefined
}

/**
 * V = σ²_i/n_i + σ²_v/n_v + σ²_iv/(n_i n_v) + σ²_r/(n_i n_v n_r), with judges + σ²_j/n_j + σ²_ij/(n_i n_j) + σ²_e/(n_i n_v n_r n_j): the
 * variance of a mean over a crossed design in which all facets are drawn at random (Brennan 2001, ch. 5).
 *
 * designVariance({ item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 }, { items: 446, variants: 9, runs: 1, judges: 1 }) // => 5.18684…e-4
 */
export function designVariance(components: NoiseComponents, size: DesignSize): number {
  checkComponents(components)
  checkPositive({ ...size })
  return crossedVariance(components, size)
}

/** The same without checks, for searches. */
export function crossedVariance(components: NoiseComponents, size: DesignSize): number {
  const { items, variants, runs, judges } = size
  const { item, variant, interaction, rerun, judging } = components
  const answers = items * variants * runs
  const ofJudges =
    judging === undefined
      ? 0
      : floored(judging.judge) / judges +
        floored(judging.itemJudge) / (items * judges) +
        floored(judging.judgement) / (answers * judges)
  return (
    floored(item) / items +
    floored(variant) / variants +
    floored(interaction) / (items * variants) +
    floored(rerun) / answers +
    ofJudges
  )
}

/** c_i n_i + c_v n_v + c_r n_i n_v n_r + c_j n_j + c_e n_i n_v n_r n_j. */
export function designCost(costs: CrossedDesignCosts, size: DesignSize): number {
  checkCosts(costs)
  checkPositive({ ...size })
  return crossedCost(costs, size)
}

function crossedCost(costs: CrossedDesignCosts, { items, variants, runs, judges }: DesignSize): number {
  const answers = items * variants * runs
  return (
    costs.perItem * items +
    costs.perVariant * variants +
    costs.perRun * answers +
    costs.perJudge * judges +
    costs.perJudgement * answers * judges
  )
}

/**
 * The design with the smallest variance that the budget allows, by trying every number of variants, runs and judges and
 * spending the rest on items. Of equally good designs the cheapest. Undefined where not even one answer is affordable.
 *
 * A single-prompt design keeps σ²_v whole, however many items it buys: compare with `most.variants` = 1.
 *
 * bestDesign({ components: { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 },
 *   costs: { perItem: 2, perVariant: 10, perRun: 1, perJudge: 0, perJudgement: 0 }, budget: 5000,
 *   most: { items: 10_000, variants: 60, runs: 10, judges: 1 } }) // => { items: 446, variants: 9, runs: 1, … }
 */
export function bestDesign({
  components,
  costs,
  budget,
  most,
  fewestItems = 1,
}: AllocationOptions): PlannedDesign | undefined {
  check({ components, costs, budget, most })
  checkSize({ ...most, items: fewestItems })
  let best: PlannedDesign | undefined
  for (let judges = 1; judges <= most.judges; judges++) {
    for (let variants = 1; variants <= most.variants; variants++) {
      for (let runs = 1; runs <= most.runs; runs++) {
        const items = affordableItems({ costs, budget, most, size: { variants, runs, judges } })
        if (items < fewestItems) break
        const size = { items, variants, runs, judges }
        const variance = crossedVariance(components, size)
        const cost = crossedCost(costs, size)
        if (best === undefined || variance < best.variance || (variance === best.variance && cost < best.cost)) {
          best = { ...size, variance, standardError: Math.sqrt(variance), cost }
        }
      }
    }
  }
  return best
}

/** The best design for each of several budgets, beside the best with one variant: what a single prompt costs in error. */
export function budgetGrid({
  budgets,
  ...options
}: Omit<AllocationOptions, 'budget'> & { readonly budgets: readonly number[] }): readonly {
  readonly budget: number
  readonly best: PlannedDesign | undefined
  readonly singleVariant: PlannedDesign | undefined
}[] {
  return budgets.map((budget) => ({
    budget,
    best: bestDesign({ ...options, budget }),
    singleVariant: bestDesign({ ...options, budget, most: { ...options.most, variants: 1 } }),
  }))
}

function affordableItems({
  costs,
  budget,
  most,
  size: { variants, runs, judges },
}: Pick<AllocationOptions, 'costs' | 'budget' | 'most'> & { readonly size: Omit<DesignSize, 'items'> }): number {
  const fixed = costs.perVariant * variants + costs.perJudge * judges
  const each = costs.perItem + variants * runs * (costs.perRun + costs.perJudgement * judges)
  if (each === 0) return fixed <= budget ? most.items : 0
  // A budget that is an exact multiple must not lose an item to rounding.
  return Math.min(most.items, Math.floor(((budget - fixed) / each) * (1 + 1e-12)))
}

function check({ components, costs, budget, most }: AllocationOptions): void {
  checkComponents(components)
  checkCosts(costs)
  if (!(budget > 0 && budget < Number.POSITIVE_INFINITY))
    fail('budget-out-of-range', { budget }, 'pass a budget above 0')
  checkMost(most)
}

/** Refuses components that are not finite. */
export function checkComponents({ judging, ...plain }: NoiseComponents): void {
  for (const [name, value] of Object.entries({ ...plain, ...judging })) {
    if (!Number.isFinite(value)) fail('variance-out-of-range', { [name]: value }, 'pass finite variance components')
  }
}

function checkCosts(costs: CrossedDesignCosts): void {
  for (const [name, value] of Object.entries(costs)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      fail('cost-out-of-range', { [name]: value }, 'pass costs of at least 0')
    }
  }
}

/** Every number of variants, runs and judges is tried: more combinations than this take minutes. */
const mostShapes = 5_000_000

/** Refuses largest designs that are no sizes, or that leave too many shapes to try. */
export function checkMost(most: DesignSize): void {
  checkSize(most)
  const shapes = most.variants * most.runs * most.judges
  if (shapes > mostShapes) {
    fail('too-many-designs', { shapes, most: mostShapes }, 'bound variants, runs and judges by what is at hand')
  }
}

/** Refuses sizes that are not whole numbers of at least 1. */
export function checkSize(size: DesignSize): void {
  for (const [name, value] of Object.entries(size)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      fail('design-size-out-of-range', { [name]: value }, 'pass whole numbers of at least 1')
    }
  }
}

function floored(component: number): number {
  return Math.max(0, component)
}
