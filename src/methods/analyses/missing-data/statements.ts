/** The sentences and problems of `missing-data`. */
import {
  formatInterval,
  formatLevel,
  formatNumber,
  formatSize,
  type Statement,
  scoreFormat,
} from '../../../domain/index.ts'
import type { Caveat, HypothesisTest } from '../../../stats/index.ts'
import type { DifferentialTest, DifficultyTest } from './missingness-tests.ts'
import type { ModelMissing } from './model-missing.ts'
import type { RankingTipping } from './ranking-tipping.ts'

/** A test that was made, with its p-value after Holm. */
export type Adjusted<Test> = Test & {
  readonly test: HypothesisTest
  readonly adjusted: number
  readonly comparisons: number
}

export interface MissingFindings {
  readonly models: readonly ModelMissing[]
  readonly tippings: readonly RankingTipping[]
  readonly difficulty: readonly Adjusted<DifficultyTest>[]
  readonly differential: readonly Adjusted<DifferentialTest>[]
  /** Promised by headers, without a row. */
  readonly absent: number
}

interface Options {
  readonly level: number
  readonly tolerated: number
  readonly threshold?: number | undefined
  readonly sentences: number
}

export function statementsOf({ models, tippings, absent }: MissingFindings, options: Options): readonly Statement[] {
  const scored = models.reduce((sum, { scores }) => sum + scores.scored, 0)
  const missing = models.reduce((sum, { scores }) => sum + scores.missing, 0)
  const total =
    missing === 0
      ? { code: 'nothing-missing', values: { scored } }
      : { code: 'missing-counted', values: { missing, all: scored + missing, share: missing / (scored + missing) } }
  const incomplete = models.filter(({ scores }) => scores.missing > 0).toSorted((a, b) => shareOf(b) - shareOf(a))
  const shown = incomplete.slice(
    0,
    incomplete.length > options.sentences ? Math.ceil(options.sentences / 2) : options.sentences,
  )
  return [
    total,
    ...(absent > 0 ? [{ code: 'promised-without-rows', values: { absent } }] : []),
    ...rankingsTurned(turned(tippings)),
    ...(tippings.length > 0 && turned(tippings).length === 0
      ? [{ code: 'ranking-survives-missing', values: { pairs: tippings.length } }]
      : []),
    ...shown.map((each) => bounded(each, options.level)),
    ...shown.flatMap((each) => thresholdTurned(each, options.threshold)),
    ...(incomplete.length > shown.length
      ? [{ code: 'more-missing-in-table', values: { left: incomplete.length - shown.length } }]
      : []),
  ]
}

export function problemsOf(
  { models, tippings, difficulty, differential }: MissingFindings,
  { level, tolerated }: Options,
): readonly Caveat[] {
  const alpha = 1 - level
  return [
    ...summarised(
      models.filter((each) => shareOf(each) > tolerated).map((each) => manyMissing(each)),
      'many-missing-in-scores',
    ),
    ...summarised(
      turned(tippings).map((tipping) => ({
        ...rankingTurned(tipping),
        severity: 'caution' as const,
        subject: tipping.measure.key,
      })),
      'rankings-turned-by-missing',
    ),
    ...summarised(
      difficulty.filter(({ adjusted }) => adjusted <= alpha).map(notAtRandom),
      'missing-not-at-random-in-scores',
    ),
    ...summarised(
      differential
        .filter(({ adjusted }) => adjusted <= alpha)
        .toSorted((a, b) => Math.abs(b.firstShare - b.secondShare) - Math.abs(a.firstShare - a.secondShare))
        .map(differs),
      'differential-missingness-in-pairs',
    ),
  ]
}

/** Up to three of a kind one by one; more as one line with an example, so that they do not bury other problems. */
function summarised(problems: readonly Caveat[], code: string): readonly Caveat[] {
  if (problems.length <= 3) return problems
  const examples = problems
    .slice(0, 3)
    .map(({ subject }) => subject ?? '')
    .join('; ')
  return [{ code, severity: 'caution', values: { hit: problems.length, examples } }]
}

