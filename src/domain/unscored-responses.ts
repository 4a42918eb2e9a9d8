/** Responses that a scorer gave no score to and said why: counted by scorer, with the reason that came first. */
import type { RecordedReading } from './journal-record.ts'

export interface UnscoredBy {
  readonly scorer: string
  readonly responses: number
  /** Of the first such response in the running order. */
  readonly because: string
}

export class UnscoredResponses {
  readonly #by = new Map<string, { responses: number; first: number; because: string }>()

  add(
    index: number,
    scores: Readonly<Record<string, { readonly strict: RecordedReading; readonly lenient: RecordedReading }>>,
  ): void {
    for (const [scorer, { strict, lenient }] of Object.entries(scores)) {
      const because = strict.because ?? lenient.because
      if (because === undefined) continue
      const known = this.#by.get(scorer)
      if (known === undefined) this.#by.set(scorer, { responses: 1, first: index, because })
      else {
        known.responses++
        if (index < known.first) Object.assign(known, { first: index, because })
      }
    }
  }

  list(): readonly UnscoredBy[] {
    return [...this.#by]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([scorer, { responses, because }]) => ({ scorer, responses, because }))
  }
}
