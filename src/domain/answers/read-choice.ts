/**
 * Which option a reply chooses, in canonical space. The strict reading takes only the form that was asked for; the lenient
 * one any single clear choice. Neither ever picks between two: a reply that may mean either means none.
 */
import type { AnswerMode } from '../render.ts'
import { choiceMentions, type Mentions } from './choice-mentions.ts'
import { searchedPart } from './final-answer.ts'
import { type NamedOption, optionTexts, type ShownPrompt } from './option-texts.ts'
import { plainText, unwrapped } from './plain-text.ts'

export interface ChoiceReading {
  /** Index in the item's canonical options, or undefined where nothing clear was said. */
  readonly strict: number | undefined
  readonly lenient: number | undefined
}

export interface ReplyToRead {
  readonly text: string
  readonly prompt: ShownPrompt
  /** The item's own option texts, in canonical order. */
  readonly originals: readonly string[]
}

/**
 * readChoice({
 *   text: 'The answer is (B), not (A).',
 *   prompt: {
 *     answerMode: 'letter',
 *     options: [{ canonical: 1, label: 'A', text: 'Rome' }, { canonical: 0, label: 'B', text: 'Paris' }],
 *   },
 *   originals: ['Paris', 'Rome'],
 * }) // => { strict: undefined, lenient: 0 }
 */
export function readChoice({ text, prompt, originals }: ReplyToRead): ChoiceReading {
  const options = optionTexts(prompt, originals)
  const strict = strictChoice({ text, options, mode: prompt.answerMode })
  return { strict, lenient: strict ?? lenientChoice({ text, options, mode: prompt.answerMode }) }
}

interface Reply {
  readonly text: string
  readonly options: readonly NamedOption[]
  readonly mode: AnswerMode
}

/** Letter mode: the label, bare or in its wrapper, and nothing else. Else: the text of the option, and nothing else. */
function strictChoice({ text, options, mode }: Reply): number | undefined {
  const said = unwrapped(text)
  if (mode === 'letter') {
    const label = unwrapped(said.replace(/^[([<{]\s?(.*?)\s?[)\]>}]$/su, '$1').replace(/^([^\s()]+)\s?[):]$/u, '$1'))
    return only(options.filter((option) => option.label === label))
  }
  return only(options.filter(({ texts }) => texts.some((each) => unwrapped(each) === said)))
}

function lenientChoice({ text: reply, options, mode }: Reply): number | undefined {
  const text = searchedPart(reply)
  const plain = plainText(text)
  const exact = options.filter(({ texts }) => texts.some((each) => plainText(each) === plain))
  if (exact.length > 0 && plain !== '') return only(exact)
  const bare = plain.replace(/[^\p{L}\p{N}]/gu, '')
  const byLabel = mode === 'letter' ? options.filter(({ label }) => label.toLowerCase() === bare) : []
  if (byLabel.length > 0) return only(byLabel)
  const mentions = choiceMentions({ text, options, labelsShown: mode === 'letter' || mode === 'text' })
  if (mentions.declared !== undefined) return settle(mentions.declared)
  return mentions.negated ? undefined : settle(mentions.anywhere)
}

/** Labels lead; texts must not contradict them. */
function settle({ labels, texts }: Mentions): number | undefined {
  if (labels.size > 1) return undefined
  const [label] = labels
  if (label !== undefined) return texts.size === 0 || texts.has(label) ? label : undefined
  const [text] = texts
  return texts.size === 1 ? text : undefined
}

function only(found: readonly NamedOption[]): number | undefined {
  return found.length === 1 ? found[0]?.canonical : undefined
}
