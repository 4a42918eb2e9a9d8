/** A run as the report tells of it: where it came from, what its header says, and whether that is true. */
import { z } from 'zod'
import { caveatRecord } from './coded-record.ts'
import { nonFiniteRecord, numberRecord } from './number-record.ts'

export const reconciliationRecord = z.object({
  metric: z.string().describe('Scorer, reducer or filter, and metric, as the log names them.'),
  reported: numberRecord.optional(),
  recomputed: numberRecord.optional(),
  verdict: z.enum(['match', 'differs', 'cannot']),
  because: caveatRecord.optional(),
  nonFinite: nonFiniteRecord,
})

export const runReportRecord = z.object({
  id: z.string(),
  path: z.string(),
  source: z.string(),
  harness: z.object({ name: z.string(), version: z.string().optional() }),
  model: z.string(),
  task: z.string(),
  taskVersion: z.string().optional(),
  status: z.enum(['finished', 'started', 'error', 'cancelled', 'unknown']),
  created: z.string().optional(),
  expected: z.object({
    items: z.number().optional(),
    replicates: z.number().optional(),
    responses: z.number().optional(),
  }),
  found: z.object({
    items: z.number(),
    replicates: z.number(),
    responses: z.number(),
    rows: z.number(),
    scoredRows: z.number(),
  }),
  scorers: z.record(z.string(), z.object({ higherIsBetter: z.boolean().optional() })),
  settings: z.record(z.string(), z.string()),
  provenance: z.record(z.string(), z.string()),
  reconciliations: z.array(reconciliationRecord),
  headlines: z
    .array(
      z.object({
        scorer: z.string(),
        metric: z.string(),
        value: numberRecord,
        standardError: numberRecord.optional(),
        n: numberRecord.optional(),
        binary: z.boolean().optional(),
        nonFinite: nonFiniteRecord,
      }),
    )
    .describe('Figures as the log reports them; `reconciliations` says whether they hold.'),
  caveats: z.array(caveatRecord),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
})

export type RunReportRecord = z.infer<typeof runReportRecord>
export type ReconciliationRecord = z.infer<typeof reconciliationRecord>
