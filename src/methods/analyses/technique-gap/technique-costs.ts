/** What one response costs under each technique, where the log says. */
import { groupRows, type Observations, rowsOf } from '../../../domain/index.ts'

export interface TechniqueCost {
  readonly responses: number
  /** Mean per response; absent where any response leaves it unknown. */
  readonly tokens?: number | undefined
  readonly usd?: number | undefined
}

/** By technique as the table names it, '' for rows without one. */
export function techniqueCosts(observations: Observations, rows: Int32Array): (technique: string) => TechniqueCost {
  const groups = groupRows(rows, [observations.technique.codes])
  const costs = new Map<string, TechniqueCost>()
  for (let group = 0; group < groups.count; group++) {
    const members = rowsOf(groups, group)
    const code = observations.technique.codes[members[0] ?? 0] ?? -1
    let [tokens, usd] = [0, 0]
    for (const row of members) {
      tokens += (observations.inputTokens[row] ?? Number.NaN) + (observations.outputTokens[row] ?? Number.NaN)
      usd += observations.cost[row] ?? Number.NaN
    }
    costs.set(observations.technique.values[code] ?? '', {
      responses: members.length,
      // One unknown makes the sum unknown: a mean over the known would favour whatever hides its costs.
      tokens: Number.isNaN(tokens) ? undefined : tokens / members.length,
      usd: Number.isNaN(usd) ? undefined : usd / members.length,
    })
  }
  return (technique) => costs.get(technique) ?? { responses: 0 }
}
