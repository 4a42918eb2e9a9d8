/**
 * The report as data: everything the page, the Markdown and the terminal summary say, and more.
 *
 * It holds no time of day and nothing of the machine it was made on, so the same input and seed give the same bytes.
 * Its JSON Schema is docs/report.schema.json.
 */
import { z } from 'zod'
import { questions } from '../domain/index.ts'
import { problemRecord, statementRecord } from './record/coded-record.ts'
import { evidenceRecord } from './record/evidence-record.ts'
import { figureRecord, tableRecord } from './record/figure-record.ts'
import { ledgerRecord } from './record/ledger-record.ts'
import { runReportRecord } from './record/run-record.ts'

const analysisRecord = z.object({
  name: z.string(),
  title: z.string(),
  version: z.int().describe('Grows whenever a published number changes.'),
  summary: z.string(),
  status: z.enum(['answered', 'partly', 'cannot-say']),
  statements: z.array(statementRecord),
  evidence: z.array(evidenceRecord),
  problems: z.array(problemRecord),
  figures: z.array(figureRecord),
  tables: z.array(tableRecord),
  assumptions: z.array(z.string()),
  references: z.array(z.string()),
})

const sectionRecord = z.object({
  question: z.enum(questions),
  status: z.enum(['answered', 'partly', 'cannot-say']),
  headline: statementRecord,
  headlineFrom: z
    .object({ analysis: z.string(), evidence: z.string().optional() })
    .optional()
    .describe('Analysis whose first finding is the headline, and key of the number that goes with it.'),
  analyses: z.array(analysisRecord),
})

const cellRecord = z.object({
  model: z.string(),
  task: z.string(),
  scorer: z.string(),
  items: z.int(),
  variants: z.int(),
  techniques: z.int(),
  replicates: z.int().describe('Most repeats that any item has under one variant and technique.'),
  rows: z.int(),
  scored: z.int(),
})

const observationsRecord = z.object({
  rows: z.int(),
  scored: z.int(),
  models: z.array(z.string()),
  tasks: z.array(z.string()),
  scorers: z.array(z.string()),
  techniques: z.array(z.string()),
  items: z.int().describe('Distinct pairs of task and item.'),
  clusters: z.int().describe('Distinct units of independence above the item; 0 where the log names none.'),
  variants: z.int(),
  replicates: z.int().describe('Most repeats that any item has under one variant and technique.'),
  missing: z.record(z.string(), z.int()).describe('Rows without a score, by reason.'),
  cells: z.array(cellRecord).describe('One per model, task and scorer.'),
})

export const reportDocument = z
  .object({
    schemaVersion: z.literal(1),
    assay: z.object({ version: z.string() }),
    title: z.string(),
    seed: z.string(),
    settings: z
      .record(z.string(), z.string())
      .describe(
        'Parameters of analyses that were set by hand, such as equivalence.margin; all others are the defaults.',
      ),
    inputHash: z.string(),
    questions: z.array(z.enum(questions)).describe('Order of the sections.'),
    observations: observationsRecord,
    problems: z.array(problemRecord).describe('Most important first.'),
    sections: z.array(sectionRecord),
    ledger: ledgerRecord,
    runs: z.array(runReportRecord),
    failures: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string(), fix: z.string() }))
      .describe('Files that could not be read; nothing of them is in the numbers.'),
    skipped: z
      .array(z.object({ path: z.string(), reason: z.string() }))
      .describe('Files that were passed over, and why.'),
    assumptions: z.record(z.string(), z.string()).describe('Words for the assumption codes of the evidence.'),
  })
  .meta({
    title: 'Assay report',
    description: 'What a set of evaluation logs is worth: six questions, and every number with its evidence.',
  })

export type ReportDocument = z.infer<typeof reportDocument>
export type SectionRecord = ReportDocument['sections'][number]
export type AnalysisRecord = SectionRecord['analyses'][number]
export type ObservationsRecord = ReportDocument['observations']
export type AnswerStatus = SectionRecord['status']
