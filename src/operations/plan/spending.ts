/** What a budget buys: the best crossed design of items, variants, responses and judges, and what it finds. */
import {
  type AffordableDesign,
  affordableDesign,
  budgetGrid,
  designCost,
  fail,
  minimumDetectableEffect,
  type PlannedDesign,
} from '../../stats/index.ts'
import type { Budget, DifferenceComponents, MdePlanInput } from './mde-input.ts'

export interface Spending {
  readonly best: SpendingRow
  /** One per number of responses, at the best number of variants for it; empty where judges take a part of the budget. */
  readonly rows: readonly SpendingRow[]
  /** The same money on one prompt, where prompts are varied. */
  readonly singleVariant: SpendingRow | undefined
  /** The best design for parts and multiples of the budget; `undefined` where one is too small. */
  readonly budgets: readonly {
    readonly budget: number
    readonly best: SpendingRow | undefined
    readonly singleVariant: SpendingRow | undefined
  }[]
}

export interface SpendingRow extends AffordableDesign {
  /** 1 without judges that are drawn at random. */
  readonly judges: number
  readonly detectable: number
}

/** Every combination is tried. */
export const mostTried = { variants: 60, runs: 10, judges: 20 } as const
/** Items are bounded by the budget; this is where nobody has stock to name. */
const unlimitedItems = 1_000_000_000
const fewestItems = 10
const shownRuns = [1, 2, 3, 4, 5, 6, 8, 10] as const
const shares = [0.25, 0.5, 1, 2, 4, 8] as const

export function spend(input: MdePlanInput, budget: Budget): Spending {
  const { components } = input
  if (budget.mostItems === undefined && budget.perItem + budget.perResponse + budget.perJudgement === 0)
    fail(
      'items-cost-nothing',
      {},
      'give an item or a response a cost above 0, or say with --most-items how many there are',
    )
  const options = { ...spendingOptions(input, budget), fewestItems }
  const row = (design: PlannedDesign): SpendingRow => {
    const { items, variants, runs, judges, variance, cost } = design
    return found(input, { items, variants, runsPerCell: runs, judges, variance, cost })
  }
  const varied = options.most.variants > 1
  const grid = budgetGrid({ ...options, budgets: shares.map((share) => share * budget.total) })
  const own = grid.find((each) => each.budget === budget.total)
  if (own?.best === undefined) {
    return fail(
      'budget-too-small',
      { budget: budget.total },
      `it must buy ${fewestItems} items at least: raise it or lower the costs`,
    )
  }
  const single = (design: PlannedDesign | undefined): SpendingRow | undefined =>
    !varied || design === undefined ? undefined : row(design)
  return {
    best: row(own.best),
    rows: components.judging === undefined ? byRuns(input, budget) : [],
    singleVariant: single(own.singleVariant),
    budgets: grid.map((each) => ({
      budget: each.budget,
      best: each.best === undefined ? undefined : row(each.best),
      singleVariant: single(each.singleVariant),
    })),
  }
}

function spendingOptions(input: MdePlanInput, budget: Budget) {
  const { components, designEffect } = input
  const { item, variant, interaction, responseA, responseB, systems, judging } = components
  return {
    components: {
      item: designEffect * item,
      variant,
      interaction,
      rerun: responseA + responseB,
      ...(judging === undefined ? {} : { judging: judgingOf(judging, { systems, designEffect }) }),
    },
    costs: {
      perItem: budget.perItem,
      perVariant: budget.perVariant,
      perRun: systems * budget.perResponse,
      perJudge: budget.perJudge,
      perJudgement: systems * budget.perJudgement,
    },
    most: {
      items: budget.mostItems ?? unlimitedItems,
      variants: variant + interaction > 0 ? mostTried.variants : 1,
      runs: mostTried.runs,
      judges: judging === undefined ? 1 : (budget.mostJudges ?? mostTried.judges),
    },
  }
}

/** A judgement of either system has its own noise; a judge's taste for an item comes in clusters with the items. */
function judgingOf(
  { judge, itemJudge, judgement }: NonNullable<DifferenceComponents['judging']>,
  { systems, designEffect }: { readonly systems: number; readonly designEffect: number },
) {
  return { judge, itemJudge: designEffect * itemJudge, judgement: systems * judgement }
}

function byRuns(input: MdePlanInput, budget: Budget): readonly SpendingRow[] {
  const { components, costs, most } = spendingOptions(input, budget)
  if (costs.perItem + costs.perRun === 0) return []
  return shownRuns.flatMap((runsPerCell) => {
    const designs = Array.from({ length: most.variants }, (_, at) => {
      const variants = at + 1
      // Beyond the stock of items money buys nothing.
      const stock = designCost(costs, { items: most.items, variants, runs: runsPerCell, judges: 1 })
      const money = Math.min(budget.total, stock)
      return affordableDesign({ components, costs, budget: money, variants, runsPerCell, fewestItems })
    }).filter((design) => design !== undefined)
    const [best] = designs.toSorted((a, b) => a.variance - b.variance)
    return best === undefined ? [] : [found(input, { ...best, judges: 1 })]
  })
}

function found(input: MdePlanInput, design: Omit<SpendingRow, 'detectable'>): SpendingRow {
  const { alpha, power } = input
  return {
    ...design,
    detectable: minimumDetectableEffect({
      itemVariance: design.variance,
      responseVarianceA: 0,
      responseVarianceB: 0,
      resamplesA: 1,
      resamplesB: 1,
      items: 1,
      designEffect: 1,
      alpha,
      power,
      alternative: 'two-sided',
    }),
  }
}
