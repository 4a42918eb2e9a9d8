/**
 * Do groups differ in their mean score, within strata?
 *
 * The generalised Cochran–Mantel–Haenszel mean score statistic (Landis, Heyman and Koch 1978, International
 * Statistical Review 46; Agresti 2013, §8.4.3): group totals, centred by their expectation under random relabelling
 * within strata, as a quadratic form in their exact permutation covariance,
 *
 *   T_g = Σ_{i∈g} (y_i − ȳ_stratum),  Cov(T_g, T_h) = Σ_s S²_s n_sg (δ_gh − n_sh / n_s),  Q = T′ Cov⁻ T ~ χ²(rank).
 *
 * One stratum of 0/1 scores gives Pearson's χ² times (n − 1)/n, of ranks Kruskal–Wallis; strata of one score per
 * group give Cochran's Q (0/1) and Friedman's test (ranks).
 */

import type { Random } from '../random/index.ts'
import { checkCodes, checkDraws, checkFinite, checkWhole } from './check-inputs.ts'
import { chiSquaredUpperTail } from './distributions/chi-squared.ts'
import { fail } from './fail.ts'
import { semidefiniteForm } from './linear/semidefinite-form.ts'
import { type Caveat, notEstimable, type TestOutcome } from './result.ts'

export interface MeanScoreOptions {
  /** Finite scores, one per unit. Units are what is exchangeable: items, or clusters of items. */
  readonly values: ArrayLike<number>
  /** Group of each unit, 0 … groupCount − 1. */
  readonly groups: ArrayLike<number>
  readonly groupCount: number
  /** Stratum of each unit, any integers; relabelling happens within strata. One number for all: one stratum. */
  readonly strata: ArrayLike<number>
  readonly reference: 'chi-squared' | { readonly random: Random; readonly draws: number }
}

/**
 * Tests that the mean score is the same in all groups, given strata.
 *
 * With `reference: 'chi-squared'` the p-value is asymptotic in the number of units; with a stream and draws it is the
 * Monte-Carlo permutation p (b + 1)/(draws + 1), exact in level at any size. Assumes that under the null hypothesis
 * units of one stratum are exchangeable. Not estimable when no stratum holds two groups or no score varies.
 *
 * meanScoreTest({ values: [1, 1, 0, 0], groups: [0, 0, 1, 1], groupCount: 2, strata: [0, 0, 0, 0], reference: 'chi-squared' }).statistic // => 3
 */
export function meanScoreTest(options: MeanScoreOptions): TestOutcome {
  const { values, groups, groupCount, strata, reference } = options
  if (values.length !== groups.length || values.length !== strata.length) {
    fail(
      'unequal-lengths',
      { values: values.length, groups: groups.length, strata: strata.length },
      'pass one group and one stratum per value',
    )
  }
  checkFinite(values)
  checkCodes(strata, values.length)
  checkWhole({ groupCount }, { least: 1, most: 10_000 })
  for (let unit = 0; unit < groups.length; unit++)
    checkWhole({ group: groups[unit] ?? Number.NaN }, { least: 0, most: groupCount - 1 })
  const prepared = prepare({ values, groups, strata, groupCount })
  if (prepared === undefined) return notEstimable('no-contrast-within-strata', { n: values.length })
  const { whitened, rank, segments } = prepared
  const statistic = whitened(totals(segments, groupCount))
  const shared = {
    kind: 'test',
    statistic,
    alternative: 'two-sided',
    nullValue: 0,
    degreesOfFreedom: rank,
    n: values.length,
    assumptions: ['exchangeable-within-strata'],
  } as const
  if (reference === 'chi-squared') {
    return {
      ...shared,
      pValue: chiSquaredUpperTail(statistic, rank),
      method: 'mean-score-chi-squared',
      caveats: sparseCaveat(prepared),
    }
  }
  const { random, draws } = reference
  checkDraws(draws, 1)
  // Sums are taken in another order than in the observed table: equal statistics may differ in the last digits.
  const threshold = statistic * (1 - 1e-10)
  let asLarge = 0
  for (let draw = 0; draw < draws; draw++) {
    for (const { residuals } of segments) random.shuffle(residuals)
    if (whitened(totals(segments, groupCount)) >= threshold) asLarge++
  }
  return {
    ...shared,
    pValue: (asLarge + 1) / (draws + 1),
    resolution: 1 / (draws + 1),
    method: 'mean-score-permutation',
    caveats: [],
  }
}

/** One stratum: scores minus their mean, and the groups they belong to. */
interface Segment {
  readonly residuals: Float64Array
  readonly groups: Int32Array
}

