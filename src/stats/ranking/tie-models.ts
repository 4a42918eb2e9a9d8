/**
 * Abilities from comparisons that can end in a tie.
 *
 * Davidson (1970): P(i wins) : P(j wins) : P(tie) = π_i : π_j : ν √(π_i π_j).
 * Rao and Kupper (1967): P(i wins) = π_i / (π_i + θ π_j), θ ≥ 1; what is left is the tie.
 *
 * Both by Newton's method on concave log-likelihoods. Choose between them by log-likelihood; their abilities are on
 * different scales and must not be mixed. "Both bad" is not a tie: leave it out.
 */
import { cholesky, invertCholesky, solveCholesky } from '../linear/cholesky.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { addEdge } from './add-edge.ts'
import { checkPairCounts, type PairCounts } from './battles.ts'
import { type AbilityFit, refuseUnconnected } from './bradley-terry.ts'

/** Davidson's model; `tieParameter` is ν. Not estimable where comparisons do not connect the models or nothing ever tied. */
export function davidson(counts: PairCounts): AbilityFit | NotEstimable {
  return fitTies({ counts, model: 'davidson', likelihood: davidsonPair })
}

/** Rao and Kupper's model; `tieParameter` is θ. Not estimable where comparisons do not connect the models or nothing ever tied. */
export function raoKupper(counts: PairCounts): AbilityFit | NotEstimable {
  return fitTies({ counts, model: 'rao-kupper', likelihood: raoKupperPair })
}

interface Pair {
  readonly won: number
  readonly lost: number
  readonly tied: number
  /** β_i − β_j. */
  readonly difference: number
  /** ln ν or ln θ. */
  readonly tie: number
}

/** Log-likelihood of a pair with its derivatives in the difference d and the log tie parameter t. */
interface PairDerivatives {
  readonly value: number
  readonly d: number
  readonly t: number
  readonly dd: number
  readonly dt: number
  readonly tt: number
}

type PairLikelihood = (pair: Pair) => PairDerivatives

function davidsonPair({ won, lost, tied, difference, tie }: Pair): PairDerivatives {
  const total = won + lost + tied
  const exponents = [difference / 2, -difference / 2, tie] as const
  const top = Math.max(...exponents)
  const terms = exponents.map((exponent) => Math.exp(exponent - top))
  const sum = (terms[0] ?? 0) + (terms[1] ?? 0) + (terms[2] ?? 0)
  const winShare = (terms[0] ?? 0) / sum
  const lossShare = (terms[1] ?? 0) / sum
  const tieShare = (terms[2] ?? 0) / sum
  const lead = winShare - lossShare
  return {
    value: won * exponents[0] + lost * exponents[1] + tied * tie - total * (top + Math.log(sum)),
    d: (won - lost - total * lead) / 2,
    t: tied - total * tieShare,
    dd: (-total * (winShare + lossShare - lead ** 2)) / 4,
    dt: (total * lead * tieShare) / 2,
    tt: -total * tieShare * (1 - tieShare),
  }
}

function raoKupperPair({ won, lost, tied, difference, tie }: Pair): PairDerivatives {
  const forward = logistic(difference - tie)
  const backward = logistic(-difference - tie)
  const ahead = won + tied
  const behind = lost + tied
  const curveForward = forward.p * (1 - forward.p)
  const curveBackward = backward.p * (1 - backward.p)
  // ln(θ² − 1) and its derivatives in t = ln θ.
  const excess = -Math.expm1(-2 * tie)
  const opened = 2 / excess
  return {
    value: ahead * forward.log + behind * backward.log + (tied === 0 ? 0 : tied * (2 * tie + Math.log(excess))),
    d: ahead * (1 - forward.p) - behind * (1 - backward.p),
    t: -ahead * (1 - forward.p) - behind * (1 - backward.p) + tied * opened,
    dd: -ahead * curveForward - behind * curveBackward,
    dt: ahead * curveForward - behind * curveBackward,
    tt: -ahead * curveForward - behind * curveBackward - tied * opened * (opened - 2),
  }
}

function logistic(x: number): { readonly p: number; readonly log: number } {
  const tail = Math.exp(-Math.abs(x))
  return { p: x >= 0 ? 1 / (1 + tail) : tail / (1 + tail), log: Math.min(0, x) - Math.log1p(tail) }
}

