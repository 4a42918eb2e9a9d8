/** Cells without an answer, by model and cause: what a run says of them at its end. */
import type { CellRecord } from './journal-record.ts'
import { cellAt, type Study } from './study.ts'

export interface FailedCellsBy {
  readonly model: string
  /** `server-error`, `timeout` …, or `truncated` where the answer reached its longest length. */
  readonly cause: string
  readonly cells: number
}

export class FailedCells {
  readonly #study: Study
  readonly #by = new Map<string, { model: string; cause: string; cells: number }>()

  constructor(study: Study) {
    this.#study = study
  }

  add({ index, state, reason }: Pick<CellRecord, 'index' | 'state' | 'reason'>): void {
    if (state !== 'failed' && state !== 'truncated') return
    const model = this.#study.models[cellAt(this.#study, index).model] ?? ''
    const cause = state === 'truncated' ? state : (reason ?? 'unknown')
    const known = this.#by.get(`${model} ${cause}`)
    if (known === undefined) this.#by.set(`${model} ${cause}`, { model, cause, cells: 1 })
    else known.cells++
  }

  list(): readonly FailedCellsBy[] {
    return [...this.#by.values()].sort((a, b) => b.cells - a.cells || (a.model + a.cause < b.model + b.cause ? -1 : 1))
  }
}
