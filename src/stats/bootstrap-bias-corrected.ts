/** What a choice among several candidates is worth on units that did not take part in the choice. */
import type { Random } from '../random/index.ts'
import { checkDraws, checkFinite, checkLevel, checkWhole } from './check-inputs.ts'
import { fail } from './fail.ts'
import { aboutAHundred, type OnProgress } from './progress.ts'
import { notEstimable, type Outcome } from './result.ts'
import { sortedQuantile } from './sorted-quantile.ts'

export interface BootstrapBiasCorrectedInput {
  /** units × candidates, row-major: every unit holds a value of every candidate. */
  readonly values: Float64Array
  readonly candidates: number
  /** Cluster of each unit, 0 … clusters − 1: whole clusters are drawn. */
  readonly cluster: Int32Array
  readonly clusters: number
  readonly level: number
  readonly draws: number
  readonly random: Random
}

/**
 * Mean of the procedure "take the candidate with the highest mean", free of the winner's curse.
 *
 * Bootstrap bias corrected estimation (Tsamardinos, Greasidou and Borboudakis 2018, "Bootstrapping the out-of-sample
 * predictions for efficient and accurate cross-validation"): clusters are drawn with replacement, the best candidate is
 * chosen on those drawn, and scored on those left out; the value is the mean over draws, the interval their
 * percentiles. The target is the procedure applied to about 0.632 n units, so the value leans low, never high.
 * Candidates that tie on the drawn units share the choice, so that their order does not matter.
 *
 * Draws that leave no cluster out are skipped. Refuses fewer than 6 clusters, and draws that all agree: an interval
 * without width would claim certainty. Cost: draws × clusters × candidates.
 *
 * bootstrapBiasCorrected({ values, candidates: 3, cluster, clusters: 200, level: 0.95, draws: 1000, random })
 */
export function bootstrapBiasCorrected(input: BootstrapBiasCorrectedInput, onProgress?: OnProgress): Outcome {
  const { clusters, candidates, level, draws } = input
  checkLevel(level)
  checkDraws(draws, 100)
  if (candidates < 2 || input.values.length !== candidates * input.cluster.length)
    fail('wrong-shape', { values: input.values.length, candidates }, 'pass units × candidates values, 2 or more each')
  checkFinite(input.values)
  checkWhole({ clusters }, { least: 0, most: input.cluster.length })
  for (const code of input.cluster) checkWhole({ cluster: code }, { least: 0, most: clusters - 1 })
  if (clusters < 6) return notEstimable('too-few-values', { needed: 6, given: clusters })
  const outside = scoresLeftOut(input, onProgress)
  if (outside.length < 100 || outside[0] === outside.at(-1))
    return notEstimable('bootstrap-without-spread', { draws: outside.length })
  let sum = 0
  let squares = 0
  for (const value of outside) sum += value
  const mean = sum / outside.length
  for (const value of outside) squares += (value - mean) ** 2
  return {
    kind: 'estimate',
    value: mean,
    standardError: Math.sqrt(squares / (outside.length - 1)),
    interval: {
      lower: sortedQuantile(outside, (1 - level) / 2),
      upper: sortedQuantile(outside, (1 + level) / 2),
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
    n: clusters,
    method: 'bootstrap-bias-corrected-selection',
    assumptions: ['clusters-independent'],
    caveats: [],
  }
}

/** Mean of the candidate chosen in the bag, over the clusters outside it, per draw; ascending. */
function scoresLeftOut(input: BootstrapBiasCorrectedInput, onProgress: OnProgress | undefined): Float64Array {
  const { clusters, candidates, draws, random } = input
  const { sums, sizes } = clusterSums(input)
  const drawn = new Int32Array(clusters)
  const times = new Int32Array(clusters)
  const inside = new Float64Array(candidates)
  const outside = new Float64Array(candidates)
  const results = new Float64Array(draws)
  let kept = 0
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    random.fillIntegers(drawn, clusters)
    times.fill(0)
    for (let i = 0; i < clusters; i++) {
      const cluster = drawn[i] ?? 0
      times[cluster] = (times[cluster] ?? 0) + 1
    }
    inside.fill(0)
    outside.fill(0)
    let unitsOutside = 0
    for (let cluster = 0; cluster < clusters; cluster++) {
      const weight = times[cluster] ?? 0
      if (weight === 0) unitsOutside += sizes[cluster] ?? 0
      for (let candidate = 0; candidate < candidates; candidate++) {
        const sum = sums[cluster * candidates + candidate] ?? 0
        if (weight === 0) outside[candidate] = (outside[candidate] ?? 0) + sum
        else inside[candidate] = (inside[candidate] ?? 0) + weight * sum
      }
    }
    if (unitsOutside === 0) continue
    results[kept++] = meanOfBest(inside, outside) / unitsOutside
  }
  return results.slice(0, kept).sort()
}

/** Mean of `outside` over the candidates with the largest `inside`; sums that differ by rounding count as tied. */
function meanOfBest(inside: Float64Array, outside: Float64Array): number {
  let best = Number.NEGATIVE_INFINITY
  let scale = 0
  for (const sum of inside) {
    if (sum > best) best = sum
    scale = Math.max(scale, Math.abs(sum))
  }
  let total = 0
  let tied = 0
  for (let candidate = 0; candidate < inside.length; candidate++) {
    if ((inside[candidate] ?? 0) < best - 1e-12 * scale) continue
    total += outside[candidate] ?? 0
    tied++
  }
  return total / tied
}

function clusterSums({ values, candidates, cluster, clusters }: BootstrapBiasCorrectedInput) {
  const sums = new Float64Array(clusters * candidates)
  const sizes = new Int32Array(clusters)
  for (let unit = 0; unit < cluster.length; unit++) {
    const code = cluster[unit] ?? 0
    sizes[code] = (sizes[code] ?? 0) + 1
    for (let candidate = 0; candidate < candidates; candidate++) {
      const at = code * candidates + candidate
      sums[at] = (sums[at] ?? 0) + (values[unit * candidates + candidate] ?? 0)
    }
  }
  return { sums, sizes }
}
