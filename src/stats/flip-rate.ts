/** How often two runs of the same item disagree. */
import { boundedMeanInterval } from './bounded-mean-interval.ts'
import { checkLevel } from './check-inputs.ts'
import { type RepeatedRuns, repeatedItems } from './repeated-items.ts'
import { notEstimable, type Outcome } from './result.ts'

/**
 * Probability that two different runs of one item give different values, averaged over items.
 *
 * Per item the share of its K(K − 1)/2 pairs of runs that differ: 2c(K − c)/(K(K − 1)) for c ones among K 0/1 scores, unbiased
 * for 2p(1 − p); for answer codes with counts c_v, 1 − Σ c_v(c_v − 1)/(K(K − 1)). Agreement is one minus it. Items with one
 * run are left out and counted in a caveat. The interval is `boundedMeanInterval` over items: zero flips seen are not zero.
 * Graded scores differ as soon as they are unequal; for their size use the within-item variance.
 *
 * flipRate({ values: [1, 1, 0, 1], items: [1, 1, 2, 2], clusters: undefined, level: 0.95 }).value // => 0.5
 */
export function flipRate({ level, ...runs }: RepeatedRuns & { readonly level: number }): Outcome {
  checkLevel(level)
  const { count, summarise, clusters, leftOut } = repeatedItems(runs, { least: 2 })
  if (count === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: 2 })
  const values = summarise(shareOfDifferingPairs)
  const outcome = boundedMeanInterval({ values, clusters, range: { lower: 0, upper: 1 }, level })
  return withLeftOut(outcome, { method: 'flip-rate', leftOut, needed: 2 })
}

/**
 * Share of items whose runs all agree (TARa@K of Atil et al. 2024, on parsed answers; TARr@K on raw ones).
 *
 * Falls with the number of runs: compare only at equal K. Items with one run are left out.
 */
export function unanimousShare({ level, ...runs }: RepeatedRuns & { readonly level: number }): Outcome {
  checkLevel(level)
  const { count, summarise, clusters, leftOut } = repeatedItems(runs, { least: 2 })
  if (count === 0) return notEstimable('needs-repeated-runs', { items: leftOut, needed: 2 })
  const values = summarise((sorted) => (sorted[0] === sorted[sorted.length - 1] ? 1 : 0))
  const outcome = boundedMeanInterval({ values, clusters, range: { lower: 0, upper: 1 }, level })
  return withLeftOut(outcome, { method: 'unanimous-share', leftOut, needed: 2 })
}

/** Names the method after its summary and says how many items had too few runs. */
export function withLeftOut(
  outcome: Outcome,
  { method, leftOut, needed }: { readonly method: string; readonly leftOut: number; readonly needed: number },
): Outcome {
  if (outcome.kind === 'not-estimable') return outcome
  return {
    ...outcome,
    method: `${method}-${outcome.method}`,
    caveats: [
      ...outcome.caveats,
      ...(leftOut > 0
        ? [{ code: 'items-with-too-few-runs', severity: 'caution', values: { items: leftOut, needed } } as const]
        : []),
    ],
  }
}

/** Runs arrive sorted: equal values are neighbours. */
function shareOfDifferingPairs(runs: Float64Array): number {
  const total = runs.length * (runs.length - 1)
  let equal = 0
  for (let start = 0; start < runs.length; ) {
    let end = start + 1
    while (end < runs.length && runs[end] === runs[start]) end++
    equal += (end - start) * (end - start - 1)
    start = end
  }
  return (total - equal) / total
}
