/** What it takes to show that a rate exceeds a threshold: trials, successes, the p that is attained, and its power. */
import {
  drawsForAlpha,
  normalUpperTail,
  sigmaEquivalent,
  signFlipClusters,
  type ThresholdPlan,
  thresholdPlan,
  thresholdTrials,
} from '../../stats/index.ts'

export interface ThresholdPlanInput {
  /** The claim: the rate exceeds this. */
  readonly above: number
  /** Rate that is believed true. */
  readonly expected: number
  /** One-sided. */
  readonly alpha: number
  /** Wanted probability of success at the expected rate. */
  readonly power: number
  /** Undefined where the plan is to say how many. */
  readonly trials: number | undefined
}

export interface ThresholdPlanOf {
  readonly chosen: ThresholdRow
  /** The chosen level among the usual ones, largest p first. */
  readonly rows: readonly ThresholdRow[]
}

export interface ThresholdRow {
  readonly alpha: number
  readonly sigma: number
  /** The test with the fewest trials from which power stays at what was wanted. */
  readonly needed: ThresholdPlan
  /** The test with the trials at hand; undefined without them, or where not even all successes would do. */
  readonly atHand: ThresholdPlan | undefined
  /** What other tests need before a p of this size is possible at all. */
  readonly draws: number
  readonly clusters: number
}

const usual = [0.05, 0.01, 1e-3, 1e-5, normalUpperTail(5)] as const

export function thresholdPlanOf(input: ThresholdPlanInput): ThresholdPlanOf {
  const levels = [...new Set([...usual, input.alpha])].sort((a, b) => b - a)
  const rows = levels.map((alpha) => rowOf(alpha, input))
  const chosen = rows.find(({ alpha }) => alpha === input.alpha)
  if (chosen === undefined) throw new Error('the chosen level is among the levels')
  return { chosen, rows }
}

function rowOf(alpha: number, { above, expected, power, trials }: ThresholdPlanInput): ThresholdRow {
  const test = { nullRate: above, trueRate: expected, alpha }
  const needed = thresholdPlan({ ...test, trials: thresholdTrials({ ...test, power }) })
  if (needed.kind !== 'threshold-plan') throw new Error('a number of trials with power can reach its level')
  const atHand = trials === undefined ? undefined : thresholdPlan({ ...test, trials })
  return {
    alpha,
    sigma: sigmaEquivalent(alpha),
    needed,
    atHand: atHand?.kind === 'threshold-plan' ? atHand : undefined,
    draws: drawsForAlpha(alpha),
    clusters: signFlipClusters({ alpha, alternative: 'one-sided' }),
  }
}
