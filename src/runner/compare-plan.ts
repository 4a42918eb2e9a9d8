/** What it takes to compare two systems on the same yes/no items: exact power, its errors, repeats and margins. */
// From their own files: a thread that plans loads these and not every statistic.
import { equivalencePower } from '../stats/comparison/equivalence-power.ts'
import { normalCdf, normalUpperQuantile } from '../stats/distributions/normal.ts'
import { equivalenceItems } from '../stats/equivalence-items.ts'
import { fail } from '../stats/fail.ts'
import { mcnemarPower } from '../stats/mcnemar-power.ts'
import type { OnProgress } from '../stats/progress.ts'
import { requiredItems } from '../stats/required-items.ts'
import { approximatePairs, requiredPairs, typicalAgreement } from '../stats/required-pairs.ts'
import { unpairedItems } from '../stats/required-unpaired.ts'
import type { ComputeProgress } from './compute-progress.ts'

export interface ComparePlanInput {
  /** Of the baseline; undefined where only agreement is known. */
  readonly accuracy: number | undefined
  /** New minus baseline. 0 is allowed with a margin. */
  readonly difference: number
  /** Share of items that both get right or both get wrong; undefined takes the regression over past systems. */
  readonly agreement: number | undefined
  readonly alpha: number
  readonly power: number
  /** Items at hand; undefined where only the number needed is asked for. */
  readonly items: number | undefined
  /** Largest difference that does not matter; undefined where a difference is to be found. */
  readonly margin: number | undefined
  /** Variance of one response to a fixed item, of each system; undefined where items are answered once. */
  readonly responseVariance: number | undefined
  readonly designEffect: number
}

export interface ComparePlan {
  readonly agreementFrom: 'given' | 'card-et-al-regression'
  /** From the most agreement that the two accuracies allow to the least; one without accuracies. */
  readonly scenarios: readonly Scenario[]
  /** Items per arm if each system answered its own; undefined without an accuracy. */
  readonly unpairedPerArm: number | undefined
  /** Empty without a response variance. */
  readonly repeats: readonly RepeatRow[]
  /** Empty without a margin. */
  readonly margins: readonly MarginRow[]
}

export interface Scenario {
  readonly name: 'most agreement' | 'assumed' | 'least agreement'
  readonly agreement: number
  readonly onlyNew: number
  readonly onlyOld: number
  /** All undefined where the difference is 0. */
  readonly needed: Needed | undefined
  readonly atItems: Reached | undefined
}

export interface Needed {
  /** Design effect included, as all that follow. */
  readonly closedForm: number
  readonly exact: number
  readonly midP: number
}

export interface Reached {
  readonly items: number
  readonly power: number
  readonly midPPower: number
  /** Share of significant results with the wrong sign; undefined where none can be significant. */
  readonly typeS: number | undefined
  /** Factor by which a significant result exaggerates on average. */
  readonly typeM: number | undefined
}

export interface RepeatRow {
  readonly repeats: number
  readonly items: number
  readonly responsesPerSystem: number
}

export interface MarginRow {
  readonly claim: 'equivalence' | 'non-inferiority'
  readonly items: number
  /** Probability of showing it with the items at hand; undefined where none were named. */
  readonly powerAtItems: number | undefined
}

/** The exact sizes of small differences take a second or so each: computed in a worker, which ends when told to. */
export function comparePlan(input: ComparePlanInput, onProgress: (progress: ComputeProgress) => void): ComparePlan {
  check(input)
  const { accuracy, difference, margin } = input
  const agreement = input.agreement ?? typicalAgreement({ accuracy: accuracy ?? 0, difference })
  const named = agreements(input, agreement)
  return {
    agreementFrom: input.agreement === undefined ? 'card-et-al-regression' : 'given',
    scenarios: named.map((each, done) =>
      scenario(input, each, (progress) =>
        onProgress({ step: `sizing for ${each.name}, try ${progress.done + 1}`, done, total: named.length }),
      ),
    ),
    unpairedPerArm:
      accuracy === undefined || difference === 0
        ? undefined
        : Math.ceil(
            input.designEffect *
              unpairedItems({ rateA: accuracy, rateB: accuracy + difference, alpha: input.alpha, power: input.power }),
          ),
    repeats: difference === 0 ? [] : repeatRows(input, agreement),
    margins: margin === undefined ? [] : marginRows(input, { agreement, margin }),
  }
}

function check({ accuracy, difference, agreement, margin, designEffect, responseVariance }: ComparePlanInput): void {
  if (accuracy === undefined && agreement === undefined) {
    fail('neither-accuracy-nor-agreement', {}, 'pass --accuracy of the baseline, or --agreement from a pilot, or both')
  }
  if (difference === 0 && margin === undefined) {
    fail('effect-out-of-range', { difference }, 'pass the smallest difference worth finding, or a --margin')
  }
  if (difference === 0 && responseVariance !== undefined) {
    fail('repeats-without-difference', { responseVariance }, 'pass the --difference that repeats are to find')
  }
  if (accuracy !== undefined && !(accuracy + difference >= 0 && accuracy + difference <= 1)) {
    fail('probability-out-of-range', { accuracy, difference }, 'pass an accuracy and difference that sum to a share')
  }
  if (agreement !== undefined && agreement > 1 - Math.abs(difference) + 1e-12) {
    fail(
      'agreement-too-high',
      { agreement, difference },
      'systems that differ by this much must disagree on as many items',
    )
  }
  if (agreement !== undefined && accuracy !== undefined && agreement < lowestAgreement(accuracy, difference) - 1e-12) {
    fail('agreement-too-low', { agreement, accuracy, difference }, 'two systems this accurate must agree on more items')
  }
  if (!(designEffect >= 1))
    fail('design-effect-out-of-range', { designEffect }, 'pass 1 for independent items, or more')
}

