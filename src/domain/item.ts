/** An item, and the part of it a technique or factor may see. */

export interface Item {
  readonly id: string
  readonly input: string
  /** Choices in canonical order; absent for open questions. */
  readonly options?: readonly string[] | undefined
  /** Text the instruction may refer to: a passage, a table. */
  readonly context?: string | undefined
  /** Accepted answers; for multiple choice the 0-based index of the right option, as text. */
  readonly target: readonly string[]
  readonly cluster?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

declare const blind: unique symbol

/** An item without its target. Made by `blindItem` alone, so that no factor or technique can be handed an answer. */
export interface BlindItem {
  readonly id: string
  readonly input: string
  readonly options?: readonly string[] | undefined
  readonly context?: string | undefined
  readonly [blind]: true
}

export function blindItem({ id, input, options, context }: Item): BlindItem {
  return { id, input, options, context } as BlindItem
}

/** Which items a technique may learn from, choose by, and be judged on. An item has one role. */
export type DataRole = 'fit' | 'select' | 'report'
