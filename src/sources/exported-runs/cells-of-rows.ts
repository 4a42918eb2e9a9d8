/** Puts the rows of an export back into the cells of its study. */
import {
  type CellScoresByScorer,
  cellIndex,
  levelsAt,
  type MissingReason,
  missingReasons,
  type Observations,
  reportedSettings,
  type SearchEnds,
  type Study,
  strictName,
  variantLabel,
} from '../../domain/index.ts'

export interface CellOfRows {
  readonly index: number
  readonly scores: CellScoresByScorer
}

/** Cells in the running order; undefined where a row belongs to none. */
export function cellsOfRows(options: {
  readonly observations: Observations
  readonly rows: Int32Array
  readonly study: Study
  /** Ends of a search, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
}): readonly CellOfRows[] | undefined {
  const { observations, rows, study, ends } = options
  const placeOf = new PlaceFinder(observations, study, ends)
  const indexOf = new Map<number, number>()
  for (const row of rows) {
    const index = placeOf.index(row)
    if (index === undefined) return undefined
    indexOf.set(row, index)
  }
  const members = Map.groupBy(rows, (row) => indexOf.get(row) ?? 0)
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([index, cell]) => ({ index, scores: scoresIn(observations, cell) }))
}

class PlaceFinder {
  readonly #observations: Observations
  readonly #study: Study
  /** Positions of the study by code of the table; undefined where the study has no such value. */
  readonly #items: readonly (number | undefined)[]
  readonly #models: readonly (number | undefined)[]
  readonly #techniques: readonly (number | undefined)[]
  /** By model, then by code of the variant. */
  readonly #settings: readonly (readonly (number | undefined)[])[]

  constructor(observations: Observations, study: Study, ends: ReadonlyMap<string, SearchEnds>) {
    this.#observations = observations
    this.#study = study
    this.#items = positions(
      observations.item.values,
      study.items.map(({ id }) => id),
    )
    this.#models = positions(observations.model.values, study.models)
    this.#techniques = positions(observations.technique.values, study.techniques)
    const labels = observations.variants.map(variantLabel)
    this.#settings = study.models.map((_, model) => {
      const places = Array.from({ length: reportedSettings(study) }, (_, setting) => {
        const levels = levelsAt(study, { item: 0, setting, technique: 0, replicate: 1, model }, ends)
        return levels === undefined ? '' : variantLabel(levels)
      })
      return positions(labels, places)
    })
  }

  index(row: number): number | undefined {
    const { item, model, technique, variant, replicate } = this.#observations
    const modelAt = this.#models[model.codes[row] ?? -1]
    const itemAt = this.#items[item.codes[row] ?? -1]
    const techniqueAt = this.#techniques[technique.codes[row] ?? -1]
    const settingAt = modelAt === undefined ? undefined : this.#settings[modelAt]?.[variant.codes[row] ?? -1]
    const repeat = replicate[row] ?? 0
    if (modelAt === undefined || itemAt === undefined || techniqueAt === undefined || settingAt === undefined)
      return undefined
    if (repeat < 1 || repeat > this.#study.replicates) return undefined
    const place = { item: itemAt, setting: settingAt, technique: techniqueAt, replicate: repeat, model: modelAt }
    return cellIndex(this.#study, place)
  }
}

function positions(values: readonly string[], known: readonly string[]): readonly (number | undefined)[] {
  const at = new Map(known.map((value, index) => [value, index]))
  return values.map((value) => at.get(value))
}

function scoresIn(observations: Observations, rows: readonly number[]): CellScoresByScorer {
  const { scorer, score, missing } = observations
  const scores: Record<string, { strict: number | MissingReason; lenient: number | MissingReason }> = {}
  for (const row of rows) {
    const name = scorer.values[scorer.codes[row] ?? -1] ?? ''
    const strict = strictName(name)
    const label = strict ?? name
    scores[label] ??= { strict: 'unknown', lenient: 'unknown' }
    const reason = missingReasons[missing[row] ?? 0] ?? 'unknown'
    scores[label][strict === undefined ? 'strict' : 'lenient'] =
      reason === 'scored' ? (score[row] ?? Number.NaN) : reason
  }
  return scores
}
