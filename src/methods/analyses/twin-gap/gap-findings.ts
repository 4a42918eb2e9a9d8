/** What the gaps say in words: findings, problems, and what is missing. */
import { type Measure, type Statement, testedFamily } from '../../../domain/index.ts'
import type { Caveat, ClaimLedger, Outcome } from '../../../stats/index.ts'
import type { ComparedTwins, GapContrast } from './compare-gaps.ts'
import type { Duplicates } from './duplicate-items.ts'
import type { TwinSearch } from './find-twins.ts'

type FailedSearch = Extract<TwinSearch, { readonly found: undefined }>

/** Beside measures that do have twins, the others are only counted. */
export function missingStatements(failed: readonly FailedSearch[], found: number): readonly Statement[] {
  const [first] = failed
  if (first === undefined) return []
  return [found > 0 ? { code: 'twins-in-some-measures', values: { found, failed: failed.length } } : reasonOf(first)]
}

function reasonOf(search: FailedSearch): Statement {
  switch (search.because) {
    case 'no-attribute':
      return { code: 'no-twins', values: {} }
    case 'unknown-levels':
      return { code: 'twin-levels-unknown', values: { attribute: search.attribute, levels: search.levels } }
    case 'no-pairs':
      return { code: 'twins-without-pairs', values: { attribute: search.attribute } }
    default:
      return search satisfies never
  }
}

export function gapStatements({ measure, twins, gaps, own, contrasts }: ComparedTwins): readonly Statement[] {
  const shared = { task: measure.task, scorer: measure.scorer, pairs: twins.pairs, models: gaps.models.length }
  const gains = contrasts.filter(isGain)
  const leading = gains.map(gainOf).toSorted((a, b) => b.value - a.value)[0]
  if (leading !== undefined) {
    const { gainer, value } = leading
    return [{ code: coded('gains-on-originals', measure), values: { ...shared, model: gainer, did: value } }]
  }
  if (contrasts.length > 0) {
    const widest = Math.max(...contrasts.map(({ outcome }) => reach(outcome)))
    return Number.isFinite(widest)
      ? [{ code: coded('no-model-gains-on-originals', measure), values: { ...shared, widest } }]
      : [{ code: 'twin-gaps-not-comparable', values: shared }]
  }
  const [only] = own
  if (only?.kind !== 'estimate') return [{ code: 'twin-gaps-not-comparable', values: shared }]
  const values = { ...shared, model: gaps.models[0] ?? '', gap: only.value }
  return [{ code: coded('twin-gap-of-one-model', measure), values }]
}

/** Rates differ by points; other scores by plain numbers and so have words of their own. */
function coded(code: string, measure: Measure): string {
  return measure.scale === 'unbounded' ? `${code}-in-score` : code
}

export function duplicateStatement(duplicates: Duplicates | undefined): Statement {
  if (duplicates === undefined) return { code: 'no-content-hashes', values: {} }
  const items = duplicates.tasks.reduce((sum, task) => sum + task.items, 0)
  const extra = duplicates.tasks.reduce((sum, task) => sum + task.extra, 0)
  return { code: extra === 0 ? 'no-duplicate-items' : 'some-duplicate-items', values: { items, extra } }
}

export function duplicateProblems(duplicates: Duplicates | undefined): readonly Caveat[] {
  const hit = (duplicates?.tasks ?? []).filter(({ extra }) => extra > 0).toSorted((a, b) => b.extra - a.extra)
  return hit.slice(0, 3).map(({ task, items, extra, contents, example }) => ({
    code: 'duplicate-items',
    severity: 'caution',
    values: { task, items, extra, contents, example, tasks: hit.length },
    subject: task,
  }))
}

/** Each contrast has the same share of the error rate, whether or not all could be tested. */
export function gainLedgers(compared: readonly ComparedTwins[]): readonly ClaimLedger[] {
  const tested = compared.flatMap(({ measure, contrasts }) =>
    contrasts.filter(({ test }) => test.kind === 'test').map((contrast) => ({ measure, contrast })),
  )
  const [first] = tested
  if (first === undefined) return []
  return testedFamily({
    family: 'excess gaps between twins',
    alpha: first.contrast.alpha * tested.length,
    procedure: 'bonferroni',
    hypotheses: tested.map(({ measure, contrast }) => ({
      key: `${gapKey(measure, contrast.model)}-test`,
      test: contrast.test,
    })),
  }).ledgers
}

export function gapKey({ task, scorer }: Measure, model: string): string {
  return `${task}/${scorer}/${model}/excess-gap`
}

export function gapProblems(compared: readonly ComparedTwins[]): readonly Caveat[] {
  return compared.flatMap(({ measure, twins, gaps, contrasts }) =>
    contrasts.filter(isGain).map((contrast): Caveat => {
      const { gainer, others, value, lower, upper } = gainOf(contrast)
      const column = gaps.models.indexOf(gainer)
      const code = contrast.references === 'enough' ? 'twin-gap' : 'twin-gap-suspicious'
      return {
        code: coded(code, measure),
        severity: 'caution',
        values: {
          task: measure.task,
          scorer: measure.scorer,
          model: gainer,
          others,
          references: contrast.others.length,
          exposedName: twins.exposedLevel,
          freshName: twins.freshLevel,
          exposed: gaps.exposedMean[column] ?? Number.NaN,
          fresh: gaps.freshMean[column] ?? Number.NaN,
          gap: (gaps.exposedMean[column] ?? Number.NaN) - (gaps.freshMean[column] ?? Number.NaN),
          did: value,
          lower,
          upper,
          pairs: contrast.pairs,
        },
        subject: `${measure.key}, ${gainer}`,
      }
    }),
  )
}

/**
 * Interval and exact test must agree: t alone is too sure of itself where few pairs differ. With two models the contrast
 * is read from both sides; among more, only a gain of the model itself counts.
 */
function isGain({ outcome, test, alpha, others }: GapContrast): boolean {
  if (outcome.kind !== 'estimate' || test.kind !== 'test' || test.pValue > alpha) return false
  return outcome.interval.lower > 0 || (others.length === 1 && outcome.interval.upper < 0)
}

/** Who gains on exposed items, by how much, and relative to whom. */
function gainOf({ model, others, outcome }: GapContrast) {
  const rest = others.length === 1 ? (others[0] ?? '') : `${others.length} other models`
  if (outcome.kind !== 'estimate')
    return { gainer: model, others: rest, value: Number.NaN, lower: Number.NaN, upper: Number.NaN }
  const { value, interval } = outcome
  return value > 0
    ? { gainer: model, others: rest, value, lower: interval.lower, upper: interval.upper }
    : { gainer: rest, others: model, value: -value, lower: -interval.upper, upper: -interval.lower }
}

/** Largest difference that an interval leaves open. */
function reach(outcome: Outcome): number {
  if (outcome.kind !== 'estimate') return Number.POSITIVE_INFINITY
  return Math.max(Math.abs(outcome.interval.lower), Math.abs(outcome.interval.upper))
}
