/** What difference a comparison can find: by items and repeats, and for a budget by how it is spent. */
import { type DifferenceDesign, fail, minimumDetectableEffect, requiredItems } from '../../stats/index.ts'
import type { MdePlanInput } from './mde-input.ts'
import { type Spending, spend } from './spending.ts'

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
