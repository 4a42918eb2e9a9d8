/**
 * The columnar table an analysis sees: one row per scored (or unscored) response.
 *
 * Rows are kept in a canonical order (run, model, task, scorer, item, variant, technique, replicate, score), so that
 * no number depends on the order in which a log happened to list them.
 */

/** Why a row has no score. Index 0 means the row has one. Unknown is never zero. */
export const missingReasons = [
  'scored',
  'provider-error',
  'refusal',
  'limit',
  'unparsed',
  'grader-failed',
  'not-scored',
  'not-numeric',
  'not-finite',
  'never-run',
  'unknown',
] as const
export type MissingReason = Exclude<(typeof missingReasons)[number], 'scored'>

/** A dictionary-encoded text column: row i reads `values[codes[i]]`, or is absent where the code is −1. */
export interface Category {
  readonly codes: Int32Array
  readonly values: readonly string[]
}

/** One assignment of levels to factors: `{ format: 'lettered', order: 'reversed' }`. `{}` is "as given". */
export type Levels = Readonly<Record<string, string>>

export interface Observations {
  readonly rows: number
  /** Id of the run record this row came from. */
  readonly run: Category
  readonly model: Category
  readonly task: Category
  readonly item: Category
  /** Unit of independence above the item (passage, family, conversation). Absent: the item itself. */
  readonly cluster: Category
  /** Wording, format and condition. `variants[code]` gives its levels. Never absent: code of `{}` is "as given". */
  readonly variant: Category
  readonly variants: readonly Levels[]
  /** Elicitation method, where one is known. */
  readonly technique: Category
  readonly scorer: Category
  /** Repeat of the same item and variant, from 1. */
  readonly replicate: Int32Array
  /** NaN exactly where `missing` is not 0. */
  readonly score: Float64Array
  /** Index into `missingReasons`. */
  readonly missing: Uint8Array
  /** What the scorer read from the response, where the log says. */
  readonly answer: Category
  readonly inputTokens: Float64Array
  readonly outputTokens: Float64Array
  /** US dollars. NaN where unknown. */
  readonly cost: Float64Array
  readonly latencyMs: Float64Array
  /** File the row came from, and the row, line or sample index inside it (from 1). */
  readonly source: Category
  readonly sourceRow: Int32Array
  /** Item attributes for subgroups: category, difficulty, language, date … */
  readonly attributes: ReadonlyMap<string, Category>
}

/** Text of a category at a row, or undefined where absent. */
export function categoryAt(category: Category, row: number): string | undefined {
  const code = category.codes[row] ?? -1
  return code < 0 ? undefined : category.values[code]
}

/** `format=lettered, order=reversed`; the variant without levels reads `as given`. */
export function variantLabel(levels: Levels): string {
  const parts = Object.keys(levels)
    .sort()
    .map((factor) => `${factor}=${levels[factor]}`)
  return parts.length === 0 ? 'as given' : parts.join(', ')
}
