/**
 * Few human labels and many judge scores, combined without trusting the judge.
 *
 * PPI (Angelopoulos et al. 2023): mean judge score of the unlabelled, plus the judge's mean error on the labelled.
 * PPI++ (2023) scales the judge by λ = Cov(Y, f)/((1 + n/N) Var f), cut to [0, 1], with Var f over labelled and
 * unlabelled together; taking it over the labelled alone moves small-n estimates by points. Valid however bad the judge
 * is, if the labelled are a random sample of what was scored, and the judge was not tuned on them.
 */

import { checkAmounts, checkFinite, checkLevel, checkRange } from '../check-inputs.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { type NotEstimable, notEstimable, type Outcome } from '../result.ts'
import { meanOf, varianceOf } from '../sample-moments.ts'
import { type LabelledStratum, labelledInterval } from './labelled-interval.ts'

export interface PredictionPoweredOptions {
  /** True scores of the labelled. */
  readonly truth: ArrayLike<number>
  /** Judge scores of the same, in the same order. */
  readonly judge: ArrayLike<number>
  /** Judge scores of the unlabelled. */
  readonly unlabelled: ArrayLike<number>
  /** 1: PPI as published first; 0: labels only; `tuned`: PPI++. */
  readonly tuning: number | 'tuned'
  readonly level: number
  /** `normal`: estimate ± z standard errors, as published; `student-t`: `labelledInterval`, which keeps its level with few labels. */
  readonly reference: 'normal' | 'student-t'
  /** What a score can be at least and at most; the interval is cut to it. */
  readonly range: { readonly lower: number; readonly upper: number }
}

export interface PredictionPowered {
  readonly kind: 'prediction-powered'
  readonly estimate: Outcome
  /** λ that was used. */
  readonly tuning: number
  /** Labels that would give the same error without a judge. */
  readonly effectiveLabels: number
}

/** Not estimable with fewer than two labelled or no unlabelled scores, or when nothing varies. */
export function predictionPowered(options: PredictionPoweredOptions): PredictionPowered | NotEstimable {
  const { level, reference, range } = options
  checkLevel(level)
  const n = options.truth.length
  checkTruth(options.truth, range)
  if (options.judge.length !== n)
    fail('unequal-lengths', { truth: n, judge: options.judge.length }, 'pass one judge score per label')
  if (n < 2 || options.unlabelled.length < 1)
    return notEstimable('too-few-labels', { labelled: n, unlabelled: options.unlabelled.length })
  const part = stratumEstimate({ ...options, weight: 1 })
  if (!(part.variance > 0)) return notEstimable('no-variation', { n, value: part.value })
  const classical = varianceOf(Float64Array.from(options.truth), 0) / n
  return {
    kind: 'prediction-powered',
    estimate: toEstimate({ ...part, strata: [part], n, level, reference, range, method: methodName(options.tuning) }),
    tuning: part.tuning,
    effectiveLabels: (n * classical) / part.variance,
  }
}

export interface Stratum extends Pick<PredictionPoweredOptions, 'truth' | 'judge' | 'unlabelled'> {
  /** Share of the population in this stratum; shares sum to 1. */
  readonly weight: number
}

/** Stratified PPI: Σ w θ_h with variance Σ w² v_h, λ chosen in each stratum. */
export function stratifiedPredictionPowered({
  strata,
  tuning,
  level,
  reference,
  range,
}: Omit<PredictionPoweredOptions, 'truth' | 'judge' | 'unlabelled'> & {
  readonly strata: readonly Stratum[]
}): Outcome {
  checkLevel(level)
  const total = strata.reduce((sum, { weight }) => sum + weight, 0)
  if (!(Math.abs(total - 1) < 1e-9)) fail('weights-not-one', { total }, 'pass stratum weights that sum to 1')
  const parts: StratumEstimate[] = []
  let value = 0
  let spread = 0
  let n = 0
  for (const stratum of strata) {
    checkAmounts({ weight: stratum.weight })
    checkTruth(stratum.truth, range)
    if (stratum.judge.length !== stratum.truth.length) {
      fail(
        'unequal-lengths',
        { truth: stratum.truth.length, judge: stratum.judge.length },
        'pass one judge score per label',
      )
    }
    if (stratum.truth.length < 2 || stratum.unlabelled.length < 1) {
      return notEstimable('too-few-labels', { labelled: stratum.truth.length, unlabelled: stratum.unlabelled.length })
    }
    const part = stratumEstimate({ ...stratum, tuning })
    parts.push(part)
    value += stratum.weight * part.value
    spread += stratum.weight ** 2 * part.variance
    n += stratum.truth.length
  }
  if (!(spread > 0)) return notEstimable('no-variation', { n, value })
  return toEstimate({
    value,
    variance: spread,
    strata: parts,
    n,
    level,
    reference,
    range,
    method: `stratified-${methodName(tuning)}`,
  })
}

