/** The running interval of a claim: anytime-valid, and wide enough for every value the missing scores could have. */
import {
  advanceOneSidedBetting,
  betaMixtureSequence,
  bettingSequence,
  type Interval,
  notEstimable,
  type Outcome,
  startOneSidedBetting,
} from '../stats/index.ts'

export interface ClaimValues {
  /** Per unit, with missing scores at their worst and at their best. */
  readonly worst: number[]
  readonly best: number[]
}

export interface RunningIntervalOptions {
  readonly values: ClaimValues
  /** In units of the score; absent where no score is known. */
  readonly estimate: number | undefined
  readonly binary: boolean
  readonly population: number | undefined
  readonly level: number
  /** Of a limit to units of the score; may turn the scale around. */
  readonly toScore: (value: number) => number
}

export function runningInterval(options: RunningIntervalOptions): Outcome {
  const { values, estimate, population, level, toScore } = options
  const { worst, best } = values
  const units = worst.length
  if (units === 0 || estimate === undefined) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const lower = limits(options, worst)?.lower ?? 0
  const upper = limits(options, best)?.upper ?? 1
  const ends = [toScore(lower), toScore(upper)]
  return {
    kind: 'estimate',
    value: estimate,
    interval: { lower: Math.min(...ends), upper: Math.max(...ends), level, kind: 'confidence', side: 'two-sided' },
    n: units,
    method: options.binary
      ? 'beta-mixture-confidence-sequence'
      : population === undefined
        ? 'hedged-betting-confidence-sequence'
        : 'betting-without-replacement',
    assumptions: population === undefined ? ['independent-trials', 'constant-rate'] : ['random-order'],
    caveats: [],
  }
}

function limits(
  { binary, population, level }: RunningIntervalOptions,
  values: readonly number[],
): Pick<Interval, 'lower' | 'upper'> | undefined {
  if (population !== undefined) return finiteLimits({ values, population, errorRate: (1 - level) / 2 })
  const outcome = binary
    ? betaMixtureSequence({
        successes: values.reduce((sum, value) => sum + value, 0),
        trials: values.length,
        a: 1,
        b: 1,
        level,
      })
    : bettingSequence({ values, level })
  return outcome.kind === 'estimate' ? outcome.interval : undefined
}

interface FiniteOptions {
  readonly values: readonly number[]
  readonly population: number
  readonly errorRate: number
}

function finiteLimits(options: FiniteOptions): Pick<Interval, 'lower' | 'upper'> {
  const { values } = options
  return { lower: lowerLimit(options), upper: 1 - lowerLimit({ ...options, values: values.map((value) => 1 - value) }) }
}

/** Largest mean that the bets refute, by bisection; wealth falls as the null mean grows. */
function lowerLimit({ values, population, errorRate }: FiniteOptions): number {
  const wall = Math.log(1 / errorRate)
  const refutes = (nullMean: number): boolean => {
    let state = startOneSidedBetting
    for (const value of values) {
      state = advanceOneSidedBetting(state, value, { nullMean, errorRate, population })
      if (state.logWealth >= wall) return true
    }
    return false
  }
  if (!refutes(1e-9)) return 0
  let low = 0
  let high = 1
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (refutes(middle)) low = middle
    else high = middle
  }
  return low
}
