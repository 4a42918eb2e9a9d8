/** Win rate of one model over another at equal length of answers. */
import { checkFinite, checkLevel } from '../check-inputs.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { isConstant } from '../is-constant.ts'
import { type Caveat, type NotEstimable, notEstimable, type Outcome } from '../result.ts'
import { meanOf, varianceOf } from '../sample-moments.ts'

export interface LengthControlledOptions {
  /** Length of the model's answer minus that of the other, one per battle, in any unit. */
  readonly lengthDifferences: ArrayLike<number>
  /** 1 for a win, 0 for a loss, ½ for a tie; any share between for a judge that gives preferences. */
  readonly outcomes: ArrayLike<number>
  /** Weight of the penalty ½ λ φ² on the slope, above 0; 1 is usual. */
  readonly ridge: number
  readonly level: number
}

export interface LengthControlledWinRate {
  readonly kind: 'length-controlled-win-rate'
  /** σ(θ): the win rate that the model predicts where both answers are as long. */
  readonly winRate: Outcome
  /** Mean outcome as it is. */
  readonly raw: number
  /** θ, in logits. */
  readonly ability: number
  /** φ: logits per unit of tanh(Δ/s). Association, not cause: longer answers may be better ones. */
  readonly lengthEffect: number
  readonly iterations: number
}

const farApart = 0.1

/**
 * Logistic fit of outcome on length, logit P(win) = θ + φ tanh(Δ/s) with s the standard deviation of Δ, read at Δ = 0
 * (Dubois, Galambosi, Liang and Hashimoto 2024, "Length-controlled AlpacaEval", without their instruction difficulty).
 *
 * Maximises the likelihood less ½ λ φ² by Newton's method; the interval is that of θ by the sandwich of Huber (1967), which
 * ties and shares need, through the logistic function. A fit at lengths that never come near one another is an
 * extrapolation. Not estimable where lengths differ by the same in every battle, or outcomes are all alike.
 */
export function lengthControlledWinRate(options: LengthControlledOptions): LengthControlledWinRate | NotEstimable {
  check(options)
  const { outcomes, ridge, level } = options
  const n = outcomes.length
  if (n < 2) return notEstimable('too-few-values', { needed: 2, given: n })
  const lengths = Float64Array.from(options.lengthDifferences)
  const scores = Float64Array.from(outcomes)
  const raw = meanOf(scores)
  if (isConstant(scores)) return notEstimable('no-variation', { n, value: raw })
  if (isConstant(lengths)) return notEstimable('length-difference-constant', { battles: n })
  const deviation = Math.sqrt(varianceOf(lengths, 1))
  const x = lengths.map((difference) => Math.tanh(difference / deviation))
  const fit = maximise({ x, scores, ridge })
  const standardError = Math.sqrt(sandwichVariance({ x, scores, fit }))
  const margin = normalUpperQuantile((1 - level) / 2) * standardError
  const value = logistic(fit.ability)
  const caveats: readonly Caveat[] =
    Math.abs(value - raw) > farApart
      ? [{ code: 'length-moves-win-rate', severity: 'caution', values: { raw, controlled: value } }]
      : []
  return {
    kind: 'length-controlled-win-rate',
    winRate: {
      kind: 'estimate',
      value,
      standardError: value * (1 - value) * standardError,
      interval: {
        lower: logistic(fit.ability - margin),
        upper: logistic(fit.ability + margin),
        level,
        kind: 'confidence',
        side: 'two-sided',
      },
      n,
      method: 'length-controlled-logistic',
      assumptions: ['independent-battles', 'logit-linear-in-length'],
      caveats,
    },
    raw,
    ability: fit.ability,
    lengthEffect: fit.slope,
    iterations: fit.iterations,
  }
}

interface Rows {
  readonly x: Float64Array
  readonly scores: Float64Array
}

interface Fit {
  readonly ability: number
  readonly slope: number
  readonly iterations: number
  /** Information of (θ, φ), penalty included. */
  readonly information: readonly [number, number, number]
}

/** Newton with step halving; the penalised likelihood is strictly concave and its maximum finite. */
function maximise({ x, scores, ridge }: Rows & { readonly ridge: number }): Fit {
  let [ability, slope] = [0, 0]
  const objective = (a: number, s: number): number =>
    x.reduce((sum, xi, k) => sum + logLikelihood(a + s * xi, scores[k] ?? 0), -0.5 * ridge * s * s)
  for (let iterations = 0; ; iterations++) {
    let [gradientA, gradientS] = [0, -ridge * slope]
    let [aa, as, ss] = [0, 0, ridge]
    for (const [k, xi] of x.entries()) {
      const p = logistic(ability + slope * xi)
      const residual = (scores[k] ?? 0) - p
      gradientA += residual
      gradientS += residual * xi
      aa += p * (1 - p)
      as += p * (1 - p) * xi
      ss += p * (1 - p) * xi * xi
    }
    const determinant = aa * ss - as * as
    const stepA = (ss * gradientA - as * gradientS) / determinant
    const stepS = (aa * gradientS - as * gradientA) / determinant
    const small = Math.abs(stepA) + Math.abs(stepS) < 1e-12
    if (small || iterations === 100) return { ability, slope, iterations, information: [aa, as, ss] }
    const here = objective(ability, slope)
    let scale = 1
    while (scale > 1e-10 && objective(ability + scale * stepA, slope + scale * stepS) < here - 1e-13 * Math.abs(here))
      scale /= 2
    ability += scale * stepA
    slope += scale * stepS
  }
}

/** Variance of θ: the first entry of H⁻¹ (Σ residual² (1, x)(1, x)ᵀ) H⁻¹. */
function sandwichVariance({ x, scores, fit }: Rows & { readonly fit: Fit }): number {
  const [aa, as, ss] = fit.information
  const determinant = aa * ss - as * as
  return x.reduce((sum, xi, k) => {
    const residual = (scores[k] ?? 0) - logistic(fit.ability + fit.slope * xi)
    return sum + ((residual * (ss - as * xi)) / determinant) ** 2
  }, 0)
}

/** y ln p + (1 − y) ln(1 − p) at logit z. */
function logLikelihood(z: number, y: number): number {
  return y * z - Math.max(0, z) - Math.log1p(Math.exp(-Math.abs(z)))
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

function check({ lengthDifferences, outcomes, ridge, level }: LengthControlledOptions): void {
  checkLevel(level)
  if (!(ridge > 0 && Number.isFinite(ridge))) fail('ridge-out-of-range', { ridge }, 'pass a weight above 0, such as 1')
  if (lengthDifferences.length !== outcomes.length) {
    const lengths = { lengthDifferences: lengthDifferences.length, outcomes: outcomes.length }
    fail('unequal-lengths', lengths, 'pass one length difference and one outcome per battle')
  }
  checkFinite(lengthDifferences)
  for (let battle = 0; battle < outcomes.length; battle++) {
    const outcome = outcomes[battle] ?? Number.NaN
    if (!(outcome >= 0 && outcome <= 1))
      fail('outcome-not-valid', { battle: battle + 1, outcome }, 'pass 1, 0, 0.5 or a share between')
  }
}
