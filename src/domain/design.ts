/** The shape of a design: which settings of the factors are run, and what that licenses. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { Quantifier } from './claim.ts'
import type { Levels } from './observations.ts'

export interface FactorLevels {
  readonly name: string
  readonly levels: readonly string[]
}

export interface Constraint {
  /** Settings that match all of these are impossible. */
  readonly not: Levels
  readonly because: string
}

export interface DesignInput<Parameters> {
  readonly factors: readonly FactorLevels[]
  readonly constraints: readonly Constraint[]
  /** Settings that exist already (an imported log): only what is missing is added. */
  readonly existing: readonly Levels[]
  readonly parameters: Parameters
  readonly random: Random
}

export interface DesignPlan {
  readonly settings: readonly Levels[]
  /** How settings came about: decides what may be claimed of others. */
  readonly selection: 'complete' | 'random-draw' | 'covering' | 'attribution' | 'adaptive' | 'supplied'
  readonly licenses: readonly Quantifier[]
  /** One sentence of what the design licenses and what not; a message code with values. */
  readonly statement: { readonly code: string; readonly values: Readonly<Record<string, string | number | boolean>> }
}

/** Items asked about, those with a score, and the sum of the scores, each moved to [0, 1]. */
export interface SearchCount {
  readonly asked: number
  readonly trials: number
  readonly successes: number
}

/** What an adaptive design has seen, as plain data: it goes on after a crash. Arms are positions in the plan's settings. */
export interface SearchState {
  readonly step: number
  readonly counts: readonly SearchCount[]
  readonly highest?: number | undefined
}

export type SearchStep =
  | { readonly kind: 'try'; readonly arm: number; readonly seeking: 'highest' | 'lowest' }
  | { readonly kind: 'found'; readonly highest: number; readonly lowest: number }

/**
 * An adaptive design while it runs. The runner asks arm 0 on all items and starts; then it takes the next step, asks that
 * arm the next batch of items in an order all arms share, records the result, until the ends are found. Pure: a step
 * depends on the state alone.
 */
export interface AdaptiveSearch {
  /** Items of a step; the last ones of an arm may be fewer. */
  readonly batch: number
  /** Most items that all steps together ask about, the reference not counted. */
  readonly budget: number
  /** What is searched for the ends; without a scorer the first one of the protocol. */
  readonly objective: { readonly scorer: string | undefined; readonly reading: 'strict' | 'lenient' }
  start(reference: SearchCount): SearchState
  next(state: SearchState): SearchStep
  record(state: SearchState, result: SearchCount & { readonly arm: number }): SearchState
}

export interface SearchInput<Parameters> {
  readonly parameters: Parameters
  /** Number of settings of the plan. */
  readonly settings: number
  readonly items: number
  readonly random: Random
}

export interface Design<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly title: string
  readonly version: number
  readonly summary: string
  readonly parameters: Schema
  readonly references: readonly string[]
  /** Whether what it licenses still holds where it runs only what existing settings miss. */
  readonly countsExisting?: true
  plan(input: DesignInput<z.infer<Schema>>): DesignPlan
  /** Only adaptive designs choose what to ask while they run. */
  search?(input: SearchInput<z.infer<Schema>>): AdaptiveSearch
}

export function defineDesign<Schema extends z.ZodObject>(design: Design<Schema>): Design<Schema> {
  return design
}
