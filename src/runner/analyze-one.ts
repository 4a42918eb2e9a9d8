/** Runs one analysis on its own random stream. One that throws is our bug, and costs only its own answer. */
import type { Analysis, AnalysisResult, Observations, RunRecord } from '../domain/index.ts'
import type { Random } from '../random/index.ts'

export interface AnalysisTask {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  /** Stream of the whole run; the analysis gets the split of its own name. */
  readonly random: Random
}

export interface AnalysisOutcome {
  readonly result: AnalysisResult
  /** What was thrown, where something was. */
  readonly thrown?: { readonly reason: string; readonly cause: unknown }
}

export function analyzeOne(analysis: Analysis, { observations, runs, random }: AnalysisTask): AnalysisOutcome {
  try {
    const parameters = analysis.parameters.parse({})
    return { result: analysis.analyze({ observations, runs, parameters, random: random.split(analysis.name) }) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { result: failed(analysis, reason), thrown: { reason, cause } }
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
