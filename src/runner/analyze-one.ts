/** Runs one analysis on its own random stream. One that throws is our bug, and costs only its own answer. */
import { type Analysis, type AnalysisResult, explain, type Observations, type RunRecord } from '../domain/index.ts'
import type { Random } from '../random/index.ts'

export interface AnalysisTask {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  /** Parameters that differ from their defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Stream of the whole run; the analysis gets the split of its own name. */
  readonly random: Random
}

export interface AnalysisOutcome {
  readonly result: AnalysisResult
  /** What was thrown, where something was. */
  readonly thrown?: { readonly reason: string; readonly cause: unknown }
}

export function analyzeOne(
  analysis: Analysis,
  { observations, runs, settings, random }: AnalysisTask,
): AnalysisOutcome {
  try {
    const parameters = analysis.parameters.parse(settings)
    const result = analysis.analyze({ observations, runs, parameters, random: random.split(analysis.name) })
    refuseWordless(result)
    return { result }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { result: failed(analysis, reason), thrown: { reason, cause } }
  }
}

/** A sentence that cannot be put into words would end the whole report when it is composed; here it costs one analysis. */
function refuseWordless({ statements, problems, evidence }: AnalysisResult): void {
  for (const coded of [...statements, ...problems]) explain(coded)
  for (const { outcome } of evidence) {
    if (outcome.kind === 'not-estimable') explain(outcome.because)
    else for (const caveat of outcome.caveats) explain(caveat)
  }
}

function failed(analysis: Analysis, reason: string): AnalysisResult {
  const values = { analysis: analysis.title, reason }
  return {
    status: 'cannot-say',
    statements: [{ code: 'analysis-failed', values }],
    evidence: [],
    problems: [{ code: 'analysis-failed', severity: 'invalid', values }],
    figures: [],
    tables: [],
  }
}
