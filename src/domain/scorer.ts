/** The shape of a scorer: a judgement of an attempt, or the reason there is none. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { Item } from './item.ts'
import type { CallOutcome, ModelRequest } from './model-call.ts'
import type { MissingReason } from './observations.ts'
import type { AnswerMode, RenderState } from './render.ts'
import type { Attempt } from './technique.ts'

/** How the answer was asked for: a mode where the item has options, `open` where it has none. */
export type AskedFor = AnswerMode | 'open'

export const askedForms: Readonly<Record<AskedFor, string>> = {
  letter: 'labels of options',
  text: 'texts of options',
  likelihood: 'likelihoods of options',
  generative: 'free answers, options hidden',
  open: 'free answers to open questions',
}

/** One reading of an attempt: strict takes only the form that was asked for, lenient any clear answer. */
export interface Reading {
  readonly score: number | MissingReason
  /** Answer in canonical space, as read. */
  readonly answer?: string | undefined
  /** Where there is no score, what the scorer said of it: one short line. */
  readonly because?: string | undefined
}

export interface ScorerInput<Parameters> {
  readonly item: Item
  readonly attempt: Attempt
  /** The state the prompt was rendered from: labels and order are undone with its options. */
  readonly state: RenderState
  readonly parameters: Parameters
  /** Calls a judge model. Only model-graded scorers use it. */
  readonly judge: (request: ModelRequest) => Promise<CallOutcome>
  readonly random: Random
}

export interface Scorer<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly title: string
  readonly version: number
  readonly summary: string
  readonly parameters: Schema
  readonly references: readonly string[]
  /** Answers it can make sense of; all others it leaves without a score. */
  readonly reads: readonly AskedFor[]
  /** Range of a score, for intervals that must stay inside. */
  readonly range: { readonly lower: number; readonly upper: number }
  score(input: ScorerInput<z.infer<Schema>>): Promise<{ readonly strict: Reading; readonly lenient: Reading }>
}

export function defineScorer<Schema extends z.ZodObject>(scorer: Scorer<Schema>): Scorer<Schema> {
  return scorer
}
