/** Turns the results of analyses into one document. Pure: no clock, no file, no random number. */
import {
  explain as explainMessage,
  messageCodes,
  type Observations,
  questions,
  type RunRecord,
} from '../domain/index.ts'
import { cleanText } from './clean-text.ts'
import { rankProblems, runProblems } from './compose/collect-problems.ts'
import { type AnalysisWithResult, byQuestion, composeSection, problemsOf } from './compose/compose-section.ts'
import { type Explain, explainedCaveat } from './compose/explained.ts'
import { hypothesisLedger } from './compose/hypothesis-ledger.ts'
import { toJsonNumbers } from './compose/json-numbers.ts'
import { summarizeObservations } from './compose/summarize-observations.ts'
import { type ObservationsRecord, type ReportDocument, reportDocument } from './document.ts'

export interface ReportInput {
  readonly runs: readonly RunRecord[]
  readonly observations: Observations
  /** Analyses in the order in which a reader should meet them; within a question the first leads. */
  readonly results: readonly AnalysisWithResult[]
  /** Files that could not be read. */
  readonly failures: readonly {
    readonly path: string
    readonly code: string
    readonly message: string
    readonly fix: string
  }[]
  /** Files that are no evaluation log. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly seed: string | number
  /** Parameters of analyses that were set by hand, as they were written. */
  readonly settings?: Readonly<Record<string, string>>
  /** Version of this program. */
  readonly version: string
  readonly inputHash: string
  /** Words for codes; tests of the report pass their own. */
  readonly explain?: Explain
}

export function composeReport({ explain = explainMessage, ...input }: ReportInput): ReportDocument {
  const observations = summarizeObservations(input.observations)
  const runs = input.runs.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const ordered = byQuestion(input.results)
  const problems = rankProblems([
    ...runs.flatMap((run) => runProblems(run, explain)),
    ...ordered.flatMap(({ results }) => results.flatMap((each) => problemsOf(each, explain))),
  ])
  return reportDocument.parse({
    schemaVersion: 1,
    assay: { version: input.version },
    title: titleOf(observations),
    seed: String(input.seed),
    settings: sorted(input.settings ?? {}),
    inputHash: input.inputHash,
    questions: [...questions],
    observations,
    problems,
    sections: ordered.map((section) => composeSection({ ...section, inputHash: input.inputHash, explain })),
    ledger: hypothesisLedger(ordered.flatMap(({ results }) => results)),
    runs: runs.map((run) => runRecord(run, explain)),
    failures: input.failures.toSorted(byPath),
    skipped: input.skipped.toSorted(byPath),
    assumptions: assumptionWords(input.results, explain),
  })
}

function runRecord(run: RunRecord, explain: Explain) {
  return {
    ...run,
    scorers: sorted(run.scorers),
    settings: sorted(run.settings),
    provenance: sorted(run.provenance),
    reconciliations: run.reconciliations.map(({ because, ...numbers }) => ({
      ...toJsonNumbers(numbers),
      because: because === undefined ? undefined : explainedCaveat(because, explain),
    })),
    headlines: run.headlines.map(toJsonNumbers),
    caveats: run.caveats.map((caveat) => explainedCaveat(caveat, explain)),
  }
}

/** `gpt-4 and claude-2 on arith`; with more than two names, how many. */
function titleOf({ models, tasks }: ObservationsRecord): string {
  if (models.length === 0) return 'No observations'
  return `${named(models, 'models')} on ${named(tasks, 'tasks')}`
}

function named(names: readonly string[], plural: string): string {
  return names.length <= 2 ? names.map(shortened).join(' and ') : `${names.length} ${plural}`
}

/** Paths and revisions make names of a hundred letters; in a title the two ends tell them apart. */
function shortened(name: string): string {
  const letters = [...cleanText(name)]
  return letters.length <= 44 ? letters.join('') : `${letters.slice(0, 26).join('')}…${letters.slice(-16).join('')}`
}

/** Assumptions may be message codes or plain words; a code without a message is spelled out, never dropped. */
function assumptionWords(results: readonly AnalysisWithResult[], explain: Explain): Record<string, string> {
  const codes = new Set<string>()
  for (const { analysis, result } of results) {
    for (const code of analysis.assumptions) codes.add(code)
    for (const { outcome } of result.evidence) {
      if (outcome.kind !== 'not-estimable') for (const code of outcome.assumptions) codes.add(code)
    }
  }
  const known = new Set(messageCodes)
  return Object.fromEntries(
    [...codes].sort().map((code) => {
      if (known.has(code)) return [code, explain({ code, values: {} }).text]
      const words = /^[a-z0-9-]+$/.test(code) ? code.replaceAll('-', ' ') : code
      return [code, words.charAt(0).toUpperCase() + words.slice(1)]
    }),
  )
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
