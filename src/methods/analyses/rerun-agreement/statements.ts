/** The sentences of `rerun-agreement`, most important first. */
import { formatLevel, formatNumber, formatSize, type Statement, scoreFormat } from '../../../domain/index.ts'
import type { Agreement } from './agreement.ts'

interface StatementOptions {
  readonly level: number
  readonly sentences: number
  /** Models and measures without a single repeat. */
  readonly without: number
}

export function statementsOf(agreements: readonly Agreement[], options: StatementOptions): readonly Statement[] {
  const many = agreements.length > options.sentences
  const shown = agreements
    .toSorted((a, b) => b.noise.predictionShare - a.noise.predictionShare)
    .slice(0, many ? Math.ceil(options.sentences / 2) : options.sentences)
  const left = agreements.length - shown.length
  return [
    ...(many ? rangeOfDisagreement(agreements) : []),
    ...shown.map((agreement) => disagreement(agreement, options.level)),
    ...(left > 0 ? [{ code: 'more-agreement-in-table', values: { left } }] : []),
    ...rerunGap(agreements),
    ...rowsAsIndependent(agreements),
    ...envelope(agreements),
    ...(options.without > 0 ? [{ code: 'scores-without-repeats', values: { without: options.without } }] : []),
  ]
}

/** Flip rates of many models and measures: smallest, middle, largest. */
function rangeOfDisagreement(agreements: readonly Agreement[]): readonly Statement[] {
  const flips = agreements.flatMap(({ measure, flip }) =>
    measure.scale === 'binary' && flip.kind === 'estimate' ? [flip.value] : [],
  )
  const sorted = flips.toSorted((a, b) => a - b)
  const [smallest, middle, largest] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)]
  if (smallest === undefined || middle === undefined || largest === undefined) return []
  return [{ code: 'rerun-disagreement-range', values: { scores: flips.length, smallest, middle, largest } }]
}

function disagreement(
  { measure, model, flip, unanimous, noise, repeatedCells, mostRepeats }: Agreement,
  level: number,
): Statement {
  const names = { measure: measure.key, model, cells: repeatedCells }
  if (measure.scale === 'binary' && flip.kind === 'estimate' && unanimous.kind === 'estimate') {
    const { lower, upper } = flip.interval
    const values = {
      ...names,
      flip: flip.value,
      lower,
      upper,
      level: formatLevel(level),
      identical: unanimous.value,
      repeats: mostRepeats,
      share: noise.predictionShare,
    }
    return { code: 'rerun-disagreement', values }
  }
  const deviation = formatNumber(Math.sqrt(noise.withinVariance), measure.scale === 'unbounded' ? 'number' : 'rate')
  return { code: 'rerun-deviation', values: { ...names, deviation, share: noise.predictionShare } }
}

/** How far two runs of one response per item would typically lie apart: E|X₁ − X₂| = 2·SE/√π for normal means. */
function rerunGap(agreements: readonly Agreement[]): readonly Statement[] {
  const widest = agreements.toSorted((a, b) => b.noise.withinVariance / b.cells - a.noise.withinVariance / a.cells)[0]
  if (widest === undefined || widest.noise.withinVariance === 0) return []
  const { measure, model, noise, cells } = widest
  const gap = (2 * Math.sqrt(noise.withinVariance / cells)) / Math.sqrt(Math.PI)
  const format = scoreFormat(measure.scale) === 'rate' ? 'points' : 'number'
  return [
    {
      code: 'typical-rerun-gap',
      values: { measure: measure.key, model, gap: formatSize(gap, format) },
    },
  ]
}

function rowsAsIndependent(agreements: readonly Agreement[]): readonly Statement[] {
  const effects = agreements.flatMap(({ designEffect, measure, model }) =>
    designEffect === undefined ? [] : [{ effect: designEffect, measure: measure.key, model }],
  )
  const worst = effects.toSorted((a, b) => b.effect.designEffect - a.effect.designEffect)[0]
  if (worst === undefined || worst.effect.designEffect < 1.2) return []
  const { effect, measure, model } = worst
  const values = {
    measure,
    model,
    rows: effect.rows,
    worth: Math.round(effect.effectiveRows),
    designEffect: Number(effect.designEffect.toFixed(2)),
    narrow: Number(Math.sqrt(effect.designEffect).toFixed(1)),
  }
  return [{ code: 'rows-are-not-independent', values }]
}

function envelope(agreements: readonly Agreement[]): readonly Statement[] {
  const widest = agreements
    .flatMap(({ envelope, measure, model, mostRepeats }) =>
      envelope?.best.kind === 'estimate' && envelope.worst.kind === 'estimate'
        ? [
            {
              best: envelope.best.value,
              worst: envelope.worst.value,
              measure: measure.key,
              model,
              repeats: mostRepeats,
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.best - b.worst - (a.best - a.worst))[0]
  return widest === undefined || widest.best === widest.worst ? [] : [{ code: 'run-envelope', values: widest }]
}
