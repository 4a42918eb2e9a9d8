/** The shape of a factor: one thing that is varied, with its levels. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { BlindItem } from './item.ts'
import type { RenderState } from './render.ts'

/** Whether a level leaves the task the same, and how that is known. */
export type Preservation = 'by-construction' | 'judged' | 'human' | 'changes-meaning'

export interface FactorInput<Parameters> {
  readonly state: RenderState
  readonly item: BlindItem
  readonly level: string
  readonly parameters: Parameters
  /** Stream of (run, factor, item, level): never shared with another cell. */
  readonly random: Random
  /** Stream of (run, factor): for what all items share, such as one draw of examples. */
  readonly sharedRandom: Random
}

export interface Factor<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly title: string
  readonly version: number
  readonly summary: string
  readonly kind:
    | 'format'
    | 'order'
    | 'labels'
    | 'lexical'
    | 'paraphrase'
    | 'language'
    | 'persona'
    | 'system'
    | 'few-shot'
    | 'decoding'
    | 'answer-mode'
  readonly preserves: Preservation
  /** What it changes and nothing else: without options, or where they are not shown, it would do nothing. */
  readonly varies?: 'options' | 'shown-options'
  readonly parameters: Schema
  readonly references: readonly string[]
  /** Position in the pipeline: content 10, options 20, wording 30, layout 40, chat 50, decoding 60. */
  readonly stage: number
  /** Levels in order; the first is the reference. Drawn levels (random formats) come from `random` and are then fixed. */
  levels(parameters: z.infer<Schema>, random: Random): readonly string[]
  /** Applies a level. Never sees a target; the returned state says in `notes` where nothing changed. */
  apply(input: FactorInput<z.infer<Schema>>): RenderState
}

export function defineFactor<Schema extends z.ZodObject>(factor: Factor<Schema>): Factor<Schema> {
  return factor
}
