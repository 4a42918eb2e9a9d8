/** Gaps as a table and as forest plots. */
import type { Figure, IntervalRow, Table } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { ComparedTwins } from './compare-gaps.ts'

export function gapTable(compared: readonly ComparedTwins[], limit: number): readonly Table[] {
  const rows = compared.flatMap(({ measure, gaps, own }) =>
    gaps.models.map((model, column) => {
      const outcome = own[column]
      return {
        task: measure.task,
        scorer: measure.scorer,
        model,
        pairs: gaps.scoredPairs[column] ?? 0,
        exposed: finite(gaps.exposedMean[column]),
        fresh: finite(gaps.freshMean[column]),
        gap: outcome?.kind === 'estimate' ? outcome.value : null,
        lower: outcome?.kind === 'estimate' ? outcome.interval.lower : null,
        upper: outcome?.kind === 'estimate' ? outcome.interval.upper : null,
      }
    }),
  )
  if (rows.length === 0) return []
  return [
    {
      title: 'Scores on exposed items and on their fresh twins',
      columns: [
        { key: 'task', label: 'Task', format: 'text' },
        { key: 'scorer', label: 'Scorer', format: 'text' },
        { key: 'model', label: 'Model', format: 'text' },
        { key: 'pairs', label: 'Pairs scored', format: 'count' },
        { key: 'exposed', label: 'Exposed', format: 'score' },
        { key: 'fresh', label: 'Fresh', format: 'score' },
        { key: 'gap', label: 'Gap', format: 'difference' },
        { key: 'lower', label: 'from', format: 'difference' },
        { key: 'upper', label: 'to', format: 'difference' },
      ],
      rows: rows.slice(0, limit),
      omittedRows: Math.max(0, rows.length - limit),
    },
  ]
}

/** One figure of gaps and one of their differences, per kind of score: points and other scores share no axis. */
export function gapFigures(compared: readonly ComparedTwins[], limit: number): readonly Figure[] {
  return ([false, true] as const).flatMap((unbounded) => {
    const own = compared.filter(({ measure }) => (measure.scale === 'unbounded') === unbounded)
    const gaps = own.flatMap(({ measure, gaps: { models }, own: outcomes }) =>
      models.flatMap((model, column) => row({ label: model, group: measure.key, outcome: outcomes[column] })),
    )
    const contrasts = own.flatMap(({ measure, contrasts: list }) =>
      list.flatMap(({ model, others, outcome }) => {
        const rest = others.length === 1 ? (others[0] ?? '') : 'the others'
        return row({ label: `${model} against ${rest}`, group: measure.key, outcome })
      }),
    )
    const format = unbounded ? ('difference' as const) : ('points' as const)
    const figures: Figure[] = []
    if (gaps.length > 0) {
      figures.push({
        kind: 'intervals',
        title: 'Score on exposed items minus score on fresh twins',
        description: `Gap between exposed and fresh items for ${gaps.length} pairs of model and measure; 0 means no gap. Twins may also differ in difficulty.`,
        format,
        axis: 'exposed minus fresh',
        rows: gaps.slice(0, limit),
        reference: 0,
      })
    }
    if (contrasts.length > 0) {
      figures.push({
        kind: 'intervals',
        title: 'How much more one model gains on exposed items than others',
        description: `Difference of gaps between models for ${contrasts.length} contrasts, with simultaneous intervals; 0 means that exposure helps no model more.`,
        format,
        axis: 'difference of gaps',
        rows: contrasts.slice(0, limit),
        reference: 0,
      })
    }
    return figures
  })
}

interface RowOf {
  readonly label: string
  readonly group: string
  readonly outcome: Outcome | undefined
}

function row({ label, group, outcome }: RowOf): readonly IntervalRow[] {
  if (outcome?.kind !== 'estimate') return []
  const { lower, upper } = outcome.interval
  return [{ label, group, value: outcome.value, lower, upper, n: outcome.n }]
}

function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
