/** The figure and table of `judge-correction`: judge alone, people alone, both together, side by side. */
import { type Figure, formatInterval, type IntervalRow, type Table } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { CorrectedScore } from './correct-scores.ts'

const ways = [
  ['judge alone', 'judgeOnly'],
  ['labels alone', 'humanOnly'],
  ['corrected, PPI++', 'corrected'],
  ['corrected, Rogan–Gladen', 'roganGladen'],
] as const

export function correctionFigures(found: readonly CorrectedScore[], limit: number): readonly Figure[] {
  const drawn = found.slice(0, Math.max(1, Math.floor(limit / ways.length)))
  const rows = drawn.flatMap((scores) =>
    ways.flatMap(([label, key]): readonly IntervalRow[] => {
      const outcome = scores[key]
      if (outcome.kind !== 'estimate') return []
      const { value, n, interval } = outcome
      return [
        {
          label,
          group: `${scores.task} / ${scores.model} by ${scores.judge}`,
          value,
          n,
          lower: interval.lower,
          upper: interval.upper,
        },
      ]
    }),
  )
  if (rows.length === 0) return []
  return [
    {
      kind: 'intervals',
      title: 'Judge, people, and both together',
      description: `Mean score by the judge alone, by the labelled alone and corrected, for ${drawn.length} of ${found.length} models and judges.`,
      format: 'rate',
      axis: 'mean score',
      rows,
    },
  ]
}

export function correctionTable(found: readonly CorrectedScore[], limit: number): Table {
  const texts = (outcome: Outcome) => formatInterval(outcome, 'rate')
  const number = (outcome: Outcome) => (outcome.kind === 'estimate' ? outcome.value : null)
  return {
    title: 'Scores by the judge, by people, and corrected',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'judge', label: 'Judge', format: 'text' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'labelled', label: 'Labelled', format: 'count' },
      { key: 'judgeOnly', label: 'Judge alone', format: 'rate' },
      { key: 'humanOnly', label: 'Labels alone', format: 'rate' },
      { key: 'corrected', label: 'Corrected', format: 'rate' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'rogan', label: 'Rogan–Gladen', format: 'rate' },
      { key: 'roganInterval', label: 'its interval', format: 'text' },
      { key: 'sensitivity', label: 'Sensitivity', format: 'rate' },
      { key: 'specificity', label: 'Specificity', format: 'rate' },
      { key: 'worth', label: 'Worth this many labels', format: 'number' },
    ],
    rows: found.slice(0, limit).map((scores) => ({
      task: scores.task,
      model: scores.model,
      judge: scores.judge,
      items: scores.items,
      labelled: scores.labelled,
      judgeOnly: number(scores.judgeOnly),
      humanOnly: number(scores.humanOnly),
      corrected: number(scores.corrected),
      interval: texts(scores.corrected),
      rogan: number(scores.roganGladen),
      roganInterval: texts(scores.roganGladen),
      sensitivity: number(scores.sensitivity),
      specificity: number(scores.specificity),
      worth: scores.effectiveLabels ?? null,
    })),
    omittedRows: Math.max(0, found.length - limit),
  }
}
