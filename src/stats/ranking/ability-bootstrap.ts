/**
 * Bootstrap and clustered covariance of Bradley–Terry abilities.
 *
 * Battles of one prompt, or of one voter, are not independent; the unit that is resampled, or whose scores are summed
 * before they are squared, is the cluster.
 */

import type { Random } from '../../random/index.ts'
import { checkDraws, checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type Battles, countPairs } from './battles.ts'
import { type AbilityFit, bradleyTerry, fitAbilities, hasOnlyTies } from './bradley-terry.ts'
import { withClusters } from './clustered-abilities.ts'
import { winComponents } from './connectivity.ts'

export interface AbilityBootstrap {
  readonly kind: 'ability-bootstrap'
  /** The fit to all battles, with the covariance of the draws. */
  readonly fit: AbilityFit
  /** The same abilities with the clustered covariance, which allows for few clusters as that of the draws does not. */
  readonly clustered: AbilityFit
  /** draws × models, row-major, sum-zero per row. */
  readonly draws: Float64Array
  readonly drawCount: number
  /** Resamples whose comparisons fell apart and were drawn again. */
  readonly disconnected: number
}

/**
 * Refits abilities to `draws` resamples of whole clusters.
 *
 * Refits start at the full fit, reuse its information matrix and stop at 1e-8. A resample in which the win graph is not strongly connected has no
 * finite fit: it is counted and drawn again; more of them than draws is a refusal.
 */
export function abilityBootstrap(
  {
    battles,
    cluster,
    draws,
    random,
  }: {
    readonly battles: Battles
    /** Cluster of each battle, 0 … clusters − 1. */
    readonly cluster: ArrayLike<number>
    readonly draws: number
    readonly random: Random
  },
  onProgress?: OnProgress,
): AbilityBootstrap | NotEstimable {
  checkDraws(draws, 2)
  const counts = countPairs(battles)
  const full = bradleyTerry({ ...counts, covarianceKind: 'model' })
  if (full.kind === 'not-estimable') return full
  if (hasOnlyTies(counts)) return notEstimable('only-ties', {})
  const { models } = battles
  const groups = clusterBattles({ battles, cluster })
  if (groups.count < 2) return notEstimable('too-few-values', { needed: 2, given: groups.count })
  const clustered = withClusters({ battles, cluster, fit: full })
  if (clustered.kind === 'not-estimable') return clustered
  const chosen = new Int32Array(groups.count)
  const results = new Float64Array(draws * models)
  const points = new Float64Array(models * models)
  let disconnected = 0
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; ) {
    tell(draw)
    random.fillIntegers(chosen, groups.count)
    groups.sumPoints(points, chosen)
    if (winComponents({ models, wins: points }).count > 1) {
      disconnected++
      if (disconnected > draws) return notEstimable('resamples-disconnected', { draws })
      continue
    }
    results.set(refit({ models, points, start: full.abilities, inverse: full.covariance }), draw * models)
    draw++
  }
  return {
    kind: 'ability-bootstrap',
    fit: {
      ...full,
      covariance: covarianceOf(results, models),
      covarianceKind: 'bootstrap',
      caveats: clustered.caveats,
    },
    clustered,
    draws: results,
    drawCount: draws,
    disconnected,
  }
}

interface ClusteredBattles {
  readonly count: number
  /** Sets `points` to the win points of the chosen clusters. */
  sumPoints(points: Float64Array, chosen: Int32Array): void
}

function clusterBattles({
  battles,
  cluster,
}: {
  readonly battles: Battles
  readonly cluster: ArrayLike<number>
}): ClusteredBattles {
  const { models, first, second, outcome } = battles
  if (cluster.length !== first.length) {
    fail('unequal-lengths', { battles: first.length, cluster: cluster.length }, 'pass one cluster per battle')
  }
  for (let battle = 0; battle < cluster.length; battle++)
    checkWhole({ cluster: cluster[battle] ?? Number.NaN }, { least: 0, most: cluster.length - 1 })
  let count = 0
  for (let battle = 0; battle < cluster.length; battle++) count = Math.max(count, (cluster[battle] ?? 0) + 1)
  const starts = new Int32Array(count + 1)
  for (let battle = 0; battle < cluster.length; battle++) {
    const slot = (cluster[battle] ?? 0) + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let group = 0; group < count; group++) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0)
  const next = starts.slice()
  // A battle is of one kind: a win in a cell, or a tie between two. Kinds are tallied as whole numbers, points follow once.
  const square = models * models
  const kinds = new Int32Array(first.length)
  for (let battle = 0; battle < first.length; battle++) {
    const i = first[battle] ?? 0
    const j = second[battle] ?? 0
    const result = outcome[battle] ?? 0
    const slot = next[cluster[battle] ?? 0] ?? 0
    next[cluster[battle] ?? 0] = slot + 1
    kinds[slot] = result === 0.5 ? square + i * models + j : result === 0 ? j * models + i : i * models + j
  }
  const tally = new Int32Array(2 * square)
  const single = count === first.length && starts.every((start, group) => start === group)
  return {
    count,
    sumPoints: (points, chosen) => {
      tally.fill(0)
      if (single) tallySingles({ tally, kinds, chosen })
      else tallyClusters({ tally, kinds, chosen, starts })
      for (let i = 0; i < models; i++) {
        for (let j = 0; j < models; j++) {
          const cell = i * models + j
          const ties = (tally[square + cell] ?? 0) + (tally[square + j * models + i] ?? 0)
          points[cell] = (tally[cell] ?? 0) + ties / 2
        }
      }
    },
  }
}

