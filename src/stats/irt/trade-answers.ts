/**
 * Draws tables of answers with the row and column sums of a given one (Strona et al. 2014, "curveball"; Besag and
 * Clifford 1989 for tests on such draws).
 *
 * Two rows at random trade: of the items that exactly one of them solved, both have answered them, each keeps as many as it
 * had, but which ones is drawn anew. Every trade is as likely as its reverse, so that all tables that can be reached are
 * equally likely; where each row has answered every item, all tables with these sums can be.
 */
import type { Random } from '../../random/index.ts'

export interface AnswerTable {
  /** rows × items: 1, 0, or NaN where there is no answer. */
  readonly responses: Float64Array
  readonly rows: number
  readonly items: number
}

/** As many trades as there are rows, in place. */
export function tradeAnswers({ responses, rows, items }: AnswerTable, random: Random): void {
  const apart = new Int32Array(items)
  for (let trade = 0; trade < rows; trade++) {
    const first = random.integer(rows)
    const other = random.integer(rows - 1)
    const second = other >= first ? other + 1 : other
    let count = 0
    let onlyFirst = 0
    for (let j = 0; j < items; j++) {
      const left = responses[first * items + j] ?? Number.NaN
      if (left + (responses[second * items + j] ?? Number.NaN) !== 1) continue
      apart[count++] = j
      onlyFirst += left
    }
    for (let k = 0; k < count; k++) {
      const solves = random.integer(count - k) < onlyFirst ? 1 : 0
      onlyFirst -= solves
      responses[first * items + (apart[k] ?? 0)] = solves
      responses[second * items + (apart[k] ?? 0)] = 1 - solves
    }
  }
}
