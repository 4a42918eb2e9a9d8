/** Simulated worlds whose truth is known: clustered 0/1 and graded scores. */
import type { Random } from '../src/random/index.ts'
import type { CalibrationRow } from './calibration.ts'

export interface ClusteredRate {
  /** Rows per cluster. */
  readonly sizes: readonly number[]
  readonly rate: number
  /** Intraclass correlation of the 0/1 rows; 1: clusters are all-or-none. */
  readonly correlation: number
}

export interface SimulatedRows {
  readonly values: Float64Array
  readonly clusters: Int32Array
}

/** Cluster rates are Beta with the given mean and correlation, rows Bernoulli in them. */
export function clusteredRates(random: Random, { sizes, rate, correlation }: ClusteredRate): SimulatedRows {
  const rows = sizes.reduce((sum, size) => sum + size, 0)
  const values = new Float64Array(rows)
  const clusters = new Int32Array(rows)
  let row = 0
  for (const [cluster, size] of sizes.entries()) {
    const own = betaDeviate(random, { mean: rate, correlation })
    for (let i = 0; i < size; i++, row++) {
      values[row] = random.uniform() < own ? 1 : 0
      clusters[row] = cluster
    }
  }
  return { values, clusters }
}

/** Normal rows with variance 1 inside clusters whose effects have the given standard deviation; mean 0. */
export function normalClusters(
  random: Random,
  { sizes, effect }: { sizes: readonly number[]; effect: number },
): SimulatedRows {
  const values: number[] = []
  const clusters: number[] = []
  for (const [cluster, size] of sizes.entries()) {
    const own = effect * random.normal()
    for (let i = 0; i < size; i++) {
      values.push(own + random.normal())
      clusters.push(cluster)
    }
  }
  return { values: Float64Array.from(values), clusters: Int32Array.from(clusters) }
}

/** Beta deviate with mean m and parameters m(1 − ρ)/ρ, (1 − m)(1 − ρ)/ρ: its variance is ρ m(1 − m). */
export function betaDeviate(
  random: Random,
  { mean, correlation }: { readonly mean: number; readonly correlation: number },
): number {
  if (correlation === 0) return mean
  if (correlation === 1) return random.uniform() < mean ? 1 : 0
  const scale = (1 - correlation) / correlation
  const [x, y] = [logGammaDeviate(random, mean * scale), logGammaDeviate(random, (1 - mean) * scale)]
  return 1 / (1 + Math.exp(y - x))
}

/** ln of a Gamma(shape, 1) deviate (Marsaglia and Tsang 2000), on the log scale because small shapes underflow. */
function logGammaDeviate(random: Random, shape: number): number {
  if (shape < 1) return logGammaDeviate(random, shape + 1) + Math.log(1 - random.uniform()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = random.normal()
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return Math.log(d * v)
  }
}

/** Share of the repetitions in which `holds`, each with a stream of its own. */
export function simulatedRow(options: {
  readonly setting: string
  readonly random: Random
  readonly repetitions: number
  readonly holds: (random: Random) => boolean
}): CalibrationRow {
  const { setting, repetitions, holds } = options
  const stream = options.random.split(setting)
  let count = 0
  for (let repetition = 0; repetition < repetitions; repetition++) if (holds(stream.split(repetition))) count++
  return { setting, rate: count / repetitions, repetitions, seed: stream.path }
}

/** Sizes 2, 5, 10, 20, 8, 2, … */
export function mildSizes(clusters: number): readonly number[] {
  return Array.from({ length: clusters }, (_, g) => [2, 5, 10, 20, 8][g % 5] ?? 2)
}

/** Sizes that fall from 40 to 2 exponentially. */
export function steepSizes(clusters: number): readonly number[] {
  return Array.from({ length: clusters }, (_, g) => Math.max(1, Math.round(40 * Math.exp((-3 * g) / clusters))))
}

export function equalSizes(clusters: number, size: number): readonly number[] {
  return Array.from({ length: clusters }, () => size)
}
