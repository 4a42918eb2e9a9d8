/** What difference a comparison can find: by items and repeats, and for a budget by how it is spent. */
import {
  type AffordableDesign,
  affordableDesign,
  type DifferenceDesign,
  fail,
  minimumDetectableEffect,
  requiredItems,
} from '../../stats/index.ts'

export interface MdePlanInput {
  /** Variances of the paired difference, per item and per response, from a pilot or as given. */
  readonly components: DifferenceComponents
  /** Undefined where only a budget or a wanted effect is given. */
  readonly items: number | undefined
  /** Responses per item and system. */
  readonly repeats: number
  /** Wanted detectable effect; undefined where none was named. */
  readonly effect: number | undefined
  readonly designEffect: number
  readonly alpha: number
  readonly power: number
  readonly budget: Budget | undefined
}

export interface DifferenceComponents {
  readonly item: number
  readonly responseA: number
  /** 0 where one system is held against a fixed value. */
  readonly responseB: number
  /** How the difference varies between variants of the prompt, and their interaction with items; 0 for one fixed prompt. */
  readonly variant: number
  readonly interaction: number
  /** Systems that answer every item: 1 or 2. */
  readonly systems: 1 | 2
}

export interface Budget {
  readonly total: number
  readonly perItem: number
  readonly perVariant: number
  /** Of one response of one system. */
  readonly perResponse: number
}

export interface MdePlan {
  /** At the given items and repeats; undefined without items. */
  readonly detectable: number | undefined
  /** At unlimited repeats: what only more items can push further down. */
  readonly floor: number | undefined
  readonly repeatCounts: readonly number[]
  /** One per number of items; empty without items. */
  readonly grid: readonly { readonly items: number; readonly detectable: readonly number[] }[]
  /** Items for the wanted effect, one per number of repeats; empty without one. */
  readonly needed: readonly { readonly repeats: number; readonly items: number; readonly responses: number }[]
  readonly spending: Spending | undefined
}

export interface Spending {
  readonly best: SpendingRow
  /** One per number of repeats, at the best number of variants for it. */
  readonly rows: readonly SpendingRow[]
  /** The same money on one prompt, where prompts are varied. */
  readonly singleVariant: SpendingRow | undefined
}

export interface SpendingRow extends AffordableDesign {
  readonly detectable: number
}

const mostVariants = 60
const mostRuns = 10

export function mdePlan(input: MdePlanInput): MdePlan {
  const { items, repeats, effect, budget, designEffect, components } = input
  if (items === undefined && effect === undefined && budget === undefined) {
    fail('nothing-to-plan', {}, 'pass --items, a wanted --effect, or a --budget with its costs')
  }
  if (!(designEffect >= 1))
    fail('design-effect-out-of-range', { designEffect }, 'pass 1 for independent items, or more')
  if (components.item + components.responseA + components.responseB === 0)
    fail('no-variance', { itemVariance: components.item }, 'pass the variance that scores have, such as 1/9 or 0.2')
  const noisy = components.responseA + components.responseB > 0
  const repeatCounts = [...new Set([1, 2, 4, 10, repeats])]
    .toSorted((a, b) => a - b)
    .filter((k) => noisy || k === repeats)
  const at = (count: number, k: number): number => minimumDetectableEffect({ ...designOf(input, k), items: count })
  return {
    detectable: items === undefined ? undefined : at(items, repeats),
    floor: items === undefined ? undefined : at(items, Number.POSITIVE_INFINITY),
    repeatCounts,
    grid:
      items === undefined
        ? []
        : [items / 4, items / 2, items, items * 2, items * 4, items * 10]
            .map(Math.round)
            .filter((count) => count >= 10 || count === items)
            .map((count) => ({ items: count, detectable: repeatCounts.map((k) => at(count, k)) })),
    needed:
      effect === undefined
        ? []
        : repeatCounts.map((k) => {
            const needed = requiredItems({ ...designOf(input, k), effect }).items
            return { repeats: k, items: needed, responses: needed * k }
          }),
    spending: budget === undefined ? undefined : spend(input, budget),
  }
}

/** Without variants: they have no part in items and repeats of one prompt. */
export function designOf(input: MdePlanInput, repeats: number): DifferenceDesign {
  const { components, designEffect, alpha, power } = input
  return {
    itemVariance: components.item,
    responseVarianceA: components.responseA,
    responseVarianceB: components.responseB,
    resamplesA: repeats,
    resamplesB: repeats,
    designEffect,
    alpha,
    power,
    alternative: 'two-sided',
  }
}

function spend(input: MdePlanInput, budget: Budget): Spending {
  const { components, designEffect, alpha, power } = input
  const { item, variant, interaction, responseA, responseB, systems } = components
  const options = {
    components: { item: designEffect * item, variant, interaction, rerun: responseA + responseB },
    costs: { perItem: budget.perItem, perVariant: budget.perVariant, perRun: systems * budget.perResponse },
    budget: budget.total,
    fewestItems: 10,
  }
  const row = (design: AffordableDesign): SpendingRow => ({
    ...design,
    detectable: minimumDetectableEffect({
      ...designOf({ ...input, alpha, power, designEffect: 1 }, 1),
      itemVariance: design.variance,
      responseVarianceA: 0,
      responseVarianceB: 0,
      items: 1,
    }),
  })
  const most = variant + interaction > 0 ? mostVariants : 1
  const all = Array.from({ length: mostRuns }, (_, run) =>
    Array.from({ length: most }, (_, at) => affordableDesign({ ...options, variants: at + 1, runsPerCell: run + 1 })),
  )
  const best = leastVariance(all.flat())
  if (best === undefined) {
    return fail(
      'budget-too-small',
      { budget: budget.total },
      'it must buy 10 items at least: raise it or lower the costs',
    )
  }
  const single = most === 1 ? undefined : leastVariance(all.map((designs) => designs[0]))
  return {
    best: row(best),
    rows: shownRuns
      .map((run) => leastVariance(all[run - 1] ?? []))
      .flatMap((design) => (design === undefined ? [] : [row(design)])),
    singleVariant: single === undefined ? undefined : row(single),
  }
}

const shownRuns = [1, 2, 3, 4, 5, 6, 8, 10] as const

function leastVariance(designs: readonly (AffordableDesign | undefined)[]): AffordableDesign | undefined {
  return designs.filter((design) => design !== undefined).toSorted((a, b) => a.variance - b.variance)[0]
}
