/** The items that a budget buys beside given numbers of variants and runs. */
import { checkAmounts, checkWhole } from './check-inputs.ts'
import { designVariance } from './design/allocation.ts'
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

export interface AffordableDesign {
  readonly items: number
  readonly variants: number
  readonly runsPerCell: number
  /** Of the mean; see `designVariance`. */
  readonly variance: number
  readonly cost: number
}

export interface AffordableDesignOptions {
  readonly components: DesignComponents
  readonly costs: DesignCosts
  readonly budget: number
  readonly variants: number
  readonly runsPerCell: number
  /** Designs with fewer items are not offered: normal approximations do not hold for a handful. */
  readonly fewestItems: number
}

/**
 * The design with these variants and runs and as many items as the budget buys, c_i n_i + c_v n_v + c_r n_i n_v n_r ≤ budget;
 * undefined where that is fewer than wanted. `bestDesign` searches over variants and runs too.
 *
 * affordableDesign({ components: { item: 0.12, variant: 0.002, interaction: 0.03, rerun: 0.08 },
 *   costs: { perItem: 2, perVariant: 10, perRun: 1 }, budget: 5000, variants: 9, runsPerCell: 1, fewestItems: 10 })
 * // => { items: 446, variants: 9, runsPerCell: 1, variance: 0.000518…, cost: 4996 }
 */
export function affordableDesign(options: AffordableDesignOptions): AffordableDesign | undefined {
  const { components, costs, budget, variants, runsPerCell, fewestItems } = options
  checkAmounts({ ...components, ...costs, budget, fewestItems })
  checkWhole({ variants, runsPerCell }, { least: 1 })
  const perItem = costs.perItem + costs.perRun * variants * runsPerCell
  if (!(perItem > 0)) fail('items-cost-nothing', {}, 'give an item or a run a cost above 0')
  const items = Math.floor((budget - costs.perVariant * variants) / perItem)
  if (items < Math.max(1, fewestItems)) return undefined
  return {
    items,
    variants,
    runsPerCell,
    variance: designVariance(components, { items, variants, runs: runsPerCell, judges: 1 }),
    cost: items * perItem + costs.perVariant * variants,
  }
}
