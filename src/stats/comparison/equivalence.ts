/** Better, equivalent within a margin, worse, or undecided: one verdict on a difference, with one error rate. */
import { checkAlpha, checkPower, type ScoreRange } from '../check-inputs.ts'
import type { ClusterCodes } from '../clusters.ts'
import { studentTUpperTail } from '../distributions/student-t.ts'
import { mcnemarExact } from '../mcnemar.ts'
import { pairedDifference } from '../paired-difference.ts'
import type { PairedTable } from '../paired-table.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable, type TestOutcome } from '../result.ts'
import { tango } from '../tango.ts'
import { type IndependentSample, unpairedDifference } from '../unpaired-difference.ts'
import { checkMargin } from './equivalence-power.ts'
import { pairedMarginTest } from './paired-margin-test.ts'
import { type UnitsNeeded, unitsNeeded } from './units-needed.ts'

/** What is compared, first minus second. */
export type Compared =
  /** Scores on the same items: one difference per item, repeats averaged first. CR2 and Satterthwaite's t. */
  | {
      readonly kind: 'paired'
      readonly differences: ArrayLike<number>
      readonly clusters: ClusterCodes
      readonly range: ScoreRange | undefined
    }
  /** Two samples that share no items. Welch's t over CR2 variances. */
  | { readonly kind: 'unpaired'; readonly first: IndependentSample; readonly second: IndependentSample }
  /** Passed or failed on the same independent items. Exact tests, Tango's intervals. */
  | { readonly kind: 'paired-rates'; readonly table: PairedTable }

export interface EquivalenceOptions {
  readonly compared: Compared
  /** m > 0, fixed before looking: differences smaller than it do not matter. */
  readonly margin: number
  /** Chance of a false verdict of any kind. */
  readonly alpha: number
  /** For the number of units that would decide. */
  readonly power: number
}

export interface Equivalence {
  readonly kind: 'equivalence'
  readonly verdict: 'better' | 'equivalent' | 'worse' | 'cannot-tell'
  /** Not worse by the margin or more: shown at `alpha`. */
  readonly nonInferior: boolean
  /** Different from 0 at `alpha`, two-sided; with verdict `equivalent` a difference too small to matter. */
  readonly differs: boolean
  /** With the two-sided interval at level 1 − α, which decides on better and worse. */
  readonly difference: Estimate
  /** At level 1 − 2α: inside (−m, m) is the same as both one-sided tests rejecting at α. */
  readonly marginInterval: Interval
  /** One-sided tests of "worse by the margin or more" and of "better by the margin or more". */
  readonly notBelow: TestOutcome
  readonly notAbove: TestOutcome
  /** Where the verdict is `cannot-tell`. */
  readonly needed: UnitsNeeded | NotEstimable | undefined
  readonly margin: number
  readonly alpha: number
  readonly power: number
}

/**
 * Verdict from two one-sided tests (Schuirmann 1987) and the two-sided test of no difference, all from one fit.
 *
 * `equivalent` where the 1 − 2α interval lies inside (−m, m); else `better` or `worse` where the 1 − α interval excludes 0;
 * else `cannot-tell`. Equivalence goes first: within the margin a significant difference is one that does not matter.
 * The chance of any false verdict is at most α at every true difference: at ±m it takes one one-sided error at α, at 0 one
 * two-sided error at α, and between them equivalence is true. For `paired-rates` the tests are exact (up to 1,000
 * pairs) and decide; the intervals shown are Tango's and may differ from them in close cases. Where
 * nothing varies the interval of `boundedMeanInterval` decides, and where few units carry the spread or t would leave the range that of
 * `endClustersInterval`; there are no t tests then. Refuses what the method underneath refuses.
 *
 * equivalence({ compared: { kind: 'paired-rates', table: { both: 440, onlyA: 5, onlyB: 6, neither: 49 } }, margin: 0.03, alpha: 0.05, power: 0.8 })
 *   .verdict // => 'equivalent'
 */
