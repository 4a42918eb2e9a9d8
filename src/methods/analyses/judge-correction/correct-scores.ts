/** Judge alone, people alone, and both together. */
import { populationMean } from '../../../domain/index.ts'
import {
  newcombeDifference,
  notEstimable,
  type Outcome,
  predictionPowered,
  roganGladen,
  stratifiedPredictionPowered,
  unpairedDifference,
} from '../../../stats/index.ts'
import type { LabelledScores } from './labelled-scores.ts'

export interface CorrectedScore extends LabelledScores {
  readonly items: number
  readonly labelled: number
  /** Labelled items by their label, where labels are 0 or 1. */
  readonly positives: number
  readonly negatives: number
  readonly judgeOnly: Outcome
  readonly humanOnly: Outcome
  /** PPI++, stratified where there are strata. */
  readonly corrected: Outcome
  /** PPI, the judge used in full; stratified where there are strata. */
  readonly untuned: Outcome
  /** λ, how far the judge is used; undefined with strata. */
  readonly tuning: number | undefined
  readonly effectiveLabels: number | undefined
  readonly sensitivity: Outcome
  readonly specificity: Outcome
  readonly roganGladen: Outcome
  /** Mean judge score of the labelled minus that of the rest: far from 0, the labelled are no random sample. */
  readonly selection: Outcome
}

export function correctScores(scores: LabelledScores, level: number): CorrectedScore {
  const { truth, score, clustered, binary } = scores
  const isLabelled = (i: number) => !Number.isNaN(truth[i])
  const positions = Array.from(truth.keys())
  const labelled = positions.filter(isLabelled)
  const rest = positions.filter((i) => !isLabelled(i))
  const at = (values: Float64Array, where: readonly number[]) =>
    Float64Array.from(where, (i) => values[i] ?? Number.NaN)
  const y = at(truth, labelled)
  const f = at(score, labelled)
  const unlabelled = at(score, rest)
  const mean = (values: Float64Array, scale: 'binary' | 'unit') =>
    populationMean({ score: values, cluster: Int32Array.from(values.keys()), clustered: false }, { scale, level })
  const dependent = notEstimable('labels-in-clusters', {})
  const pass = (values: Float64Array, of: Float64Array, label: number) =>
    mean(Float64Array.from(Array.from(values).filter((_, i) => of[i] === label)), 'binary')
  const scale = binary ? 'binary' : 'unit'
  const powered = clustered
    ? { estimate: dependent, untuned: dependent, tuning: undefined, effectiveLabels: undefined }
    : ppi({ scores, y, f, unlabelled, labelled, rest, level })
  return {
    ...scores,
    items: truth.length,
    labelled: labelled.length,
    positives: y.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0),
    negatives: y.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
    judgeOnly: clustered ? dependent : mean(score, scale),
    humanOnly: clustered ? dependent : mean(y, scale),
    corrected: powered.estimate,
    untuned: powered.untuned,
    tuning: powered.tuning,
    effectiveLabels: powered.effectiveLabels,
    sensitivity: !binary ? notEstimable('labels-not-binary', {}) : clustered ? dependent : pass(f, y, 1),
    specificity: !binary ? notEstimable('labels-not-binary', {}) : clustered ? dependent : flipped(pass(f, y, 0)),
    roganGladen: clustered ? dependent : counted({ binary, y, f, unlabelled, level }),
    selection:
      clustered || labelled.length < 2 || rest.length < 2
        ? notEstimable('too-few-labels', { labelled: labelled.length, unlabelled: rest.length })
        : unlike({ binary, f, unlabelled, level }),
  }
}

interface Split {
  readonly y: Float64Array
  readonly f: Float64Array
  readonly unlabelled: Float64Array
  readonly level: number
}

function ppi({
  scores: { stratum, strata },
  labelled,
  rest,
  ...split
}: Split & {
  readonly scores: LabelledScores
  readonly labelled: readonly number[]
  readonly rest: readonly number[]
}) {
  const { y: truth, f: judge, unlabelled, level } = split
  const options = { level, reference: 'student-t', range: { lower: 0, upper: 1 } } as const
  if (stratum === undefined) {
    const powered = predictionPowered({ truth, judge, unlabelled, tuning: 'tuned', ...options })
    const full = predictionPowered({ truth, judge, unlabelled, tuning: 1, ...options })
    const untuned = full.kind === 'not-estimable' ? full : full.estimate
    return powered.kind === 'not-estimable'
      ? { estimate: powered, untuned, tuning: undefined, effectiveLabels: undefined }
      : { ...powered, untuned }
  }
  const inside = (where: readonly number[], values: Float64Array, h: number) =>
    Float64Array.from(Array.from(values).filter((_, i) => stratum[where[i] ?? -1] === h))
  const parts = Array.from({ length: strata }, (_, h) => ({
    truth: inside(labelled, truth, h),
    judge: inside(labelled, judge, h),
    unlabelled: inside(rest, unlabelled, h),
    weight: stratum.reduce((sum, code) => sum + (code === h ? 1 : 0), 0) / stratum.length,
  }))
  return {
    estimate: stratifiedPredictionPowered({ strata: parts, tuning: 'tuned', ...options }),
    untuned: stratifiedPredictionPowered({ strata: parts, tuning: 1, ...options }),
    tuning: undefined,
    effectiveLabels: undefined,
  }
}

/** Flags of the unlabelled corrected by what the labelled say of the judge: two independent samples. */
function counted({ binary, y, f, unlabelled, level }: Split & { readonly binary: boolean }): Outcome {
  if (!binary) return notEstimable('labels-not-binary', {})
  const count = (test: (i: number) => boolean) => y.reduce((sum, _, i) => sum + (test(i) ? 1 : 0), 0)
  const positives = count((i) => y[i] === 1)
  const negatives = count((i) => y[i] === 0)
  if (positives === 0 || negatives === 0 || unlabelled.length === 0)
    return notEstimable('labels-of-one-kind', { positives, negatives, unlabelled: unlabelled.length })
  return roganGladen({
    flagged: { count: unlabelled.reduce((sum, value) => sum + value, 0), of: unlabelled.length },
    sensitivity: { count: count((i) => y[i] === 1 && f[i] === 1), of: positives },
    specificity: { count: count((i) => y[i] === 0 && f[i] === 0), of: negatives },
    level,
    interval: 'fieller',
  })
}

/** Judge scores of the labelled minus those of the rest. */
function unlike({ binary, f, unlabelled, level }: Omit<Split, 'y'> & { readonly binary: boolean }): Outcome {
  const flags = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  if (binary) {
    const [a, b] = [f, unlabelled].map((values) => ({ successes: flags(values), trials: values.length }))
    if (a !== undefined && b !== undefined) return newcombeDifference({ a, b, level })
  }
  const sample = (values: Float64Array) => ({ values, clusters: undefined })
  return unpairedDifference({
    first: sample(f),
    second: sample(unlabelled),
    correction: 'cr1',
    reference: 't',
    level,
  }).difference
}

/** The rate of the other outcome: 1 − value, with its interval turned round. */
function flipped(outcome: Outcome): Outcome {
  if (outcome.kind === 'not-estimable') return outcome
  const { lower, upper } = outcome.interval
  return { ...outcome, value: 1 - outcome.value, interval: { ...outcome.interval, lower: 1 - upper, upper: 1 - lower } }
}
