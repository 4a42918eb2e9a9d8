/** One number of a report with all that is needed to judge it. */
import { z } from 'zod'
import { caveatRecord } from './coded-record.ts'
import { nonFiniteRecord, numberRecord } from './number-record.ts'

export const numberFormatRecord = z.enum([
  'rate',
  'points',
  'score',
  'difference',
  'count',
  'p-value',
  'number',
  'ratio',
  'usd',
  'milliseconds',
])

const howItWasFound = {
  n: numberRecord.describe('Units the method believes independent: clusters where there are clusters, never rows.'),
  method: z.string(),
  degreesOfFreedom: numberRecord.optional(),
  assumptions: z.array(z.string()).describe('Codes; their words are in `assumptions` of the report.'),
  caveats: z.array(caveatRecord),
  nonFinite: nonFiniteRecord,
}

const estimateRecord = z.object({
  kind: z.literal('estimate'),
  value: numberRecord,
  standardError: numberRecord.optional(),
  interval: z.object({
    lower: numberRecord,
    upper: numberRecord,
    level: numberRecord.describe('Probability between 0 and 1, such as 0.95.'),
    kind: z.enum(['confidence', 'credible', 'prediction', 'tolerance']),
    side: z.enum(['two-sided', 'lower', 'upper']),
  }),
  ...howItWasFound,
})

const testRecord = z.object({
  kind: z.literal('test'),
  statistic: numberRecord,
  pValue: numberRecord,
  resolution: numberRecord.optional().describe('Smallest p the method can return.'),
  alternative: z.enum(['two-sided', 'greater', 'less']),
  nullValue: numberRecord,
  ...howItWasFound,
})

const notEstimableRecord = z.object({ kind: z.literal('not-estimable'), because: caveatRecord })

export const evidenceClasses = [
  'guarantee',
  'asymptotic',
  'model-based',
  'forecast',
  'lower-bound-only',
  'descriptive',
] as const

export const evidenceRecord = z.object({
  key: z.string().describe('Unique within the analysis and stable between runs.'),
  label: z.string(),
  subject: z.record(z.string(), z.string()),
  estimand: z.string().describe('The exact quantity in words.'),
  format: numberFormatRecord,
  evidenceClass: z.enum(evidenceClasses),
  outcome: z.discriminatedUnion('kind', [estimateRecord, testRecord, notEstimableRecord]),
  analysis: z.string(),
  analysisVersion: z.int(),
  inputHash: z.string(),
  seedPath: z.string().optional().describe('Path of the random stream, where one was used.'),
})

export type EvidenceRecord = z.infer<typeof evidenceRecord>
export type OutcomeRecord = EvidenceRecord['outcome']
export type EstimateRecord = z.infer<typeof estimateRecord>
export type TestRecord = z.infer<typeof testRecord>
