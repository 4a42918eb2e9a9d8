/** The sentences of `mixed-model`, most important first. */
import { formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { Estimate } from '../../../stats/index.ts'
import type { FittedMeasure, ModelContrast } from './fit-measure.ts'

interface Options {
  readonly level: number
  readonly sentences: number
}

type Estimated = ModelContrast & { readonly full: Estimate }

export function statementsOf(fitted: readonly FittedMeasure[], options: Options): readonly Statement[] {
  const contrasts = fitted.flatMap((each) =>
    each.contrasts.filter(isEstimated).map((contrast) => ({ measure: each.measure.key, contrast })),
  )
  const shown = contrasts.toSorted((a, b) => distance(b.contrast) - distance(a.contrast)).slice(0, options.sentences)
  const few = fitted.filter(({ variants }) => variants > 1 && variants < 5)
  return [
    ...shown.map(({ measure, contrast }) => contrastStatement(measure, contrast, options)),
    ...(contrasts.length > shown.length
      ? [{ code: 'more-contrasts-in-table', values: { contrasts: contrasts.length - shown.length } }]
      : []),
    ...fitted.slice(0, options.sentences).map(sharesStatement),
    ...(few.length > 0 ? [{ code: 'few-variants-for-variance', values: { measures: few.length } }] : []),
  ]
}

function contrastStatement(measure: string, { first, second, full, plain }: Estimated, { level }: Options): Statement {
  const { lower, upper } = full.interval
  const values = {
    measure,
    first,
    second,
    value: full.value,
    odds: formatNumber(Math.exp(full.value), 'ratio'),
    lower,
    upper,
    level: formatLevel(level),
    narrower:
      plain.kind === 'estimate'
        ? formatNumber((plain.standardError ?? 0) / (full.standardError ?? 1), 'rate')
        : 'an unknown share',
  }
  return { code: lower > 0 || upper < 0 ? 'contrast-differs' : 'contrast-open', values }
}

function sharesStatement({ measure, shares, cells }: FittedMeasure): Statement {
  const parts = shares.map(
    ({ factor, share }) => `${factor} ${share < 5e-4 ? 'none seen' : formatNumber(share, 'rate')}`,
  )
  return { code: 'latent-shares', values: { measure: measure.key, cells, parts: parts.join(', ') } }
}

function isEstimated(contrast: ModelContrast): contrast is Estimated {
  return contrast.full.kind === 'estimate'
}

function distance({ full }: Estimated): number {
  return Math.abs(full.value) / (full.standardError ?? 1)
}
