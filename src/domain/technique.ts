/** The shape of a technique: a way of getting the answer out of a model, with its cost. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { BlindItem, Item } from './item.ts'
import type { CallOutcome, ModelRequest, Purpose } from './model-call.ts'
import type { AnswerMode, RenderState } from './render.ts'

export type Capability = 'chat' | 'likelihood' | 'log-probabilities' | 'seed'

export interface CostPlan {
  /** Calls per cell, and once per run for fitting and selecting. */
  readonly callsPerCell: number
  readonly callsOnce: number
}

export interface PlanShape {
  /** Options of an item; 0 for open questions. */
  readonly options: number
  readonly fitItems: number
  readonly selectItems: number
  readonly answerMode: AnswerMode
}

export interface Candidate {
  readonly text: string
  /** Answer in canonical space as the technique read it; undefined where it could not. */
  readonly answer: string | undefined
  /** What a verifier gave it. */
  readonly score?: number | undefined
  /** For candidates that were weighed rather than written. */
  readonly likelihood?: CandidateLikelihood | undefined
}

export interface Vote {
  /** Samples that voted for the answer. */
  readonly votes: number
  /** Samples in which no answer was read: refused, cut off or unclear. */
  readonly abstained: number
  /** Other answers with as many votes; the one given was seen first. */
  readonly tied: readonly string[]
}

export interface CandidateLikelihood {
  /** Log-probability of the continuation after the prompt, summed over its tokens. */
  readonly logProbability: number
  readonly tokens?: number | undefined
  /** The same after a prompt without the question; absent where it was not asked for. */
  readonly unconditional?: number | undefined
}

export type Attempt =
  | {
      readonly state: 'answered'
      /** What scorers read: the final text. */
      readonly text: string
      /** Answer in canonical space where the technique already settled it (a vote, a likelihood). */
      readonly answer?: string | undefined
      /** Whether the reply kept the form that the technique asked for; absent where it asked for none of its own. */
      readonly formKept?: boolean | undefined
      /** Where several samples voted. */
      readonly vote?: Vote | undefined
      readonly candidates: readonly Candidate[]
      readonly exemplarIds: readonly string[]
    }
  | {
      readonly state: 'refused' | 'truncated' | 'failed'
      /** For failures the cause of the call's failure. */
      readonly reason: string
      readonly candidates: readonly Candidate[]
      readonly exemplarIds: readonly string[]
    }

export interface TechniqueContext {
  /** Renders the cell's variant, with changes of the technique applied before the layout. */
  render(change: (state: RenderState) => RenderState): { readonly request: ModelRequest; readonly state: RenderState }
  call(request: ModelRequest, purpose: Purpose): Promise<CallOutcome>
  /** Asks a judge the protocol declares: the one named, else the first. Never the model under study unless declared. */
  judge(request: ModelRequest, judge: string | undefined): Promise<CallOutcome>
  readonly random: Random
}

export interface FitContext {
  readonly fit: readonly Item[]
  readonly select: readonly Item[]
  /** Renders an item of these under the reference setting, as `TechniqueContext.render` does. */
  render(
    item: BlindItem,
    change: (state: RenderState) => RenderState,
  ): { readonly request: ModelRequest; readonly state: RenderState }
  call(request: ModelRequest, purpose: Purpose): Promise<CallOutcome>
  readonly random: Random
}

export interface Technique<Schema extends z.ZodObject = z.ZodObject, Fitted = unknown> {
  readonly name: string
  readonly title: string
  readonly version: number
  readonly summary: string
  readonly parameters: Schema
  readonly references: readonly string[]
  readonly needs: readonly Capability[]
  plan(parameters: z.infer<Schema>, shape: PlanShape): CostPlan
  /** Learns from fit and select items only. */
  fit(parameters: z.infer<Schema>, context: FitContext): Promise<Fitted>
  solve(input: {
    readonly item: BlindItem
    readonly parameters: z.infer<Schema>
    readonly fitted: Fitted
    readonly context: TechniqueContext
  }): Promise<Attempt>
}

export function defineTechnique<Schema extends z.ZodObject, Fitted>(
  technique: Technique<Schema, Fitted>,
): Technique<Schema, Fitted> {
  return technique
}
