/** `assay export`: a run in the formats of others. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { formatNumber } from '../domain/index.ts'
import { wrapLines } from '../report/index.ts'
import type { PlugIns } from '../runner/index.ts'
import { type ExportFormat, exportFormats, writeExport } from '../store/export/write-export.ts'
import { readRun } from '../store/read-run.ts'
import { defineOperation, type OperationContext, type OperationResult } from './operation.ts'
import { askedRun } from './run/asked-run.ts'
import { openWorkbench } from './run/workbench.ts'

export const exportRun = defineOperation({
  name: 'export',
  summary: 'Write a run as Inspect logs, Every Eval Ever records, CSV or Parquet.',
  input: z.object({
    folder: z.string().min(1).describe('folder that "assay run" wrote').meta({ positional: true, placeholder: 'run' }),
    format: z.enum(exportFormats).describe('format to write'),
    out: z.string().min(1).default('assay-export').describe('folder for the files').meta({ placeholder: 'folder' }),
  }),
  examples: ['assay export assay-run --format inspect-eval', 'assay export assay-run --format csv --out tables'],
  run: async (fields, context) => exportWith(fields, context, (await openWorkbench()).plugIns),
})

interface ExportFields {
  readonly folder: string
  readonly format: ExportFormat
  readonly out: string
}

/** Exports with other plug-ins than the product's own. */
export async function exportWith(
  { folder, format, out }: ExportFields,
  context: OperationContext,
  plugIns: PlugIns,
): Promise<OperationResult> {
  const run = await askedRun(readRun(resolve(context.workingDirectory, folder), folder), plugIns)
  const target = resolve(context.workingDirectory, out)
  const files = writeExport({ run, format, folder: target, shownAs: out })
  const promptsUnknown = run.cells.length - run.asked.size
  const carrier = files.find((name) => name.endsWith('.assay.json')) ?? files[0] ?? ''
  return {
    exitCode: 0,
    json: `${JSON.stringify({ format, folder: out, files, cells: run.cells.length, promptsUnknown })}\n`,
    complaints: [],
    text: ({ columns }) =>
      [
        ...wrapLines([`Wrote ${formatNumber(run.cells.length, 'count')} cells:`], columns),
        ...files.map((name) => `  ${out}/${name}`),
        ...wrapLines(
          [
            `The protocol travels in ${carrier}, with its items and right answers, so that the claims can be judged again.`,
          ],
          columns,
        ),
        ...(promptsUnknown === 0
          ? []
          : wrapLines(
              [
                `The prompts of ${formatNumber(promptsUnknown, 'count')} cells cannot be rebuilt to what was sent; they are left out.`,
              ],
              columns,
            )),
      ].join('\n'),
  }
}
