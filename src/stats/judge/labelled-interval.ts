/**
 * The t interval of a prediction-powered mean that keeps its level with few labels.
 *
 * The plain interval trusts the spread of truth − λ judge over the labels alone. It collapses where a good judge happened to
 * agree with all of them, or a rare score hardly occurred: with 30 to 100 labels it covers 75 to 90 %, with ten strata of
 * five labels below 20 %. Here z² labels at chance are added, as Agresti and Coull (1998) did for a proportion: truth and judge each
 * at an end of their range, in all four ways alike, shared among strata as the labels are. λ costs a degree of freedom
 * where it was tuned on them, and its own error enters through the distance of labelled and unlabelled judge means (Cochran 1977,
 * eq. 12.51, regression in double sampling). Degrees of freedom by Welch–Satterthwaite. Conservative by design: it covers 95 to 100 %.
 * A range without ends has no labels at chance, and then long tails can still make it short.
 */
import { normalUpperQuantile } from '../distributions/normal.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { meanOf } from '../sample-moments.ts'
import { exactSum } from '../special/exact-sum.ts'

export interface LabelledStratum {
  readonly weight: number
  readonly truth: Float64Array
  readonly judge: Float64Array
  readonly unlabelled: Float64Array
  /** λ. */
  readonly tuning: number
  /** Whether λ was chosen on these labels. */
  readonly tuned: boolean
}

export interface LabelledIntervalOptions {
  readonly strata: readonly LabelledStratum[]
  readonly level: number
  readonly range: { readonly lower: number; readonly upper: number }
}

/** Before it is cut to the range. */
export function labelledInterval({ strata, level, range }: LabelledIntervalOptions) {
  const tail = (1 - level) / 2
  const labels = strata.reduce((sum, { truth }) => sum + truth.length, 0)
  const bounded = Number.isFinite(range.upper - range.lower)
  let centre = 0
  let variance = 0
  let spread = 0
  for (const stratum of strata) {
    const added = bounded ? (normalUpperQuantile(tail) ** 2 * stratum.truth.length) / labels : 0
    const { mean, parts } = meanOfStratum(stratum, { added, range })
    centre += stratum.weight * mean
    for (const part of parts) {
      const own = stratum.weight ** 2 * part.variance
      variance += own
      if (own > 0) spread += own ** 2 / Math.max(1, part.degreesOfFreedom)
    }
  }
  const degreesOfFreedom = variance ** 2 / spread
  const margin = studentTUpperQuantile(tail, degreesOfFreedom) * Math.sqrt(variance)
  return { lower: centre - margin, upper: centre + margin, degreesOfFreedom }
}

interface AddedLabels {
  /** Labels at chance, a share of z². */
  readonly added: number
  readonly range: LabelledIntervalOptions['range']
}

function meanOfStratum(
  { truth, judge, unlabelled, tuning, tuned }: LabelledStratum,
  { added, range: { lower, upper } }: AddedLabels,
) {
  const n = truth.length
  const ends = added > 0 ? [lower, upper] : []
  const residuals = moments(
    truth.map((label, i) => label - tuning * (judge[i] ?? 0)),
    { added, ends: ends.flatMap((label) => ends.map((score) => label - tuning * score)) },
  )
  const judged = moments(judge, { added, ends })
  const rest = moments(unlabelled, { added, ends })
  const fitted = tuned && tuning > 0 && tuning < 1 && n > 2 ? 2 : 1
  const residualVariance = residuals.squares / (residuals.total - fitted)
  const distance = fitted === 2 && judged.squares > 0 ? (rest.own - judged.own) ** 2 / judged.squares : 0
  return {
    mean: tuning * rest.mean + residuals.mean,
    parts: [
      { variance: residualVariance * (1 / residuals.total + distance), degreesOfFreedom: n - fitted },
      {
        variance: (tuning ** 2 * rest.squares) / Math.max(1, rest.total - 1) / rest.total,
        degreesOfFreedom: unlabelled.length - 1,
      },
    ],
  }
}

/** Mean and sum of squares about it of values with others added, which weigh `added` together; `own` is the mean without. */
function moments(values: Float64Array, { added, ends }: { readonly added: number; readonly ends: readonly number[] }) {
  const n = values.length
  const own = meanOf(values)
  const total = n + (ends.length > 0 ? added : 0)
  const each = ends.length > 0 ? added / ends.length : 0
  const mean = (n * own + each * ends.reduce((sum, end) => sum + end, 0)) / total
  const within = exactSum(values.map((value) => (value - own) ** 2)) + n * (own - mean) ** 2
  return { own, total, mean, squares: ends.reduce((sum, end) => sum + each * (end - mean) ** 2, within) }
}
