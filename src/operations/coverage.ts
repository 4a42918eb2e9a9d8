/** `assay coverage`: which combinations of settings logs hold, and the settings that would complete them. */
import { z } from 'zod'
import type { Constraint } from '../domain/index.ts'
import { taskDesigns } from '../methods/analyses/input-coverage/task-design.ts'
import { openRandom } from '../random/index.ts'
import { renderPlanTerminal } from '../report/index.ts'
import { readLogs, sources } from '../sources/index.ts'
import { fail } from '../stats/index.ts'
import { packageVersion } from '../store/package-version.ts'
import { describeCoverage } from './coverage/describe-coverage.ts'
import { type TaskCoverage, taskCoverage } from './coverage/task-coverage.ts'
import { type Complaint, defineOperation, type OperationContext, type OperationResult } from './operation.ts'

export interface CoverageResult extends OperationResult {
  readonly tasks: readonly TaskCoverage[]
}

const input = z.object({
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe('log files and folders, of any mix of formats')
    .meta({ positional: true }),
  strength: z.coerce
    .number()
    .int()
    .min(1)
    .max(6)
    .default(2)
    .describe('how many factors are looked at together')
    .meta({ placeholder: 'number' }),
  levels: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('levels that count though no log has them, such as persona=none|expert; a new name is a new factor')
    .meta({ placeholder: 'factor=level|level' }),
  never: z
    .array(z.string().min(1))
    .default([])
    .describe('levels that cannot occur together, such as format=json+persona=child')
    .meta({ placeholder: 'factor=level+factor=level' }),
  columns: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('what the columns of a table are called, such as item=question_id')
    .meta({ placeholder: 'role=column' }),
  seed: z.string().min(1).default('assay').describe('seed of the search for few settings'),
})

export const coverage = defineOperation({
  name: 'coverage',
  summary: 'Count which combinations of settings logs hold, and list the settings that would complete them.',
  input,
  examples: [
    'assay coverage logs/ --strength 2',
    'assay coverage scores.csv --columns factor:format=layout,factor:persona=role --strength 3',
    'assay coverage logs/ --levels "persona=none|expert" --never "format=json+persona=expert"',
  ],
  run: (given, context): Promise<CoverageResult> => coverageOf(given, context),
})

async function coverageOf(given: z.infer<typeof input>, context: OperationContext): Promise<CoverageResult> {
  const { strength, seed } = given
  const reading = await readLogs({
    paths: given.paths,
    workingDirectory: context.workingDirectory,
    columns: given.columns,
    sources,
    signal: context.signal,
    onProgress: ({ bytes, totalBytes, path }) =>
      context.progress({ step: `reading ${path}`, done: bytes, total: totalBytes, unit: 'bytes' }),
  })
  const complaints = reading.failures.map(({ message, fix }): Complaint => ({ message, fix }))
  if (reading.runs.length === 0 && complaints.length === 0) {
    fail(
      'no-evaluation-logs-found',
      { paths: given.paths.join(', ') },
      'pass a folder or file that an evaluation harness wrote, or a table with one row per response',
    )
  }
  const declared = declaredLevels(given.levels)
  const constraints = given.never.map(constraintOf)
  const random = openRandom(seed).split('coverage')
  const tasks = taskDesigns(reading.observations).map((design) =>
    taskCoverage({
      ...{ design, strength, declared, constraints },
      known: reading.runs.flatMap(({ study }) =>
        study?.study.title === design.task ? (study.study.constraints ?? []) : [],
      ),
      random: random.split(design.task),
    }),
  )
  const document = describeCoverage({ tasks, strength, paths: given.paths })
  const assay = { version: packageVersion() }
  const asked = { strength, levels: given.levels, never: given.never, seed }
  return {
    tasks,
    exitCode: complaints.length > 0 ? 2 : 0,
    json: `${JSON.stringify({ schemaVersion: 1, assay, verb: 'coverage', input: asked, tasks }, undefined, 1)}\n`,
    text: (terminal) => renderPlanTerminal(document, { ...terminal, pagePath: undefined }),
    complaints,
  }
}

function declaredLevels(given: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(given).map(([factor, levels]) => [factor, levels.split('|').filter((each) => each !== '')]),
  )
}

/** `format=json+persona=child`. */
function constraintOf(text: string): Constraint {
  const not = Object.fromEntries(
    text.split('+').map((part): [string, string] => {
      const [factor = '', ...level] = part.split('=')
      if (factor === '' || level.length === 0)
        fail('constraint-not-readable', { constraint: text }, 'write factor=level+factor=level')
      return [factor, level.join('=')]
    }),
  )
  return { not, because: text }
}