function fitTies({
  counts,
  model,
  likelihood,
}: {
  readonly counts: PairCounts
  readonly model: 'davidson' | 'rao-kupper'
  readonly likelihood: PairLikelihood
}): AbilityFit | NotEstimable {
  checkPairCounts(counts)
  const refusal = refuseUnconnected(counts)
  if (refusal !== undefined) return refusal
  if (!counts.ties.some((count) => count > 0)) return notEstimable('no-ties', {})
  if (!counts.wins.some((count) => count > 0)) return notEstimable('only-ties', {})
  const { models } = counts
  const size = models + 1
  let parameters = new Float64Array(size)
  parameters[models] = model === 'davidson' ? 0 : Math.LN2
  let state = derivatives({ counts, parameters, likelihood })
  let iterations = 0
  let converged = false
  for (; iterations < 200 && !converged; iterations++) {
    const factor = cholesky(state.information, size)
    if (factor === undefined) break
    const step = solveCholesky(factor, state.gradient)
    let moved = parameters
    let next = state
    for (let scale = 1; scale > 1e-12; scale /= 2) {
      moved = parameters.map((value, i) => value + scale * (step[i] ?? 0))
      // θ > 1 keeps a tie possible; a step beyond it is shortened like one that loses likelihood.
      if (model === 'rao-kupper' && !((moved[models] ?? 0) > 0)) continue
      next = derivatives({ counts, parameters: moved, likelihood })
      if (next.logLikelihood >= state.logLikelihood - 1e-12 * Math.abs(state.logLikelihood)) break
    }
    parameters = moved
    state = next
    converged = step.every((move) => Math.abs(move) < 1e-9)
  }
  const factor = cholesky(state.information, size)
  const inverse = factor === undefined ? undefined : invertCholesky(factor)
  const covariance = new Float64Array(models * models)
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < models; j++) covariance[i * models + j] = (inverse?.[i * size + j] ?? Number.NaN) - 1 / models
  }
  const abilities = parameters.slice(0, models)
  const mean = abilities.reduce((sum, ability) => sum + ability, 0) / models
  const total = (cells: Float64Array): number => cells.reduce((sum, count) => sum + count, 0)
  return {
    kind: 'ability-fit',
    model,
    models,
    abilities: abilities.map((ability) => ability - mean),
    covariance,
    covarianceKind: 'model',
    logLikelihood: state.logLikelihood,
    battles: total(counts.wins) + total(counts.ties) / 2,
    tieParameter: Math.exp(parameters[models] ?? Number.NaN),
    iterations,
    converged,
    caveats: converged ? [] : [{ code: 'fit-not-converged', severity: 'invalid', values: { iterations } }],
  }
}

function derivatives({
  counts,
  parameters,
  likelihood,
}: {
  readonly counts: PairCounts
  readonly parameters: Float64Array
  readonly likelihood: PairLikelihood
}): { readonly logLikelihood: number; readonly gradient: Float64Array; readonly information: Float64Array } {
  const { models, wins, ties } = counts
  const size = models + 1
  const tie = parameters[models] ?? 0
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  // J/m on the abilities fixes their sum without touching any contrast.
  for (let i = 0; i < models; i++) for (let j = 0; j < models; j++) information[i * size + j] = 1 / models
  let logLikelihood = 0
  const add = (i: number, j: number, weight: number): void => {
    information[i * size + j] = (information[i * size + j] ?? 0) + weight
  }
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < i; j++) {
      const won = wins[i * models + j] ?? 0
      const lost = wins[j * models + i] ?? 0
      const tied = ties[i * models + j] ?? 0
      if (won + lost + tied === 0) continue
      const pair = likelihood({ won, lost, tied, difference: (parameters[i] ?? 0) - (parameters[j] ?? 0), tie })
      logLikelihood += pair.value
      gradient[i] = (gradient[i] ?? 0) + pair.d
      gradient[j] = (gradient[j] ?? 0) - pair.d
      gradient[models] = (gradient[models] ?? 0) + pair.t
      addEdge({ matrix: information, size, i, j, weight: -pair.dd })
      add(i, models, -pair.dt)
      add(models, i, -pair.dt)
      add(j, models, pair.dt)
      add(models, j, pair.dt)
      add(models, models, -pair.tt)
    }
  }
  return { logLikelihood, gradient, information }
}
