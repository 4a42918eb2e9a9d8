/** The sentences and problems of `generalizability`, most important first. */
import { formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { Caveat } from '../../../stats/index.ts'
import type { StudiedMeasure } from './study-measure.ts'

interface Options {
  readonly level: number
  readonly wanted: number
  readonly calls: number
  readonly cells: number
  readonly sentences: number
}

interface Found {
  readonly done: readonly StudiedMeasure[]
  readonly tooLarge: readonly string[]
  readonly without: number
}

export function statementsOf({ done, tooLarge, without }: Found, options: Options): readonly Statement[] {
  const shown = done.slice(0, options.sentences)
  return [
    ...shown.map((each) => coefficientStatement(each, options)),
    ...shown.flatMap((each) => nextStatement(each, options)),
    ...(done.length > shown.length
      ? [{ code: 'more-generalizability-in-table', values: { measures: done.length - shown.length } }]
      : []),
    ...tooLarge.slice(0, options.sentences).map((measure) => ({
      code: 'generalizability-too-large',
      values: { measure, limit: options.cells },
    })),
    ...(without > 0 ? [{ code: 'measures-not-crossed', values: { measures: without } }] : []),
    ...(done.some(({ conditions }) => conditions === 1)
      ? [
          {
            code: 'variants-never-varied',
            values: { measures: done.filter(({ conditions }) => conditions === 1).length },
          },
        ]
      : []),
  ]
}

function coefficientStatement(each: StudiedMeasure, { level, wanted }: Options): Statement {
  const { measure, models, now, conditions, runsPerCell, completeItems } = each
  const { generalizability: g, dependability: phi } = now
  const values = {
    measure: measure.key,
    models: models.length,
    items: completeItems,
    variants: conditions,
    runs: runsPerCell,
    g: g.value,
    gLower: g.interval.lower,
    gUpper: g.interval.upper,
    phi: phi.value,
    phiLower: phi.interval.lower,
    phiUpper: phi.interval.upper,
    level: formatLevel(level),
    wanted,
  }
  const code =
    g.interval.lower >= wanted
      ? 'order-generalizes'
      : g.interval.upper < wanted
        ? 'order-does-not-generalize'
        : 'order-may-generalize'
  return { code, values }
}

const directionWords = {
  items: 'new items',
  variants: 'further variants of the items',
  runs: 'further runs of the same items',
  judges: 'further judges',
  all: 'a mix',
} as const

function nextStatement({ measure, extensions }: StudiedMeasure, { calls }: Options): readonly Statement[] {
  const [best] = extensions
  if (best === undefined) return []
  const { direction, items, variants, runs, standardError, varianceRemoved } = best
  const values = {
    measure: measure.key,
    calls,
    direction: directionWords[direction],
    items,
    variants,
    runs,
    error: formatNumber(standardError, 'number'),
    removed: varianceRemoved,
  }
  return [{ code: 'next-calls', values }]
}

export function problemsOf(done: readonly StudiedMeasure[]): readonly Caveat[] {
  return done
    .filter(({ clustered }) => clustered)
    .map(({ measure }) => ({
      code: 'generalizability-ignores-clusters',
      severity: 'note',
      values: { measure: measure.key },
      subject: measure.key,
    }))
}
