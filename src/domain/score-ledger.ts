/**
 * The scores of the finished cells of a study in columns: a few bytes for each, however long a run is.
 *
 * Cells may come in any order; the first record of a cell stands.
 */
import type { CellScoresByScorer, ScoreCell } from './claim-scale.ts'
import { Growing } from './growing-column.ts'
import { missingReasons } from './observations.ts'
import { cellsPerItem, type Study } from './study.ts'

type ReadingName = 'strict' | 'lenient'

const readingNames = ['strict', 'lenient'] as const
const scored = missingReasons.indexOf('scored')
const neverRun = missingReasons.indexOf('never-run')

export class ScoreLedger {
  readonly #labels: readonly string[]
  readonly #perItem: number
  readonly #recorded = new Growing(Uint8Array, 0)
  readonly #ofItem = new Growing(Int32Array, 0)
  /** Two columns per scorer: strict and lenient. */
  readonly #scores = new Growing(Float64Array, Number.NaN)
  /** Index into `missingReasons`. */
  readonly #reasons = new Growing(Uint8Array, neverRun)
  #size = 0

  constructor(study: Study) {
    this.#labels = study.scorers.map(({ label }) => label)
    this.#perItem = cellsPerItem(study)
  }

  /** Finished cells. */
  get size(): number {
    return this.#size
  }

  has(index: number): boolean {
    return this.#recorded.at(index) === 1
  }

  /** Whether all cells of an item are finished. */
  hasItem(item: number): boolean {
    return this.#ofItem.at(item) === this.#perItem
  }

  /** Says whether the cell is new. */
  add(index: number, scores: CellScoresByScorer): boolean {
    if (this.has(index)) return false
    this.#recorded.set(index, 1)
    this.#size++
    const item = Math.floor(index / this.#perItem)
    this.#ofItem.set(item, this.#ofItem.at(item) + 1)
    for (const [scorer, label] of this.#labels.entries()) {
      const readings = scores[label]
      if (readings === undefined) continue
      for (const reading of readingNames) {
        const score = readings[reading]
        const at = this.#placeOf(index, scorer, reading)
        if (typeof score === 'number') {
          this.#scores.set(at, score)
          this.#reasons.set(at, scored)
        } else this.#reasons.set(at, missingReasons.indexOf(score))
      }
    }
    return true
  }

  /** `scorer` by its position in the study. */
  scoreOf(index: number, scorer: number, reading: ReadingName): ScoreCell {
    const at = this.#placeOf(index, scorer, reading)
    const reason = missingReasons[this.#reasons.at(at)] ?? 'unknown'
    return reason === 'scored' ? this.#scores.at(at) : reason
  }

  #placeOf(index: number, scorer: number, reading: ReadingName): number {
    return (index * this.#labels.length + scorer) * 2 + (reading === 'strict' ? 0 : 1)
  }
}
