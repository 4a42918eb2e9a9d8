/** Signs that repeats were copied rather than run again. */
import { groupRows, type Observations, rowsOf } from '../../../domain/index.ts'

export interface CachedRepeats {
  /** What is the same in nearly all repeats of a cell: only what two genuine answers hardly ever share. */
  readonly sign: 'latency' | 'output tokens'
  /** Cells whose repeats can be compared, and those that agree exactly. */
  readonly compared: number
  readonly identical: number
}

/**
 * Looks at cells with two or more rows. Latencies equal to the last digit, or outputs equally long to the token, in at
 * least `share` of the cells point to a cache. Latencies and lengths that hardly vary between cells (coarse clocks,
 * a token limit that every answer hits) prove nothing and are not counted.
 */
export function cachedRepeats(
  observations: Observations,
  { rows, share }: { readonly rows: Int32Array; readonly share: number },
): CachedRepeats | undefined {
  const cells = groupRows(rows, [observations.item.codes, observations.variant.codes, observations.technique.codes])
  const repeated: Int32Array[] = []
  for (let cell = 0; cell < cells.count; cell++) {
    const members = rowsOf(cells, cell)
    if (members.length > 1) repeated.push(members)
  }
  const latency = agreement(observations.latencyMs, { cells: repeated, least: 0 })
  if (isSuspect(latency, { cells: 5, share })) return { sign: 'latency', ...latency }
  // Short answers of equal length are no surprise; thirty tokens of free text are.
  const tokens = agreement(observations.outputTokens, { cells: repeated, least: 30 })
  if (isSuspect(tokens, { cells: 10, share })) return { sign: 'output tokens', ...tokens }
  return undefined
}

interface Agreement {
  readonly compared: number
  readonly identical: number
  readonly distinct: number
}

interface Comparison {
  readonly cells: readonly Int32Array[]
  readonly least: number
}

function agreement(column: Float64Array, { cells, least }: Comparison): Agreement {
  let [compared, identical] = [0, 0]
  const values = new Set<number>()
  for (const members of cells) {
    const first = column[members[0] ?? 0] ?? Number.NaN
    let [known, same] = [true, true]
    for (const row of members) {
      const value = column[row] ?? Number.NaN
      if (!(value >= least)) known = false
      if (value !== first) same = false
    }
    if (!known) continue
    compared++
    if (same) identical++
    values.add(first)
  }
  return { compared, identical, distinct: values.size }
}

function isSuspect(
  { compared, identical, distinct }: Agreement,
  limit: { readonly cells: number; readonly share: number },
): boolean {
  return compared >= limit.cells && identical >= limit.share * compared && distinct >= compared / 2
}
