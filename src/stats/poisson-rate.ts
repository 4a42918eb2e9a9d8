/** Events per unit of exposure: tokens, turns, agent-hours. */
import { checkLevel } from './check-inputs.ts'
import { fail } from './fail.ts'
import type { Interval, Outcome } from './result.ts'
import { inverseIncompleteGamma } from './special/incomplete-gamma.ts'

/**
 * Rate of events per unit of exposure with Garwood's exact interval (Garwood 1936).
 *
 * lower χ²(α; 2x)/2E, upper χ²(1−α; 2x+2)/2E, α = 1 − level, halved when two-sided. Covers with at least `level`. Assumes
 * that events come one at a time, independently and at one rate, over an exposure fixed before looking; for
 * yes/no trials use `clopperPearson`. With no events the lower end is 0. `n` is the exposure. Refuses an exposure of 0 or
 * less.
 *
 * poissonRate({ events: 0, exposure: 1, level: 0.95, side: 'upper' }).interval.upper // => 2.9957…
 */
export function poissonRate({
  events,
  exposure,
  level,
  side,
}: {
  readonly events: number
  /** In the unit that the rate shall be per. Above 0. */
  readonly exposure: number
  readonly level: number
  readonly side: Interval['side']
}): Outcome {
  checkLevel(level)
  if (!Number.isInteger(events) || events < 0) fail('not-a-count', { events }, 'pass a whole number of events')
  if (!(exposure > 0 && exposure < Number.POSITIVE_INFINITY)) {
    fail('exposure-out-of-range', { exposure }, 'pass a finite exposure above 0')
  }
  const p = side === 'two-sided' ? (1 - level) / 2 : 1 - level
  return {
    kind: 'estimate',
    value: events / exposure,
    interval: {
      lower: side === 'upper' || events === 0 ? 0 : inverseIncompleteGamma({ p, tail: 'lower', a: events }) / exposure,
      upper:
        side === 'lower'
          ? Number.POSITIVE_INFINITY
          : inverseIncompleteGamma({ p, tail: 'upper', a: events + 1 }) / exposure,
      level,
      kind: 'confidence',
      side,
    },
    n: exposure,
    method: 'garwood',
    assumptions: ['independent-events', 'constant-rate', 'exposure-fixed-in-advance'],
    caveats: [],
  }
}
