/** The table with only some of its rows, in the order in which they are listed, and no text that no row uses. */
import type { Category, Observations } from '../domain/index.ts'

export function pickRows(observations: Observations, rows: Int32Array): Observations {
  const numbers = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? Number.NaN)
  const integers = (column: Int32Array): Int32Array => rows.map((row) => column[row] ?? 0)
  const category = (column: Category): Category => pickCategory(column, rows).category
  const variant = pickCategory(observations.variant, rows)
  return {
    rows: rows.length,
    run: category(observations.run),
    model: category(observations.model),
    task: category(observations.task),
    item: category(observations.item),
    cluster: category(observations.cluster),
    variant: variant.category,
    variants: observations.variants.filter((_, code) => variant.used[code] === 1),
    technique: category(observations.technique),
    scorer: category(observations.scorer),
    replicate: integers(observations.replicate),
    score: numbers(observations.score),
    missing: Uint8Array.from(rows, (row) => observations.missing[row] ?? 0),
    answer: category(observations.answer),
    inputTokens: numbers(observations.inputTokens),
    outputTokens: numbers(observations.outputTokens),
    cost: numbers(observations.cost),
    latencyMs: numbers(observations.latencyMs),
    source: category(observations.source),
    sourceRow: integers(observations.sourceRow),
    attributes: new Map([...observations.attributes].map(([name, column]) => [name, category(column)])),
  }
}

/** Values keep their order, so canonical order stays canonical. */
function pickCategory({ codes, values }: Category, rows: Int32Array): { category: Category; used: Uint8Array } {
  const used = new Uint8Array(values.length)
  for (const row of rows) {
    const code = codes[row] ?? -1
    if (code >= 0) used[code] = 1
  }
  const next = new Int32Array(values.length)
  let count = 0
  for (let code = 0; code < values.length; code++) if (used[code] === 1) next[code] = count++
  const picked = rows.map((row) => {
    const code = codes[row] ?? -1
    return code < 0 ? -1 : (next[code] ?? -1)
  })
  return { category: { codes: picked, values: values.filter((_, code) => used[code] === 1) }, used }
}
