/** Runs every analysis in a worker thread, so that the process stays responsive, and pairs the answers with their questions. */
import type { Analysis, AnalysisResult, Observations, RunRecord } from '../domain/index.ts'
import { analyses } from '../methods/analyses/index.ts'
import type { ComputeWorker } from '../runner/open-worker.ts'
import type { AnalysisSettings } from './analysis-settings.ts'
import type { Complaint, OperationContext } from './operation.ts'

export interface RunAnalysesOptions {
  /** Opened for `analyses`, early enough to have loaded them meanwhile. */
  readonly worker: ComputeWorker
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  readonly seed: string
  readonly settings: AnalysisSettings
  readonly context: OperationContext
}

export interface AnalysesRun {
  readonly results: readonly { readonly analysis: Analysis; readonly result: AnalysisResult }[]
  /** One per analysis that threw. */
  readonly bugs: readonly Complaint[]
}

export async function runAnalyses({ worker, context, ...input }: RunAnalysesOptions): Promise<AnalysesRun> {
  const { signal, progress } = context
  const outcomes = await worker.compute('analyses', {
    input,
    signal,
    onProgress: (event) => progress({ ...event, unit: 'analyses' }),
  })
  const paired = analyses.map((analysis, at) => {
    const outcome = outcomes[at]
    if (outcome === undefined) throw new Error(`the analysis "${analysis.name}" was not run`)
    return { analysis, ...outcome }
  })
  return {
    results: paired.map(({ analysis, result }) => ({ analysis, result })),
    bugs: paired.flatMap(({ analysis, thrown }) => (thrown === undefined ? [] : [bugOf(analysis, thrown)])),
  }
}

function bugOf(
  { title }: Analysis,
  { reason, cause }: { readonly reason: string; readonly cause: unknown },
): Complaint {
  return {
    message: `the analysis "${title}" failed: ${reason}`,
    fix: 'this is a bug in assay: please report it with what it prints with ASSAY_DEBUG=1 set',
    cause,
  }
}
