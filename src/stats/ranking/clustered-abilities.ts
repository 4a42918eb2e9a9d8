/**
 * Bradley–Terry abilities whose errors allow for battles that share a prompt or a voter.
 *
 * Sandwich with scores summed within clusters (Liang and Zeger 1986) and each sum divided by 1 − h, its leverage
 * h = tr(H⁺ I_g) with I_g the information in the cluster: the one-step jackknife (CR3) where a cluster holds one pair,
 * a little wider where it holds several. Contrasts use t with clusters − 1 degrees of freedom. Without the leverage and
 * the t, intervals from some hundred unequal clusters covered 93.5 % instead of 95 %.
 */
import { checkCodes } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { sandwichProduct } from '../linear/sandwich-product.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type Battles, countPairs } from './battles.ts'
import { type AbilityFit, bradleyTerry } from './bradley-terry.ts'

/** Refits nothing: abilities are those of `bradleyTerry`, ties half wins; only the covariance is clustered. */
export function clusteredAbilities({
  battles,
  cluster,
}: {
  readonly battles: Battles
  /** Cluster of each battle, any whole numbers. */
  readonly cluster: ArrayLike<number>
}): AbilityFit | NotEstimable {
  if (cluster.length !== battles.first.length) {
    fail('unequal-lengths', { battles: battles.first.length, cluster: cluster.length }, 'pass one cluster per battle')
  }
  checkCodes(cluster, battles.first.length)
  const fit = bradleyTerry({ ...countPairs(battles), covarianceKind: 'model' })
  if (fit.kind === 'not-estimable') return fit
  const sums = clusterSums({ battles, cluster, fit })
  const count = sums.size
  if (count < 2) return notEstimable('too-few-values', { needed: 2, given: count })
  const { models } = battles
  const meat = new Float64Array(models * models)
  for (const { score, leverage } of sums.values()) {
    // A cluster that alone decides an ability has leverage 1; the cap keeps its sum finite and still dominant.
    const stretch = 1 / (1 - Math.min(0.9, leverage)) ** 2
    for (const [i, left] of score) {
      for (const [j, right] of score) meat[i * models + j] = (meat[i * models + j] ?? 0) + stretch * left * right
    }
  }
  const jackknife = (count - 1) / count
  return {
    ...fit,
    covariance: sandwichProduct({ bread: fit.covariance, meat, size: models }).map((entry) => entry * jackknife),
    covarianceKind: 'sandwich',
    degreesOfFreedom: count - 1,
    caveats: fit.caveats.filter(({ code }) => code !== 'ties-as-half-wins'),
  }
}

interface ClusterSum {
  /** Score by model, summed over the cluster's battles. */
  readonly score: Map<number, number>
  leverage: number
}

function clusterSums({
  battles: { models, first, second, outcome },
  cluster,
  fit,
}: {
  readonly battles: Battles
  readonly cluster: ArrayLike<number>
  readonly fit: AbilityFit
}): ReadonlyMap<number, ClusterSum> {
  const sums = new Map<number, ClusterSum>()
  const bread = (row: number, column: number): number => fit.covariance[row * models + column] ?? 0
  for (let battle = 0; battle < first.length; battle++) {
    const i = first[battle] ?? 0
    const j = second[battle] ?? 0
    const p = 1 / (1 + Math.exp((fit.abilities[j] ?? 0) - (fit.abilities[i] ?? 0)))
    const residual = (outcome[battle] ?? 0) - p
    const code = cluster[battle] ?? 0
    const sum = sums.get(code) ?? { score: new Map<number, number>(), leverage: 0 }
    sum.score.set(i, (sum.score.get(i) ?? 0) + residual)
    sum.score.set(j, (sum.score.get(j) ?? 0) - residual)
    sum.leverage += p * (1 - p) * (bread(i, i) + bread(j, j) - 2 * bread(i, j))
    sums.set(code, sum)
  }
  return sums
}
