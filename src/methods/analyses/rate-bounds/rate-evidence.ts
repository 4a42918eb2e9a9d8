/** The bounds of one model and measure as evidence. */
import type { Evidence, EvidenceClass } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { ExposureRate } from './exposure-rate.ts'
import type { ClusteredBounds, IndependentBounds, RateBounds } from './rate-bounds-of.ts'

export function rateEvidence(bounds: RateBounds, uses: number): readonly Evidence[] {
  return bounds.kind === 'independent' ? independent(bounds, uses) : clustered(bounds)
}

function shareOf({ measure, model }: RateBounds) {
  return {
    key: `${measure.task}/${measure.scorer}/${model}`,
    base: { subject: { measure: measure.key, model }, format: 'rate' } as const,
  }
}

export function thresholdKey(bounds: RateBounds, threshold: number): string {
  return `${shareOf(bounds).key}/above-${threshold}`
}

function independent(bounds: IndependentBounds, uses: number): readonly Evidence[] {
  const { measure, model, event, atLeast, atMost, judged, posteriors, tests } = bounds
  const { key, base } = shareOf(bounds)
  const rate = `rate of a ${measure.scorer} score of 1 of ${model} on ${measure.task}, over the population that the items were drawn from`
  const fixed = `${rate}; holds if the number of items was fixed before`
  return [
    {
      ...base,
      key: `${key}/at-least`,
      label: `${model}: rate at least`,
      estimand: fixed,
      outcome: atLeast,
      evidenceClass: classOf(atLeast, 'guarantee'),
    },
    {
      ...base,
      key: `${key}/at-most`,
      label: `${model}: rate at most`,
      estimand: fixed,
      outcome: atMost,
      evidenceClass: classOf(atMost, 'guarantee'),
    },
    ...tests.map(
      ({ threshold, outcome }): Evidence => ({
        ...base,
        format: 'p-value',
        key: thresholdKey(bounds, threshold),
        label: `${model}: is the rate above ${threshold}?`,
        estimand: `whether the ${rate} exceeds ${threshold}`,
        outcome,
        evidenceClass: 'guarantee',
      }),
    ),
    ...(judged === undefined
      ? []
      : [
          {
            ...base,
            key: `${key}/judged`,
            label: `${model}: true rate of a score of ${event} at most, judge errors included`,
            estimand: `true rate of what a ${measure.scorer} score of ${event} stands for, for ${model} on ${measure.task}, every flag having been checked by hand`,
            outcome: judged,
            evidenceClass: classOf(judged, 'guarantee'),
          },
        ]),
    ...noEventEvidence(bounds, uses),
    ...posteriors.map(
      ({ prior, outcome }): Evidence => ({
        ...base,
        key: `${key}/posterior-${prior.toLowerCase()}`,
        label: `${model}: rate, under a ${prior} prior`,
        estimand: `${rate}; as a belief that started from a ${prior} prior`,
        outcome,
        evidenceClass: 'model-based',
      }),
    ),
  ]
}

/** The promise over many uses: by the exact bound, and as what each prior predicts. */
function noEventEvidence(bounds: IndependentBounds, uses: number): readonly Evidence[] {
  const { measure, model, event, rare } = bounds
  if (rare === undefined) return []
  const { key, base } = shareOf(bounds)
  const chance = `probability that none of ${uses} independent uses like the items of ${measure.task} has a ${measure.scorer} score of ${event}, for ${model}`
  return [
    {
      ...base,
      key: `${key}/no-event`,
      label: `${model}: chance of no score of ${event} in ${uses} uses, at least`,
      estimand: `${chance}; holds if the number of items was fixed before`,
      outcome: rare.noEvent,
      evidenceClass: classOf(rare.noEvent, 'guarantee'),
    },
    ...rare.beliefs.slice(0, 2).map(
      ({ prior, noEvent }): Evidence => ({
        ...base,
        key: `${key}/no-event-${prior.toLowerCase()}`,
        label: `${model}: chance of no score of ${event} in ${uses} uses, under a ${prior} prior`,
        estimand: `${chance}; predicted by a belief that started from a ${prior} prior`,
        outcome: noEvent,
        evidenceClass: 'model-based',
      }),
    ),
  ]
}

export function exposureEvidence(rate: ExposureRate): readonly Evidence[] {
  const { measure, model, attribute, atLeast, atMost } = rate
  const share = {
    subject: { measure: measure.key, model },
    format: 'number',
    estimand: `events that a ${measure.scorer} score counts per unit of ${attribute}, for ${model} on items like those of ${measure.task}`,
  } as const
  return [
    {
      ...share,
      key: `${measure.task}/${measure.scorer}/${model}/per-${attribute}-at-least`,
      label: `${model}: events per unit of ${attribute}, at least`,
      outcome: atLeast,
      evidenceClass: classOf(atLeast, 'model-based'),
    },
    {
      ...share,
      key: `${measure.task}/${measure.scorer}/${model}/per-${attribute}-at-most`,
      label: `${model}: events per unit of ${attribute}, at most`,
      outcome: atMost,
      evidenceClass: classOf(atMost, 'model-based'),
    },
  ]
}

function clustered(bounds: ClusteredBounds): readonly Evidence[] {
  const { measure, model, event, anyEvent, meanRate, designEffect } = bounds
  const { key, base } = shareOf(bounds)
  const unit = bounds.clustered ? 'cluster' : 'item'
  const where = `for ${model} on ${measure.task}, over the population that the ${unit}s were drawn from`
  return [
    {
      ...base,
      key: `${key}/any-event`,
      label: `${model}: share of ${unit}s with any score of ${event} at most`,
      estimand: `probability that a ${unit}, asked as often as here, shows any ${measure.scorer} score of ${event}, ${where}`,
      outcome: anyEvent,
      evidenceClass: classOf(anyEvent, 'guarantee'),
    },
    {
      ...base,
      key: `${key}/mean-rate`,
      label: `${model}: mean rate of a score of ${event} at most, every ${unit} alike`,
      estimand: `mean over ${unit}s of the rate of a ${measure.scorer} score of ${event}, ${where}`,
      outcome: meanRate,
      evidenceClass: classOf(meanRate, 'guarantee'),
    },
    {
      ...base,
      key: `${key}/effective-sample`,
      label: `${model}: rate of a score of ${event} at most, by effective sample size`,
      estimand: `rate over responses of a ${measure.scorer} score of ${event}, ${where}`,
      outcome: designEffect,
      evidenceClass: classOf(designEffect, 'asymptotic'),
    },
  ]
}

function classOf(outcome: Outcome, known: EvidenceClass): EvidenceClass {
  return outcome.kind === 'estimate' ? known : 'descriptive'
}
