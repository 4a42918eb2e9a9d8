/** `assay plan threshold`: how many trials it takes to show that a rate exceeds a threshold, up to five sigma. */
import { z } from 'zod'
import { fail, normalUpperTail } from '../stats/index.ts'
import { defineOperation } from './operation.ts'
import { describeThresholdPlan } from './plan/describe-threshold-plan.ts'
import { finishPlan, type PlanResult } from './plan/finish-plan.ts'
import { amountField, outField, probabilityField } from './plan/plan-fields.ts'
import { type ThresholdPlanInput, thresholdPlanOf } from './plan/threshold-plan-of.ts'

export const planThreshold = defineOperation({
  name: 'plan threshold',
  summary: 'How many trials it takes to show that a rate exceeds a threshold, up to five sigma.',
  input: z.object({
    above: probabilityField.describe('rate to exceed: 0.5, 50 % or 1/2').meta({ placeholder: 'rate' }),
    expected: probabilityField.describe('rate you believe true').meta({ placeholder: 'rate' }),
    alpha: probabilityField
      .optional()
      .describe('largest p that counts; 0.05 where neither this nor --sigma is given')
      .meta({ placeholder: 'probability' }),
    sigma: z
      .number()
      .positive()
      .max(12)
      .optional()
      .describe('the same in one-sided standard deviations, such as 5')
      .meta({ placeholder: 'deviations' }),
    power: probabilityField.prefault(0.8).describe('wanted probability of success at the expected rate'),
    trials: amountField.optional().describe('trials at hand: also say what these can show'),
    out: outField,
  }),
  examples: [
    'assay plan threshold --above 0.5 --expected 0.58 --alpha 1e-5',
    'assay plan threshold --above 0.5 --expected 0.58 --sigma 5 --trials 1000',
  ],
  run({ above, expected, alpha, sigma, power, trials, out }, context): Promise<PlanResult> {
    if (alpha !== undefined && sigma !== undefined)
      fail('level-given-twice', { alpha, sigma }, 'pass --alpha or --sigma, not both')
    if (above < 1e-4)
      fail('threshold-too-rare', { above }, 'plan a rate this small with plan rate, which bounds it from above')
    const input: ThresholdPlanInput = {
      above,
      expected,
      alpha: sigma === undefined ? (alpha ?? 0.05) : normalUpperTail(sigma),
      power,
      trials,
    }
    const plan = thresholdPlanOf(input)
    const document = describeThresholdPlan(input, plan)
    return finishPlan({ kind: 'threshold', input, plan, document, out, complaints: [], context })
  },
})
