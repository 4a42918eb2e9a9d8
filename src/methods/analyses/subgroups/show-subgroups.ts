/** Figures and tables of groups. */
import type { Figure, IntervalRow, Measure, Table } from '../../../domain/index.ts'
import type { GroupComparison } from './compare-groups.ts'
import type { ItemAttribute } from './item-attributes.ts'

export interface ComparedAttribute extends GroupComparison {
  readonly measure: Measure
  readonly model: string
  readonly attribute: ItemAttribute
  /** Mean score over all scored items of the model and measure. */
  readonly overall: number
  readonly seedPath: string
}

export function attributeKey({
  measure,
  model,
  attribute,
}: Pick<ComparedAttribute, 'measure' | 'model' | 'attribute'>): string {
  return `${measure.task}/${measure.scorer}/${model}/${attribute.name}`
}

/** The clearest differences first: smallest p, then order of names. */
export function subgroupFigures(compared: readonly ComparedAttribute[], most: number): readonly Figure[] {
  return compared
    .toSorted((a, b) => pValue(a) - pValue(b))
    .slice(0, most)
    .flatMap((each): readonly Figure[] => {
      const { measure, model, attribute, overall } = each
      const rows = rowsOf(each)
      const [lowest, highest] = [rows[0], rows.at(-1)]
      if (lowest === undefined || highest === undefined) return []
      return [
        {
          kind: 'caterpillar',
          title: `${attribute.name}: ${model}, ${measure.key}`,
          description: `Score per ${attribute.name} with simultaneous intervals, from ${lowest.label} (lowest) to ${highest.label} (highest), against the overall score.`,
          format: measure.scale === 'unbounded' ? 'score' : 'rate',
          axis: 'score',
          rows,
          overall,
        },
      ]
    })
}

export function subgroupTables(compared: readonly ComparedAttribute[], detailed: number): readonly Table[] {
  const tests = compared.map((each) => ({
    task: each.measure.task,
    scorer: each.measure.scorer,
    model: each.model,
    attribute: each.attribute.name,
    levels: each.attribute.levels.length,
    small: each.attribute.smallLevels,
    items: each.attribute.covered,
    outside: each.attribute.outside,
    p: each.heterogeneity.kind === 'test' ? each.heterogeneity.pValue : null,
  }))
  return [
    {
      title: 'Do groups differ?',
      columns: [
        { key: 'task', label: 'Task', format: 'text' },
        { key: 'scorer', label: 'Scorer', format: 'text' },
        { key: 'model', label: 'Model', format: 'text' },
        { key: 'attribute', label: 'Attribute', format: 'text' },
        { key: 'levels', label: 'Levels compared', format: 'count' },
        { key: 'small', label: 'Levels too small', format: 'count' },
        { key: 'items', label: 'Items compared', format: 'count' },
        { key: 'outside', label: 'Items left out', format: 'count' },
        { key: 'p', label: 'p (all levels equal)', format: 'p-value' },
      ],
      rows: tests.slice(0, detailed),
      omittedRows: Math.max(0, tests.length - detailed),
    },
  ]
}

function rowsOf({ attribute, groups }: ComparedAttribute): readonly IntervalRow[] {
  return attribute.levels
    .flatMap((label, group): readonly IntervalRow[] => {
      const outcome = groups[group]
      if (outcome?.kind !== 'estimate') return []
      const { lower, upper } = outcome.interval
      return [{ label, value: outcome.value, lower, upper, n: outcome.n }]
    })
    .sort((a, b) => a.value - b.value)
}

function pValue({ heterogeneity }: ComparedAttribute): number {
  return heterogeneity.kind === 'test' ? heterogeneity.pValue : 2
}
