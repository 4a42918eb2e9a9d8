/**
 * One- and two-parameter logistic item response models by marginal maximum likelihood.
 *
 * P(y = 1 | θ) = 1/(1 + exp(−(a θ + d))), θ ~ N(0, 1) integrated on 61 equally spaced points from −6 to 6 (Bock and
 * Aitkin 1981), EM with Newton steps per item. `1pl` shares one slope. Errors from the cross-products of person scores.
 *
 * Rows are whatever answers the items: models, or models × prompts. The ability scale is fixed by θ ~ N(0, 1), which is a
 * statement about these rows, not about models at large.
 */
import type { OnProgress } from '../progress.ts'
import { type Caveat, type NotEstimable, notEstimable } from '../result.ts'
import { ItemResponseEm } from './item-response-em.ts'
import { itemResponseErrors } from './item-response-errors.ts'
import { checkResponses, type ItemResponseOptions, varyingItems } from './item-responses.ts'

type ItemValues = readonly (number | undefined)[]

export interface ItemResponseFit {
  readonly kind: 'item-response-fit'
  readonly model: '1pl' | '2pl'
  /** a, per item; `undefined` for an item that everybody or nobody solved. */
  readonly slopes: ItemValues
  /** d, per item, the log odds at θ = 0; difficulty is −d/a. */
  readonly intercepts: ItemValues
  /** Standard errors; `undefined` for all items where the information cannot be inverted, and a caveat says so. */
  readonly slopeErrors: ItemValues
  readonly interceptErrors: ItemValues
  /** Posterior mean ability of each row and its standard deviation. */
  readonly abilities: Float64Array
  readonly abilityErrors: Float64Array
  readonly logLikelihood: number
  readonly parameters: number
  readonly iterations: number
  readonly converged: boolean
  readonly caveats: readonly Caveat[]
}

/** Fewest rows from which slopes of single items can be told apart. */
const leastRows = 30

/**
 * Fits the model. Items that everybody or nobody solved carry no information; they are left out and counted.
 *
 * Not estimable: `2pl` from fewer than 30 rows, fewer than 3 items that vary, fewer than 2 rows.
 */
export function itemResponseModel(
  options: ItemResponseOptions,
  onProgress?: OnProgress,
): ItemResponseFit | NotEstimable {
  const { persons, items, counts, model } = options
  checkResponses(options)
  let rows = 0
  for (let i = 0; i < persons; i++) rows += counts[i] ?? 0
  if (rows < (model === '2pl' ? leastRows : 2))
    return notEstimable('item-response-not-identified', { rows, needed: model === '2pl' ? leastRows : 2 })
  const kept = varyingItems(options)
  if (kept.length < 3) return notEstimable('too-few-varying-items', { items, varying: kept.length })
  const em = new ItemResponseEm(options, kept)
  const { iterations, converged, logLikelihood } = em.run(onProgress)
  const spread = (values: Float64Array | undefined): ItemValues => {
    const all = new Array<number | undefined>(items).fill(undefined)
    for (const [k, item] of kept.entries()) all[item] = values?.[k]
    return all
  }
  const errors = itemResponseErrors(em.state())
  const { abilities, abilityErrors } = em.abilities()
  const caveats: Caveat[] = []
  if (!converged) caveats.push({ code: 'fit-not-converged', severity: 'invalid', values: { iterations } })
  if (errors === undefined)
    caveats.push({ code: 'item-errors-unknown', severity: 'caution', values: { items: kept.length } })
  if (kept.length < items)
    caveats.push({
      code: 'items-without-variation',
      severity: 'caution',
      values: { dropped: items - kept.length, items },
    })
  return {
    kind: 'item-response-fit',
    model,
    slopes: spread(em.slopes),
    intercepts: spread(em.intercepts),
    slopeErrors: spread(errors?.slopeErrors),
    interceptErrors: spread(errors?.interceptErrors),
    abilities,
    abilityErrors,
    logLikelihood,
    parameters: model === '2pl' ? 2 * kept.length : kept.length + 1,
    iterations,
    converged,
    caveats,
  }
}
