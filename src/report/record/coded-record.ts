/** Coded sentences with their words: statements, caveats and problems. */
import { z } from 'zod'
import { questions } from '../../domain/index.ts'
import { nonFiniteRecord } from './number-record.ts'

const coded = {
  code: z.string().describe('Stable name of the message; what a program should look at.'),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  nonFinite: nonFiniteRecord,
  text: z.string().describe('The words for this code with these values.'),
  fix: z.string().optional().describe('What a reader can do about it.'),
}

export const severityRecord = z.enum(['note', 'caution', 'invalid']).describe('`invalid` blocks a verdict.')

export const statementRecord = z.object(coded)

export const caveatRecord = z.object({
  ...coded,
  severity: severityRecord,
  subject: z.string().optional().describe('What it is about, when that is narrower than the number it hangs on.'),
})

export const problemRecord = z.object({
  ...coded,
  severity: severityRecord,
  subject: z.string().optional(),
  priority: z.number().describe('0 to 100: how much it threatens a decision. Problems are sorted by it.'),
  question: z.enum(questions).optional().describe('Section it belongs to; absent for problems of a run.'),
  analysis: z.string().optional().describe('Analysis that found it.'),
  run: z.string().optional().describe('Id of the run it was found in.'),
})

export type StatementRecord = z.infer<typeof statementRecord>
export type CaveatRecord = z.infer<typeof caveatRecord>
export type ProblemRecord = z.infer<typeof problemRecord>
export type Severity = z.infer<typeof severityRecord>
