/** The shape of a technique: a way of getting the answer out of a model, with its cost. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { BlindItem, Item } from './item.ts'
import type { CallOutcome, ModelRequest, Purpose } from './model-call.ts'
import type { RenderState } from './render.ts'

export type Capability = 'chat' | 'likelihood' | 'log-probabilities' | 'seed'

export interface CostPlan {
  /** Calls per cell, and once per run for fitting and selecting. */
  readonly callsPerCell: number
  readonly callsOnce: number
}

export interface Candidate {
  readonly text: string
  /** Answer in canonical space as the technique read it; undefined where it could not. */
  readonly answer: string | undefined
  readonly score?: number | undefined
}

export type Attempt =
  | {
      readonly state: 'answered'
      /** What scorers read: the final text. */
      readonly text: string
      /** Answer in canonical space where the technique already settled it (a vote, a likelihood). */
      readonly answer?: string | undefined
      readonly candidates: readonly Candidate[]
      readonly exemplarIds: readonly string[]
    }
  | {
      readonly state: 'refused' | 'truncated' | 'failed'
      readonly reason: string
      readonly candidates: readonly Candidate[]
      readonly exemplarIds: readonly string[]
    }

export interface TechniqueContext {
  /** Renders the cell's variant, with changes of the technique applied before the layout. */
  render(change: (state: RenderState) => RenderState): { readonly request: ModelRequest; readonly state: RenderState }
  call(request: ModelRequest, purpose: Purpose): Promise<CallOutcome>
  readonly random: Random
}

export interface FitContext {
  readonly fit: readonly Item[]
  readonly select: readonly Item[]
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
  plan(parameters: z.infer<Schema>, shape: { readonly options: number; readonly fitItems: number }): CostPlan
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
