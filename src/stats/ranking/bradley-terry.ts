/**
 * Bradley–Terry abilities by maximum likelihood.
 *
 * logit P(i beats j) = β_i − β_j, Σβ = 0 (Bradley and Terry 1952), fitted by Newton's method on win counts. A tie
 * counts as half a win for each: then the fit is a quasi-likelihood whose model-based errors are wrong, so the sandwich
 * is the covariance to use, and Davidson or Rao–Kupper the models that know ties.
 *
 * Sum-zero abilities are an arbitrary origin: for "A is better than B" use `abilityContrast`, never two marginal
 * intervals.
 */

import { checkLevel, checkWhole } from '../check-inputs.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { cholesky, invertCholesky, solveCholesky } from '../linear/cholesky.ts'
import { sandwichProduct } from '../linear/sandwich-product.ts'
import { type Caveat, type NotEstimable, notEstimable, type Outcome } from '../result.ts'
import { checkPairCounts, halfWins, type PairCounts } from './battles.ts'
import { winComponents } from './connectivity.ts'

export interface AbilityFit {
  readonly kind: 'ability-fit'
  readonly model: 'bradley-terry' | 'davidson' | 'rao-kupper'
  readonly models: number
  /** Natural-log scale, sum 0. Multiply by 400 / ln 10 = 173.7178 for Elo points. */
  readonly abilities: Float64Array
  /** models × models covariance of the abilities; rows sum to 0. */
  readonly covariance: Float64Array
  readonly covarianceKind: 'model' | 'sandwich' | 'bootstrap'
  readonly logLikelihood: number
  readonly battles: number
  /** Degrees of freedom of contrasts, where the covariance comes from few clusters; normal otherwise. */
  readonly degreesOfFreedom?: number
  /** Davidson's ν or Rao and Kupper's θ. */
  readonly tieParameter?: number
  readonly iterations: number
  readonly converged: boolean
  readonly caveats: readonly Caveat[]
}

/** Elo points per unit of ability. */
export const eloPointsPerUnit = 400 / Math.LN10

/**
 * Fits abilities; ties count half.
 *
 * Not estimable when no chain of wins leads from every model to every other: the abilities of the parts then have no
 * finite distance, and the number of parts is returned.
 */
export function bradleyTerry(
  counts: PairCounts & { readonly covarianceKind: 'model' | 'sandwich' },
): AbilityFit | NotEstimable {
  checkPairCounts(counts)
  const refusal = refuseUnconnected(counts)
  if (refusal !== undefined) return refusal
  const { models, covarianceKind } = counts
  const points = halfWins(counts)
  if (covarianceKind === 'sandwich' && hasOnlyTies(counts)) return notEstimable('only-ties', {})
  const fit = fitAbilities({ models, points, start: new Float64Array(models) })
  const tied = counts.ties.some((count) => count > 0)
  return {
    kind: 'ability-fit',
    model: 'bradley-terry',
    models,
    abilities: fit.abilities,
    covariance: covarianceKind === 'model' ? fit.inverse() : sandwich({ models, counts, fit }),
    covarianceKind,
    logLikelihood: fit.logLikelihood,
    battles: points.reduce((sum, count) => sum + count, 0),
    iterations: fit.iterations,
    converged: fit.converged,
    caveats: [
      ...(fit.converged
        ? []
        : [{ code: 'fit-not-converged', severity: 'invalid', values: { iterations: fit.iterations } } as const]),
      ...(tied && covarianceKind === 'model'
        ? [{ code: 'ties-as-half-wins', severity: 'caution', values: {} } as const]
        : []),
    ],
  }
}

/** β_first − β_second with an interval from the joint covariance. */
export function abilityContrast({
  fit,
  first,
  second,
  level,
}: {
  readonly fit: AbilityFit
  readonly first: number
  readonly second: number
  readonly level: number
}): Outcome {
  checkLevel(level)
  const { models, covariance, abilities } = fit
  checkWhole({ first, second }, { least: 0, most: models - 1 })
  const at = (row: number, column: number): number => covariance[row * models + column] ?? Number.NaN
  const value = (abilities[first] ?? Number.NaN) - (abilities[second] ?? Number.NaN)
  const variance = at(first, first) + at(second, second) - 2 * at(first, second)
  if (first === second || !(variance > 0)) return notEstimable('contrast-not-estimable', { first, second })
  const standardError = Math.sqrt(variance)
  const tail = (1 - level) / 2
  const { degreesOfFreedom } = fit
  const critical =
    degreesOfFreedom === undefined ? normalUpperQuantile(tail) : studentTUpperQuantile(tail, degreesOfFreedom)
  const margin = critical * standardError
  return {
    kind: 'estimate',
    value,
    standardError,
    ...(degreesOfFreedom === undefined ? {} : { degreesOfFreedom }),
    interval: { lower: value - margin, upper: value + margin, level, kind: 'confidence', side: 'two-sided' },
    n: fit.battles,
    method: `${fit.model}-${fit.covarianceKind}`,
    assumptions: ['independent-battles', 'abilities-on-one-scale'],
    caveats: fit.caveats,
  }
}

/** Then nothing says how far results stray from their expectation. */
export function hasOnlyTies({ wins }: PairCounts): boolean {
  return wins.every((count) => count === 0)
}

/** Why there are no finite abilities, or undefined where there are. */
export function refuseUnconnected(counts: PairCounts): NotEstimable | undefined {
  const { models } = counts
  if (models < 2) return notEstimable('too-few-models', { needed: 2, given: models })
  const { count, component } = winComponents({ models, wins: halfWins(counts) })
  if (count === 1) return undefined
  const sizes = new Int32Array(count)
  for (const part of component) sizes[part] = (sizes[part] ?? 0) + 1
  return notEstimable('comparisons-not-connected', { parts: count, largest: Math.max(...sizes), models })
}

