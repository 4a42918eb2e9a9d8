/** How often repeated runs of an item give one and the same answer. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkLevel } from './check-inputs.ts'
import { fail } from './fail.ts'
import { withLeftOut } from './flip-rate.ts'
import { type RepeatedRuns, repeatedItems } from './repeated-items.ts'
import { notEstimable, type Outcome } from './result.ts'

export interface AnswerAgreementOptions extends RepeatedRuns {
  /** N: how many runs have to agree. Fixed beforehand: agreement falls with it. */
  readonly runs: number
  readonly level: number
}

/**
 * Chance that N different runs of an item all give the same answer, averaged over items: TARr@N for codes of raw texts,
 * TARa@N for codes of parsed answers (Atil et al. 2024).
 *
 * Per item Σ_v C(c_v, N)/C(K, N), unbiased from any K ≥ N runs, so that items with more runs are not judged more strictly;
 * at K = N it is 1 or 0 and the same as `unanimousShare`. Items with fewer than N runs are left out and counted. An
 * answer that could not be parsed needs a code of its own: leaving it out would count it as agreement. The interval is
 * `boundedMeanInterval` over items (clusters): all items agreeing is not certainty that they will.
 *
 * totalAgreement({ values: [1, 1, 1, 1, 1, 2], items: [1, 1, 1, 2, 2, 2], clusters: undefined, runs: 2, level: 0.95 }).value // => 0.6666…
 */
export function totalAgreement({ runs, level, ...repeated }: AnswerAgreementOptions): Outcome {
  checkLevel(level)
  if (!Number.isInteger(runs) || runs < 2) fail('not-a-count', { runs }, 'pass at least 2 runs')
  return over(repeated, {
    level,
    least: runs,
    method: 'total-agreement',
    summary: (sorted) => chanceAllEqual(sorted, runs),
  })
}

/**
 * Share of an item's runs that give its most frequent answer, averaged over items: what a majority vote rests on.
 *
 * Biased upwards, the more so the fewer runs there are (1 for a single run, and never below 1/K): compare only at equal
 * K, and read `totalAgreement` at N = 2 for an unbiased measure. Items with one run are left out.
 *
 * modalAgreement({ values: [1, 1, 2, 1], items: [1, 1, 1, 1], clusters: undefined, level: 0.95 }).value // => 0.75
 */
export function modalAgreement({ level, ...repeated }: RepeatedRuns & { readonly level: number }): Outcome {
  checkLevel(level)
  return over(repeated, {
    level,
    least: 2,
    method: 'modal-agreement',
    summary: (sorted) => Math.max(...runLengths(sorted)) / sorted.length,
  })
}

interface Over {
  readonly level: number
  readonly least: number
  readonly method: string
  readonly summary: (sorted: Float64Array) => number
}

function over(repeated: RepeatedRuns, { level, least, method, summary }: Over): Outcome {
  const { count, summarise, clusters, leftOut } = repeatedItems(repeated, { least })
  if (count === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: least })
  const outcome = boundedMeanInterval({ values: summarise(summary), clusters, range: { lower: 0, upper: 1 }, level })
  return withLeftOut(outcome, { method, leftOut, needed: least })
}

/** Σ_v C(c_v, N)/C(K, N) as products of ratios, which do not overflow. */
function chanceAllEqual(sorted: Float64Array, runs: number): number {
  let chance = 0
  for (const count of runLengths(sorted)) {
    if (count < runs) continue
    let product = 1
    for (let i = 0; i < runs; i++) product *= (count - i) / (sorted.length - i)
    chance += product
  }
  return Math.min(1, chance)
}

/** Counts of each answer; equal answers are neighbours. */
function runLengths(sorted: Float64Array): number[] {
  const lengths: number[] = []
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    lengths.push(end - start)
    start = end
  }
  return lengths
}
