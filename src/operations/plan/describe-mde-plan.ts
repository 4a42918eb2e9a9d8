/** The plan of detectable effects in words, tables and figures. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { minimumDetectableEffect } from '../../stats/index.ts'
import { budgetCurves, spendingTables, spendingWords } from './describe-spending.ts'
import type { Size, Unit } from './effect-unit.ts'
import type { MdePlanInput } from './mde-input.ts'
import { designOf, type MdePlan } from './mde-plan.ts'
import type { PilotDesign } from './pilot-design.ts'
import { countWords, levelWords } from './plan-words.ts'
import { mostTried } from './spending.ts'

export interface DescribedMde {
  readonly input: MdePlanInput
  readonly plan: MdePlan
  /** Where the variances came from; undefined where they were given. */
  readonly pilot: PilotDesign | undefined
  /** `points` for rates, `difference` for other scores. */
  readonly format: 'points' | 'difference'
}

export function describeMdePlan({ input, plan, pilot, format }: DescribedMde): PlanDocument {
  const size = (effect: number): string => formatNumber(effect, format).replace('+', '')
  const unit: Unit = format === 'points' ? { words: ', in points', factor: 100 } : { words: '', factor: 1 }
  return {
    title: `Plan of the smallest difference that a paired comparison finds: power ${levelWords(input.power)}, error rate ${levelWords(input.alpha)}`,
    answer: [
      ...(pilot === undefined ? [] : [pilotWords(pilot)]),
      ...detectableWords(input, plan, size),
      ...neededWords(input, plan, size),
      ...spendingWords(input, plan, size),
    ],
    tables: [...gridTable(plan, unit), ...neededTable(plan), ...spendingTables(plan, unit)],
    figures: [...budgetCurves(plan, unit), ...curves(input, plan, unit)],
    notes: notes(input, pilot),
  }
}

function pilotWords({ measure, name, items, split, clustered, components }: PilotDesign): string {
  const response = components.responseA + components.responseB
  const parts = split
    ? `${formatNumber(components.item, 'number')} between items and ${formatNumber(response, 'number')} in answering them`
    : `${formatNumber(components.item, 'number')} between items, the noise of answering them included, as nothing was run twice`
  return `From a pilot of ${countWords(items)} items (${measure}, ${name}): variance ${parts}${clustered ? ', clusters included' : ''}.`
}

/** Items and repeats are those of one prompt: how prompts differ has no part in them, only in what a budget buys. */
function detectableWords(
  { items, repeats, components }: MdePlanInput,
  { detectable, floor }: MdePlan,
  size: Size,
): readonly string[] {
  if (items === undefined || detectable === undefined || floor === undefined) return []
  const runs = repeats === 1 ? 'one response each' : `${countWords(repeats)} responses each`
  const varied = components.variant + components.interaction > 0
  return [
    `${countWords(items)} ${items === 1 ? 'item' : 'items'} with ${runs} find a difference of ${size(detectable)}${varied ? ' on one given prompt, of which alone it then speaks' : ''}` +
      (floor < detectable
        ? `; with unlimited repeats ${size(floor)}, and only more items go below that.`
        : '; repeats would not change it.'),
  ]
}

function neededWords({ effect, repeats }: MdePlanInput, { needed }: MdePlan, size: Size): readonly string[] {
  const row = needed.find((each) => each.repeats === repeats)
  if (effect === undefined || row === undefined) return []
  return [
    `To find ${size(effect)} with ${repeats === 1 ? 'one response' : `${countWords(repeats)} responses`} per item and system takes ${countWords(row.items)} items.`,
  ]
}

function gridTable({ grid, repeatCounts }: MdePlan, { words, factor }: Unit): readonly PlanTable[] {
  if (grid.length === 0) return []
  return [
    {
      shownIn: 'terminal-and-page',
      table: {
        title: `Smallest difference found${words}, by items and responses per item and system`,
        columns: [
          { key: 'items', label: 'items', format: 'count' },
          ...repeatCounts.map((k, at) => ({
            key: `k${at}`,
            label: k === 1 ? '1 response' : `${countWords(k)} responses`,
            format: 'number' as const,
          })),
        ],
        rows: grid.map(({ items, detectable }) => ({
          items,
          ...Object.fromEntries(detectable.map((value, at) => [`k${at}`, factor * value])),
        })),
        omittedRows: 0,
      },
    },
  ]
}

function neededTable({ needed }: MdePlan): readonly PlanTable[] {
  if (needed.length === 0) return []
  return [
    {
      shownIn: 'terminal-and-page',
      table: {
        title: 'Items for the wanted difference',
        columns: [
          { key: 'repeats', label: 'responses per item', format: 'count' },
          { key: 'items', label: 'items', format: 'count' },
          { key: 'responses', label: 'responses per system', format: 'count' },
        ],
        rows: needed.map((row) => ({ ...row })),
        omittedRows: 0,
      },
    },
  ]
}

function curves(
  input: MdePlanInput,
  { repeatCounts, spending }: MdePlan,
  { words, factor }: Unit,
): PlanDocument['figures'] {
  const middle = input.items ?? spending?.best.items ?? 500
  const counts = [...new Set(Array.from({ length: 25 }, (_, i) => Math.round((middle / 10) * 100 ** (i / 24))))].filter(
    (n) => n >= 10,
  )
  const chosen = [...new Set([1, input.repeats, ...(repeatCounts.length > 1 ? [Number.POSITIVE_INFINITY] : [])])]
  const label = (k: number): string =>
    k === 1 ? '1 response' : k === Number.POSITIVE_INFINITY ? 'unlimited' : `${countWords(k)} responses`
  return [
    {
      kind: 'curves',
      title: 'Smallest difference found, against items',
      description:
        'How the smallest difference that is found shrinks as items are added, for several numbers of responses per item. Four times the items halve it.',
      format: 'number',
      xAxis: 'items',
      yAxis: `smallest difference found${words}`,
      xScale: 'log',
      series: chosen.map((k) => ({
        label: label(k),
        points: counts.map((items) => ({
          x: items,
          y: factor * minimumDetectableEffect({ ...designOf(input, k), items }),
        })),
      })),
    },
  ]
}

function notes({ designEffect, components, budget }: MdePlanInput, pilot: PilotDesign | undefined): readonly string[] {
  return [
    `${designEffect === 1 && pilot?.clustered !== true ? 'items are independent' : 'clusters of items are independent'}, and new items vary like those that the variances describe.`,
    components.systems === 1
      ? 'one system is held against a fixed value: there is no second system whose noise would add.'
      : 'both systems answer the same items, and the variances are those of the difference between them.',
    'normal approximation: for fewer than about 50 items, or rates near 0 and 1, use plan compare.',
    ...(pilot === undefined
      ? []
      : ['a pilot knows its own variances only roughly: plan again when a quarter of the budget is spent.']),
    ...(pilot?.components.item === 0
      ? [
          'by chance the pilot shows no variance between items beyond the noise of answering them; it is not 0, so plans with many repeats promise too much.',
        ]
      : []),
    ...(budget === undefined
      ? []
      : [
          `designs of up to ${mostTried.variants} variants, ${mostTried.runs} responses and ${budget.mostJudges ?? mostTried.judges} judges were tried.`,
        ]),
    ...(components.variant > 0 ? ['variants are drawn at random from those of interest.'] : []),
    ...(components.judging === undefined
      ? []
      : ['judges are drawn at random from those of interest, and each judges every response of both systems.']),
  ]
}
