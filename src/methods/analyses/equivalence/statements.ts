/** The sentences of `equivalence`, most important first. */
import { formatInterval, formatNumber, type Measure, type Statement } from '../../../domain/index.ts'
import type { Equivalence } from '../../../stats/index.ts'
import type { JudgedPair } from './judge-pairs.ts'

interface Options {
  readonly margin: number
  readonly level: number
  readonly pairs: number
  readonly sentences: number
}

interface Found {
  readonly judged: readonly JudgedPair[]
  readonly tooMany: readonly Measure[]
  readonly unbounded: readonly Measure[]
}

const codes = {
  better: 'pair-better-at-margin',
  worse: 'pair-better-at-margin',
  equivalent: 'pair-equivalent',
  'cannot-tell': 'pair-undecided-at-margin',
} as const

export function statementsOf({ judged, tooMany, unbounded }: Found, options: Options): readonly Statement[] {
  const found = judged.flatMap(({ outcome, ...pair }) => (outcome.kind === 'equivalence' ? [{ ...pair, outcome }] : []))
  const order = ['equivalent', 'better', 'worse', 'cannot-tell']
  const ranked = found.toSorted((a, b) => order.indexOf(a.outcome.verdict) - order.indexOf(b.outcome.verdict))
  const counted = (verdict: Equivalence['verdict']) => found.filter(({ outcome }) => outcome.verdict === verdict).length
  const refused = judged.length - found.length
  return [
    ...(found.length > options.sentences
      ? [
          {
            code: 'verdicts-in-all',
            values: {
              pairs: found.length,
              equivalent: counted('equivalent'),
              decided: counted('better') + counted('worse'),
              open: counted('cannot-tell'),
              margin: options.margin,
            },
          },
        ]
      : []),
    ...ranked.slice(0, options.sentences).map((pair) => verdictStatement(pair, options)),
    ...(refused > 0 ? [{ code: 'pairs-without-verdict', values: { pairs: refused } }] : []),
    ...tooMany.slice(0, options.sentences).map(({ key, models }) => ({
      code: 'equivalence-too-many-pairs',
      values: { measure: key, models: models.length, limit: options.pairs },
    })),
    ...unbounded
      .slice(0, options.sentences)
      .map(({ key }) => ({ code: 'equivalence-needs-range', values: { measure: key } })),
    ...(found.length > 0 ? [{ code: 'margin-is-a-choice', values: { margin: options.margin } }] : []),
  ]
}

function verdictStatement(
  { measure, first, second, units, outcome }: Omit<JudgedPair, 'outcome'> & { readonly outcome: Equivalence },
  { margin }: Options,
): Statement {
  const { verdict, difference, marginInterval, needed } = outcome
  const [better, other] = verdict === 'worse' ? [second, first] : [first, second]
  const written = formatInterval(
    verdict === 'equivalent' ? { ...difference, interval: marginInterval } : difference,
    'points',
  )
  const values = {
    measure: measure.key,
    first: better,
    second: other,
    difference: formatNumber(verdict === 'worse' ? -difference.value : difference.value, 'points'),
    interval:
      verdict === 'worse'
        ? (formatInterval(
            {
              ...difference,
              interval: {
                ...difference.interval,
                lower: -difference.interval.upper,
                upper: -difference.interval.lower,
              },
            },
            'points',
          ) ?? '')
        : (written ?? ''),
    units,
    margin,
    needed: needed === undefined || 'because' in needed ? 'an unknown number of' : formatNumber(needed.units, 'count'),
  }
  return { code: codes[verdict], values }
}
