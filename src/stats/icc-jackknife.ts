/** Limits for an intraclass correlation of 0/1 scores, whose mean squares are no multiples of χ². */
import { degreesOfParts } from './degrees-of-parts.ts'
import { normalUpperQuantile } from './distributions/normal.ts'
import { studentTUpperQuantile } from './distributions/student-t.ts'
import type { LeavingOut, LeftOut } from './icc-leaving-out.ts'
import { type NotEstimable, notEstimable } from './result.ts'
import { exactSum } from './special/exact-sum.ts'

export interface IccJackknifeOptions {
  /** Measurements per item, or their typical number where they differ. */
  readonly measurements: number
  readonly level: number
}

export interface IccLimits {
  readonly lower: number
  readonly upper: number
}

/**
 * z ± t · √V_J on Fisher's scale z = ½ ln((1 + (k − 1)ρ)/(1 − ρ)) (Fisher 1925, §40), V_J the jackknife variance of z over items
 * (Arvesen 1969), t with the smaller of n − 1 and the degrees of freedom of its parts.
 *
 * F limits take the mean squares for normal scores'. For 0/1 scores they stay wrong however many items there are: with a
 * correlation of 0.6 they cover 0.87 at a rate of 0.5 and 0.5 at 0.05. Undefined where an item carries all the noise.
 */
export function iccJackknife(
  { value, without, weights }: LeftOut,
  { measurements: k, level }: IccJackknifeOptions,
): IccLimits | undefined {
  const fisher = (share: number): number => Math.log((1 + (k - 1) * share) / (1 - share)) / 2
  const scores = without.map(fisher)
  const center = fisher(value)
  if (!Number.isFinite(center) || !scores.every(Number.isFinite)) return undefined
  const items = exactSum(weights)
  const mean = exactSum(scores.map((score, i) => (weights[i] ?? 0) * score)) / items
  const parts = scores.map((score) => (score - mean) ** 2)
  const error = Math.sqrt((exactSum(parts.map((part, i) => (weights[i] ?? 0) * part)) * (items - 1)) / items)
  if (!(error > 0)) return undefined
  const degreesOfFreedom = Math.max(1, Math.min(items - 1, degreesOfParts(parts, weights)))
  const margin = studentTUpperQuantile((1 - level) / 2, degreesOfFreedom) * error
  const share = (z: number): number => Math.expm1(2 * z) / (Math.exp(2 * z) + k - 1)
  return { lower: share(center - margin), upper: center + margin > 300 ? 1 : share(center + margin) }
}

const fewestDifferingItems = 8

/** Refuses two-valued scores whose rarer value shows on fewer than 8 items: they say too little about where scores vary. */
export function fewItemsDiffer({
  itemMeans,
  low,
  high,
}: {
  readonly itemMeans: Float64Array
  readonly low: number
  readonly high: number
}): NotEstimable | undefined {
  const aboveLow = itemMeans.reduce((count, mean) => count + (mean > low ? 1 : 0), 0)
  const belowHigh = itemMeans.reduce((count, mean) => count + (mean < high ? 1 : 0), 0)
  const differing = Math.min(aboveLow, belowHigh)
  return differing < fewestDifferingItems
    ? notEstimable('few-items-differ', { differing, needed: fewestDifferingItems })
    : undefined
}

/**
 * Where scores take two values only: not estimable where the rarer one shows on fewer than 8 items, or where the jackknife has
 * no answer; otherwise the hull of the limits by F, by the jackknife, and by the jackknife with z² more items, half of which show the
 * rarer value always and half once (as Agresti and Coull 1998 add trials to a proportion). Other scores keep the limits by F.
 *
 * A correlation and its error hang on the few items that show the rarer value: at a rate of 0.05 the jackknife alone covers 0.83 with
 * 40 items and 0.88 with 100.
 */
export function twoValuedLimits({
  itemMeans,
  low,
  high,
  byF,
  leavingOut,
  ...options
}: IccJackknifeOptions & {
  readonly itemMeans: Float64Array
  readonly low: number
  readonly high: number
  readonly byF: IccLimits
  readonly leavingOut: LeavingOut
}): IccLimits | NotEstimable {
  const refusal = fewItemsDiffer({ itemMeans, low, high })
  if (refusal !== undefined) return refusal
  const limits = iccJackknife(leavingOut(undefined), options)
  if (limits === undefined) return notEstimable('repeats-never-differ', { items: itemMeans.length })
  const mean = exactSum(itemMeans) / itemMeans.length
  const rarer = Math.sign((low + high) / 2 - mean)
  const half = normalUpperQuantile((1 - options.level) / 2) ** 2 / 2
  const unseen = { ofSuccess: (half * (1 + rarer)) / 2, ofFailure: (half * (1 - rarer)) / 2 }
  const all = [byF, limits, iccJackknife(leavingOut(unseen), options)].filter((each) => each !== undefined)
  return { lower: Math.min(...all.map(({ lower }) => lower)), upper: Math.max(...all.map(({ upper }) => upper)) }
}
