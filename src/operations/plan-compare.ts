/** `assay plan compare`: how many items a comparison of two systems takes. */
import { z } from 'zod'
import type { ComparePlan, ComparePlanInput } from '../runner/compare-plan.ts'
import type { ComputeProgress } from '../runner/compute-progress.ts'
import { openWorker } from '../runner/open-worker.ts'
import { fail } from '../stats/index.ts'
import { defineOperation, type OperationContext } from './operation.ts'
import { describeComparePlan } from './plan/describe-compare-plan.ts'
import { designEffectOf } from './plan/design-effect-of.ts'
import { finishPlan, type PlanResult } from './plan/finish-plan.ts'
import {
  alphaField,
  amountField,
  clusterFields,
  differenceField,
  outField,
  powerField,
  probabilityField,
  shareField,
} from './plan/plan-fields.ts'

export const planCompare = defineOperation({
  name: 'plan compare',
  summary: 'How many items it takes to tell two systems apart, or to show that they are alike.',
  input: z.object({
    accuracy: shareField.optional().describe('share that the baseline gets right').meta({ placeholder: 'share' }),
    difference: differenceField
      .prefault(0)
      .describe('smallest difference worth finding, new minus baseline')
      .meta({ placeholder: 'points' }),
    agreement: shareField
      .optional()
      .describe('share of items on which both are right or both wrong; without it, a published regression')
      .meta({ placeholder: 'share' }),
    discordance: shareField
      .optional()
      .describe('share of items on which only one is right; instead of --agreement')
      .meta({ placeholder: 'share' }),
    items: amountField.optional().describe('items at hand: also say what they can show'),
    margin: probabilityField
      .optional()
      .describe('largest difference that does not matter: also plan to show equivalence')
      .meta({ placeholder: 'points' }),
    responseVariance: z
      .number()
      .min(0)
      .max(0.25)
      .optional()
      .describe('variance of one response to a fixed item: also plan with repeats')
      .meta({ placeholder: 'variance' }),
    ...clusterFields,
    alpha: alphaField,
    power: powerField,
    out: outField,
  }),
  examples: [
    'assay plan compare --accuracy 0.80 --difference 0.02',
    'assay plan compare --difference 0.02 --agreement 0.975 --items 500',
    'assay plan compare --accuracy 0.70 --margin 0.02 --agreement 0.9',
  ],
  async run(given, context): Promise<PlanResult> {
    const { accuracy, difference, items, margin, responseVariance, alpha, power, out } = given
    const input: ComparePlanInput = {
      accuracy,
      difference,
      agreement: agreementOf(given),
      alpha,
      power,
      items,
      margin,
      responseVariance,
      designEffect: designEffectOf(given),
    }
    const plan = await planInWorker(input, context)
    const document = describeComparePlan(input, plan)
    return finishPlan({ kind: 'compare', input, plan, document, out, complaints: [], context })
  },
})

/** Exact sizes take seconds: elsewhere they neither hold up this thread nor outlast its signal. */
async function planInWorker(input: ComparePlanInput, { signal, progress }: OperationContext): Promise<ComparePlan> {
  const worker = openWorker('compare-plan')
  try {
    const onProgress = (event: ComputeProgress): void => progress({ ...event, unit: 'scenarios' })
    return await worker.compute('compare-plan', { input, signal, onProgress })
  } finally {
    await worker.close()
  }
}

function agreementOf({
  agreement,
  discordance,
}: {
  readonly agreement?: number | undefined
  readonly discordance?: number | undefined
}): number | undefined {
  if (agreement !== undefined && discordance !== undefined) {
    fail('agreement-given-twice', { agreement, discordance }, 'pass --agreement or --discordance, not both')
  }
  return discordance === undefined ? agreement : 1 - discordance
}
