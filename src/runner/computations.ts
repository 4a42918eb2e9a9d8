/** What a compute worker can be asked for, by hand: each takes data, reports progress and returns data. */
import type { ComparePlan, ComparePlanInput } from './compare-plan.ts'
import type { AnalysesInput, AnalysesOutput } from './compute-analyses.ts'
import type { ComputeProgress } from './compute-progress.ts'

/** Input and output by name. Both are cloned between threads: plain records, typed arrays and maps, no functions. */
export interface Computations {
  readonly analyses: { readonly input: AnalysesInput; readonly output: AnalysesOutput }
  readonly 'compare-plan': { readonly input: ComparePlanInput; readonly output: ComparePlan }
}

export type ComputationName = keyof Computations

export type Computation<Name extends ComputationName> = (
  input: Computations[Name]['input'],
  onProgress: (progress: ComputeProgress) => void,
) => Computations[Name]['output']

/** Loaded in the worker, and only when asked for. */
export const computations: { readonly [Name in ComputationName]: () => Promise<Computation<Name>> } = {
  analyses: async () => (await import('./compute-analyses.ts')).computeAnalyses,
  'compare-plan': async () => (await import('./compare-plan.ts')).comparePlan,
}
