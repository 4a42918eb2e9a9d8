/** `assay demo`: the report on data of ours in which every fault is known. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { type ReportResult, report } from './report.ts'

/** At the same distance from `src` and from `dist`. */
const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

export const demo = defineOperation({
  name: 'demo',
  summary: 'Run the report on a bundled example with planted faults.',
  input: z.object({
    out: z
      .string()
      .min(1)
      .default('assay-report')
      .describe('folder for report.html, report.json and report.md')
      .meta({ placeholder: 'folder' }),
  }),
  examples: ['assay demo'],
  run({ out }, context): Promise<ReportResult> {
    // Paths in the report are as a user names them, so they start from the examples, wherever the package lies.
    const folder = resolve(context.workingDirectory, out)
    const title = 'Demo: two models, four kinds of log, planted faults'
    return report.run(report.input.parse({ paths: ['demo'], out: folder, title }), {
      ...context,
      workingDirectory: examples,
    })
  },
})
