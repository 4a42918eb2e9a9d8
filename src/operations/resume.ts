/** `assay resume`: goes on with a run that was interrupted, without paying for anything twice. */
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { describeRun, type RunResult } from './run/describe-run.ts'
import { resumeRun } from './run/execute-run.ts'
import { runFields, scorerField } from './run/run-fields.ts'
import { openWorkbench } from './run/workbench.ts'

export const resume = defineOperation({
  name: 'resume',
  summary: 'Go on with an interrupted run; nothing that is done is asked again.',
  input: z.object({
    folder: z
      .string()
      .min(1)
      .describe('folder that "assay run" wrote')
      .meta({ positional: true, placeholder: 'folder' }),
    ...scorerField,
    ...runFields,
  }),
  examples: ['assay resume assay-run', 'assay resume assay-run --scorer my-scorer.mts'],
  async run({ folder, scorer, ...settings }, context): Promise<RunResult> {
    context.host.settleForLongWork?.()
    const workbench = await openWorkbench()
    return describeRun(await resumeRun({ folder, scorerPaths: scorer, settings, workbench, context }), folder)
  },
})
