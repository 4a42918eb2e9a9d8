/** How many items, variants and runs per cell give the smallest standard error for a budget. */
import { fail } from './fail.ts'

export interface DesignComponents {
  readonly item: number
  readonly variant: number
  readonly interaction: number
  /** Variance of one run of one cell. */
  readonly rerun: number
}

export interface DesignCosts {
  readonly perItem: number
  readonly perVariant: number
  /** Of one run of one cell. */
  readonly perRun: number
}

export interface OptimalDesign {
  readonly items: number
  readonly variants: number
  readonly runsPerCell: number
  readonly variance: number
  readonly cost: number
}

/**
 * The design items × variants × runs with the least variance σ²_i/n_i + σ²_v/n_v + σ²_iv/(n_i n_v) + σ²_r/(n_i n_v n_r)
 * whose cost c_i n_i + c_v n_v + c_r n_i n_v n_r is within the budget, by trying all numbers of variants and runs up to
 * the given limits.
 *
 * `fewestItems` keeps a design from resting on a handful. Refuses a budget that buys no design.
 *
 * optimalDesign({ components: { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 },
 *   costs: { perItem: 2, perVariant: 10, perRun: 1 }, budget: 5000, mostVariants: 60, mostRuns: 10, fewestItems: 2 })
 * // => { items: 446, variants: 9, runsPerCell: 1, variance: 0.000518…, cost: 4996 }
 */
export function optimalDesign(options: {
  readonly components: DesignComponents
  readonly costs: DesignCosts
  readonly budget: number
  readonly mostVariants: number
  readonly mostRuns: number
  readonly fewestItems: number
}): OptimalDesign {
  const { mostVariants, mostRuns } = options
  let best: OptimalDesign | undefined
  for (let variants = 1; variants <= mostVariants; variants++) {
    for (let runsPerCell = 1; runsPerCell <= mostRuns; runsPerCell++) {
      const design = affordableDesign({ ...options, variants, runsPerCell })
      if (design !== undefined && (best === undefined || design.variance < best.variance)) best = design
    }
  }
  return best ?? fail('budget-too-small', { budget: options.budget }, 'raise the budget or lower the costs')
}

/** The design with these variants and runs and as many items as the budget buys; undefined where that is too few. */
export function affordableDesign({
  components,
  costs,
  budget,
  variants,
  runsPerCell,
  fewestItems,
}: {
  readonly components: DesignComponents
  readonly costs: DesignCosts
  readonly budget: number
  readonly variants: number
  readonly runsPerCell: number
  readonly fewestItems: number
}): OptimalDesign | undefined {
  for (const [name, value] of [...Object.entries(components), ...Object.entries(costs)]) {
    if (!(value >= 0 && Number.isFinite(value)))
      fail('not-a-finite-amount', { [name]: value }, 'pass amounts of 0 or more')
  }
  const perItem = costs.perItem + costs.perRun * variants * runsPerCell
  if (!(perItem > 0)) fail('items-cost-nothing', {}, 'give an item or a run a cost above 0')
  const items = Math.floor((budget - costs.perVariant * variants) / perItem)
  if (items < Math.max(1, fewestItems)) return undefined
  const cells = items * variants
  return {
    items,
    variants,
    runsPerCell,
    variance:
      components.item / items +
      components.variant / variants +
      components.interaction / cells +
      components.rerun / (cells * runsPerCell),
    cost: items * perItem + costs.perVariant * variants,
  }
}
