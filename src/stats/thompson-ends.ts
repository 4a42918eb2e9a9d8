/** Thompson sampling for the best and the worst of many arms: the search of FormatSpread. */

import type { Random } from '../random/index.ts'
import { betaDraw } from './beta-draw.ts'
import { checkWhole } from './check-inputs.ts'
import { fail } from './fail.ts'

export interface ArmCount {
  /** Items the arm was asked about, in the order that all arms share. */
  readonly asked: number
  /** Those that have a score; the others say nothing of the arm. */
  readonly trials: number
  /** Sum of the scores, each in [0, 1]. */
  readonly successes: number
}

export interface ThompsonOptions {
  /** Items one arm can be tried on; an arm that has had them all is not tried again. */
  readonly items: number
  /** Items per step. */
  readonly batch: number
  /** Items all steps may ask about together; half of them look for the best, half for the worst. */
  readonly budget: number
}

/** Everything the next step depends on, as plain data: a search goes on after a crash. */
export interface ThompsonState {
  readonly step: number
  /** Per arm, the reference first. */
  readonly counts: readonly ArmCount[]
  /** Best arm, fixed when the search for it ended. */
  readonly highest?: number | undefined
}

export type ThompsonStep =
  | { readonly kind: 'try'; readonly arm: number; readonly seeking: 'highest' | 'lowest' }
  /** Observed extremes, two different arms. Their difference is biased until both are asked about fresh items. */
  | { readonly kind: 'found'; readonly highest: number; readonly lowest: number }

/** Prior pseudo-failures b of Beta(a, b); a puts the prior mean at the rate of the reference. */
const priorFailures = 5

/**
 * The next arm to try: draw θ from Beta(a + S, b + n − S) for every arm with items left and take the largest in the first
 * half of the budget, the smallest in the second, counts kept (Sclar et al. 2023, arXiv 2310.11324, appendix B).
 * b = 5 and a = max(b·r/(1−r), 1.1) with r the rate of arm 0, which is tried on all items before; r = 1 is taken as
 * 1 − 1/(2·items), where the paper would divide by zero.
 *
 * `random` is the stream of the whole search; each step draws from its own split, so a step depends on the state alone.
 * Counts are adaptive: they locate the ends and are no estimates. Refuses a budget that is not an even number of batches.
 */
export function thompsonNext(options: ThompsonOptions, state: ThompsonState, random: Random): ThompsonStep {
  const { items, batch, budget } = options
  checkWhole({ items, batch, budget }, { least: 1 })
  for (const count of state.counts) checkArm(count)
  const steps = budget / batch
  if (!Number.isInteger(steps) || steps % 2 !== 0 || steps < 2)
    fail('budget-not-even-batches', { budget, batch }, 'make the budget an even number of batches')
  const reference = state.counts[0]
  if (reference === undefined || reference.trials === 0)
    return fail('reference-untried', { arms: state.counts.length }, 'try the first arm on all items before the search')
  const open = state.counts.flatMap(({ asked }, arm) => (asked < items ? [arm] : []))
  if (state.step >= steps || open.length === 0) {
    const highest = state.highest ?? extremeArm(state.counts, 1)
    return { kind: 'found', highest, lowest: extremeArm(state.counts, -1, highest) }
  }
  const rate = Math.min(reference.successes / reference.trials, 1 - 1 / (2 * items))
  const priorSuccesses = Math.max((rate / (1 - rate)) * priorFailures, 1.1)
  const seeking = state.step < steps / 2 ? 'highest' : 'lowest'
  const sign = seeking === 'highest' ? 1 : -1
  const stream = random.split('step').split(state.step)
  let chosen = open[0] ?? 0
  let most = Number.NEGATIVE_INFINITY
  for (const arm of open) {
    const { successes, trials } = state.counts[arm] ?? untried
    const draw = betaDraw({
      alpha: priorSuccesses + successes,
      beta: priorFailures + trials - successes,
      random: stream,
    })
    if (sign * draw <= most) continue
    most = sign * draw
    chosen = arm
  }
  return { kind: 'try', arm: chosen, seeking }
}

/** The state after a step. When the first half ends, the best arm so far is fixed. */
export function thompsonRecord(
  options: ThompsonOptions,
  state: ThompsonState,
  result: ArmCount & { readonly arm: number },
): ThompsonState {
  checkWhole({ step: state.step }, { least: 0 })
  for (const count of state.counts) checkArm(count)
  checkArm(result)
  checkWhole({ arm: result.arm }, { least: 0, most: state.counts.length - 1 })
  const counts = state.counts.map((count, arm) =>
    arm === result.arm
      ? {
          asked: count.asked + result.asked,
          trials: count.trials + result.trials,
          successes: count.successes + result.successes,
        }
      : count,
  )
  const step = state.step + 1
  const half = options.budget / options.batch / 2
  return { step, counts, highest: step === half ? extremeArm(counts, 1) : state.highest }
}

function checkArm({ asked, trials, successes }: ArmCount): void {
  checkWhole({ trials }, { least: 0 })
  checkWhole({ asked }, { least: trials })
  if (!(successes >= 0 && successes <= trials))
    fail('counts-not-valid', { successes, trials }, 'pass a sum of scores from 0 to the number of trials')
}

const untried: ArmCount = { asked: 0, trials: 0, successes: 0 }

/**
 * Arms without a score have no rate and cannot be extreme; ties go to the arm with more scores. The lowest arm is another
 * than the highest, also where all rates are equal: two ends are compared afterwards.
 */
function extremeArm(counts: readonly ArmCount[], sign: 1 | -1, otherThan?: number): number {
  let chosen: number | undefined
  for (const [arm, { successes, trials }] of counts.entries()) {
    if (trials === 0 || arm === otherThan) continue
    const best = chosen === undefined ? undefined : counts[chosen]
    const gain = best === undefined ? 1 : sign * (successes * best.trials - best.successes * trials)
    if (gain > 0 || (gain === 0 && trials > (best?.trials ?? 0))) chosen = arm
  }
  return chosen ?? counts.findIndex((_, arm) => arm !== otherThan)
}
