/** The texts that count as right under a prompt. */
import type { Item } from '../item.ts'
import { optionTexts, type ShownPrompt } from './option-texts.ts'

export interface AcceptedTexts {
  /** In the form that was asked for. */
  readonly asked: readonly string[]
  /** In any form. */
  readonly any: readonly string[]
}

/** Targets of an open question. For options the text of the right one, and its label where labels were asked for. */
export function acceptedTexts({ item, prompt }: { readonly item: Item; readonly prompt: ShownPrompt }): AcceptedTexts {
  if (item.options === undefined) return { asked: item.target, any: item.target }
  const right = optionTexts(prompt, item.options).filter(({ canonical }) => item.target.includes(String(canonical)))
  const texts = right.flatMap((option) => option.texts)
  if (prompt.answerMode !== 'letter') return { asked: texts, any: texts }
  const labels = right.map(({ label }) => label)
  return { asked: labels, any: [...labels, ...texts] }
}
