/**
 * Tables of counts: successes in tries per row. Two scores come of a row: `rate`, their ratio, and `any`, whether one
 * succeeded. The order of the tries is not in the table, and a row is one response to all that needs repeats.
 */
import type { MissingReason } from '../../domain/index.ts'
import { type Caveat, fail } from '../../stats/index.ts'
import type { ScoreColumn } from './score-columns.ts'
import type { TableBuffer } from './table-buffer.ts'
import { wholeNumbers } from './whole-numbers.ts'

export interface CountMapping {
  readonly successes: string
  readonly trials: string
}

export function countColumns(
  buffer: TableBuffer,
  { successes, trials, rows }: CountMapping & { readonly rows: Int32Array },
): { readonly columns: readonly ScoreColumn[]; readonly caveats: readonly Caveat[] } {
  const hits = wholeNumbers(buffer, successes)
  const tries = wholeNumbers(buffer, trials)
  const tally = new StopRule()
  for (const row of rows) {
    const [k, n] = [hits(row), tries(row)]
    if (k === undefined || n === undefined) continue
    if (k > n)
      fail(
        'more-successes-than-tries',
        { path: buffer.path, row: row + 1, successes: k, trials: n },
        'give the column of tries as trials and that of successes among them as successes',
      )
    tally.add(k, n)
  }
  const scored =
    (read: (k: number, n: number) => number) =>
    (row: number): number | MissingReason => {
      const [k, n] = [hits(row), tries(row)]
      if (k === undefined || n === undefined) return 'unknown'
      return n === 0 ? 'never-run' : read(k, n)
    }
  return {
    columns: [
      { name: 'rate', at: scored((k, n) => k / n), caveats: [] },
      { name: 'any', at: scored((k) => (k > 0 ? 1 : 0)), caveats: [] },
    ],
    caveats: [
      { code: 'counts-without-order', severity: 'note', values: { path: buffer.path, successes, trials } },
      ...tally.caveats(buffer.path),
    ],
  }
}

/** Whether tries look as if they ended at a success: all that never succeeded have as many, and successes fewer. */
class StopRule {
  #most = 0
  #rows = 0
  readonly #withoutSuccess = new Map<number, number>()
  readonly #withSuccess = new Map<number, number>()

  add(successes: number, trials: number): void {
    this.#rows++
    this.#most = Math.max(this.#most, trials)
    const tally = successes > 0 ? this.#withSuccess : this.#withoutSuccess
    tally.set(trials, (tally.get(trials) ?? 0) + 1)
  }

  caveats(path: string): readonly Caveat[] {
    const different = new Set([...this.#withSuccess.keys(), ...this.#withoutSuccess.keys()]).size
    if (different < 2) return []
    const total = (tally: ReadonlyMap<number, number>) => [...tally.values()].reduce((sum, count) => sum + count, 0)
    const [failed, succeeded] = [total(this.#withoutSuccess), total(this.#withSuccess)]
    const exhausted = this.#withoutSuccess.get(this.#most) ?? 0
    const early = succeeded - (this.#withSuccess.get(this.#most) ?? 0)
    const stopped = failed > 0 && exhausted >= 0.9 * failed && early >= 0.5 * succeeded && early > 0
    return stopped
      ? [
          {
            code: 'tries-stopped-at-success',
            severity: 'caution',
            values: { path, most: this.#most, early, rows: this.#rows },
          },
        ]
      : [{ code: 'tries-vary', severity: 'note', values: { path, most: this.#most, different } }]
  }
}