/** The range may be without ends, where a score may be anything. */
function checkTruth(truth: ArrayLike<number>, { lower, upper }: PredictionPoweredOptions['range']): void {
  checkFinite(truth)
  if (Number.isFinite(lower) && Number.isFinite(upper)) {
    checkRange(truth, { lower, upper })
    return
  }
  if (!(lower < upper)) fail('range-without-width', { lower, upper }, 'pass ends with lower below upper')
  for (let row = 0; row < truth.length; row++) {
    const value = truth[row] ?? Number.NaN
    if (!(value >= lower && value <= upper))
      fail('value-outside-range', { row, value, lower, upper }, 'declare the range the scorer really has')
  }
}

interface StratumEstimate extends LabelledStratum {
  readonly value: number
  readonly variance: number
}

function stratumEstimate(
  options: Pick<PredictionPoweredOptions, 'truth' | 'judge' | 'unlabelled' | 'tuning'> & { readonly weight: number },
): StratumEstimate {
  const truth = Float64Array.from(options.truth)
  const judge = Float64Array.from(options.judge)
  const unlabelled = Float64Array.from(options.unlabelled)
  for (const column of [truth, judge, unlabelled]) {
    checkFinite(column)
  }
  if (options.tuning !== 'tuned') checkFinite([options.tuning])
  const n = truth.length
  const tuning = options.tuning === 'tuned' ? bestTuning({ truth, judge, unlabelled }) : options.tuning
  const corrected = truth.map((label, i) => label - tuning * (judge[i] ?? 0))
  return {
    value: tuning * meanOf(unlabelled) + meanOf(corrected),
    variance: (tuning ** 2 * varianceOf(unlabelled, 0)) / unlabelled.length + varianceOf(corrected, 0) / n,
    weight: options.weight,
    truth,
    judge,
    unlabelled,
    tuning,
    tuned: options.tuning === 'tuned',
  }
}

function bestTuning({
  truth,
  judge,
  unlabelled,
}: {
  readonly truth: Float64Array
  readonly judge: Float64Array
  readonly unlabelled: Float64Array
}): number {
  const pooled = new Float64Array(judge.length + unlabelled.length)
  pooled.set(judge)
  pooled.set(unlabelled, judge.length)
  const spread = varianceOf(pooled, 1)
  if (spread === 0) return 0
  const truthMean = meanOf(truth)
  const judgeMean = meanOf(judge)
  const covariance =
    truth.reduce((sum, label, i) => sum + (label - truthMean) * ((judge[i] ?? 0) - judgeMean), 0) / truth.length
  return Math.min(1, Math.max(0, covariance / ((1 + judge.length / unlabelled.length) * spread)))
}

interface Ingredients extends Pick<PredictionPoweredOptions, 'level' | 'reference' | 'range'> {
  readonly value: number
  readonly variance: number
  readonly strata: readonly LabelledStratum[]
  readonly n: number
  readonly method: string
}

function toEstimate({ value, variance, strata, n, level, reference, range, method }: Ingredients): Outcome {
  const standardError = Math.sqrt(variance)
  const margin = normalUpperQuantile((1 - level) / 2) * standardError
  const { lower, upper, ...freedom } =
    reference === 'normal'
      ? { lower: value - margin, upper: value + margin }
      : labelledInterval({ strata, level, range })
  const inRange = (x: number): number => Math.min(range.upper, Math.max(range.lower, x))
  return {
    kind: 'estimate',
    value: inRange(value),
    standardError,
    ...freedom,
    interval: {
      lower: inRange(Math.min(value, lower)),
      upper: inRange(Math.max(value, upper)),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n,
    method,
    assumptions: ['labels-random-sample', 'judge-not-tuned-on-labels', 'independent-units'],
    caveats:
      n < 50 && reference === 'normal'
        ? [{ code: 'few-labels-normal', severity: 'caution', values: { labelled: n } }]
        : [],
  }
}

function methodName(tuning: number | 'tuned'): string {
  return tuning === 'tuned' ? 'prediction-powered-tuned' : tuning === 0 ? 'labels-only' : 'prediction-powered'
}
