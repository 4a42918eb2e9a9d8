/** The sentences of `headline-estimates`, most important first. */
import { formatInterval, formatLevel, formatNumber, type Statement, scoreFormat } from '../../../domain/index.ts'
import { cleanTrialsNeeded, type Estimate } from '../../../stats/index.ts'
import type { HeaderFigure } from './header-figures.ts'
import { type Estimated, hasPopulation, type ModelMean } from './model-means.ts'

export interface StatementOptions {
  readonly level: number
  readonly rareRate: number
  readonly sentences: number
}

/** Rates of exactly 0 or 1 first, then the scores themselves, then headers without rows. */
export function statementsOf(
  { means, headers }: { readonly means: readonly ModelMean[]; readonly headers: readonly HeaderFigure[] },
  options: StatementOptions,
): readonly Statement[] {
  // The largest sample first: the claim that a rate is 0 rests on it.
  const extremes = [
    ...means.flatMap((mean) => extremeRate(mean, options)),
    ...headers.flatMap((header) => extremeHeader(header, options)),
  ]
    .toSorted((a, b) => Number(b.values.n) - Number(a.values.n))
    .slice(0, options.sentences)
  const others = headers.filter(({ oneSided }) => oneSided === undefined)
  // Figures without rows say little; a few stand for all, which are in the table.
  const shown = others.slice(0, 2)
  return [
    ...extremes,
    ...describe(means, options),
    ...withoutRepeats(means),
    ...shown.map((header) => headerStatement(header, options)),
    ...(others.length > shown.length
      ? [{ code: 'more-header-figures', values: { left: others.length - shown.length } }]
      : []),
  ]
}

/** A rate of exactly 0 or 1: the one-sided bound, and what it would take to claim a rare rate. */
function extremeRate({ measure, model, population, oneSided, items }: ModelMean, options: StatementOptions) {
  if (population.kind !== 'estimate' || oneSided?.kind !== 'estimate') return []
  return [extremeStatement({ model, measure: measure.key, n: items, population, oneSided }, options)]
}

interface ExtremeRate {
  readonly model: string
  readonly measure: string
  readonly n: number
  readonly population: Estimate
  readonly oneSided: Estimate
}

function extremeStatement(
  { model, measure, n, population, oneSided }: ExtremeRate,
  { level, rareRate }: StatementOptions,
): Statement {
  const total = cleanTrialsNeeded({ rate: rareRate, level, allowed: 0 })
  const atZero = population.value === 0
  return {
    code: atZero ? 'no-event-observed' : 'no-failure-observed',
    values: {
      model,
      measure,
      n,
      level: formatLevel(level),
      twoSided: atZero ? population.interval.upper : population.interval.lower,
      oneSided: atZero ? oneSided.interval.upper : oneSided.interval.lower,
      rareRate,
      total,
      more: Math.max(0, total - n),
    },
  }
}

function extremeHeader(header: HeaderFigure, options: StatementOptions): readonly Statement[] {
  const { model, task, scorer, n, outcome, oneSided } = header
  if (outcome.kind === 'not-estimable' || oneSided?.kind !== 'estimate' || n === undefined) return []
  const measure = `${task} / ${scorer} (printed in the header)`
  return [extremeStatement({ model, measure, n, population: outcome, oneSided }, options)]
}

function headerStatement(header: HeaderFigure, { level }: StatementOptions): Statement {
  const { path, task, metric, value, n, rows, outcome } = header
  const figure = `${task} / ${metric}`
  if (outcome.kind === 'not-estimable' || n === undefined) {
    return { code: 'header-figure-without-rows', values: { path, figure, value, rows } }
  }
  const { lower, upper } = outcome.interval
  return { code: 'header-rate', values: { path, figure, value, n, rows, lower, upper, level: formatLevel(level) } }
}

/** A sentence per model where there are few; otherwise the range of each measure. */
function describe(means: readonly ModelMean[], { level, sentences }: StatementOptions): readonly Statement[] {
  const estimated = means.filter(hasPopulation)
  if (estimated.length <= sentences) return estimated.map((mean) => headline(mean, level))
  const measures = [...new Set(estimated.map(({ measure }) => measure))]
  const shown = measures.slice(0, sentences).map((measure) => {
    const ofMeasure = estimated
      .filter((mean) => mean.measure === measure)
      .toSorted((a, b) => b.population.value - a.population.value)
    const [best, worst] = [ofMeasure[0], ofMeasure.at(-1)]
    if (best === undefined || worst === undefined || ofMeasure.length < 2)
      return ofMeasure.map((mean) => headline(mean, level))
    const format = scoreFormat(measure.scale)
    return [
      {
        code: 'headline-range',
        values: {
          measure: measure.key,
          models: ofMeasure.length,
          highest: formatNumber(best.population.value, format),
          best: best.model,
          lowest: formatNumber(worst.population.value, format),
          worst: worst.model,
        },
      },
    ]
  })
  const left = measures.length - shown.length
  return [...shown.flat(), ...(left > 0 ? [{ code: 'more-measures-in-table', values: { measures: left } }] : [])]
}

/** Both readings in one sentence, where repeats give the second. */
function headline({ measure, model, population, fixedItems, units, clustered }: Estimated, level: number): Statement {
  const format = scoreFormat(measure.scale)
  const { lower, upper } = population.interval
  const values = {
    model,
    measure: measure.key,
    value: formatNumber(population.value, format),
    lower: formatNumber(lower, format),
    upper: formatNumber(upper, format),
    level: formatLevel(level),
    units,
  }
  if (fixedItems.kind === 'not-estimable') return { code: clustered ? 'headline-clustered' : 'headline', values }
  const same = formatInterval(fixedItems, format) ?? ''
  return { code: clustered ? 'headline-both-clustered' : 'headline-both', values: { ...values, same } }
}

/** Scores without repeats leave the second reading open; said once. */
function withoutRepeats(means: readonly ModelMean[]): readonly Statement[] {
  const without = means.filter(({ fixedItems }) => fixedItems.kind === 'not-estimable').length
  // Where nothing was repeated, the reliability section says so.
  return without > 0 && without < means.length
    ? [{ code: 'fixed-items-need-repeats', values: { without, all: means.length } }]
    : []
}