export function equivalence(options: EquivalenceOptions): Equivalence | NotEstimable {
  const { compared, margin, alpha, power } = options
  checkAlpha(alpha)
  checkPower(power, alpha)
  checkMargin(margin)
  const parts = compared.kind === 'paired-rates' ? ofRates(compared.table, options) : ofMeans(compared, options)
  if ('because' in parts) return parts
  const { notBelow, notAbove, differs, inside, difference, marginInterval, variance } = parts
  const verdict =
    inside.below && inside.above ? 'equivalent' : !differs ? 'cannot-tell' : difference.value > 0 ? 'better' : 'worse'
  return {
    kind: 'equivalence',
    verdict,
    nonInferior: inside.below,
    differs,
    difference,
    marginInterval,
    notBelow,
    notAbove,
    needed:
      verdict !== 'cannot-tell'
        ? undefined
        : variance === undefined
          ? notEstimable('no-variation', { n: difference.n, value: difference.value })
          : unitsNeeded({ ...variance, n: difference.n, margin, alpha, power }),
    margin,
    alpha,
    power,
  }
}

interface Parts {
  readonly difference: Estimate
  readonly marginInterval: Interval
  readonly notBelow: TestOutcome
  readonly notAbove: TestOutcome
  readonly differs: boolean
  /** Shown to lie above −m, below m. */
  readonly inside: { readonly below: boolean; readonly above: boolean }
  /** Absent where nothing varied. */
  readonly variance: { readonly standardError: number; readonly degreesOfFreedom: number } | undefined
}

function ofMeans(
  compared: Exclude<Compared, { readonly kind: 'paired-rates' }>,
  { margin, alpha }: EquivalenceOptions,
): Parts | NotEstimable {
  const fitAt = (level: number) =>
    compared.kind === 'paired'
      ? pairedDifference({ ...compared, correction: 'cr2', level })
      : unpairedDifference({ ...compared, correction: 'exchangeable', reference: 't', level })
  const { difference, test } = fitAt(1 - alpha)
  const wide = fitAt(1 - 2 * alpha).difference
  if (difference.kind === 'not-estimable') return difference
  if (wide.kind === 'not-estimable') return wide
  const { lower, upper } = wide.interval
  const isT = wide.method === (test.kind === 'test' ? test.method : undefined)
  const oneSided = (nullValue: number): TestOutcome => {
    if (!isT || test.kind !== 'test' || wide.standardError === undefined || test.degreesOfFreedom === undefined) {
      return notEstimable('interval-decides-near-end-of-range', { n: wide.n })
    }
    const statistic = (wide.value - nullValue) / wide.standardError
    return {
      ...test,
      statistic,
      pValue: studentTUpperTail(nullValue < 0 ? statistic : -statistic, test.degreesOfFreedom),
      alternative: nullValue < 0 ? 'greater' : 'less',
      nullValue,
    }
  }
  const { standardError, degreesOfFreedom } = wide
  return {
    difference,
    marginInterval: wide.interval,
    notBelow: oneSided(-margin),
    notAbove: oneSided(margin),
    differs: difference.interval.lower > 0 || difference.interval.upper < 0,
    inside: { below: lower > -margin, above: upper < margin },
    variance:
      standardError === undefined || degreesOfFreedom === undefined ? undefined : { standardError, degreesOfFreedom },
  }
}

function ofRates(table: PairedTable, { margin, alpha }: EquivalenceOptions): Parts | NotEstimable {
  const difference = tango({ ...table, level: 1 - alpha })
  const wide = tango({ ...table, level: 1 - 2 * alpha })
  if (difference.kind === 'not-estimable') return difference
  if (wide.kind === 'not-estimable') return wide
  // A difference of rates cannot be as large as a margin of 1 or more: nothing is left to test.
  const shown = margin >= 1
  const beyond = notEstimable('margin-beyond-range', { margin })
  const notBelow = shown ? beyond : pairedMarginTest({ ...table, nullDifference: -margin, alternative: 'greater' })
  const notAbove = shown ? beyond : pairedMarginTest({ ...table, nullDifference: margin, alternative: 'less' })
  const rejects = (test: TestOutcome): boolean => shown || (test.kind === 'test' && test.pValue <= alpha)
  const { onlyA, onlyB } = table
  const { n, value } = difference
  const varianceOfOne = (onlyA + onlyB) / n - value * value
  return {
    difference,
    marginInterval: wide.interval,
    notBelow,
    notAbove,
    differs: mcnemarExact({ onlyA, onlyB, alternative: 'two-sided' }).pValue <= alpha,
    inside: { below: rejects(notBelow), above: rejects(notAbove) },
    variance:
      varianceOfOne > 0
        ? { standardError: Math.sqrt(varianceOfOne / n), degreesOfFreedom: Number.POSITIVE_INFINITY }
        : undefined,
  }
}
