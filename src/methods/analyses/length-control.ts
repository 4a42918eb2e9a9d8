/** Would a model still win if its answers were as long as the opponent's? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  formatInterval,
  formatLevel,
  formatNumber,
  leadingMeasures,
  type Statement,
  type Table,
} from '../../domain/index.ts'
import type { Caveat, Outcome } from '../../stats/index.ts'
import { type LengthControl, lengthControls, opponentLength } from './length-control/length-battles.ts'

export const lengthControl = defineAnalysis({
  name: 'length-control',
  title: 'Does length win?',
  question: 'validity',
  version: 1,
  summary: 'Win rate over one opponent as it is, and where both answers are equally long.',
  parameters: z.object({
    opponentLength: z
      .string()
      .min(1)
      .optional()
      .describe(
        'attribute with the length of the opponent’s answer; without it, one called opponent or baseline length',
      ),
    ridge: z.number().gt(0).default(1).describe('weight of the penalty on the effect of length'),
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of every interval'),
    sentences: z.number().int().min(1).default(3).describe('models described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'a-score-is-a-win-over-one-opponent', 'log-odds-linear-in-length'],
  references: ['Dubois, Galambosi, Liang and Hashimoto 2024, Length-controlled AlpacaEval, arXiv 2404.04475'],
  analyze({ observations, parameters }): AnalysisResult {
    const measures = leadingMeasures(observations).filter(({ scale }) => scale !== 'unbounded')
    const attribute = opponentLength(observations, parameters.opponentLength)
    if (attribute === undefined) return cannotSay({ code: 'needs-opponent-length', values: {} })
    const found = measures.flatMap((measure) => lengthControls(observations, { ...parameters, measure, attribute }))
    const done = found.filter(({ fit }) => controlled(fit).kind === 'estimate')
    if (done.length === 0) {
      const [reason] = found.map(({ fit }) => controlled(fit))
      return cannotSay(
        reason?.kind === 'not-estimable' ? reason.because : { code: 'needs-answer-lengths', values: { attribute } },
      )
    }
    return {
      status: done.length < found.length ? 'partly' : 'answered',
      statements: statementsOf(done, parameters),
      evidence: found.map(lengthEvidence),
      problems: problemsOf(done),
      figures: [],
      tables: [lengthTable(done, parameters.rows)],
    }
  },
})

function controlled(fit: LengthControl['fit']): Outcome {
  return fit.kind === 'not-estimable' ? fit : fit.winRate
}

function shift({ raw, fit }: LengthControl): number {
  const outcome = controlled(fit)
  return outcome.kind === 'estimate' ? outcome.value - raw : 0
}

function lengthEvidence({ measure, model, battles, fit }: LengthControl): Evidence {
  const outcome = controlled(fit)
  return {
    key: `${measure.task}/${measure.scorer}/${model}/length-controlled`,
    label: `${model}: win rate at equal length`,
    subject: { measure: measure.key, model },
    estimand: `chance that ${model} wins on ${measure.task} by ${measure.scorer} where both answers are equally long, over the population that the ${battles} items were drawn from`,
    format: 'rate',
    outcome,
    evidenceClass: outcome.kind === 'estimate' ? 'model-based' : 'descriptive',
  }
}

interface WordOptions {
  readonly level: number
  readonly sentences: number
}

/** Models whose rate moves most. */
function statementsOf(done: readonly LengthControl[], { level, sentences }: WordOptions): readonly Statement[] {
  const ranked = done.toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)))
  return [
    ...ranked.slice(0, sentences).map((each): Statement => {
      const outcome = controlled(each.fit)
      return {
        code: 'win-rate-at-equal-length',
        values: {
          model: each.model,
          measure: each.measure.key,
          raw: each.raw,
          ratio: each.lengthRatio,
          battles: each.battles,
          controlled: outcome.kind === 'estimate' ? formatNumber(outcome.value, 'rate') : '',
          interval: formatInterval(outcome, 'rate') ?? '',
          level: formatLevel(level),
        },
      }
    }),
    ...(ranked.length > sentences
      ? [{ code: 'more-lengths-in-table', values: { models: ranked.length - sentences } }]
      : []),
  ]
}

/** Below this share of items on one side of equal length, equal length is outside the data. */
const fewOnOneSide = 0.05

function extrapolated(done: readonly LengthControl[]): readonly Caveat[] {
  const outside = done.filter(({ longerShare }) => Math.min(longerShare, 1 - longerShare) < fewOnOneSide)
  if (outside.length === 0) return []
  const [first] = outside
  const example = first === undefined ? '' : `${first.model} on ${first.measure.key}`
  return [
    {
      code: 'equal-length-extrapolated',
      severity: 'note',
      values: { outside: outside.length, models: done.length, example },
    },
  ]
}

function problemsOf(done: readonly LengthControl[]): readonly Caveat[] {
  const moved = done.filter(({ fit }) => {
    const outcome = controlled(fit)
    return outcome.kind === 'estimate' && outcome.caveats.some(({ code }) => code === 'length-moves-win-rate')
  })
  if (moved.length === 0) return extrapolated(done)
  const [most] = moved.toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)))
  const values = {
    moved: moved.length,
    models: done.length,
    example: most === undefined ? '' : `${most.model} on ${most.measure.key}`,
    raw: most?.raw ?? 0,
    controlled: (most?.raw ?? 0) + (most === undefined ? 0 : shift(most)),
  }
  return [{ code: 'length-moves-win-rates', severity: 'caution', values }, ...extrapolated(done)]
}

function lengthTable(done: readonly LengthControl[], limit: number): Table {
  return {
    title: 'Win rates as they are, and at equal length',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'battles', label: 'Items', format: 'count' },
      { key: 'ratio', label: 'Mean length ÷ opponent’s', format: 'number' },
      { key: 'longer', label: 'Items with the longer answer', format: 'rate' },
      { key: 'raw', label: 'Win rate', format: 'rate' },
      { key: 'controlled', label: 'At equal length', format: 'rate' },
      { key: 'interval', label: 'Interval', format: 'text' },
    ],
    rows: done.slice(0, limit).map(({ measure, model, battles, lengthRatio, longerShare, raw, fit }) => {
      const outcome = controlled(fit)
      return {
        measure: measure.key,
        model,
        battles,
        ratio: lengthRatio,
        longer: longerShare,
        raw,
        controlled: outcome.kind === 'estimate' ? outcome.value : null,
        interval: formatInterval(outcome, 'rate'),
      }
    }),
    omittedRows: Math.max(0, done.length - limit),
  }
}
