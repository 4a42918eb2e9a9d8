/** Which hypotheses were tested, in which families, and what survives when each family is decided together. */
import { z } from 'zod'
import { numberRecord } from './number-record.ts'

const hypothesisRecord = z.object({
  key: z.string().describe('Key of its evidence, where the evidence of the analysis holds it.'),
  name: z.string(),
  kind: z.enum(['p-value', 'e-value', 'missing']),
  value: numberRecord.describe('p or e by itself; null where no test was made.'),
  adjusted: numberRecord.describe('Smallest error rate of the family at which it would survive.'),
  survives: z.boolean(),
})

export const familyRecord = z.object({
  analysis: z.string(),
  family: z.string().describe('What its hypotheses have in common.'),
  method: z.enum([
    'bonferroni',
    'holm',
    'hochberg',
    'hommel',
    'benjamini-hochberg',
    'benjamini-yekutieli',
    'fixed-sequence',
    'e-bh',
  ]),
  controls: z.enum(['family-wise-error', 'false-discovery-rate']),
  under: z.enum(['any-dependence', 'independence-or-positive-dependence']),
  alpha: z.number(),
  hypotheses: z.array(hypothesisRecord),
})

export const ledgerRecord = z.object({
  families: z.array(familyRecord).describe('In the order of the analyses. Nothing is promised over all of them.'),
  beside: z
    .int()
    .describe('p-values in the evidence that decide nothing: other methods for a hypothesis above, or single checks.'),
})

export type FamilyRecord = z.infer<typeof familyRecord>
export type LedgerRecord = z.infer<typeof ledgerRecord>
