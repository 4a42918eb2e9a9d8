/** The empirical-Bernstein confidence sequence that never widens again. */
import { type Caveat, notEstimable, type Outcome } from '../result.ts'
import {
  advanceEmpiricalBernstein,
  empiricalBernsteinInterval,
  startEmpiricalBernstein,
} from './empirical-bernstein.ts'

/**
 * Intersection of the intervals of `empiricalBernsteinSequence` after 1, 2, … and all scores: all of them hold at once, so
 * their intersection holds too (Waudby-Smith and Ramdas 2024, §2; what confseq's `predmix_empbern_cs` prints).
 *
 * Needs one mean throughout. Intervals that contradict one another are evidence that it moved: not estimable. Where the
 * mean of all scores lies outside the intersection, the interval is stretched to it, with a caveat; a superset stays valid.
 */
export function intersectedBernsteinSequence({
  values,
  level,
}: {
  readonly values: ArrayLike<number>
  readonly level: number
}): Outcome {
  let state = startEmpiricalBernstein(level)
  let lower = 0
  let upper = 1
  for (let i = 0; i < values.length; i++) {
    state = advanceEmpiricalBernstein(state, values[i] ?? Number.NaN)
    const outcome = empiricalBernsteinInterval(state)
    if (outcome.kind === 'not-estimable') return outcome
    lower = Math.max(lower, outcome.interval.lower)
    upper = Math.min(upper, outcome.interval.upper)
    if (lower > upper) return notEstimable('mean-moved', { after: i + 1 })
  }
  const last = empiricalBernsteinInterval(state)
  if (last.kind === 'not-estimable') return last
  const outside = last.value < lower || last.value > upper
  const caveats: readonly Caveat[] = outside
    ? [{ code: 'mean-beside-intersection', severity: 'caution', values: {} }]
    : []
  return {
    ...last,
    interval: { ...last.interval, lower: Math.min(lower, last.value), upper: Math.max(upper, last.value) },
    method: 'empirical-bernstein-running-intersection',
    caveats: [...last.caveats, ...caveats],
  }
}
