/** Answers of rows (models, or models × prompts) to items, as item response models read them. */
import { fail } from '../fail.ts'

export interface ItemResponseOptions {
  /** persons × items, row-major: 1, 0, or NaN where the item was not answered. */
  readonly responses: Float64Array
  readonly persons: number
  readonly items: number
  /** How often each row occurred; 1 each for plain data. */
  readonly counts: ArrayLike<number>
  readonly model: '1pl' | '2pl'
}

/** The likelihood of more loses its digits. */
const mostCount = 1e12

/** Refuses responses of the wrong length or other than 1, 0 and NaN, and counts that are not positive. */
export function checkResponses({ responses, persons, items, counts }: ItemResponseOptions): void {
  if (responses.length !== persons * items || counts.length !== persons) {
    fail(
      'matrix-not-rectangular',
      { entries: responses.length, persons, items, counts: counts.length },
      'pass persons × items responses and one count per person',
    )
  }
  for (let k = 0; k < responses.length; k++) {
    const response = responses[k] ?? Number.NaN
    if (response !== 0 && response !== 1 && !Number.isNaN(response))
      fail('response-not-binary', { position: k + 1, response }, 'pass 1, 0, or NaN for not answered')
  }
  for (let i = 0; i < persons; i++) {
    const count = counts[i] ?? Number.NaN
    if (!(count > 0 && count <= mostCount))
      fail('count-not-valid', { row: i + 1, count }, 'pass counts above 0, at most 10^12')
  }
}

/** Items that somebody solved and somebody missed. */
export function varyingItems({ responses, persons, items }: ItemResponseOptions): number[] {
  return Array.from({ length: items }, (_, item) => item).filter((item) => {
    let solved = false
    let missed = false
    for (let i = 0; i < persons; i++) {
      const response = responses[i * items + item]
      if (response === 1) solved = true
      if (response === 0) missed = true
    }
    return solved && missed
  })
}

interface ItemColumn {
  readonly responses: Float64Array
  readonly persons: number
  readonly items: number
  readonly counts: Float64Array
  readonly item: number
}

/** Log odds of an item over the rows that answered it, stretched as ability spreads them, kept off 0 and 1. */
export function startIntercept({ responses, persons, items, counts, item }: ItemColumn): number {
  let solved = 0
  let answered = 0
  for (let i = 0; i < persons; i++) {
    const response = responses[i * items + item] ?? Number.NaN
    if (Number.isNaN(response)) continue
    answered += counts[i] ?? 0
    solved += response * (counts[i] ?? 0)
  }
  const share = Math.min(0.99, Math.max(0.01, solved / answered))
  return 1.2 * Math.log(share / (1 - share))
}
