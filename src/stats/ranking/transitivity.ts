/**
 * Can the comparisons be put on one line at all?
 *
 * Hodge decomposition (Jiang, Lim, Yao and Ye 2011): the flow Y_ij = ln((w_ij + ½)/(w_ji + ½)), weighted by the number
 * of comparisons, splits into a part that abilities explain and a cyclic rest; the ratio of the rest to the whole says
 * how much of the outcome no ranking can tell. A cyclic ratio is never 0 in finite data: judge it by its null.
 */

import type { Random } from '../../random/index.ts'
import { checkDraws } from '../check-inputs.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { fail } from '../fail.ts'
import { cholesky, solveCholesky } from '../linear/cholesky.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type NotEstimable, notEstimable, type TestOutcome } from '../result.ts'
import { addEdge } from './add-edge.ts'
import { checkPairCounts, halfWins, type PairCounts } from './battles.ts'
import { bradleyTerry } from './bradley-terry.ts'

export interface CyclicFlow {
  readonly kind: 'cyclic-flow'
  /** Share of the weighted squared flow that no ranking explains, 0 … 1. */
  readonly ratio: number
  /** Least-squares potentials, sum 0. */
  readonly potentials: Float64Array
  /** Triples all of whose pairs met, by |Y_ij + Y_jk + Y_ki|, largest first; at most ten. */
  readonly curls: readonly { readonly triple: readonly [number, number, number]; readonly curl: number }[]
  /** (1 + #{null ratio ≥ ratio}) / (1 + draws) under the fitted Bradley–Terry model. */
  readonly pValue: number
  readonly draws: number
}

/** The cyclic share with its parametric bootstrap null. Ties count half a win each. */
export function cyclicFlow(
  {
    counts,
    draws,
    random,
  }: {
    readonly counts: PairCounts
    readonly draws: number
    readonly random: Random
  },
  onProgress?: OnProgress,
): CyclicFlow | NotEstimable {
  checkPairCounts(counts)
  checkDraws(draws, 1)
  const fit = bradleyTerry({ ...counts, covarianceKind: 'model' })
  if (fit.kind === 'not-estimable') return fit
  const { models } = counts
  const points = halfWins(counts)
  const observed = decompose({ models, points })
  if (observed === undefined) return notEstimable('no-flow', { models })
  let larger = 0
  const simulated = new Float64Array(models * models)
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    simulateWins({ models, points, abilities: fit.abilities, random, target: simulated })
    const ratio = decompose({ models, points: simulated })?.ratio ?? 0
    if (ratio >= observed.ratio) larger++
  }
  return {
    kind: 'cyclic-flow',
    ratio: observed.ratio,
    potentials: observed.potentials,
    curls: observed.curls(),
    pValue: (1 + larger) / (1 + draws),
    draws,
  }
}

/**
 * Likelihood-ratio test of Bradley–Terry against free win rates of every pair, G² on χ²(pairs − models + 1).
 *
 * Ties count half, so with ties the reference distribution is only approximate.
 */
export function abilityFitTest(counts: PairCounts): TestOutcome {
  checkPairCounts(counts)
  const fit = bradleyTerry({ ...counts, covarianceKind: 'model' })
  if (fit.kind === 'not-estimable') return fit
  const { models } = counts
  const points = halfWins(counts)
  let saturated = 0
  let pairs = 0
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < i; j++) {
      const won = points[i * models + j] ?? 0
      const lost = points[j * models + i] ?? 0
      const total = won + lost
      if (total === 0) continue
      pairs++
      saturated += (won === 0 ? 0 : won * Math.log(won / total)) + (lost === 0 ? 0 : lost * Math.log(lost / total))
    }
  }
  const degreesOfFreedom = pairs - models + 1
  if (degreesOfFreedom < 1) return notEstimable('no-cycle-to-test', { pairs, models })
  const statistic = Math.max(0, 2 * (saturated - fit.logLikelihood))
  return {
    kind: 'test',
    statistic,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    alternative: 'greater',
    nullValue: 0,
    degreesOfFreedom,
    n: fit.battles,
    method: 'bradley-terry-likelihood-ratio',
    assumptions: ['independent-battles', 'many-battles-per-pair'],
    caveats: counts.ties.some((count) => count > 0)
      ? [{ code: 'ties-as-half-wins', severity: 'caution', values: {} }]
      : [],
  }
}

