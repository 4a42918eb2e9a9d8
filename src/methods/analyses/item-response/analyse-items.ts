/** Which items go against the rest, and an item response model where rows suffice for one. */
import { type Measure, testedFamily } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import {
  type ClaimLedger,
  commonSlopeTest,
  type ItemResponseFit,
  type ItemRest,
  itemResponseModel,
  itemRestCorrelations,
  type NotEstimable,
  notEstimable,
  type TestOutcome,
} from '../../../stats/index.ts'
import type { ResponseMatrix } from './response-matrix.ts'

export interface AnalysedItem extends ItemRest {
  readonly item: string
  /** One-sided p after Benjamini–Hochberg over the items that could be tested. */
  readonly adjusted: number | undefined
  readonly verdict: 'against-the-rest' | 'no-information' | 'fine' | 'not-tested'
  readonly slope: number | undefined
  readonly difficultyOnScale: number | undefined
}

export interface AnalysedItems extends ResponseMatrix {
  readonly analysed: readonly AnalysedItem[]
  /** The model that rows allow: 2PL, else 1PL, else none. */
  readonly fit: ItemResponseFit | NotEstimable
  readonly slopesDiffer: TestOutcome
  readonly ledgers: readonly ClaimLedger[]
}

export interface ItemOptions {
  readonly level: number
  readonly modelsForItems: number
  readonly rowsForScale: number
  readonly rowsForSlopes: number
  readonly cells: number
  readonly random: Random
}

export function analyseItems(matrix: ResponseMatrix, options: ItemOptions): AnalysedItems {
  const { models, items, byModel, measure } = matrix
  // Rows of one model are no independent witnesses against an item, so items are judged by models.
  const rest = itemRestCorrelations({ responses: byModel, rows: models, items: items.length, level: options.level })
  const { ledgers, adjusted, survives } = testedFamily({
    family: `items of ${measure.key} against the rest`,
    alpha: 1 - options.level,
    procedure: 'screen',
    hypotheses:
      models < options.modelsForItems
        ? []
        : rest.map(({ against }, at) => ({ key: `${itemKey(measure, items[at] ?? '')}/against`, test: against })),
  })
  const { fit, slopesDiffer } = fitModel(matrix, options)
  return {
    ...matrix,
    fit,
    slopesDiffer,
    ledgers,
    analysed: rest.map((each, at): AnalysedItem => {
      const p = adjusted[at]
      const { slope, difficulty } = scaleOf(fit, at)
      return {
        ...each,
        item: items[at] ?? '',
        adjusted: p,
        verdict: verdictOf(each, p, survives[at]),
        slope,
        difficultyOnScale: difficulty,
      }
    }),
  }
}

export function itemKey({ task, scorer }: Measure, item: string): string {
  return `${task}/${scorer}/${item}`
}

function verdictOf(
  { difficulty }: ItemRest,
  p: number | undefined,
  survives: boolean | undefined,
): AnalysedItem['verdict'] {
  if (difficulty === undefined) return 'not-tested'
  if (difficulty < 0.02 || difficulty > 0.98) return 'no-information'
  if (p === undefined) return 'not-tested'
  return survives === true ? 'against-the-rest' : 'fine'
}

function fitModel(
  { rows, items, responses, measure }: ResponseMatrix,
  { rowsForScale, rowsForSlopes, cells, random }: ItemOptions,
): Pick<AnalysedItems, 'fit' | 'slopesDiffer'> {
  const none = (because: NotEstimable) => ({ fit: because, slopesDiffer: because })
  if (measure.scale !== 'binary') return none(notEstimable('items-not-binary', {}))
  if (rows < rowsForScale) return none(notEstimable('too-few-rows-for-scale', { rows, needed: rowsForScale }))
  if (rows * items.length > cells)
    return none(notEstimable('item-response-too-large', { cells: rows * items.length, limit: cells }))
  const answers = { responses, persons: rows, items: items.length }
  const options = { ...answers, counts: new Float64Array(rows).fill(1) }
  const common = itemResponseModel({ ...options, model: '1pl' })
  const few = notEstimable('too-few-rows-for-slopes', { rows, needed: Math.max(rowsForSlopes, 2 * items.length) })
  if (rows < rowsForSlopes || common.kind === 'not-estimable') return { fit: common, slopesDiffer: few }
  const separate = itemResponseModel({ ...options, model: '2pl' })
  if (separate.kind === 'not-estimable') return { fit: common, slopesDiffer: separate }
  // With more slopes than rows allow the shape of the statistic is not known.
  if (rows < 2 * items.length) return { fit: separate, slopesDiffer: few }
  return { fit: separate, slopesDiffer: commonSlopeTest({ ...answers, common, random: random.split(measure.key) }) }
}

function scaleOf(fit: ItemResponseFit | NotEstimable, at: number) {
  const none = { slope: undefined, difficulty: undefined }
  if (fit.kind === 'not-estimable') return none
  const [slope, intercept] = [fit.slopes[at], fit.intercepts[at]]
  return slope === undefined || intercept === undefined
    ? none
    : { slope, difficulty: Math.abs(slope) < 0.05 ? undefined : -intercept / slope }
}
