/** Which scores are labels by people, which are a judge's, and on which items both are known. */
import {
  categoryAt,
  type Measure,
  measuresByTask,
  type Observations,
  onePerItem,
  type ResponseScores,
  responseScores,
} from '../../../domain/index.ts'

export interface LabelledScores {
  readonly task: string
  readonly model: string
  readonly judge: string
  readonly truthName: string
  /** One entry per item; NaN where there is no label. */
  readonly truth: Float64Array
  /** Judge's score of the same response. */
  readonly score: Float64Array
  /** Dense stratum number per item; undefined without strata. */
  readonly stratum: Int32Array | undefined
  readonly strata: number
  readonly clustered: boolean
  readonly binary: boolean
}

export interface LabelOptions {
  /** Scorer or attribute that holds the labels; undefined: by its name. */
  readonly labels: string | undefined
  /** Scorer that is corrected; undefined: every scorer with a range that holds no labels. */
  readonly judge: string | undefined
  /** Attribute by which the labelled were drawn; undefined: `stratum` or `strata`, where there is one. */
  readonly strata: string | undefined
}

/** Names by which a scorer or attribute is known to hold labels by people. */
const labelNames =
  /(^|[^a-z])(human|humans|gold|golden|expert|experts|label|labels|labelled|labeled|annotation|ground[ _-]?truth)($|[^a-z])/i

/** Whether a scorer or attribute holds the labels: the one that was named, or one that goes by such a name. */
export function isLabel(name: string, labels: string | undefined): boolean {
  return labels === undefined ? labelNames.test(name) : name === labels
}

/** Every model's scores by every judge of a task in which some items also carry a label. */
export function labelledScores(
  observations: Observations,
  { measures, ...options }: LabelOptions & { readonly measures: readonly Measure[] },
): readonly LabelledScores[] {
  const holdsLabels = (name: string): boolean => isLabel(name, options.labels)
  const attribute = [...observations.attributes.keys()].find(holdsLabels)
  return measuresByTask(measures).flatMap(({ task, measures: scorers }) => {
    const judges = scorers.filter(
      ({ scorer, scale }) =>
        !holdsLabels(scorer) && scale !== 'unbounded' && (options.judge === undefined || scorer === options.judge),
    )
    const labels = scorers.find(({ scorer, scale }) => holdsLabels(scorer) && scale !== 'unbounded')
    return judges.flatMap((judge): readonly LabelledScores[] => {
      const used = labels === undefined ? [judge] : [judge, labels]
      const truthName = labels?.scorer ?? attribute
      if (truthName === undefined) return []
      return responseScores(observations, { task, measures: used }).flatMap((table) => {
        const truthAt =
          labels === undefined
            ? attributeTruth(observations, { table, attribute: truthName })
            : (response: number) => table.values[response * 2 + 1] ?? Number.NaN
        const found = collect(observations, { table, width: used.length, truthAt, strata: options.strata })
        const binary = judge.scale === 'binary' && (labels === undefined || labels.scale === 'binary')
        return found === undefined
          ? []
          : [{ task, model: table.model, judge: judge.scorer, truthName, binary, ...found }]
      })
    })
  })
}

interface CollectOptions {
  readonly table: ResponseScores
  readonly width: number
  readonly truthAt: (response: number) => number
  readonly strata: string | undefined
}

/** One response per item, a labelled one where there is one; undefined where no item is labelled. */
function collect(observations: Observations, { table, width, truthAt, strata }: CollectOptions) {
  const judgeAt = (response: number) => table.values[response * width] ?? Number.NaN
  const { chosen, clusters } = onePerItem(observations, table, (response) =>
    Number.isNaN(judgeAt(response)) ? -1 : Number.isNaN(truthAt(response)) ? 0 : 1,
  )
  const truth = Float64Array.from(chosen, truthAt)
  if (truth.every(Number.isNaN)) return undefined
  const rows = Int32Array.from(chosen, (response) => table.row[response] ?? 0)
  const named = strata ?? [...observations.attributes.keys()].find((name) => /^strat(um|a)$/i.test(name))
  const column = named === undefined ? undefined : observations.attributes.get(named)
  const known = new Map<number, number>()
  const stratum =
    column &&
    rows.map((row) => {
      const code = column.codes[row] ?? -1
      const number = known.get(code) ?? known.size
      known.set(code, number)
      return number
    })
  return {
    truth,
    score: Float64Array.from(chosen, judgeAt),
    stratum: known.size > 1 ? stratum : undefined,
    strata: known.size,
    clustered: clusters !== undefined,
  }
}

/** An attribute is a label only where its words are scores. */
function attributeTruth(
  observations: Observations,
  { table, attribute }: { readonly table: ResponseScores; readonly attribute: string },
): (response: number) => number {
  const column = observations.attributes.get(attribute)
  return (response) => {
    return scoreOfWord(column === undefined ? undefined : categoryAt(column, table.row[response] ?? 0))
  }
}

/** The score from 0 to 1 that a word of an attribute stands for; NaN where it stands for none. */
export function scoreOfWord(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return Number.NaN
  if (/^(true|yes|correct|right|pass(ed)?)$/i.test(text.trim())) return 1
  if (/^(false|no|incorrect|wrong|fail(ed)?)$/i.test(text.trim())) return 0
  const value = Number(text)
  return value >= 0 && value <= 1 ? value : Number.NaN
}
