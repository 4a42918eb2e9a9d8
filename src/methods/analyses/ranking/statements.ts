/** The sentences and problems of `ranking`, most important first. */
import { formatInterval, formatLevel, formatNumber, type Measure, type Statement } from '../../../domain/index.ts'
import type { Caveat, CyclicFlow } from '../../../stats/index.ts'
import type { RankedMeasure } from './rank-models.ts'
import { runsAgree } from './runs-agree.ts'

interface Options {
  readonly level: number
  readonly battles: number
  readonly eloStep: number
  readonly sentences: number
}

interface Found {
  readonly ranked: readonly RankedMeasure[]
  readonly tooLarge: readonly Measure[]
}

export function statementsOf({ ranked, tooLarge }: Found, options: Options): readonly Statement[] {
  const done = ranked.filter(({ fit }) => fit.kind === 'ability-fit')
  const elo = done.filter(({ elo: dispersion }) => dispersion !== undefined)
  const worst = elo.toSorted((a, b) => (b.elo?.worstReversal ?? 0) - (a.elo?.worstReversal ?? 0))[0]
  return [
    ...done.slice(0, options.sentences).map((each) => orderStatement(each, options)),
    ...(done.length > options.sentences
      ? [{ code: 'more-rankings-in-table', values: { measures: done.length - options.sentences } }]
      : []),
    ...ranked.flatMap(notRanked).slice(0, options.sentences),
    ...done.flatMap(outsiders).slice(0, options.sentences),
    ...tooLarge.slice(0, options.sentences).map(({ key, models }) => ({
      code: 'ranking-too-large',
      values: { measure: key, models: models.length, limit: options.battles },
    })),
    ...agreementStatement(done),
    ...tieStatement(done),
    ...errorStatement(done),
    ...(worst?.elo === undefined
      ? []
      : [
          {
            code: 'elo-depends-on-order',
            values: {
              measure: worst.measure.key,
              reversal: worst.elo.worstReversal,
              orders: worst.elo.orders,
              step: options.eloStep,
              spread: formatNumber(Math.max(...worst.elo.standardDeviations), 'number'),
            },
          },
        ]),
  ]
}

/** The leader and the next of the first measure: would two runs name the same one? */
function agreementStatement([first]: readonly RankedMeasure[]): readonly Statement[] {
  const outcome = first?.steps[0] === undefined ? undefined : runsAgree(first.steps[0])
  if (first === undefined || outcome?.kind !== 'estimate') return []
  const { measure, models, order } = first
  const [leader = '', next = ''] = [models[order[0] ?? 0], models[order[1] ?? 0]]
  const values = {
    measure: measure.key,
    leader,
    next,
    chance: outcome.value,
    interval: formatInterval(outcome, 'rate') ?? '',
  }
  return [{ code: 'runs-agree-on-leader', values }]
}

/** How ties are read moves the order most here. */
function tieStatement(done: readonly RankedMeasure[]): readonly Statement[] {
  const [worst] = done
    .flatMap(({ measure, models, ties }) => (ties?.lead === undefined ? [] : [{ measure, models, ...ties }]))
    .toSorted((a, b) => b.moved / b.models.length - a.moved / a.models.length || b.share - a.share)
  if (worst === undefined) return []
  const { measure, models, fit, lead, moved, share } = worst
  const [better, other] = fit.model === 'davidson' ? ['Davidson', 'Rao–Kupper'] : ['Rao–Kupper', 'Davidson']
  const values = {
    measure: measure.key,
    share,
    better,
    other,
    lead: lead ?? 0,
    parameter: `${fit.model === 'davidson' ? 'ν' : 'θ'} = ${formatNumber(fit.tieParameter ?? Number.NaN, 'number')}`,
    moved,
    models: models.length,
  }
  return [{ code: moved === 0 ? 'order-stands-with-ties' : 'order-depends-on-ties', values }]
}

const noticeable = 1.1

/** Where errors that take comparisons as independent are furthest off. */
function errorStatement(done: readonly RankedMeasure[]): readonly Statement[] {
  const [worst] = done
    .flatMap(({ measure, models, order, steps, independentStep }) => {
      const [step] = steps
      if (step?.kind !== 'estimate' || independentStep?.kind !== 'estimate') return []
      const ratio = (step.standardError ?? Number.NaN) / (independentStep.standardError ?? Number.NaN)
      const [first = '', second = ''] = [models[order[0] ?? 0], models[order[1] ?? 0]]
      return [{ measure, first, second, ratio }]
    })
    .filter(({ ratio }) => ratio > noticeable || ratio < 1 / noticeable)
    .toSorted((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)))
  if (worst === undefined) return []
  const { measure, first, second, ratio } = worst
  return [{ code: 'ranking-errors-depend-on-items', values: { measure: measure.key, first, second, ratio } }]
}

function orderStatement({ measure, models, order, sets, clusters }: RankedMeasure, { level }: Options): Statement {
  const first = order[0] ?? 0
  const top = sets.filter(({ best }) => best === 1).length
  const separated = sets.reduce((sum, { best }) => sum + best - 1, 0)
  const values = {
    measure: measure.key,
    model: models[first] ?? '',
    models: models.length,
    top,
    separated,
    pairs: (models.length * (models.length - 1)) / 2,
    units: clusters,
    level: formatLevel(level),
  }
  if (separated === 0) return { code: 'ranking-open', values }
  return { code: top === 1 ? 'ranking-has-a-first' : 'ranking-shared-first', values }
}

function notRanked({ measure, fit, models, clusters }: RankedMeasure): readonly Statement[] {
  if (fit.kind === 'ability-fit') return []
  const values = { measure: measure.key, models: measure.models.length, largest: models.length, units: clusters }
  return [
    fit.because.code === 'comparisons-not-connected'
      ? { code: 'ranking-not-connected', values }
      : { code: 'ranking-few-items', values },
  ]
}

function outsiders({ measure, leftOut }: RankedMeasure): readonly Statement[] {
  if (leftOut.length === 0) return []
  const examples = leftOut.slice(0, 3).join(', ')
  return [{ code: 'models-left-unranked', values: { measure: measure.key, models: leftOut.length, examples } }]
}

/**
 * A cyclic share that is large, where win rates do not fit one scale either: there is no one order to report. The test of
 * fit decides, as a share of what little differs is large by chance; it takes comparisons as independent, so with
 * clusters it says nothing.
 */
export function problemsOf(
  { measure, models, flow, fitTest, triads, clusters, items }: RankedMeasure,
  { level }: Options,
): readonly Caveat[] {
  if (flow.kind === 'not-estimable' || fitTest.kind === 'not-estimable' || clusters < items) return []
  if (fitTest.pValue >= (1 - level) / 5 || flow.ratio <= 0.1) return []
  const values = {
    measure: measure.key,
    ratio: flow.ratio,
    p: fitTest.pValue,
    triads: triads?.triads ?? 0,
    circle: circleOf(models, flow),
  }
  return [{ code: 'no-single-ranking', severity: 'caution', values, subject: measure.key }]
}

/** The triple of models with the largest curl, in the direction in which each beats the next. */
function circleOf(models: readonly string[], { curls }: CyclicFlow): string {
  const [top] = curls
  if (top === undefined) return ''
  const [a, b, c] = top.triple
  const around = top.curl > 0 ? [a, b, c, a] : [a, c, b, a]
  return around.map((model) => models[model] ?? '').join(' over ')
}
