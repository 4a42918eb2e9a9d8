/** `assay plan PROTOCOL`: what a protocol costs and can find, before any call is made. */
import { z } from 'zod'
import { prepareStudy, rehearse } from '../runner/index.ts'
import { defineOperation, type OperationResult } from './operation.ts'
import { describeStudyPlan } from './run/describe-study-plan.ts'
import { checkEndpoints } from './run/open-models.ts'
import { openProtocol } from './run/open-protocol.ts'
import { planOfStudy } from './run/plan-of-study.ts'
import { scorerField } from './run/run-fields.ts'

export const planProtocol = defineOperation({
  name: 'plan protocol',
  summary: 'What a protocol costs, what it can find, and which sentence it may license, before any call.',
  input: z.object({
    protocol: z
      .string()
      .min(1)
      .describe('protocol in YAML, JSON or TypeScript; a TypeScript file is executed')
      .meta({ positional: true, placeholder: 'protocol' }),
    ...scorerField,
    concurrency: z.int().min(1).default(32).describe('calls in flight, for the time'),
    latency: z
      .number()
      .positive()
      .default(1)
      .describe('seconds per call, for the time')
      .meta({ placeholder: 'seconds' }),
  }),
  examples: ['assay plan protocol.yaml', 'assay plan protocol protocol.yaml --concurrency 100 --latency 0.5'],
  async run({ protocol: path, scorer, concurrency, latency }, context): Promise<OperationResult> {
    const { protocol, workbench } = await openProtocol({ path, scorerPaths: scorer, context })
    const prepared = prepareStudy({ protocol, plugIns: workbench.plugIns })
    const keysMissing = await checkEndpoints({ prepared, workbench, context })
    const plan = planOfStudy({
      prepared,
      rehearsal: await rehearse(prepared),
      keysMissing,
      concurrency,
      latencySeconds: latency,
    })
    return {
      exitCode: 0,
      json: `${JSON.stringify(plan, undefined, 1)}\n`,
      complaints: [],
      text: ({ columns }) => describeStudyPlan(plan, columns),
    }
  },
})