/** Items that both must get right, or both wrong, whatever else. */
function lowestAgreement(accuracy: number, difference: number): number {
  return Math.abs(2 * accuracy + difference - 1)
}

interface NamedAgreement {
  readonly name: Scenario['name']
  readonly agreement: number
}

function agreements({ accuracy, difference }: ComparePlanInput, assumed: number): readonly NamedAgreement[] {
  const middle: NamedAgreement = { name: 'assumed', agreement: assumed }
  if (accuracy === undefined) return [middle]
  return [
    { name: 'most agreement', agreement: 1 - Math.abs(difference) },
    middle,
    { name: 'least agreement', agreement: lowestAgreement(accuracy, difference) },
  ]
}

function scenario(input: ComparePlanInput, { name, agreement }: NamedAgreement, onProgress: OnProgress): Scenario {
  const { difference, alpha, power, items, designEffect } = input
  const truth = { ...split({ agreement, difference }), alpha }
  const scaled = (pairs: number): number => Math.ceil(designEffect * pairs)
  const needed: Needed | undefined =
    difference === 0
      ? undefined
      : {
          closedForm: scaled(approximatePairs({ ...truth, power })),
          exact: scaled(requiredPairs({ ...truth, power, method: 'exact' }, onProgress)),
          midP: scaled(requiredPairs({ ...truth, power, method: 'mid-p' }, onProgress)),
        }
  const shown = items ?? needed?.exact
  return {
    name,
    agreement,
    onlyNew: truth.onlyA,
    onlyOld: truth.onlyB,
    needed,
    atItems: shown === undefined || difference === 0 ? undefined : reached({ ...truth, items: shown, designEffect }),
  }
}

/** Items that only the new system and only the old one gets right. */
export function split({ agreement, difference }: { readonly agreement: number; readonly difference: number }) {
  const differing = 1 - agreement
  return { onlyA: shareOf((differing + difference) / 2), onlyB: shareOf((differing - difference) / 2) }
}

/** Rounding may leave 1e-17 on either side of none, which would be read as a probability. */
function shareOf(value: number): number {
  return value < 1e-15 ? 0 : value
}

/** Power of the exact tests on as many independent pairs as the items are worth. */
export function reached(options: {
  readonly onlyA: number
  readonly onlyB: number
  readonly alpha: number
  readonly items: number
  readonly designEffect: number
}): Reached {
  const { items, designEffect } = options
  const pairs = Math.max(1, Math.floor(items / designEffect))
  const exact = mcnemarPower({ ...options, pairs, method: 'exact' })
  return {
    items,
    power: exact.power,
    midPPower: mcnemarPower({ ...options, pairs, method: 'mid-p' }).power,
    typeS: exact.typeS,
    typeM: exact.typeM,
  }
}

/** ω² is what remains of the variance of one difference after the noise of answering the item. */
function repeatRows(input: ComparePlanInput, agreement: number): readonly RepeatRow[] {
  const { difference, responseVariance, designEffect, alpha, power } = input
  if (responseVariance === undefined) return []
  const total = 1 - agreement - difference * difference
  const itemVariance = total - 2 * responseVariance
  if (!(itemVariance >= 0)) {
    fail(
      'response-variance-too-large',
      { responseVariance, variance: total },
      'it may be half the variance of a difference at most',
    )
  }
  return [1, 2, 4, 8, 16].map((repeats) => {
    const { items } = requiredItems({
      effect: Math.abs(difference),
      itemVariance,
      responseVarianceA: responseVariance,
      responseVarianceB: responseVariance,
      resamplesA: repeats,
      resamplesB: repeats,
      designEffect,
      alpha,
      power,
      alternative: 'two-sided',
    })
    return { repeats, items, responsesPerSystem: items * repeats }
  })
}

function marginRows(
  input: ComparePlanInput,
  { agreement, margin }: { readonly agreement: number; readonly margin: number },
): readonly MarginRow[] {
  const { difference, alpha, power, designEffect, items } = input
  const variance = designEffect * (1 - agreement - difference * difference)
  const claims = ['equivalence', 'non-inferiority'] as const
  return claims
    .filter((claim) => (claim === 'equivalence' ? margin > Math.abs(difference) : margin + difference > 0))
    .map((claim) => ({
      claim,
      items: Math.ceil(equivalenceItems({ margin, difference, variance, alpha, power, claim })),
      powerAtItems:
        items === undefined
          ? undefined
          : marginPower({ margin, difference, alpha, standardError: Math.sqrt(variance / items), claim }),
    }))
}

/** Probability that the claim is shown, for a difference that is estimated with this standard error. */
export function marginPower({
  claim,
  ...test
}: {
  readonly claim: MarginRow['claim']
  readonly margin: number
  readonly difference: number
  readonly alpha: number
  readonly standardError: number
}): number {
  const { margin, difference, alpha, standardError } = test
  return claim === 'equivalence'
    ? equivalencePower({ ...test, degreesOfFreedom: Number.POSITIVE_INFINITY })
    : normalCdf((margin + difference) / standardError - normalUpperQuantile(alpha))
}
