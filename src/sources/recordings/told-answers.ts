/** Gathers answers that a log tells several times, once for each scorer: one of each, and none where they contradict. */
import type { Levels, RecordedAnswer, RecordedResponse } from '../../domain/index.ts'

export interface ToldAnswer {
  readonly task: string | undefined
  readonly itemId: string
  readonly model: string | undefined
  readonly levels: Levels
  readonly technique: string | undefined
  readonly replicate: number
  readonly text: string
  readonly usage: RecordedResponse['usage']
  /** As our own exports say it; undefined where the log does not. */
  readonly state: string | undefined
  /** Calls behind the text; of several it is no reply of the model. */
  readonly calls: number | undefined
}

export class ToldAnswers {
  readonly #answers = new Map<string, RecordedAnswer | 'contradictory'>()

  add({ text, usage, state, calls, ...place }: ToldAnswer): void {
    if (calls !== undefined && calls !== 1) return
    if (state === 'failed' || (text === '' && state !== 'answered')) return
    const key = JSON.stringify([place.task, place.itemId, place.model, place.technique, place.replicate, place.levels])
    const known = this.#answers.get(key)
    if (known === undefined) {
      const response: RecordedResponse = { text, finish: finishOf(state), usage }
      this.#answers.set(key, { ...place, purpose: 'solve', sequence: 0, outcome: { kind: 'response', response } })
    } else if (known !== 'contradictory' && (known.outcome.kind !== 'response' || known.outcome.response.text !== text))
      this.#answers.set(key, 'contradictory')
  }

  list(): readonly RecordedAnswer[] {
    return [...this.#answers.values()].filter((answer) => answer !== 'contradictory')
  }
}

function finishOf(state: string | undefined): RecordedResponse['finish'] {
  switch (state) {
    case 'answered':
      return 'stop'
    case 'refused':
      return 'refusal'
    case 'truncated':
      return 'length'
    default:
      return 'unknown'
  }
}
