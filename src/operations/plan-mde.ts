/** `assay plan mde`: what difference a number of items, or a budget, can find. */
import { z } from 'zod'
import { fail } from '../stats/index.ts'
import { defineOperation, type OperationContext } from './operation.ts'
import { describeMdePlan } from './plan/describe-mde-plan.ts'
import { designEffectOf } from './plan/design-effect-of.ts'
import { finishPlan, type PlanResult } from './plan/finish-plan.ts'
import type { Budget, MdePlanInput } from './plan/mde-input.ts'
import { mdePlan } from './plan/mde-plan.ts'
import { type PilotDesign, pilotDesign } from './plan/pilot-design.ts'
import { alphaField, amountField, clusterFields, outField, powerField, varianceField } from './plan/plan-fields.ts'

const cost = z.number().min(0)

const input = z.object({
  items: amountField.optional().describe('items at hand'),
  repeats: amountField.prefault(1).describe('responses per item and system, averaged'),
  effect: z.number().positive().optional().describe('difference worth finding: also say how many items it takes'),
  from: z
    .array(z.string().min(1))
    .default([])
    .describe('logs of a pilot, or the report.json made of them: variances come from there')
    .meta({ placeholder: 'path' }),
  models: z
    .array(z.string().min(1))
    .max(2)
    .default([])
    .describe('systems of the pilot to compare')
    .meta({ placeholder: 'name' }),
  measure: z
    .string()
    .min(1)
    .optional()
    .describe('measure of the pilot, where it has several: task / scorer')
    .meta({ placeholder: 'text' }),
  columns: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('what the columns of a table are called, such as item=question_id')
    .meta({ placeholder: 'role=column' }),
  itemVariance: varianceField
    .optional()
    .describe('variance over items of the difference between the systems, such as 1/9')
    .meta({ placeholder: 'variance' }),
  responseVariance: varianceField
    .optional()
    .describe('variance of one response to a fixed item, of each system')
    .meta({ placeholder: 'variance' }),
  variantVariance: varianceField
    .prefault(0)
    .describe('variance of the difference between prompt variants')
    .meta({ placeholder: 'variance' }),
  interactionVariance: varianceField
    .prefault(0)
    .describe('variance of the difference between items within variants')
    .meta({ placeholder: 'variance' }),
  judgeVariance: varianceField
    .prefault(0)
    .describe('variance of the difference between judges, where judges are drawn from many')
    .meta({ placeholder: 'variance' }),
  itemJudgeVariance: varianceField
    .prefault(0)
    .describe('variance of the difference between items within judges')
    .meta({ placeholder: 'variance' }),
  judgementVariance: varianceField
    .prefault(0)
    .describe('variance of one judgement of a fixed response, of each system')
    .meta({ placeholder: 'variance' }),
  ...clusterFields,
  alpha: alphaField,
  power: powerField,
  budget: z
    .number()
    .positive()
    .optional()
    .describe('what may be spent, in any unit: also say on what')
    .meta({ placeholder: 'amount' }),
  costPerItem: cost.default(0).describe('cost of one more item').meta({ placeholder: 'amount' }),
  costPerVariant: cost.default(0).describe('cost of one more prompt variant').meta({ placeholder: 'amount' }),
  costPerResponse: cost.default(0).describe('cost of one response of one system').meta({ placeholder: 'amount' }),
  costPerJudge: cost.default(0).describe('cost of one more judge').meta({ placeholder: 'amount' }),
  costPerJudgement: cost.default(0).describe('cost of one judgement of one response').meta({ placeholder: 'amount' }),
  mostItems: amountField.optional().describe('items in stock, where the budget could buy more'),
  mostJudges: amountField.optional().describe('judges at hand'),
  out: outField,
})

type Given = z.infer<typeof input>

export const planMde = defineOperation({
  name: 'plan mde',
  summary: 'The smallest difference that a number of items, or a budget, can find.',
  input,
  examples: [
    'assay plan mde --items 198 --item-variance 1/9 --response-variance 1/6 --repeats 10',
    'assay plan mde --from logs/ --items 1000 --effect 0.02',
    'assay plan mde --from logs/ --budget 500 --cost-per-item 0.5 --cost-per-response 0.01',
  ],
  async run(given, context): Promise<PlanResult> {
    const pilot = given.from.length === 0 ? undefined : await pilotOf(given, context)
    const asked: MdePlanInput = {
      components: componentsOf(given, pilot),
      items: given.items,
      repeats: given.repeats,
      effect: given.effect,
      designEffect: designEffectOf(given),
      alpha: given.alpha,
      power: given.power,
      budget: budgetOf(given),
    }
    const plan = mdePlan(asked)
    const format = pilot?.scale === 'unbounded' ? 'difference' : 'points'
    return finishPlan({
      kind: 'mde',
      input: { ...asked, ...(pilot === undefined ? {} : { pilot: { ...pilot, complaints: undefined } }) },
      plan,
      document: describeMdePlan({ input: asked, plan, pilot, format }),
      out: given.out,
      complaints: pilot?.complaints ?? [],
      context,
    })
  },
})

function pilotOf(
  { from, models, measure, columns, alpha, power, itemVariance }: Given,
  context: OperationContext,
): Promise<PilotDesign> {
  if (itemVariance !== undefined) {
    fail('item-variance-given-twice', { itemVariance }, 'pass --item-variance or a pilot with --from, not both')
  }
  return pilotDesign({ from, models, measure, columns, alpha, power, context })
}

function componentsOf(given: Given, pilot: PilotDesign | undefined): MdePlanInput['components'] {
  const { itemVariance, responseVariance, variantVariance, interactionVariance } = given
  const varied = { variant: variantVariance, interaction: interactionVariance, judging: judgingOf(given) }
  if (pilot !== undefined) return { ...pilot.components, ...varied }
  if (itemVariance === undefined) {
    return fail(
      'variance-unknown',
      {},
      'pass logs of a pilot with --from, or --item-variance; for yes/no items plan compare needs neither',
    )
  }
  const response = responseVariance ?? 0
  return { item: itemVariance, responseA: response, responseB: response, systems: 2, ...varied }
}

function judgingOf({ judgeVariance, itemJudgeVariance, judgementVariance }: Given) {
  if (judgeVariance + itemJudgeVariance + judgementVariance === 0) return undefined
  return { judge: judgeVariance, itemJudge: itemJudgeVariance, judgement: judgementVariance }
}

function budgetOf(given: Given): Budget | undefined {
  const { budget, costPerItem, costPerVariant, costPerResponse, costPerJudge, costPerJudgement } = given
  const costs = {
    perItem: costPerItem,
    perVariant: costPerVariant,
    perResponse: costPerResponse,
    perJudge: costPerJudge,
    perJudgement: costPerJudgement,
  }
  if (budget === undefined) {
    if (Object.values(costs).some((each) => each > 0))
      fail('costs-without-budget', {}, 'pass the --budget that they draw on')
    if (judgingOf(given) !== undefined)
      fail('judges-without-budget', {}, 'pass a --budget with its costs: judges have a part in what it buys')
    return undefined
  }
  return { total: budget, ...costs, mostItems: given.mostItems, mostJudges: given.mostJudges }
}
