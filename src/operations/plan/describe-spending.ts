/** What a budget buys, in words, tables and a figure. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import type { Size, Unit } from './effect-unit.ts'
import type { MdePlanInput } from './mde-input.ts'
import type { MdePlan } from './mde-plan.ts'
import { countWords } from './plan-words.ts'
import type { Spending, SpendingRow } from './spending.ts'

export function spendingWords({ budget }: MdePlanInput, { spending }: MdePlan, size: Size): readonly string[] {
  if (budget === undefined || spending === undefined) return []
  const { best, singleVariant } = spending
  return [
    `A budget of ${formatNumber(budget.total, 'number')} is best spent on ${cellWords(best)} per system (cost ${formatNumber(best.cost, 'number')}): it finds ${size(best.detectable)}.`,
    ...(singleVariant === undefined || best.variants === 1
      ? []
      : [
          `As a statement about prompts at large, a single prompt with the same budget finds ${size(singleVariant.detectable)} and has ${formatNumber(singleVariant.variance / best.variance, 'ratio')} times the variance; the part that prompts add never shrinks there.`,
        ]),
  ]
}

function cellWords({ items, variants, runsPerCell, judges }: SpendingRow): string {
  return [
    `${countWords(items)} items`,
    ...(variants > 1 ? [`${countWords(variants)} variants`] : []),
    `${countWords(runsPerCell)} ${runsPerCell === 1 ? 'response' : 'responses'}`,
    ...(judges > 1 ? [`${countWords(judges)} judges`] : []),
  ].join(' × ')
}

export function spendingTables({ spending }: MdePlan, unit: Unit): readonly PlanTable[] {
  if (spending === undefined) return []
  return [budgetTable(spending, unit), ...(spending.rows.length === 0 ? [] : [runTable(spending, unit)])]
}

/** Which facets of the design vary over these rows: a column of ones says nothing. */
function facetColumns(rows: readonly SpendingRow[]) {
  return [
    ...(rows.some(({ variants }) => variants > 1)
      ? [{ key: 'variants', label: 'variants', format: 'count' as const }]
      : []),
    ...(rows.some(({ judges }) => judges > 1) ? [{ key: 'judges', label: 'judges', format: 'count' as const }] : []),
  ]
}

function budgetTable({ budgets, best: chosen }: Spending, { words, factor }: Unit): PlanTable {
  const bests = budgets.flatMap(({ best }) => (best === undefined ? [] : [best]))
  const single = budgets.some(({ singleVariant }) => singleVariant !== undefined)
  return {
    shownIn: 'terminal-and-page',
    table: {
      title: `The best design by budget, per system, and the smallest difference that it finds${words}`,
      columns: [
        { key: 'budget', label: 'budget', format: 'number' },
        { key: 'items', label: 'items', format: 'count' },
        { key: 'runsPerCell', label: 'responses', format: 'count' },
        ...facetColumns(bests),
        { key: 'detectable', label: 'finds', format: 'number' },
        ...(single ? [{ key: 'single', label: 'one prompt', format: 'number' as const }] : []),
        { key: 'mark', label: 'choice', format: 'text' },
      ],
      rows: budgets.flatMap(({ budget, best, singleVariant }) =>
        best === undefined
          ? []
          : [
              {
                budget,
                items: best.items,
                runsPerCell: best.runsPerCell,
                variants: best.variants,
                judges: best.judges,
                detectable: factor * best.detectable,
                single: singleVariant === undefined ? null : factor * singleVariant.detectable,
                mark: best.cost === chosen.cost && best.variance === chosen.variance ? '<- plan' : '',
              },
            ],
      ),
      omittedRows: 0,
    },
  }
}

function runTable({ rows, best }: Spending, { words, factor }: Unit): PlanTable {
  return {
    shownIn: 'page',
    table: {
      title: 'What the budget finds, by responses per item and system',
      columns: [
        { key: 'runsPerCell', label: 'responses', format: 'count' },
        ...facetColumns(rows),
        { key: 'items', label: 'items', format: 'count' },
        { key: 'cost', label: 'cost', format: 'number' },
        { key: 'detectable', label: `smallest difference${words}`, format: 'number' },
        { key: 'mark', label: 'choice', format: 'text' },
      ],
      rows: rows.map((row) => ({
        ...row,
        detectable: factor * row.detectable,
        mark: row.variance === best.variance && row.cost === best.cost ? '<- plan' : '',
      })),
      omittedRows: 0,
    },
  }
}

/** What more money finds: on the best design, and on a single prompt, where it levels off. */
export function budgetCurves({ spending }: MdePlan, { words, factor }: Unit): PlanDocument['figures'] {
  if (spending === undefined) return []
  const line = (of: (each: Spending['budgets'][number]) => SpendingRow | undefined) =>
    spending.budgets.flatMap((each) => {
      const row = of(each)
      return row === undefined ? [] : [{ x: each.budget, y: factor * row.detectable }]
    })
  const single = line(({ singleVariant }) => singleVariant)
  return [
    {
      kind: 'curves',
      title: 'Smallest difference found, against budget',
      description:
        'The smallest difference that the best design finds for each budget. A single prompt, read as a statement about prompts at large, levels off at what prompts differ by.',
      format: 'number',
      xAxis: 'budget',
      yAxis: `smallest difference found${words}`,
      xScale: 'log',
      series: [
        { label: 'best design', points: line(({ best }) => best) },
        ...(single.length === 0 ? [] : [{ label: 'one prompt', points: single }]),
      ],
    },
  ]
}
