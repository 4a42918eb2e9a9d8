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

export interface Design<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly title: string
  readonly version: number
  readonly summary: string
  readonly parameters: Schema
  readonly references: readonly string[]
  plan(input: DesignInput<z.infer<Schema>>): DesignPlan
}

export function defineDesign<Schema extends z.ZodObject>(design: Design<Schema>): Design<Schema> {
  return design
}