interface Prepared {
  readonly segments: readonly Segment[]
  readonly rank: number
  /** Q of group totals. */
  readonly whitened: (totals: Float64Array) => number
  /** Smallest variance of a group total in units of the largest squared residual. */
  readonly leastInformation: number
}

function prepare(options: Pick<MeanScoreOptions, 'values' | 'groups' | 'strata' | 'groupCount'>): Prepared | undefined {
  const segments = segmentsOf(options)
  const k = options.groupCount
  const covariance = new Float64Array(k * k)
  let largest = 0
  for (const { residuals, groups } of segments) {
    const n = residuals.length
    const sizes = new Float64Array(k)
    let squares = 0
    for (let i = 0; i < n; i++) {
      const residual = residuals[i] ?? 0
      squares += residual * residual
      largest = Math.max(largest, residual * residual)
      const group = groups[i] ?? 0
      sizes[group] = (sizes[group] ?? 0) + 1
    }
    const variance = squares / (n - 1)
    for (let g = 0; g < k; g++) {
      const size = sizes[g] ?? 0
      if (size === 0) continue
      for (let h = 0; h < k; h++) {
        const cell = g * k + h
        covariance[cell] = (covariance[cell] ?? 0) + variance * size * ((g === h ? 1 : 0) - (sizes[h] ?? 0) / n)
      }
    }
  }
  const variances = Array.from({ length: k }, (_, g) => covariance[g * k + g] ?? 0).filter((variance) => variance > 0)
  if (variances.length < 2 || largest === 0) return undefined
  const { rank, quadraticForm } = semidefiniteForm(covariance, k)
  return { segments, rank, whitened: quadraticForm, leastInformation: Math.min(...variances) / largest }
}

/** Strata with at least two units, two groups and two different scores: the others carry no information. */
function segmentsOf(options: Pick<MeanScoreOptions, 'values' | 'groups' | 'strata'>): Segment[] {
  const { order, starts } = byStratum(options.strata)
  const segments: Segment[] = []
  for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
    const segment = segmentOf({ ...options, members: order.subarray(starts[stratum], starts[stratum + 1]) })
    if (segment !== undefined) segments.push(segment)
  }
  return segments
}

interface StratumMembers extends Pick<MeanScoreOptions, 'values' | 'groups'> {
  readonly members: Int32Array
}

function segmentOf({ values, groups, members }: StratumMembers): Segment | undefined {
  const first = members[0] ?? 0
  const residuals = new Float64Array(members.length)
  const own = new Int32Array(members.length)
  let [sum, mixed, varies] = [0, false, false]
  for (let i = 0; i < members.length; i++) {
    const unit = members[i] ?? 0
    const [value, group] = [values[unit] ?? Number.NaN, groups[unit] ?? 0]
    residuals[i] = value
    own[i] = group
    sum += value
    if (group !== groups[first]) mixed = true
    if (value !== values[first]) varies = true
  }
  if (!mixed || !varies) return undefined
  const mean = sum / members.length
  for (let i = 0; i < residuals.length; i++) residuals[i] = (residuals[i] ?? 0) - mean
  return { residuals, groups: own }
}

/** Units put together by stratum, in order of the strata's numbers and of the units inside them. */
function byStratum(strata: ArrayLike<number>): { readonly order: Int32Array; readonly starts: Int32Array } {
  const counts = new Map<number, number>()
  for (let i = 0; i < strata.length; i++) counts.set(strata[i] ?? 0, (counts.get(strata[i] ?? 0) ?? 0) + 1)
  const starts = new Int32Array(counts.size + 1)
  const next = new Map<number, number>()
  let at = 0
  for (const [number, stratum] of [...counts.keys()].sort((a, b) => a - b).entries()) {
    next.set(stratum, at)
    at += counts.get(stratum) ?? 0
    starts[number + 1] = at
  }
  const order = new Int32Array(strata.length)
  for (let i = 0; i < strata.length; i++) {
    const stratum = strata[i] ?? 0
    const place = next.get(stratum) ?? 0
    order[place] = i
    next.set(stratum, place + 1)
  }
  return { order, starts }
}

function totals(segments: readonly Segment[], groupCount: number): Float64Array {
  const sums = new Float64Array(groupCount)
  for (const { residuals, groups } of segments) {
    for (let i = 0; i < residuals.length; i++) {
      const group = groups[i] ?? 0
      sums[group] = (sums[group] ?? 0) + (residuals[i] ?? 0)
    }
  }
  return sums
}

/** For 0/1 scores the limit of 2.5 is about five expected successes and five failures in the smallest group. */
function sparseCaveat({ leastInformation }: Prepared): readonly Caveat[] {
  return leastInformation >= 2.5
    ? []
    : [{ code: 'sparse-groups-approximate-p', severity: 'caution', values: { information: leastInformation } }]
}
