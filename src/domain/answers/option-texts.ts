/** The texts under which an option may be named: as it was shown, and as the item has it. */
import { rewriteCitedLabels } from '../cited-labels.ts'
import { optionLabels } from '../option-labels.ts'
import type { RenderState } from '../render.ts'

export interface NamedOption {
  readonly canonical: number
  readonly label: string
  /** Different wordings of the same option; the shown one first. */
  readonly texts: readonly string[]
}

/** What a reader of answers needs to know of the prompt. */
export type ShownPrompt = Pick<RenderState, 'options' | 'answerMode'>

/**
 * Options by label and text. `originals` are the item's own texts: a perturbed option may be answered in clean spelling.
 * Options that cite labels ("both A and B") were shown with the labels of their prompt, and are read that way.
 */
export function optionTexts({ options }: ShownPrompt, originals: readonly string[]): readonly NamedOption[] {
  const letters = optionLabels('A', options.length)
  const shown = new Map(options.map(({ canonical, label }) => [letters[canonical] ?? label, label]))
  return options.map(({ canonical, label, text }) => {
    const original = originals[canonical]
    const texts = [rewriteCitedLabels(text, shown), text, ...(original === undefined ? [] : [original])]
    return { canonical, label, texts: [...new Set(texts)] }
  })
}
