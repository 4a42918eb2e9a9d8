/** Would two runs on new items agree on which of two models is ahead? */
import { type NotEstimable, notEstimable, type Outcome, rankAgreement } from '../../../stats/index.ts'

/**
 * From a contrast: its size in standard errors is taken for the true one, and the ends of its interval bound it. A contrast
 * whose interval holds 0 may be none, so that a coin, one half, bounds it below.
 */
export function runsAgree(step: Outcome): Outcome | NotEstimable {
  if (step.kind === 'not-estimable') return step
  const { value, standardError, interval, n } = step
  if (standardError === undefined) return notEstimable('no-variation', { n, value })
  const [low, high] = [interval.lower / standardError, interval.upper / standardError]
  const [least, most] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))]
  return {
    kind: 'estimate',
    value: rankAgreement(value / standardError),
    interval: {
      ...interval,
      lower: low <= 0 && high >= 0 ? rankAgreement(0) : rankAgreement(least),
      upper: rankAgreement(most),
    },
    n,
    method: 'rank-agreement-of-two-runs',
    assumptions: ['nothing-changed-between-runs', 'abilities-on-one-scale'],
    caveats: [],
  }
}
