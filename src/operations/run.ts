/** `assay run`: executes a protocol against its models. */
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { describeRun, type RunResult } from './run/describe-run.ts'
import { startRun } from './run/execute-run.ts'
import { findRegistration } from './run/find-registration.ts'
import { openProtocol } from './run/open-protocol.ts'
import { runFields, scorerField } from './run/run-fields.ts'

export const run = defineOperation({
  name: 'run',
  summary: 'Run a protocol until every claim is decided, resumably.',
  input: z.object({
    protocol: z
      .string()
      .min(1)
      .describe('protocol in YAML, JSON or TypeScript; a TypeScript file is executed')
      .meta({ positional: true, placeholder: 'protocol' }),
    out: z
      .string()
      .min(1)
      .default('assay-run')
      .describe('folder for the journal of the run')
      .meta({ placeholder: 'folder' }),
    ...scorerField,
    ...runFields,
  }),
  examples: [
    'assay run protocol.yaml',
    'assay run protocol.yaml --scorer my-scorer.mts',
    'assay run protocol.yaml --out runs/first --concurrency 100',
  ],
  async run({ protocol: path, out, scorer, ...settings }, context): Promise<RunResult> {
    context.host.settleForLongWork?.()
    const { workingDirectory } = context
    const { protocol, workbench } = await openProtocol({ path, scorerPaths: scorer, context })
    const registered = findRegistration({ protocolPath: path, protocol, workingDirectory })
    const executed = await startRun({ protocol, folder: out, registered, settings, workbench, context })
    return describeRun(executed, out)
  },
})
