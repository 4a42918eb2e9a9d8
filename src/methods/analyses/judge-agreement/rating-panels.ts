/** Who judged what: panels of raters over the same units, from scorers of one response or from models that judge. */
import {
  areReadings,
  categoryAt,
  groupRows,
  type Measure,
  measuresByTask,
  type Observations,
  onePerItem,
  type ResponseScores,
  responseScores,
  rowsOf,
} from '../../../domain/index.ts'
import type { Ratings } from '../../../stats/index.ts'

export type RatingKind = 'nominal' | 'ordinal' | 'interval'

export interface RatingPanel {
  readonly task: string
  /** Whose responses were rated; undefined where the raters are models that judge the items themselves. */
  readonly model: string | undefined
  readonly raters: readonly string[]
  /** One unit per item. */
  readonly ratings: Ratings
  /** Ratings that occur, ascending, with their words where they are answers. */
  readonly categories: readonly { readonly value: number; readonly label: string }[]
  readonly kind: RatingKind
  /** What is rated with: 0 or 1, grades between them, points on another scale, or answers. Panels of one task and model differ in it. */
  readonly scores: 'binary' | 'graded' | 'points' | 'answers'
  /** Items of which one response of several was taken, so that units are independent. */
  readonly several: number
  /** Whether items share clusters, which the coefficients do not know. */
  readonly clustered: boolean
  /** Whether names say that all raters were asked the same: judges, graders, humans. */
  readonly namedJudges: boolean
}

/** Most categories for which ratings count as categories; beyond, they are a scale. */
const mostCategories = 12

const scaleNames = { binary: 'binary', unit: 'graded', unbounded: 'points' } as const

/** Panels of scorers: per task and model, the scorers whose scores are of one kind and that share items. */
export function scorerPanels(observations: Observations, measures: readonly Measure[]): readonly RatingPanel[] {
  return measuresByTask(measures).flatMap(({ task, measures: scorers }) => {
    // A rate and a text length are not two readings of one thing: only scores of one kind are compared.
    const kinds = Map.groupBy(distinctRaters(scorers), ({ scale }) => scaleNames[scale])
    const alike = [...kinds].filter(([, group]) => group.length > 1)
    return alike.flatMap(([scores, group]) =>
      responseScores(observations, { task, measures: group }).flatMap((table) =>
        scorerPanel(observations, table, scores),
      ),
    )
  })
}

/** Of two readings of one scorer the first: whoever reads a reply twice is still one rater. */
function distinctRaters(scorers: readonly Measure[]): readonly Measure[] {
  return scorers.filter(
    ({ scorer }, index) => !scorers.slice(0, index).some((earlier) => areReadings(earlier.scorer, scorer)),
  )
}

function scorerPanel(
  observations: Observations,
  table: ResponseScores,
  scores: RatingPanel['scores'],
): readonly RatingPanel[] {
  const raters = table.scorers.length
  const rated = (response: number): number => {
    let count = 0
    for (let j = 0; j < raters; j++) if (!Number.isNaN(table.values[response * raters + j])) count++
    return count < 2 ? -1 : 0
  }
  const { chosen, clusters, several } = onePerItem(observations, table, rated)
  if (chosen.length === 0) return []
  const values = new Float64Array(chosen.length * raters)
  for (const [unit, response] of chosen.entries())
    values.set(table.values.subarray(response * raters, (response + 1) * raters), unit * raters)
  const seen = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  // Points of two scorers share a scale only where they take the same few whole numbers.
  if (scores === 'points' && kindOf(seen) === 'interval') return []
  return [
    {
      task: table.task,
      model: table.model,
      raters: table.scorers,
      ratings: { units: chosen.length, raters, values },
      categories: seen.map((value) => ({ value, label: String(value) })),
      kind: kindOf(seen),
      scores,
      several,
      clustered: clusters !== undefined,
      namedJudges: table.scorers.every(isJudge),
    },
  ]
}

/** The panel of models that judge items: their parsed answers are the ratings, in the first presentation of each item. */
export function judgePanels(observations: Observations, measures: readonly Measure[]): readonly RatingPanel[] {
  return measuresByTask(measures).flatMap(({ task, measures: scorers }): readonly RatingPanel[] => {
    // Every scorer of a response repeats its answer; one that carries answers is enough.
    const measure = scorers.find(({ rows }) => rows.some((row) => (observations.answer.codes[row] ?? -1) >= 0))
    if (measure === undefined || measure.models.length < 2) return []
    const { item, variant, answer, cluster } = observations
    const byItem = groupRows(measure.rows, [item.codes])
    const raters = measure.models.length
    const answers = [...new Set(measure.rows.map((row) => answer.codes[row] ?? -1))].filter((code) => code >= 0).sort()
    if (answers.length < 2 || answers.length > mostCategories) return []
    const place = new Int32Array(observations.rows)
    for (let i = 0; i < measure.rows.length; i++) place[measure.rows[i] ?? 0] = byItem.groupOf[i] ?? 0
    const firstVariant = new Int32Array(byItem.count)
    let several = 0
    for (let unit = 0; unit < byItem.count; unit++) {
      const variants = rowsOf(byItem, unit).map((row) => variant.codes[row] ?? 0)
      firstVariant[unit] = Math.min(...variants)
      if (variants.some((code) => code !== firstVariant[unit])) several++
    }
    const values = new Float64Array(byItem.count * raters).fill(Number.NaN)
    for (const [rater, { rows }] of measure.models.entries()) {
      for (const row of rows) {
        const unit = place[row] ?? 0
        const code = answer.codes[row] ?? -1
        const cell = unit * raters + rater
        if (code < 0 || variant.codes[row] !== firstVariant[unit] || !Number.isNaN(values[cell])) continue
        values[cell] = answers.indexOf(code)
      }
    }
    return [
      {
        task,
        model: undefined,
        raters: measure.models.map(({ model }) => model),
        ratings: { units: byItem.count, raters, values },
        categories: answers.map((code, value) => ({ value, label: answer.values[code] ?? '' })),
        kind: 'nominal',
        scores: 'answers',
        several,
        clustered: Array.from(byItem.first).some((row) => categoryAt(cluster, row) !== undefined),
        namedJudges: true,
      },
    ]
  })
}

/** Two values are categories, a few whole numbers an ordered scale, anything else a scale with distances. */
function kindOf(values: readonly number[]): RatingKind {
  if (values.length <= 2) return 'nominal'
  return values.length <= mostCategories && values.every(Number.isInteger) ? 'ordinal' : 'interval'
}

function isJudge(scorer: string): boolean {
  return /judge|grader|grade|rater|annotator|human|gold|label|model_graded|expert/i.test(scorer)
}
