/**
 * Logit mixed model of 0/1 outcomes with crossed random intercepts: items, prompts, item × model …
 *
 * logit P(y = 1) = x'β + Σ_f u_f, u_f ~ N(0, σ_f²), fitted by maximum Laplace likelihood over (σ, β) jointly, as
 * lme4's glmer with one node. Standard errors from the curvature of that likelihood in all parameters.
 *
 * Leaving out a component that exists makes contrasts overconfident: with models as fixed effects, item × model belongs
 * among the factors unless it was tested away. The approximation is biased towards 0, for σ and for contrasts, when levels
 * have few responses, which many items cannot mend: where that counts (`laplaceLeans`) the finest factor and the one it lies in are
 * integrated out by quadrature instead, and where that would take too long contrasts are refused.
 */
import { checkFinite, checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { cholesky, solveCholesky } from '../linear/cholesky.ts'
import { bfgs } from '../optimize/bfgs.ts'
import type { OnProgress } from '../progress.ts'
import { type Caveat, type NotEstimable, notEstimable } from '../result.ts'
import { interiorInverse, inverseCurvature } from './deviance-curvature.ts'
import { LaplaceDeviance, type LogitRows, type UnitRows } from './laplace-deviance.ts'
import { quadratureFit } from './quadrature-fit.ts'
import { unitInfluence } from './unit-influence.ts'

export interface RandomFactor {
  readonly name: string
  /** Level of each row, 0 … levels − 1. */
  readonly levelOf: ArrayLike<number>
  readonly levels: number
}

export interface CrossedLogitOptions {
  readonly successes: ArrayLike<number>
  /** 1 for single responses. */
  readonly trials: ArrayLike<number>
  /** rows × columns fixed effects, row-major, with the intercept column if there is to be one. */
  readonly design: Float64Array
  readonly columns: number
  readonly factors: readonly RandomFactor[]
  /**
   * Items, or clusters of them: what is independent but for the factors that cross it. Contrasts then have t intervals that
   * hold where the model's own error is too small; `undefined`: the model is taken at its word.
   */
  readonly units: UnitRows | undefined
}

export interface CrossedLogit {
  readonly kind: 'crossed-logit'
  /** How σ and the coefficients were fitted; the likelihood is Laplace's in either case. */
  readonly approximation: 'laplace' | 'quadrature'
  readonly coefficients: Float64Array
  /** columns × columns covariance of the coefficients; empty where the likelihood has no curvature to take it from. */
  readonly covariance: Float64Array
  /** units × columns: how far each unit's rows pull each coefficient; those of a coefficient add up to 0. */
  readonly influence: Float64Array | undefined
  readonly standardDeviations: readonly { readonly factor: string; readonly value: number }[]
  readonly logLikelihood: number
  readonly rows: number
  readonly converged: boolean
  readonly caveats: readonly Caveat[]
}

/**
 * Fits the model. Not estimable when the outcome never varies, when a factor has one level, or when every level of a
 * factor has a single 0/1 row, which cannot be told from noise.
 */
export function crossedLogit(options: CrossedLogitOptions, onProgress?: OnProgress): CrossedLogit | NotEstimable {
  const refusal = refuse(options)
  if (refusal !== undefined) return refusal
  // The factor with the most levels is eliminated first: then the factorisation of crossed designs hardly fills in.
  const order = options.factors
    .map((_, f) => f)
    .sort((a, b) => (options.factors[b]?.levels ?? 0) - (options.factors[a]?.levels ?? 0))
  const rows = prepare(options, order)
  const deviance = new LaplaceDeviance(rows)
  const size = order.length + options.columns
  const start = new Float64Array(size).fill(1, 0, order.length)
  start.set(plainLogit(rows), order.length)
  let evaluated = 0
  const evaluate = (point: Float64Array) => {
    onProgress?.({ done: evaluated++, total: undefined })
    return deviance.evaluate(point)
  }
  const fit = bfgs({
    start,
    inverseHessian: inverseCurvature({ evaluate, point: start }),
    evaluate,
    tolerance: 1e-9,
    maximumEvaluations: 400,
  })
  const finest = options.factors[order[0] ?? 0]
  const leaning = laplaceLeans(finest, rows)
  const precise =
    leaning === undefined ? undefined : quadratureFit({ rows, point: fit.point, units: options.units }, onProgress)
  const inverse = precise?.inverse ?? interiorInverse({ evaluate, point: fit.point, columns: options.columns })
  const scales = precise?.scales ?? fit.point.subarray(0, order.length)
  const values = order.map((f, at) => ({ f, value: Math.abs(scales[at] ?? Number.NaN) })).sort((a, b) => a.f - b.f)
  const caveats: Caveat[] = []
  if (leaning !== undefined && precise === undefined) caveats.push(leaning)
  if (!fit.converged)
    caveats.push({ code: 'fit-not-converged', severity: 'invalid', values: { iterations: fit.evaluations } })
  const coefficients = precise?.coefficients ?? fit.point.slice(order.length)
  if (coefficients.some((value) => Math.abs(value) > 15))
    caveats.push({
      code: 'separated-outcome',
      severity: 'invalid',
      values: { largest: Math.max(...coefficients.map(Math.abs)) },
    })
  if (inverse === undefined) caveats.push({ code: 'curvature-not-positive', severity: 'invalid', values: {} })
  return {
    kind: 'crossed-logit',
    approximation: precise === undefined ? 'laplace' : 'quadrature',
    coefficients,
    covariance: coefficientCovariance(inverse, options.columns),
    influence:
      precise !== undefined
        ? precise.influence
        : options.units === undefined || inverse === undefined
          ? undefined
          : unitInfluence({
              gradients: deviance.unitGradients(fit.point, options.units),
              inverse,
              columns: options.columns,
            }),
    standardDeviations: values.map(({ f, value }) => ({ factor: options.factors[f]?.name ?? '', value })),
    logLikelihood: -fit.value / 2 + binomialConstant(rows),
    rows: rows.successes.length,
    converged: fit.converged && inverse !== undefined,
    caveats,
  }
}

/** Share of each factor in the latent variance, σ_f² / (Σσ² + π²/3). */
export function latentShares(fit: CrossedLogit): readonly { readonly factor: string; readonly share: number }[] {
  const total = fit.standardDeviations.reduce((sum, { value }) => sum + value ** 2, Math.PI ** 2 / 3)
  return fit.standardDeviations.map(({ factor, value }) => ({ factor, share: value ** 2 / total }))
}

function refuse({ successes, trials, design, columns, factors, units }: CrossedLogitOptions): NotEstimable | undefined {
  const rows = successes.length
  if (
    trials.length !== rows ||
    design.length !== rows * columns ||
    factors.some(({ levelOf }) => levelOf.length !== rows)
  ) {
    fail(
      'unequal-lengths',
      { successes: rows, trials: trials.length, design: design.length, columns },
      'pass one trial count, design row and level per row',
    )
  }
  checkFinite(design)
  let total = 0
  let hits = 0
  for (let row = 0; row < rows; row++) {
    const k = successes[row] ?? Number.NaN
    const n = trials[row] ?? Number.NaN
    if (!(k >= 0 && n >= k && n > 0 && Number.isFinite(n)))
      fail(
        'counts-not-valid',
        { row: row + 1, successes: k, trials: n },
        'pass 0 ≤ successes ≤ trials with at least one trial',
      )
    total += n
    hits += k
  }
  if (units !== undefined) {
    const seen = trialsPerLevel({ name: 'unit', levelOf: units.unitOf, levels: units.units }, trials)
    const empty = seen.indexOf(0)
    if (empty >= 0) fail('unit-without-rows', { unit: empty }, 'number only units that have rows, from 0')
    if (seen.length < 2) return notEstimable('too-few-values', { needed: 2, given: seen.length })
  }
  for (const factor of factors) {
    const { name } = factor
    const used = trialsPerLevel(factor, trials).filter((count) => count > 0)
    if (used.length < 2) return notEstimable('factor-with-one-level', { factor: name })
    if (used.every((count) => count === 1)) return notEstimable('factor-not-repeated', { factor: name })
  }
  if (factors.length === 0 || hits === 0 || hits === total)
    return notEstimable('outcome-never-varies', { rows, successes: hits })
  return undefined
}

function trialsPerLevel({ name, levelOf, levels }: RandomFactor, trials: ArrayLike<number>): Float64Array {
  checkWhole({ levels }, { least: 1, most: 10_000_000 })
  const seen = new Float64Array(levels)
  for (let row = 0; row < trials.length; row++) {
    const level = levelOf[row] ?? -1
    if (!(Number.isInteger(level) && level >= 0 && level < levels))
      fail('level-code-not-valid', { factor: name, row: row + 1, level }, 'number levels from 0')
    seen[level] = (seen[level] ?? 0) + (trials[row] ?? 0)
  }
  return seen
}

function prepare(
  { successes, trials, design, columns, factors }: CrossedLogitOptions,
  order: readonly number[],
): LogitRows {
  let offset = 0
  const unknowns = order.map((f) => {
    const factor = factors[f]
    const start = offset
    offset += factor?.levels ?? 0
    return Int32Array.from(factor?.levelOf ?? [], (level) => start + level)
  })
  return {
    successes: Float64Array.from(successes),
    trials: Float64Array.from(trials),
    design,
    columns,
    unknowns,
    size: offset,
  }
}

/** Fixed effects without random effects, by Newton's method: where the search starts. */
function plainLogit({ successes, trials, design, columns }: LogitRows): Float64Array {
  let beta = new Float64Array(columns)
  for (let iteration = 0; iteration < 25; iteration++) {
    const information = new Float64Array(columns * columns)
    const slope = new Float64Array(columns)
    for (let row = 0; row < successes.length; row++) {
      let eta = 0
      for (let k = 0; k < columns; k++) eta += (design[row * columns + k] ?? 0) * (beta[k] ?? 0)
      const p = 1 / (1 + Math.exp(-eta))
      const weight = (trials[row] ?? 0) * p * (1 - p)
      for (let k = 0; k < columns; k++) {
        const x = design[row * columns + k] ?? 0
        if (x === 0) continue
        slope[k] = (slope[k] ?? 0) + x * ((successes[row] ?? 0) - (trials[row] ?? 0) * p)
        for (let l = 0; l < columns; l++)
          information[k * columns + l] =
            (information[k * columns + l] ?? 0) + weight * x * (design[row * columns + l] ?? 0)
      }
    }
    const factor = cholesky(information, columns)
    if (factor === undefined)
      fail('design-not-full-rank', { columns }, 'drop fixed effects that others already determine')
    const step = solveCholesky(factor, slope)
    beta = beta.map((value, k) => Math.min(15, Math.max(-15, value + (step[k] ?? 0))))
    if (step.every((move) => Math.abs(move) < 1e-8)) break
  }
  return beta
}

/**
 * Laplace's pull on contrasts falls with the responses per level of the finest factor, at first about as their power 1.5, and what chance
 * leaves falls with the root of the levels: 2 responses on 100 items × 2 models are where the pull begins to count.
 */
function laplaceLeans(finest: RandomFactor | undefined, { trials, columns }: LogitRows): Caveat | undefined {
  const levels = finest?.levels ?? 1
  const perLevel = trials.reduce((sum, count) => sum + count, 0) / levels
  return levels / columns > 12 * perLevel ** 3
    ? { code: 'few-responses-per-level', severity: 'invalid', values: { factor: finest?.name ?? '', levels, perLevel } }
    : undefined
}

/** 2 × the coefficients' block of the inverse curvature of the deviance. */
function coefficientCovariance(inverse: Float64Array | undefined, columns: number): Float64Array {
  if (inverse === undefined) return new Float64Array(0)
  const size = Math.sqrt(inverse.length)
  const first = size - columns
  return Float64Array.from(
    { length: columns ** 2 },
    (_, k) => 2 * (inverse[(first + Math.floor(k / columns)) * size + first + (k % columns)] ?? Number.NaN),
  )
}

/** Σ ln C(n, k), which the deviance leaves out. */
function binomialConstant({ successes, trials }: LogitRows): number {
  let sum = 0
  for (let row = 0; row < successes.length; row++) {
    const n = trials[row] ?? 0
    const k = Math.min(successes[row] ?? 0, n - (successes[row] ?? 0))
    for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i)
  }
  return sum
}
