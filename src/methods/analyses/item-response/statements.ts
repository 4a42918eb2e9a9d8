/** The sentences and problems of `item-response`, most important first. */
import { formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { Caveat } from '../../../stats/index.ts'
import type { AnalysedItems } from './analyse-items.ts'

interface Options {
  readonly level: number
  readonly rowsForSlopes: number
  readonly sentences: number
}

export function statementsOf(found: readonly AnalysedItems[], options: Options): readonly Statement[] {
  const ranked = found.toSorted((a, b) => against(b).length - against(a).length)
  const dull = found.reduce(
    (sum, { analysed }) => sum + analysed.filter(({ verdict }) => verdict === 'no-information').length,
    0,
  )
  const items = found.reduce((sum, { analysed }) => sum + analysed.length, 0)
  return [
    ...ranked.slice(0, options.sentences).map((each) => itemStatement(each, options)),
    ...(ranked.length > options.sentences
      ? [{ code: 'more-item-analyses-in-table', values: { measures: ranked.length - options.sentences } }]
      : []),
    ...(dull > 0 ? [{ code: 'items-without-information', values: { dull, items } }] : []),
    ...ranked.slice(0, options.sentences).flatMap((each) => scaleStatement(each, options)),
    { code: 'rows-are-these-models', values: { rows: Math.max(...found.map(({ rows }) => rows)) } },
  ]
}

export function problemsOf(found: readonly AnalysedItems[]): readonly Caveat[] {
  return found.flatMap((each): readonly Caveat[] => {
    const items = against(each)
    if (items.length === 0) return []
    const { measure } = each
    const values = {
      measure: measure.key,
      count: items.length,
      items: items
        .slice(0, 5)
        .map(({ item }) => item)
        .join(', '),
    }
    return [{ code: 'items-against-the-rest', severity: 'caution', values, subject: measure.key }]
  })
}

function itemStatement(each: AnalysedItems, { level }: Options): Statement {
  const flagged = against(each)
  const { measure, models, analysed } = each
  const values = {
    measure: measure.key,
    models,
    items: analysed.length,
    flagged: flagged.length,
    rate: formatLevel(1 - level),
    examples: flagged
      .slice(0, 3)
      .map(({ item }) => item)
      .join(', '),
  }
  if (analysed.every(({ adjusted }) => adjusted === undefined)) return { code: 'items-not-judged', values }
  return { code: flagged.length > 0 ? 'items-go-against' : 'items-pull-together', values }
}

function scaleStatement(
  { measure, fit, slopesDiffer, rows }: AnalysedItems,
  { rowsForSlopes }: Options,
): readonly Statement[] {
  if (fit.kind === 'not-estimable') {
    return fit.because.code === 'items-not-binary'
      ? [{ code: 'scale-needs-binary-items', values: { measure: measure.key } }]
      : fit.because.code === 'item-response-too-large'
        ? [{ code: 'scale-too-large', values: { measure: measure.key, ...fit.because.values } }]
        : [{ code: 'scale-not-identified', values: { measure: measure.key, rows } }]
  }
  return [
    fit.model === '2pl'
      ? {
          code: 'scale-with-slopes',
          values: {
            measure: measure.key,
            rows,
            p:
              slopesDiffer.kind === 'test'
                ? formatNumber(slopesDiffer.pValue, 'p-value')
                : 'not testable on so few rows',
          },
        }
      : { code: 'scale-without-slopes', values: { measure: measure.key, rows, needed: rowsForSlopes } },
  ]
}

function against({ analysed }: AnalysedItems) {
  return analysed
    .filter(({ verdict }) => verdict === 'against-the-rest')
    .toSorted((a, b) => (a.adjusted ?? 1) - (b.adjusted ?? 1))
}
