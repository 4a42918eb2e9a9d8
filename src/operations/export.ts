/** `assay export`: a run in the formats of others. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { wrapLines } from '../report/index.ts'
import { exportFormats, writeExport } from '../store/export/write-export.ts'
import { readRun } from '../store/read-run.ts'
import { defineOperation, type OperationResult } from './operation.ts'

export const exportRun = defineOperation({
  name: 'export',
  summary: 'Write a run as Inspect logs, Every Eval Ever records, CSV or Parquet.',
  input: z.object({
    folder: z.string().min(1).describe('folder that "assay run" wrote').meta({ positional: true, placeholder: 'run' }),
    format: z.enum(exportFormats).describe('format to write'),
    out: z.string().min(1).default('assay-export').describe('folder for the files').meta({ placeholder: 'folder' }),
  }),
  examples: ['assay export assay-run --format inspect-eval', 'assay export assay-run --format csv --out tables'],
  async run({ folder, format, out }, context): Promise<OperationResult> {
    const run = readRun(resolve(context.workingDirectory, folder), folder)
    const target = resolve(context.workingDirectory, out)
    const files = writeExport({ run, format, folder: target, shownAs: out })
    return {
      exitCode: 0,
      json: `${JSON.stringify({ format, folder: out, files, cells: run.cells.length })}\n`,
      complaints: [],
      text: ({ columns }) =>
        [
          ...wrapLines([`Wrote ${run.cells.length.toLocaleString('en-US')} cells:`], columns),
          ...files.map((name) => `  ${out}/${name}`),
        ].join('\n'),
    }
  },
})