interface AbilityNewton {
  readonly abilities: Float64Array<ArrayBuffer>
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
  /** Pseudo-inverse of the information matrix: the model-based covariance under Σβ = 0. */
  inverse(): Float64Array<ArrayBuffer>
}

/**
 * Newton's method on win points, from `start`. H + J/m is positive definite where the graph is connected, and its
 * inverse less J/m is the pseudo-inverse of H.
 */
export function fitAbilities({
  models,
  points,
  start,
}: {
  readonly models: number
  readonly points: Float64Array
  readonly start: Float64Array
}): AbilityNewton {
  let abilities = Float64Array.from(start)
  let state = derivatives({ models, points, abilities })
  let iterations = 0
  let converged = false
  for (; iterations < 100 && !converged; iterations++) {
    const factor = cholesky(state.information, models)
    if (factor === undefined) break
    const step = solveCholesky(factor, state.gradient)
    let scale = 1
    let next = state
    let moved = abilities
    for (; scale > 1e-10; scale /= 2) {
      moved = abilities.map((ability, i) => ability + scale * (step[i] ?? 0))
      next = derivatives({ models, points, abilities: moved })
      if (next.logLikelihood >= state.logLikelihood - 1e-12 * Math.abs(state.logLikelihood)) break
    }
    abilities = moved
    state = next
    converged = step.every((move) => Math.abs(move) < 1e-10)
  }
  const mean = abilities.reduce((sum, ability) => sum + ability, 0) / models
  return {
    abilities: abilities.map((ability) => ability - mean),
    logLikelihood: state.logLikelihood,
    iterations,
    converged,
    inverse: () => {
      const factor = cholesky(state.information, models)
      const inverse = factor === undefined ? new Float64Array(models * models).fill(Number.NaN) : invertCholesky(factor)
      return inverse.map((entry) => entry - 1 / models)
    },
  }
}

interface Derivatives {
  readonly logLikelihood: number
  readonly gradient: Float64Array
  /** Information matrix plus J/m, lower triangle. */
  readonly information: Float64Array
}

function derivatives({
  models,
  points,
  abilities,
}: {
  readonly models: number
  readonly points: Float64Array
  readonly abilities: Float64Array
}): Derivatives {
  const gradient = new Float64Array(models)
  const information = new Float64Array(models * models)
  const sums = { models, points, abilities, gradient, information }
  let logLikelihood = 0
  for (let i = 0; i < models; i++) logLikelihood += addPairs(sums, i)
  return { logLikelihood, gradient, information }
}

interface PairSums {
  readonly models: number
  readonly points: Float64Array
  readonly abilities: Float64Array
  readonly gradient: Float64Array
  /** Complete down to the row before the next. */
  readonly information: Float64Array
}

/** Adds the pairs of model i with those before it; returns their log-likelihood. Row by row, it is compiled early. */
function addPairs({ models, points, abilities, gradient, information }: PairSums, i: number): number {
  const ability = abilities[i] ?? 0
  const share = 1 / models
  let logLikelihood = 0
  let slope = 0
  let curvature = share
  for (let j = 0; j < i; j++) {
    const won = points[i * models + j] ?? 0
    const lost = points[j * models + i] ?? 0
    const total = won + lost
    const difference = ability - (abilities[j] ?? 0)
    const tail = Math.exp(difference < 0 ? difference : -difference)
    const one = 1 + tail
    logLikelihood -= total * Math.log1p(tail) + (difference < 0 ? -won : lost) * difference
    const pull = won - (total * (difference < 0 ? tail : 1)) / one
    slope += pull
    gradient[j] = (gradient[j] ?? 0) - pull
    const weight = (total * tail) / (one * one)
    curvature += weight
    information[j * models + j] = (information[j * models + j] ?? 0) + weight
    information[i * models + j] = share - weight
  }
  gradient[i] = slope
  information[i * models + i] = curvature
  return logLikelihood
}

/** H⁺ M H⁺ with M the sum of squared scores of single battles (Huber 1967); a tie scores ½ − p. */
function sandwich({
  models,
  counts,
  fit,
}: {
  readonly models: number
  readonly counts: PairCounts
  readonly fit: AbilityNewton
}): Float64Array {
  const meat = new Float64Array(models * models)
  const scores = { models, counts, abilities: fit.abilities, meat }
  for (let i = 0; i < models; i++) addScores(scores, i)
  return sandwichProduct({ bread: fit.inverse(), meat, size: models })
}

interface SquaredScores {
  readonly models: number
  readonly counts: PairCounts
  readonly abilities: Float64Array
  readonly meat: Float64Array
}

/** Adds the pairs of model i with those before it. */
function addScores({ models, counts, abilities, meat }: SquaredScores, i: number): void {
  const { wins, ties } = counts
  const ability = abilities[i] ?? 0
  let own = 0
  for (let j = 0; j < i; j++) {
    const p = 1 / (1 + Math.exp((abilities[j] ?? 0) - ability))
    const won = (wins[i * models + j] ?? 0) * (1 - p) * (1 - p)
    const lost = (wins[j * models + i] ?? 0) * p * p
    const weight = won + lost + (ties[i * models + j] ?? 0) * (0.5 - p) * (0.5 - p)
    own += weight
    meat[j * models + j] = (meat[j * models + j] ?? 0) + weight
    meat[i * models + j] = -weight
    meat[j * models + i] = -weight
  }
  meat[i * models + i] = own
}
