/** The bootstrap distribution of a mean or of any statistic: exact where it can be had, sampled otherwise. */
import type { Random } from '../random/index.ts'
import { checkDraws, checkFinite } from './check-inputs.ts'
import { convolutionPower } from './convolution-power.ts'
import { binomialCdf, binomialPmf, binomialQuantile } from './distributions/binomial.ts'
import { fail } from './fail.ts'
import { findLattice } from './lattice.ts'
import { sortedQuantile } from './sorted-quantile.ts'
import { exactSum } from './special/exact-sum.ts'

/** What is resampled: the mean of values, or a statistic of row numbers 0 … rows − 1. */
export type Resampled =
  | { readonly values: ArrayLike<number> }
  /** Called with the drawn rows, repeats included, in no particular order; must return a finite number. */
  | { readonly rows: number; readonly statistic: (rows: Int32Array) => number }

export interface BootstrapDistribution {
  /** The statistic of the sample itself. */
  readonly observed: number
  quantile(probability: number): number
  /** P(θ* < x) + ½ P(θ* = x). */
  shareBelow(x: number): number
  readonly standardDeviation: number
  /** Draws it rests on; `exact` where it is not a simulation. */
  readonly draws: number | 'exact'
  /** Two resamples can differ. */
  readonly varies: boolean
}

export interface BootstrapOptions {
  readonly of: Resampled
  readonly draws: number
  readonly random: Random
}

/** Largest support for which the exact distribution is computed: two transforms of 2^18 points take about 50 ms. */
const largestSupport = 2 ** 18

/**
 * Distribution of θ* over resamples of n units with replacement (Efron 1979).
 *
 * The mean of two-valued data is exactly a + (b − a)·Binomial(n, p̂)/n, and the mean of values on a grid an n-fold
 * convolution: neither needs draws. All else is sampled, `draws` times. Values are sorted first, so that the order of
 * rows changes nothing. Sampling a mean costs about 2.5 ns per value and draw.
 */
export function bootstrapDistribution({ of, draws, random }: BootstrapOptions): BootstrapDistribution {
  checkDraws(draws, 100)
  if (!('values' in of)) return sampledStatistic({ of, draws, random })
  checkFinite(of.values)
  const values = Float64Array.from(of.values).sort()
  const lattice = findLattice(values, Math.floor(largestSupport / Math.max(1, values.length)) - 1)
  if (lattice === undefined) return sampled(exactSum(values) / values.length, sampledMeans({ values, draws, random }))
  const counts = new Float64Array(lattice.span + 1)
  for (const step of lattice.steps) counts[step] = (counts[step] ?? 0) + 1
  const scale = { origin: lattice.origin, unit: lattice.step / values.length }
  const total = lattice.steps.reduce((sum, step) => sum + step, 0)
  if (lattice.span <= 1) return binomialMean({ n: values.length, successes: total, ...scale })
  return convolvedMean({ counts, n: values.length, total, ...scale })
}

interface Scale {
  readonly origin: number
  /** Size of one grid step in the mean. */
  readonly unit: number
}

function binomialMean(options: Scale & { readonly n: number; readonly successes: number }): BootstrapDistribution {
  const { n, successes, origin, unit } = options
  const p = successes / n
  return {
    observed: origin + successes * unit,
    quantile: (probability) => origin + binomialQuantile({ probability, n, p }) * unit,
    shareBelow: (x) => {
      const k = Math.round((x - origin) / unit)
      return binomialCdf({ k: k - 1, n, p }) + binomialPmf({ k, n, p }) / 2
    },
    standardDeviation: Math.sqrt(n * p * (1 - p)) * unit,
    draws: 'exact',
    varies: p > 0 && p < 1,
  }
}

function convolvedMean(
  options: Scale & { readonly counts: Float64Array; readonly n: number; readonly total: number },
): BootstrapDistribution {
  const { counts, n, total, origin, unit } = options
  const probabilities = convolutionPower(
    counts.map((count) => count / n),
    n,
  )
  const cumulative = new Float64Array(probabilities.length)
  let sum = 0
  for (let k = 0; k < probabilities.length; k++) {
    sum += probabilities[k] ?? 0
    cumulative[k] = sum
  }
  let variance = 0
  for (let k = 0; k < counts.length; k++) variance += ((counts[k] ?? 0) / n) * (k - total / n) ** 2
  return {
    observed: origin + total * unit,
    quantile: (probability) => {
      // Transforms leave about 1e-13 of rounding: a grid point whose share is met up to that counts as met.
      const at = cumulative.findIndex((share) => share >= probability * sum - 1e-12)
      return origin + (at < 0 ? cumulative.length - 1 : at) * unit
    },
    shareBelow: (x) => {
      const k = Math.round((x - origin) / unit)
      return ((cumulative[k - 1] ?? 0) + (probabilities[k] ?? 0) / 2) / sum
    },
    standardDeviation: Math.sqrt(variance * n) * unit,
    draws: 'exact',
    varies: true,
  }
}

function sampledMeans({
  values,
  draws,
  random,
}: {
  values: Float64Array
  draws: number
  random: Random
}): Float64Array {
  const n = values.length
  const rows = new Int32Array(n)
  const means = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    random.fillIntegers(rows, n)
    let [even, odd] = [0, 0]
    // Two sums: one chain of additions would wait for itself.
    let i = 0
    for (; i + 1 < n; i += 2) {
      even += values[rows[i] ?? 0] ?? 0
      odd += values[rows[i + 1] ?? 0] ?? 0
    }
    if (i < n) even += values[rows[i] ?? 0] ?? 0
    means[draw] = (even + odd) / n
  }
  return means
}

function sampledStatistic(options: BootstrapOptions): BootstrapDistribution {
  const { of, draws, random } = options
  if ('values' in of) throw new Error('a mean is not sampled as a statistic')
  const rows = Int32Array.from({ length: of.rows }, (_, row) => row)
  const observed = finiteStatistic(of.statistic(rows))
  const results = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    random.fillIntegers(rows, of.rows)
    results[draw] = finiteStatistic(of.statistic(rows))
  }
  return sampled(observed, results)
}

/** A statistic that some resamples leave undefined has no bootstrap distribution. */
export function finiteStatistic(value: number): number {
  if (!Number.isFinite(value)) {
    fail('statistic-not-finite', { value }, 'use a statistic that every resample defines, repeated rows included')
  }
  return value
}

/** The distribution of results already sampled. Sorts `results` in place. */
export function sampled(observed: number, results: Float64Array): BootstrapDistribution {
  results.sort()
  const draws = results.length
  const mean = exactSum(results) / draws
  return {
    observed,
    quantile: (probability) => sortedQuantile(results, probability),
    shareBelow: (x) => {
      // Equal statistics of different resamples may differ in their last digits.
      const slack = 1e-12 * Math.max(Math.abs(x), Math.abs(results[0] ?? 0), Math.abs(results[draws - 1] ?? 0))
      return (countBelow(results, x - slack) + countBelow(results, x + slack)) / (2 * draws)
    },
    standardDeviation: Math.sqrt(exactSum(results.map((value) => (value - mean) ** 2)) / (draws - 1)),
    draws,
    varies: (results[draws - 1] ?? 0) > (results[0] ?? 0),
  }
}

/** How many of the ascending values lie below x. */
function countBelow(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < x) low = middle + 1
    else high = middle
  }
  return low
}
