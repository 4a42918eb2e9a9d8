/** Where the variance of nested measurements comes from: groups, subgroups inside them, repeats inside those. */
import { checkLevel, checkMatrix } from './check-inputs.ts'
import { fail } from './fail.ts'
import { isConstant } from './is-constant.ts'
import { type MeanSquareTerm, meanSquareLimits } from './reliability/mean-square-interval.ts'
import { type Interval, type NotEstimable, notEstimable } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface NestedComponent {
  readonly source: 'group' | 'subgroup' | 'repeat'
  readonly meanSquare: number
  readonly degreesOfFreedom: number
  /** Unbiased estimate, negative where noise exceeds signal. */
  readonly raw: number
  /** max(0, raw). */
  readonly value: number
  /** Two-sided, floored at 0, of positive width. */
  readonly interval: Interval
}

export interface NestedVarianceComponents {
  readonly kind: 'nested-variance-components'
  readonly grandMean: number
  readonly components: readonly [NestedComponent, NestedComponent, NestedComponent]
  readonly n: number
}

export interface NestedOptions {
  /** Repeats of a subgroup side by side, subgroups of a group side by side. */
  readonly values: ArrayLike<number>
  readonly subgroups: number
  readonly repeats: number
  readonly level: number
}

/**
 * Components of a balanced two-fold nested design by expected mean squares: item families, items written inside a family,
 * repeats of an item (Searle, Casella and McCulloch 1992, "Variance components", ch. 4).
 *
 * E(MS_group) = σ²_r + n σ²_s + bn σ²_g, E(MS_subgroup) = σ²_r + n σ²_s, E(MS_repeat) = σ²_r for b subgroups of n repeats.
 * Equals REML where no estimate is negative. Subgroups are different things in every group; where they are the same ones,
 * the design is crossed and `generalizability` is for it. Intervals by Ting et al. (1990) assume normal effects. Refuses
 * fewer than 2 groups, subgroups or repeats, and a
 * source without any variation.
 *
 * nestedVarianceComponents({ values: [1, 2, 4, 5, 8, 9, 5, 6], subgroups: 2, repeats: 2, level: 0.95 }).components[2].raw // => 0.5
 */
export function nestedVarianceComponents(options: NestedOptions): NestedVarianceComponents | NotEstimable {
  const { values, subgroups: b, repeats: n, level } = options
  checkLevel(level)
  for (const [name, count] of [
    ['subgroups', b],
    ['repeats', n],
  ] as const)
    if (!Number.isSafeInteger(count) || count < 1) fail('not-a-count', { [name]: count }, 'pass a whole number')
  checkMatrix({ values, columns: b * n })
  const groups = values.length / (b * n)
  const fewest = Math.min(groups, b, n)
  if (fewest < 2) return notEstimable('too-few-values', { needed: 2, given: fewest })
  const table = Float64Array.from(values)
  if (isConstant(table)) return notEstimable('no-variation', { n: groups, value: table[0] ?? Number.NaN })
  const subgroupMeans = blockMeans(table, n)
  const groupMeans = blockMeans(subgroupMeans, b)
  const grandMean = blockMeans(groupMeans, groups)[0] ?? Number.NaN
  const repeat = term(squares(table, subgroupMeans), groups * b * (n - 1))
  const subgroup = term(n * squares(subgroupMeans, groupMeans), groups * (b - 1))
  const group = term(b * n * squares(groupMeans, [grandMean]), groups - 1)
  const negligible = 1e-28 * table.reduce((top, value) => Math.max(top, Math.abs(value)), 0) ** 2
  for (const [source, { meanSquare }] of Object.entries({ group, subgroup, repeat })) {
    if (!(meanSquare > negligible)) return notEstimable('no-variation-in-source', { source })
  }
  return {
    kind: 'nested-variance-components',
    grandMean,
    components: [
      component({ source: 'group', own: group, below: subgroup, divisor: b * n, level }),
      component({ source: 'subgroup', own: subgroup, below: repeat, divisor: n, level }),
      component({ source: 'repeat', own: repeat, below: undefined, divisor: 1, level }),
    ],
    n: groups,
  }
}

/** Means of consecutive blocks of `size`. */
function blockMeans(values: Float64Array, size: number): Float64Array {
  return Float64Array.from(
    { length: values.length / size },
    (_, block) => exactSum(values.subarray(block * size, (block + 1) * size)) / size,
  )
}

/** Σ (value − mean of its block)². */
function squares(values: Float64Array, means: ArrayLike<number>): number {
  const size = values.length / means.length
  return exactSum(values.map((value, k) => (value - (means[Math.floor(k / size)] ?? Number.NaN)) ** 2))
}

interface Squares {
  readonly meanSquare: number
  readonly degreesOfFreedom: number
}

function term(sum: number, degreesOfFreedom: number): Squares {
  return { meanSquare: sum / degreesOfFreedom, degreesOfFreedom }
}

function component({
  source,
  own,
  below,
  divisor,
  level,
}: {
  readonly source: NestedComponent['source']
  readonly own: Squares
  /** The mean square with the same expectation but for this component. */
  readonly below: Squares | undefined
  readonly divisor: number
  readonly level: number
}): NestedComponent {
  const terms: MeanSquareTerm[] = [{ ...own, coefficient: 1 / divisor }]
  if (below !== undefined) terms.push({ ...below, coefficient: -1 / divisor })
  const limits = meanSquareLimits({ terms, level })
  const raw = (own.meanSquare - (below?.meanSquare ?? 0)) / divisor
  // E(MS)/divisor is never below the component: its limit is an upper one where the difference leaves nothing above 0.
  const alone = meanSquareLimits({ terms: terms.slice(0, 1), level }).upper
  return {
    source,
    ...own,
    raw,
    value: Math.max(0, raw),
    interval: {
      lower: Math.max(0, limits.lower),
      upper: limits.upper > 0 ? limits.upper : alone,
      level,
      kind: 'confidence',
      side: 'two-sided',
    },
  }
}