/**
 * Kendall's circular triads of a complete tournament, d = n(n−1)(2n−1)/12 − ½Σa², and ζ = 1 − d/d_max.
 *
 * `majorities[i]` is the number of models that i beats by majority. Refuses numbers that no tournament without ties has.
 *
 * circularTriads([2, 2, 2, 0]) // => { triads: 1, consistency: 0.5 }
 */
export function circularTriads(majorities: readonly number[]): {
  readonly triads: number
  readonly consistency: number
} {
  const n = majorities.length
  const total = majorities.reduce((sum, wins) => sum + wins, 0)
  if (
    n < 3 ||
    total !== (n * (n - 1)) / 2 ||
    majorities.some((wins) => !Number.isInteger(wins) || wins < 0 || wins >= n)
  ) {
    fail(
      'not-a-tournament',
      { models: n, wins: total },
      'pass majority wins of a complete tournament of 3 or more models without ties',
    )
  }
  const squares = majorities.reduce((sum, wins) => sum + wins * wins, 0)
  const triads = (n * (n - 1) * (2 * n - 1)) / 12 - squares / 2
  const most = n % 2 === 1 ? (n ** 3 - n) / 24 : (n ** 3 - 4 * n) / 24
  return { triads, consistency: 1 - triads / most }
}

interface Decomposition {
  readonly ratio: number
  readonly potentials: Float64Array
  curls(): CyclicFlow['curls']
}

function decompose({
  models,
  points,
}: {
  readonly models: number
  readonly points: Float64Array
}): Decomposition | undefined {
  const flow = (i: number, j: number): number =>
    Math.log(((points[i * models + j] ?? 0) + 0.5) / ((points[j * models + i] ?? 0) + 0.5))
  const met = (i: number, j: number): number => (points[i * models + j] ?? 0) + (points[j * models + i] ?? 0)
  const laplacian = new Float64Array(models * models).fill(1 / models)
  const divergence = new Float64Array(models)
  let whole = 0
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < i; j++) {
      const weight = met(i, j)
      if (weight === 0) continue
      const y = flow(i, j)
      addEdge({ matrix: laplacian, size: models, i, j, weight })
      divergence[i] = (divergence[i] ?? 0) + weight * y
      divergence[j] = (divergence[j] ?? 0) - weight * y
      whole += weight * y * y
    }
  }
  const factor = cholesky(laplacian, models)
  if (factor === undefined || whole === 0) return undefined
  const potentials = solveCholesky(factor, divergence)
  let rest = 0
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < i; j++) {
      const weight = met(i, j)
      if (weight > 0) rest += weight * (flow(i, j) - ((potentials[i] ?? 0) - (potentials[j] ?? 0))) ** 2
    }
  }
  return {
    ratio: rest / whole,
    potentials,
    curls: () => {
      const found: { triple: readonly [number, number, number]; curl: number }[] = []
      for (let i = 0; i < models; i++) {
        for (let j = i + 1; j < models; j++) {
          if (met(i, j) === 0) continue
          for (let k = j + 1; k < models; k++) {
            if (met(j, k) === 0 || met(i, k) === 0) continue
            found.push({ triple: [i, j, k], curl: flow(i, j) + flow(j, k) + flow(k, i) })
          }
        }
      }
      return found.sort((a, b) => Math.abs(b.curl) - Math.abs(a.curl)).slice(0, 10)
    },
  }
}

interface Simulation {
  readonly models: number
  readonly points: Float64Array
  readonly abilities: Float64Array
  readonly random: Random
  readonly target: Float64Array
}

/** Wins drawn from fitted abilities, with the number of battles of each pair kept (half battles are rounded up). */
function simulateWins({ models, points, abilities, random, target }: Simulation): void {
  target.fill(0)
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < i; j++) {
      const total = Math.ceil((points[i * models + j] ?? 0) + (points[j * models + i] ?? 0))
      const p = 1 / (1 + Math.exp((abilities[j] ?? 0) - (abilities[i] ?? 0)))
      let won = 0
      for (let battle = 0; battle < total; battle++) if (random.uniform() < p) won++
      target[i * models + j] = won
      target[j * models + i] = total - won
    }
  }
}
