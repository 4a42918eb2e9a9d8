/** `assay run`: executes a protocol against its models. */
import { z } from 'zod'
import { readProtocol } from '../store/read-protocol.ts'
import { defineOperation } from './operation.ts'
import { describeRun, type RunResult } from './run/describe-run.ts'
import { startRun } from './run/execute-run.ts'
import { findRegistration } from './run/find-registration.ts'
import { runFields } from './run/run-fields.ts'
import { openWorkbench } from './run/workbench.ts'

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
    ...runFields,
  }),
  examples: ['assay run protocol.yaml', 'assay run protocol.yaml --out runs/first --concurrency 100'],
  async run({ protocol: path, out, ...settings }, context): Promise<RunResult> {
    context.host.settleForLongWork?.()
    const protocol = await readProtocol({ path, workingDirectory: context.workingDirectory })
    const registered = findRegistration({ protocolPath: path, protocol, workingDirectory: context.workingDirectory })
    const workbench = await openWorkbench()
    const executed = await startRun({ protocol, folder: out, registered, settings, workbench, context })
    return describeRun(executed, out)
  },
})