interface Tally {
  /** Battles of each kind. */
  readonly tally: Int32Array
  /** Kind of each battle, cluster after cluster. */
  readonly kinds: Int32Array
  readonly chosen: Int32Array
}

function tallySingles({ tally, kinds, chosen }: Tally): void {
  for (let k = 0; k < chosen.length; k++) {
    const kind = kinds[chosen[k] ?? 0] ?? 0
    tally[kind] = (tally[kind] ?? 0) + 1
  }
}

function tallyClusters({ tally, kinds, chosen, starts }: Tally & { readonly starts: Int32Array }): void {
  for (let k = 0; k < chosen.length; k++) {
    const group = chosen[k] ?? 0
    const end = starts[group + 1] ?? 0
    for (let at = starts[group] ?? 0; at < end; at++) {
      const kind = kinds[at] ?? 0
      tally[kind] = (tally[kind] ?? 0) + 1
    }
  }
}

interface Refit {
  readonly models: number
  readonly points: Float64Array
  readonly start: Float64Array
  /** Pseudo-inverse of the information at `start`. */
  readonly inverse: Float64Array
}

/**
 * Maximum likelihood from a near start by steps H₀⁺ · gradient: a resample is so close to the data that the old
 * information matrix still points the way, and no new one need be factored. Falls back on Newton where it does not.
 */
function refit({ models, points, start, inverse }: Refit): Float64Array {
  const abilities = Float64Array.from(start)
  const strengths = new Float64Array(models)
  const gradient = new Float64Array(models)
  let before = Number.POSITIVE_INFINITY
  for (let iteration = 0; iteration < 60; iteration++) {
    for (let i = 0; i < models; i++) strengths[i] = Math.exp(abilities[i] ?? 0)
    gradient.fill(0)
    for (let i = 0; i < models; i++) {
      const own = strengths[i] ?? 0
      let pull = 0
      for (let j = 0; j < i; j++) {
        const won = points[i * models + j] ?? 0
        const total = won + (points[j * models + i] ?? 0)
        const surplus = won - (total * own) / (own + (strengths[j] ?? 0))
        pull += surplus
        gradient[j] = (gradient[j] ?? 0) - surplus
      }
      gradient[i] = (gradient[i] ?? 0) + pull
    }
    let largest = 0
    for (let i = 0; i < models; i++) {
      let step = 0
      for (let j = 0; j < models; j++) step += (inverse[i * models + j] ?? 0) * (gradient[j] ?? 0)
      abilities[i] = (abilities[i] ?? 0) + step
      largest = Math.max(largest, Math.abs(step))
    }
    if (largest < 1e-8) return abilities
    if (!(largest < before)) break
    before = largest
  }
  return fitAbilities({ models, points, start }).abilities
}

function covarianceOf(draws: Float64Array, models: number): Float64Array {
  const count = draws.length / models
  const mean = new Float64Array(models)
  for (let k = 0; k < draws.length; k++) mean[k % models] = (mean[k % models] ?? 0) + (draws[k] ?? 0) / count
  const covariance = new Float64Array(models * models)
  for (let draw = 0; draw < count; draw++) {
    for (let i = 0; i < models; i++) {
      const left = (draws[draw * models + i] ?? 0) - (mean[i] ?? 0)
      for (let j = 0; j <= i; j++) {
        const product = (left * ((draws[draw * models + j] ?? 0) - (mean[j] ?? 0))) / (count - 1)
        covariance[i * models + j] = (covariance[i * models + j] ?? 0) + product
      }
    }
  }
  for (let i = 0; i < models; i++)
    for (let j = 0; j < i; j++) covariance[j * models + i] = covariance[i * models + j] ?? 0
  return covariance
}
