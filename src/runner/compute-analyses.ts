/** Every analysis of the product on one table of observations, one after the other. */
import type { Observations, RunRecord } from '../domain/index.ts'
import { analyses } from '../methods/analyses/index.ts'
import { openRandom } from '../random/index.ts'
import { type AnalysisOutcome, analyzeOne } from './analyze-one.ts'
import type { ComputeProgress } from './compute-progress.ts'

export interface AnalysesInput {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  readonly seed: string
  /** Parameters that differ from their defaults, by analysis and name. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Parallel to the list of analyses. */
export type AnalysesOutput = readonly AnalysisOutcome[]

export function computeAnalyses(
  { observations, runs, seed, settings }: AnalysesInput,
  onProgress: (progress: ComputeProgress) => void,
): AnalysesOutput {
  const random = openRandom(seed)
  return analyses.map((analysis, done) => {
    onProgress({ step: `analysing: ${analysis.title}`, done, total: analyses.length })
    return analyzeOne(analysis, { observations, runs, settings: settings[analysis.name] ?? {}, random })
  })
}
