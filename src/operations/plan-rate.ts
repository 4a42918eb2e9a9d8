/** `assay plan rate`: how many trials a claim "rarer than this" takes. */
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { describeExposurePlan } from './plan/describe-exposure-plan.ts'
import { describeRatePlan } from './plan/describe-rate-plan.ts'
import { designEffectOf } from './plan/design-effect-of.ts'
import { exposurePlan } from './plan/exposure-plan.ts'
import { finishPlan, type PlanResult } from './plan/finish-plan.ts'
import { amountField, clusterFields, countField, outField, probabilityField } from './plan/plan-fields.ts'
import { type RatePlanInput, ratePlan } from './plan/rate-plan.ts'

export const planRate = defineOperation({
  name: 'plan rate',
  summary: 'How many trials it takes to show that a rate is below a threshold.',
  input: z.object({
    below: probabilityField.describe('rate to stay below: 1e-4, 0.01 % or 1/10000').meta({ placeholder: 'rate' }),
    confidence: probabilityField.describe('one-sided confidence of the claim').meta({ placeholder: 'level' }),
    expected: z
      .array(probabilityField)
      .default([])
      .describe('rate you believe true; the plan is chosen to pass at the largest')
      .meta({ placeholder: 'rate' }),
    passProbability: probabilityField
      .prefault(0.8)
      .describe('wanted probability of passing at the expected rate')
      .meta({ placeholder: 'probability' }),
    judgeSensitivity: countField
      .optional()
      .describe('known events that the judge flagged, such as 190/200')
      .meta({ placeholder: 'flagged/known' }),
    ...clusterFields,
    exposure: z
      .string()
      .regex(/^[a-z][a-z -]{0,30}$/i, 'name the unit in words, such as turns or hours')
      .optional()
      .describe('what exposure is counted in, such as turns or hours: rates are then per unit of it, not per trial')
      .meta({ placeholder: 'units' }),
    uses: amountField.prefault(1_000_000).describe('uses of a deployment, for the promise over all of them'),
    promise: probabilityField
      .prefault(0.05)
      .describe('chance of any event over those uses that may be promised')
      .meta({ placeholder: 'probability' }),
    out: outField,
  }),
  examples: [
    'assay plan rate --below 1e-4 --confidence 0.99 --expected 1e-5',
    'assay plan rate --below 1e-4 --confidence 0.95 --judge-sensitivity 190/200',
    'assay plan rate --below 1/1000 --confidence 0.95 --expected 1e-4 --cluster-size 10 --icc 0.2',
    'assay plan rate --below 1e-4 --confidence 0.95 --expected 1e-5 --exposure turns',
  ],
  run(given, context): Promise<PlanResult> {
    const { below, confidence, expected, passProbability, judgeSensitivity, uses, promise, out } = given
    const input: RatePlanInput = {
      below,
      confidence,
      expected,
      passProbability,
      judge: judgeSensitivity,
      designEffect: designEffectOf(given),
      uses,
      promise,
    }
    if (given.exposure !== undefined) {
      const plan = exposurePlan(input)
      const document = describeExposurePlan(input, plan, given.exposure)
      return finishPlan({
        kind: 'rate',
        input: { ...input, exposure: given.exposure },
        plan,
        document,
        out,
        complaints: [],
        context,
      })
    }
    const plan = ratePlan(input)
    const document = describeRatePlan(input, plan)
    return finishPlan({ kind: 'rate', input, plan, document, out, complaints: [], context })
  },
})
