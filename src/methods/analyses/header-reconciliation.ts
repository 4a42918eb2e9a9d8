/** Does what a log's header says agree with the rows below it? Foreign numbers are reproduced before they are used. */
import { z } from 'zod'
import {
  type AnalysisResult,
  defineAnalysis,
  type Measure,
  measuresOf,
  type Reconciliation,
  type RunRecord,
  type Statement,
  type Table,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'

export const headerReconciliation = defineAnalysis({
  name: 'header-reconciliation',
  title: 'Do the logs agree with themselves?',
  question: 'reliability',
  version: 1,
  summary: 'Counts what each header promises against what the file holds, and recomputes every printed figure.',
  parameters: z.object({
    tableRows: z.number().int().min(1).default(60).describe('rows shown per table; all problems are listed regardless'),
  }),
  assumptions: ['header-figures-are-of-these-rows'],
  references: [
    'UK AI Security Institute, Inspect: log file reference, header status and results',
    'EleutherAI, lm-evaluation-harness issue 4070: standard error 0.0 printed at 0 % and 100 %',
  ],
  analyze({ observations, runs: given, parameters }): AnalysisResult {
    const runs = given.toSorted((a, b) => (a.path === b.path ? compare(a.id, b.id) : compare(a.path, b.path)))
    const known = runs.filter(saysAnything)
    if (known.length === 0) return nothingToReconcile(runs.length)
    const measures = measuresOf(observations)
    const problems = runs.flatMap((run) => problemsOf(run, rangeKnown(measures, run)))
    return {
      status: known.length < runs.length ? 'partly' : 'answered',
      statements: summarise(runs, known.length),
      evidence: [],
      problems,
      figures: [],
      tables: [runTable(runs, parameters.tableRows), figureTable(runs, parameters.tableRows)].filter(
        ({ rows }) => rows.length > 0,
      ),
    }
  },
})

function saysAnything(run: RunRecord): boolean {
  return (
    run.expected.responses !== undefined ||
    run.status !== 'unknown' ||
    run.reconciliations.length + run.headlines.length > 0
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function nothingToReconcile(runs: number): AnalysisResult {
  return {
    status: 'cannot-say',
    statements: [{ code: 'no-headers', values: { runs } }],
    evidence: [],
    problems: [],
    figures: [],
    tables: [],
  }
}

function summarise(runs: readonly RunRecord[], known: number): readonly Statement[] {
  const figures = runs.flatMap((run) => run.reconciliations)
  const count = (verdict: Reconciliation['verdict']) => figures.filter((figure) => figure.verdict === verdict).length
  const [match, differs, cannot] = [count('match'), count('differs'), count('cannot')]
  const short = runs.filter(lacksResponses).length
  const unfinished = runs.filter(isUnfinished).length
  const statements: Statement[] = []
  if (short > 0) statements.push({ code: 'runs-lack-responses', values: { short, runs: runs.length } })
  if (unfinished > 0) statements.push({ code: 'runs-unfinished', values: { unfinished, runs: runs.length } })
  if (differs > 0) statements.push({ code: 'figures-differ', values: { differs, figures: figures.length } })
  if (match > 0) statements.push({ code: 'figures-match', values: { match, figures: figures.length } })
  if (cannot > 0) statements.push({ code: 'figures-cannot-be-recomputed', values: { cannot, figures: figures.length } })
  if (figures.length === 0) statements.push({ code: 'no-header-figures', values: { runs: runs.length } })
  if (known < runs.length) statements.push({ code: 'runs-without-header', values: { runs: runs.length - known } })
  return statements
}

function problemsOf(run: RunRecord, bounded: boolean): readonly Caveat[] {
  const own: Caveat[] = []
  const { path } = run
  const { responses } = run.expected
  if (responses !== undefined && responses !== run.found.responses) {
    const values = { path, expected: responses, found: run.found.responses }
    own.push({ code: 'header-rows-mismatch', severity: 'caution', values, subject: path })
  }
  if (isUnfinished(run)) {
    const values = { path, status: run.status, found: run.found.responses }
    own.push({ code: 'unfinished-log', severity: 'caution', values, subject: path })
  }
  for (const { metric, verdict, reported, recomputed } of run.reconciliations) {
    if (verdict !== 'differs' || reported === undefined || recomputed === undefined) continue
    const values = { path, metric, reported, recomputed }
    own.push({ code: 'headline-differs', severity: 'caution', values, subject: path })
  }
  own.push(...printedFigures(run, bounded).flatMap((figure) => errorProblems(path, figure)))
  own.push(...printedBounds(run, bounded))
  // The source may have noticed the same thing while reading; a reader needs it once.
  const said = new Set(own.map(({ code }) => code))
  return [...own, ...run.caveats.filter(({ code }) => !said.has(code))]
}

interface PrintedFigure {
  readonly metric: string
  readonly value: number
  readonly standardError: number
  /** The standard error that the rows give, where they can. */
  readonly recomputed?: number | undefined
  /** Whether the scores are known to lie in [0, 1]. */
  readonly bounded: boolean
}

const standardErrorName = /[_ -]?(std_?err|standard[_ -]error)$/i

/** Means that are printed with a standard error, from reconciled figures and from headers without rows. */
function printedFigures(run: RunRecord, bounded: boolean): readonly PrintedFigure[] {
  const figures: PrintedFigure[] = []
  for (const error of run.reconciliations) {
    if (!standardErrorName.test(error.metric) || error.reported === undefined) continue
    const mean = meanBeside(run, error.metric)
    if (mean?.reported === undefined) continue
    const { reported: standardError, recomputed } = error
    figures.push({ metric: mean.metric, value: mean.reported, standardError, recomputed, bounded })
  }
  for (const { scorer, metric, value, standardError, binary } of run.headlines) {
    if (standardError !== undefined && !figures.some((figure) => figure.metric.endsWith(metric)))
      figures.push({ metric: `${scorer} / ${metric}`, value, standardError, bounded: binary === true || bounded })
  }
  return figures
}

/** `task / filter / acc_stderr` belongs to `task / filter / acc`; a bare `stderr` to the mean or accuracy beside it. */
function meanBeside(run: RunRecord, name: string): Reconciliation | undefined {
  const base = name.replace(standardErrorName, '')
  if (base !== '' && !/[/ ]$/.test(base)) return run.reconciliations.find(({ metric }) => metric === base)
  return run.reconciliations.find(({ metric }) => metric.startsWith(base) && /(accuracy|mean|acc)$/i.test(metric))
}

function errorProblems(path: string, figure: PrintedFigure): readonly Caveat[] {
  const { metric, value, standardError, recomputed, bounded } = figure
  const problem = (code: string, severity: Caveat['severity'], more: Caveat['values']): Caveat => ({
    code,
    severity,
    values: { path, metric, value, standardError, ...more },
    subject: path,
  })
  if (standardError < 0 || (bounded && standardError > 0.5))
    return [problem('impossible-standard-error', 'caution', {})]
  if (standardError === 0) {
    if (value === 0 || value === 1) return [problem('zero-standard-error', 'caution', {})]
    // Scores that are all equal do have no spread; anything else printed with error 0 contradicts itself.
    return recomputed === 0 ? [] : [problem('impossible-standard-error', 'caution', {})]
  }
  const [lower, upper] = [value - 1.96 * standardError, value + 1.96 * standardError]
  if (bounded && value >= 0 && value <= 1 && (lower < 0 || upper > 1))
    return [problem('implied-interval-outside-range', 'note', { lower, upper })]
  return []
}

/** Interval ends that the log prints outside the range of its scores. */
function printedBounds(run: RunRecord, bounded: boolean): readonly Caveat[] {
  if (!bounded) return []
  return run.reconciliations.flatMap(({ metric, reported }): readonly Caveat[] => {
    if (!/(^|[^a-z])(ci|confidence|lower|upper)([^a-z]|$)/i.test(metric)) return []
    if (reported === undefined || (reported >= 0 && reported <= 1)) return []
    const values = { path: run.path, metric, value: reported }
    return [{ code: 'impossible-interval', severity: 'caution', values, subject: run.path }]
  })
}

function rangeKnown(measures: readonly Measure[], run: RunRecord): boolean {
  const ofTask = measures.filter(({ task }) => task === run.task)
  return ofTask.length > 0 && ofTask.every(({ scale }) => scale !== 'unbounded')
}

function lacksResponses(run: RunRecord): boolean {
  return run.expected.responses !== undefined && run.found.responses < run.expected.responses
}

function isUnfinished(run: RunRecord): boolean {
  return run.status === 'started' || run.status === 'error' || run.status === 'cancelled'
}

function runTable(runs: readonly RunRecord[], limit: number): Table {
  return {
    title: 'What each log promises and holds',
    columns: [
      { key: 'path', label: 'Log', format: 'text' },
      { key: 'model', label: 'Model', format: 'text' },
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'status', label: 'Status', format: 'text' },
      { key: 'expected', label: 'Responses promised', format: 'count' },
      { key: 'found', label: 'Responses found', format: 'count' },
      { key: 'scored', label: 'Scored rows', format: 'count' },
    ],
    rows: runs.slice(0, limit).map((run) => ({
      path: run.path,
      model: run.model,
      task: run.task,
      status: run.status,
      expected: run.expected.responses ?? null,
      found: run.found.responses,
      scored: run.found.scoredRows,
    })),
    omittedRows: Math.max(0, runs.length - limit),
  }
}

function figureTable(runs: readonly RunRecord[], limit: number): Table {
  const order = { differs: 0, cannot: 1, match: 2 }
  const figures = runs
    .flatMap((run) => run.reconciliations.map((figure) => ({ path: run.path, ...figure })))
    // Array sort is stable: inside a verdict the logs keep their order.
    .sort((a, b) => order[a.verdict] - order[b.verdict])
  return {
    title: 'Printed figures, recomputed from their rows',
    columns: [
      { key: 'path', label: 'Log', format: 'text' },
      { key: 'metric', label: 'Figure', format: 'text' },
      { key: 'reported', label: 'Printed', format: 'number' },
      { key: 'recomputed', label: 'Recomputed', format: 'number' },
      { key: 'verdict', label: 'Verdict', format: 'text' },
    ],
    rows: figures.slice(0, limit).map(({ path, metric, reported, recomputed, verdict }) => ({
      path,
      metric,
      reported: reported ?? null,
      recomputed: recomputed ?? null,
      verdict,
    })),
    omittedRows: Math.max(0, figures.length - limit),
  }
}
