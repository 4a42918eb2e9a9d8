/**
 * How far the answers are from one slope for all items, given how many each row and each item has right.
 *
 * Under one slope (the Rasch model with any spread of ability) answers given the number right of their row depend on the
 * intercepts alone (Andersen 1973). The statistic is the efficient score for slopes of their own,
 *   U = Σ_i m_i (y_i − E[y_i | sum of i]),
 * with m_i the ability of row i under one slope, made free of the estimated intercepts (Neyman 1959, C(α)), as a quadratic
 * form in the inverse of its variance: about χ², its degrees of freedom the rank. Which abilities m are used steers where
 * it finds much, never whether it holds.
 */
import { cholesky, solveCholesky } from '../linear/cholesky.ts'
import { semidefiniteForm } from '../linear/semidefinite-form.ts'
import { momentsGivenSum } from './moments-given-sum.ts'
import type { AnswerTable } from './trade-answers.ts'

export interface SlopeScore {
  readonly degreesOfFreedom: number
  /** Rows with some right and some wrong: the others say nothing of slopes. */
  readonly informative: number
  /** The statistic of a table with these row and column sums and the same answers missing. */
  statistic(responses: Float64Array): number
}

export interface SlopeScoreOptions extends AnswerTable {
  /** Log odds of the items at one ability, as estimated under one slope. */
  readonly intercepts: Float64Array
  /** One per row, as estimated under one slope from its sum. */
  readonly abilities: Float64Array
}

/** Undefined where no rows tell all items apart, or where all rows that do are alike. */
export function slopeScore(options: SlopeScoreOptions): SlopeScore | undefined {
  const { rows, items } = options
  const groups = groupsOf(options)
  const informative = groups.reduce((sum, group) => sum + group.rows.length, 0)
  if (informative < 2) return undefined
  const weights = weightsOf(options, groups)
  const sums = sumsOf(options, groups, weights)
  // What the last item got is what the others leave of the sums.
  const size = items - 1
  const factor = cholesky(sums.plain, size)
  if (factor === undefined) return undefined
  const moved = solveCholesky(factor, sums.residual)
  const centre = sums.centre.slice()
  const variance = sums.squared.slice()
  for (let j = 0; j < size; j++) {
    const row = sums.weighted.subarray(j * size, (j + 1) * size)
    const solved = solveCholesky(factor, row)
    for (let k = 0; k < size; k++) {
      centre[j] = (centre[j] ?? 0) + (row[k] ?? 0) * (moved[k] ?? 0)
      let explained = 0
      for (let l = 0; l < size; l++) explained += (solved[l] ?? 0) * (sums.weighted[k * size + l] ?? 0)
      variance[j * size + k] = (variance[j * size + k] ?? 0) - explained
    }
  }
  const form = semidefiniteForm(variance, size)
  if (form.rank === 0) return undefined
  return {
    degreesOfFreedom: form.rank,
    informative,
    statistic: (responses) => {
      const score = new Float64Array(size)
      for (let i = 0; i < rows; i++) {
        const weight = weights[i] ?? 0
        if (weight === 0) continue
        for (let j = 0; j < size; j++) if (responses[i * items + j] === 1) score[j] = (score[j] ?? 0) + weight
      }
      return form.quadraticForm(score.map((value, j) => value - (centre[j] ?? 0)))
    },
  }
}

/** Rows that answered the same items and got as many of them right. */
interface SumGroup {
  readonly answered: readonly number[]
  readonly right: number
  readonly rows: number[]
}

function groupsOf({ responses, rows, items }: AnswerTable): readonly SumGroup[] {
  const groups = new Map<string, SumGroup>()
  for (let i = 0; i < rows; i++) {
    const row = responses.subarray(i * items, (i + 1) * items)
    const answered: number[] = []
    let right = 0
    for (const [j, response] of row.entries()) {
      if (Number.isNaN(response)) continue
      answered.push(j)
      right += response
    }
    if (right === 0 || right === answered.length) continue
    const key = answered.length === items ? `${right}` : `${right}/${answered.join()}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { answered, right, rows: [i] })
    else group.rows.push(i)
  }
  return [...groups.values()]
}

/** Abilities about their mean: the statistic does not change with their origin, its digits do. 0 for rows that say nothing. */
function weightsOf({ rows, abilities }: SlopeScoreOptions, groups: readonly SumGroup[]): Float64Array {
  const weights = new Float64Array(rows)
  let sum = 0
  let count = 0
  for (const group of groups) {
    for (const i of group.rows) {
      sum += abilities[i] ?? 0
      count++
    }
  }
  for (const group of groups) for (const i of group.rows) weights[i] = (abilities[i] ?? 0) - sum / count
  return weights
}

interface ScoreSums {
  /** Σ V_i, Σ m_i V_i and Σ m_i² V_i, without the last item. */
  readonly plain: Float64Array
  readonly weighted: Float64Array
  readonly squared: Float64Array
  /** Σ (y_i − E y_i) and Σ m_i E y_i. */
  readonly residual: Float64Array
  readonly centre: Float64Array
}

function sumsOf(
  { responses, items, intercepts }: SlopeScoreOptions,
  groups: readonly SumGroup[],
  weights: Float64Array,
): ScoreSums {
  const size = items - 1
  const square = () => new Float64Array(size * size)
  const [plain, weighted, squared] = [square(), square(), square()]
  const residual = new Float64Array(size)
  const centre = new Float64Array(size)
  for (const { answered, right, rows } of groups) {
    const { means, covariances } = momentsGivenSum(
      Float64Array.from(answered, (j) => intercepts[j] ?? 0),
      right,
    )
    const [count, first, second] = [
      rows.length,
      rows.reduce((sum, i) => sum + (weights[i] ?? 0), 0),
      rows.reduce((sum, i) => sum + (weights[i] ?? 0) ** 2, 0),
    ]
    for (const [a, j] of answered.entries()) {
      if (j === size) continue
      const mean = means[a] ?? 0
      for (const i of rows) residual[j] = (residual[j] ?? 0) + (responses[i * items + j] ?? 0) - mean
      centre[j] = (centre[j] ?? 0) + first * mean
      for (let b = 0; b <= a; b++) {
        const covariance = covariances[a * answered.length + b] ?? 0
        const at = j * size + (answered[b] ?? 0)
        plain[at] = (plain[at] ?? 0) + count * covariance
        weighted[at] = (weighted[at] ?? 0) + first * covariance
        squared[at] = (squared[at] ?? 0) + second * covariance
      }
    }
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      for (const matrix of [plain, weighted, squared]) matrix[k * size + j] = matrix[j * size + k] ?? 0
    }
  }
  return { plain, weighted, squared, residual, centre }
}
