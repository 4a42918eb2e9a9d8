/** Standard errors of item parameters from the cross-products of person scores (the empirical information). */
import { cholesky, invertCholesky } from '../linear/cholesky.ts'
import type { ItemResponseState } from './item-response-em.ts'

/** Root of the diagonal of the inverse information; undefined where it cannot be inverted: where nothing tells slopes from 0. */
export function itemResponseErrors(state: ItemResponseState):
  | {
      readonly slopeErrors: Float64Array
      readonly interceptErrors: Float64Array
    }
  | undefined {
  const { items, common, counts } = state
  const size = common ? items + 1 : 2 * items
  const information = new Float64Array(size * size)
  const probabilities = state.logits.map((logit) => 1 / (1 + Math.exp(-logit)))
  for (let person = 0; person < counts.length; person++) {
    const score = personScore({ state, probabilities, person, size })
    for (let r = 0; r < size; r++) {
      const left = (counts[person] ?? 0) * (score[r] ?? 0)
      if (left === 0) continue
      for (let c = 0; c <= r; c++) information[r * size + c] = (information[r * size + c] ?? 0) + left * (score[c] ?? 0)
    }
  }
  const factor = cholesky(information, size)
  if (factor === undefined) return undefined
  const inverse = invertCholesky(factor)
  const errorAt = (k: number): number => Math.sqrt(inverse[k * (size + 1)] ?? Number.NaN)
  return {
    interceptErrors: Float64Array.from({ length: items }, (_, j) => errorAt(j)),
    slopeErrors: Float64Array.from({ length: items }, (_, j) => errorAt(common ? items : items + j)),
  }
}

interface PersonScore {
  readonly state: ItemResponseState
  readonly probabilities: Float64Array
  readonly person: number
  readonly size: number
}

/** Slope of one person's log-likelihood in the intercepts, then the slopes (or the one slope). */
function personScore({ state, probabilities, person, size }: PersonScore): Float64Array {
  const { items, common, posterior, points, solved, skipped } = state
  const start = person * points.length
  let mean = 0
  for (let q = 0; q < points.length; q++) mean += (posterior[start + q] ?? 0) * (points[q] ?? 0)
  const outcome = new Float64Array(items)
  for (const j of solved[person] ?? []) outcome[j] = 1
  for (const j of skipped[person] ?? []) outcome[j] = Number.NaN
  const score = new Float64Array(size)
  for (let j = 0; j < items; j++) {
    const y = outcome[j] ?? Number.NaN
    if (Number.isNaN(y)) continue
    let expected = 0
    let expectedTheta = 0
    for (let q = 0; q < points.length; q++) {
      const part = (posterior[start + q] ?? 0) * (probabilities[j * points.length + q] ?? 0)
      expected += part
      expectedTheta += part * (points[q] ?? 0)
    }
    const slopeAt = common ? items : items + j
    score[j] = y - expected
    score[slopeAt] = (score[slopeAt] ?? 0) + y * mean - expectedTheta
  }
  return score
}
