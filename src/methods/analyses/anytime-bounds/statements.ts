/** The sentences of `anytime-bounds`, most important first. */
import { formatLevel, type Statement } from '../../../domain/index.ts'
import type { ModelBounds } from './model-bounds.ts'

interface Options {
  readonly level: number
  readonly tolerated: number
  readonly sentences: number
}

export function statementsOf(bounds: readonly ModelBounds[], options: Options): readonly Statement[] {
  const rare = bounds.filter(({ rare: event }) => event !== undefined)
  const shown = bounds.length <= options.sentences ? bounds : []
  return [
    ...rare.slice(0, options.sentences).flatMap((each) => rareStatements(each, options)),
    ...shown.flatMap((each) => boundStatement(each, options)),
    ...shown.flatMap((each) => quantileStatement(each, options)),
    ...(shown.length === 0
      ? [{ code: 'anytime-bounds-in-table', values: { bounds: bounds.length, level: formatLevel(options.level) } }]
      : []),
    { code: 'anytime-means', values: {} },
  ]
}

function rareStatements(bounds: ModelBounds, { level, tolerated }: Options): readonly Statement[] {
  const { measure, model, units, rare } = bounds
  if (rare === undefined || rare.bound.kind !== 'estimate') return []
  const { event, failures, claims, promise } = rare
  const shared = { model, measure: measure.key, units, failures, event, level: formatLevel(level) }
  const best = claims.filter(({ supported }) => supported).at(-1)
  const next = claims.find(({ supported }) => !supported)
  const upper = rare.bound.interval.upper
  return [
    best === undefined
      ? { code: 'event-rate-not-below', values: { ...shared, upper, rateBelow: claims[0]?.rateBelow ?? 1 } }
      : { code: 'event-rate-below', values: { ...shared, upper, rateBelow: best.rateBelow } },
    ...(next === undefined
      ? []
      : [
          {
            code: 'event-rate-needs',
            values: { ...shared, rateBelow: next.rateBelow, total: next.units, more: Math.max(0, next.units - units) },
          },
        ]),
    ...(promise === undefined
      ? []
      : [
          {
            // Nearly certain is no promise: then only what it would take is worth saying.
            code: promise.chance < 0.5 ? 'promise-over-uses' : 'promise-needs',
            values: {
              ...shared,
              uses: promise.uses,
              chance: promise.chance,
              cleanTests: promise.cleanTests,
              tolerated,
            },
          },
        ]),
  ]
}

function boundStatement(
  { measure, model, units, anytime, clustered }: ModelBounds,
  { level }: Options,
): readonly Statement[] {
  if (anytime.kind !== 'estimate') return []
  const { lower, upper } = anytime.interval
  return [
    {
      code: clustered ? 'anytime-bound-clusters' : 'anytime-bound',
      values: { model, measure: measure.key, units, value: anytime.value, lower, upper, level: formatLevel(level) },
    },
  ]
}

/** What most items reach: the lower end of the smallest quantile that the data bound from below. */
function quantileStatement(
  { measure, model, units, quantiles }: ModelBounds,
  { level }: Options,
): readonly Statement[] {
  const [smallest] = quantiles
    .toSorted((a, b) => a.probability - b.probability)
    .flatMap(({ probability, anytime }) =>
      anytime.kind === 'estimate' &&
      anytime.interval.lower > (measure.scale === 'unbounded' ? Number.NEGATIVE_INFINITY : 0)
        ? [{ share: 1 - probability, lower: anytime.interval.lower }]
        : [],
    )
  if (smallest === undefined) return []
  return [
    {
      code: measure.scale === 'unbounded' ? 'most-items-reach-in-score' : 'most-items-reach',
      values: { model, measure: measure.key, units, ...smallest, level: formatLevel(level) },
    },
  ]
}