function turned(tippings: readonly RankingTipping[]): readonly RankingTipping[] {
  return tippings.filter(({ tipping }) => tipping.kind === 'tips')
}

/** Up to three one by one; more are counted. */
function rankingsTurned(tippings: readonly RankingTipping[]): readonly Statement[] {
  if (tippings.length <= 3) return tippings.map(rankingTurned)
  const examples = tippings
    .slice(0, 3)
    .map(({ measure }) => measure.key)
    .join('; ')
  return [{ code: 'rankings-turned-by-missing', values: { hit: tippings.length, examples } }]
}

function rankingTurned({ measure, leader, other, difference, tipping }: RankingTipping): Statement {
  const { missing } = tipping
  const count = tipping.kind === 'tips' ? tipping.count : missing
  const values = { measure: measure.key, leader, other, difference: formatSize(difference, 'points'), count, missing }
  return { code: 'ranking-turned-by-missing', values }
}

function bounded({ measure, model, scores, completeCase, bounds }: ModelMissing, level: number): Statement {
  const total = scores.scored + scores.missing
  const values = {
    measure: measure.key,
    model,
    missing: scores.missing,
    all: total,
    reasons: reasonWords(scores.reasons),
  }
  const region = bounds?.region
  if (region?.kind !== 'estimate' || bounds?.worst.kind !== 'estimate' || bounds.best.kind !== 'estimate') {
    return { code: 'missing-without-range', values }
  }
  const format = scoreFormat(measure.scale)
  return {
    code: completeCase.kind === 'estimate' ? 'missing-bounded' : 'nothing-scored-bounded',
    values: {
      ...values,
      value: completeCase.kind === 'estimate' ? formatNumber(completeCase.value, format) : '',
      worst: formatNumber(bounds.worst.value, format),
      best: formatNumber(bounds.best.value, format),
      interval: formatInterval(region, format) ?? '',
      level: formatLevel(level),
    },
  }
}

function thresholdTurned(
  { measure, model, threshold: tipping }: ModelMissing,
  threshold: number | undefined,
): readonly Statement[] {
  if (tipping === undefined || threshold === undefined) return []
  const values = { measure: measure.key, model, threshold, missing: tipping.missing }
  return tipping.kind === 'tips'
    ? [{ code: 'threshold-turned-by-missing', values: { ...values, count: tipping.count } }]
    : [{ code: 'threshold-survives-missing', values }]
}

function manyMissing({ measure, model, scores }: ModelMissing): Caveat {
  const all = scores.scored + scores.missing
  const values = {
    measure: measure.key,
    model,
    missing: scores.missing,
    all,
    share: scores.missing / all,
    reasons: reasonWords(scores.reasons),
  }
  return { code: 'many-missing', severity: 'caution', values, subject: `${model} on ${measure.key}` }
}

function notAtRandom({ measure, model, withMissing, without, adjusted }: Adjusted<DifficultyTest>): Caveat {
  const format = scoreFormat(measure.scale)
  const values = {
    measure: measure.key,
    model,
    withMissing: formatNumber(withMissing, format),
    without: formatNumber(without, format),
    direction: withMissing < without ? 'harder' : 'easier',
    p: adjusted,
  }
  return { code: 'missing-not-at-random', severity: 'caution', values, subject: `${model} on ${measure.key}` }
}

function differs({ measure, first, second, firstShare, secondShare, adjusted }: Adjusted<DifferentialTest>): Caveat {
  const values = { measure: measure.key, first, second, firstShare, secondShare, p: adjusted }
  return {
    code: 'differential-missingness',
    severity: 'caution',
    values,
    subject: `${first} and ${second} on ${measure.key}`,
  }
}

function shareOf({ scores }: ModelMissing): number {
  return scores.missing / Math.max(1, scores.scored + scores.missing)
}

/** `12 provider error, 3 refusal`, most frequent first. */
export function reasonWords(reasons: ReadonlyMap<string, number>): string {
  return [...reasons.entries()]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([reason, count]) => `${formatNumber(count, 'count')} ${reason.replaceAll('-', ' ')}`)
    .join(', ')
}
