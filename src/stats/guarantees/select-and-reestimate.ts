/** Choosing a variant on one half of the data and estimating it on the other. */
import type { BinomialCount } from '../check-inputs.ts'
import { clopperPearson } from '../clopper-pearson.ts'
import { fail } from '../fail.ts'
import type { NotEstimable, Outcome } from '../result.ts'
import { refuseVariants, variantRates } from './worst-variant.ts'

export interface SelectedVariant {
  readonly kind: 'selected-variant'
  readonly selected: number
  /** What it looked like where it was chosen; leans outward. */
  readonly whereChosen: number
  /** On trials that took no part in the choice, with Clopper–Pearson's interval: exact for the chosen variant. */
  readonly reestimate: Outcome
}

/**
 * Chooses the variant with the highest (or lowest) rate on the first split and estimates it on the second.
 *
 * The interval needs no correction for the choice: given the first split, the second is a fixed variant's. Ties go to the
 * variant with more trials, then to the first listed. The first split spends no error and earns no claim.
 *
 * selectAndReestimate({ first, second, choose: 'highest', level: 0.95, side: 'two-sided' })
 */
export function selectAndReestimate({
  first,
  second,
  choose,
  level,
  side,
}: {
  /** The same variants in the same order, on different items or runs. */
  readonly first: readonly BinomialCount[]
  readonly second: readonly BinomialCount[]
  readonly choose: 'highest' | 'lowest'
  readonly level: number
  readonly side: 'two-sided' | 'lower' | 'upper'
}): SelectedVariant | NotEstimable {
  if (first.length !== second.length) {
    fail('lengths-differ', { first: first.length, second: second.length }, 'pass the same variants in both splits')
  }
  const refusal = refuseVariants(first)
  if (refusal !== undefined) return refusal
  const sign = choose === 'highest' ? 1 : -1
  const seen = variantRates(first)
  let selected = 0
  for (let v = 1; v < first.length; v++) {
    const lead = sign * ((seen[v] ?? 0) - (seen[selected] ?? 0))
    if (lead > 0 || (lead === 0 && (first[v]?.trials ?? 0) > (first[selected]?.trials ?? 0))) selected = v
  }
  const counts = second[selected] ?? { successes: 0, trials: 0 }
  return {
    kind: 'selected-variant',
    selected,
    whereChosen: seen[selected] ?? Number.NaN,
    reestimate: clopperPearson({ ...counts, level, side }),
  }
}
