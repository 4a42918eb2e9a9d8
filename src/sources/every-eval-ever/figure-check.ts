/** Recomputes the means that an aggregate states from the lines that name it. */
import type { Reconciliation } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import type { AggregateResult } from './aggregate-record.ts'

/** Relative to 1: sums in another order differ by far less. */
const tolerance = 1e-9

/** Kinds that are a mean over the responses. Of any other kind another figure than the mean is no contradiction. */
const means = /^(mean|accuracy|acc|exact_match|em|pass_rate|score)$/i

export class FigureCheck {
  readonly #results: readonly AggregateResult[]
  readonly #sums = new Map<string, { sum: number; count: number }>()

  constructor(results: readonly AggregateResult[]) {
    this.#results = results
  }

  /** A scored line of the result with this id, or of this name where lines have no id. */
  add(result: string, score: number): void {
    const known = this.#sums.get(result)
    if (known === undefined) this.#sums.set(result, { sum: score, count: 1 })
    else {
      known.sum += score
      known.count++
    }
  }

  reconciliations(incomplete: boolean, found: number, expected: number | undefined): readonly Reconciliation[] {
    return this.#results.map((result): Reconciliation => {
      const metric = `${result.name} / ${result.metric}`
      const own = this.#sums.get(result.id ?? '') ?? this.#sums.get(result.name)
      const cannot = (because: Caveat): Reconciliation => {
        return { metric, reported: result.score, recomputed: undefined, verdict: 'cannot', because }
      }
      if (own === undefined) return cannot({ code: 'rows-absent', severity: 'caution', values: {} })
      if (incomplete)
        return cannot({ code: 'rows-incomplete', severity: 'caution', values: { found, expected: expected ?? found } })
      const recomputed = own.sum / own.count
      if (Math.abs(recomputed - (result.score ?? Number.NaN)) <= tolerance * Math.max(1, Math.abs(recomputed)))
        return { metric, reported: result.score, recomputed, verdict: 'match' }
      if (result.kind === undefined || !means.test(result.kind))
        return cannot({ code: 'aggregation-unknown', severity: 'caution', values: { metric: result.metric } })
      return { metric, reported: result.score, recomputed, verdict: 'differs' }
    })
  }
}
