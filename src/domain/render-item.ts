/**
 * From an item to the request a model gets. Factors and techniques change the state in between; this file fixes what a
 * state without them is and how the last one is written out. Equal states give equal bytes.
 */
import { fail } from '../stats/index.ts'
import { rewriteCitedLabels } from './cited-labels.ts'
import { fillPlaceholders, placeholdersOf } from './fill-placeholders.ts'
import type { BlindItem } from './item.ts'
import { bareLayout, layOutExemplar, layOutItem, optionsBlock, plainLayout } from './lay-out-item.ts'
import type { Decoding, Message, ModelRequest } from './model-call.ts'
import { optionLabels } from './option-labels.ts'
import type { AnswerMode, Exemplar, Layout, RenderState, ShownOption } from './render.ts'

export interface RenderStart {
  readonly item: BlindItem
  /** May place `{{question}}`, `{{context}}`, `{{options}}`, `{{examples}}`, `{{labels}}` and `{{answer_request}}`. */
  readonly instruction: string
  readonly system: string | undefined
  readonly answerMode: AnswerMode
  readonly decoding: Decoding
  /** Without one: `plainLayout` for items with options, and the bare item for open questions. */
  readonly layout?: Layout | undefined
  /** Worked examples of fit items, for factors and techniques that show some. */
  readonly exemplarPool?: readonly Exemplar[] | undefined
}

/** What asks for the form of the answer where the instruction leaves it to us. */
export const answerRequests: Readonly<Record<AnswerMode, string>> = {
  letter: 'Reply with the label of the right option only: {{labels}}.',
  text: 'Reply with the text of the right option only, copied exactly.',
  likelihood: '',
  generative: '',
}

/** The state of an item before any factor or technique: options in canonical order under A, B, C. */
export function startRender(start: RenderStart): RenderState {
  const { item, instruction, system, answerMode, decoding } = start
  const layout = start.layout ?? (item.options === undefined ? bareLayout : plainLayout)
  const labels = optionLabels(layout.labelStyle, item.options?.length ?? 0)
  const asks = instruction.trim() === '' || placeholdersOf(instruction).includes('answer_request')
  return {
    itemId: item.id,
    system,
    instruction,
    context: item.context,
    question: item.input,
    options: (item.options ?? []).map((text, canonical) => ({ canonical, text, label: labels[canonical] ?? '' })),
    exemplars: [],
    exemplarPool: start.exemplarPool ?? [],
    answerMode,
    likelihoodOf: 'option-text',
    answerRequest: asks ? answerRequests[answerMode] : '',
    answerCue: '',
    layout,
    decoding,
    notes: [],
  }
}

/**
 * The request of a state. Labels that the instruction or an option cites ("A or B", "both A and C") are written as shown.
 * A likelihood prompt ends without white space: that is moved to the continuations, where tokenizers expect it.
 * Refuses unknown placeholders, and modes that need options on items without.
 */
export function finishRender(state: RenderState): ModelRequest {
  const { answerMode, options, itemId } = state
  if (answerMode !== 'generative' && options.length === 0)
    fail('answer-mode-needs-options', { mode: answerMode, item: itemId }, 'give the item options, or ask generatively')
  const shown = withCitedLabels(state)
  const values = valuesOf(shown)
  const system = state.system === undefined ? '' : fillPlaceholders(state.system, values)
  const text = messageOf(shown, values)
  if (answerMode !== 'likelihood') {
    const messages: Message[] = [{ role: 'user', content: text.trimEnd() }]
    if (system !== '') messages.unshift({ role: 'system', content: system })
    return { kind: 'chat', messages, decoding: givenOnly(state.decoding), logProbabilities: 0 }
  }
  const whole = system === '' ? text : `${system}\n\n${text}`
  const prompt = whole.trimEnd()
  const gap = whole.slice(prompt.length)
  const before = gap === '' ? ' ' : gap
  const continuations = shown.options.map((option) =>
    before.concat(state.likelihoodOf === 'label' ? option.label : option.text),
  )
  return { kind: 'likelihood', prompt, continuations }
}

/** The options as the prompt writes them, labels that they cite included. */
export function shownOptions(state: RenderState): readonly ShownOption[] {
  return withCitedLabels(state).options
}

/** Text of the item under the layout with its options written as shown, labels they cite included. */
function withCitedLabels(state: RenderState): RenderState {
  const letters = optionLabels('A', state.options.length)
  // An option speaks of other options by what they are; an instruction speaks of places on the page.
  const byContent = new Map(
    state.options.map(({ canonical, label }): [string, string] => [letters[canonical] ?? label, label]),
  )
  const byPlace = new Map(state.options.map(({ label }, index): [string, string] => [letters[index] ?? label, label]))
  return {
    ...state,
    instruction: rewriteCitedLabels(state.instruction, byPlace),
    options: state.options.map((option) => ({ ...option, text: rewriteCitedLabels(option.text, byContent) })),
  }
}

function valuesOf(state: RenderState): Readonly<Record<string, string>> {
  const labels = inWords(state.options.map(({ label }) => label))
  return {
    question: state.question,
    context: state.context ?? '',
    options: optionsBlock(state, state.options),
    examples: state.exemplars.map((exemplar) => layOutExemplar(state, exemplar)).join('\n\n'),
    labels,
    answer_request: fillPlaceholders(state.answerRequest, { labels }),
  }
}

/** Instruction, examples and item, in that order unless the instruction places them itself. */
function messageOf(state: RenderState, values: Readonly<Record<string, string>>): string {
  const placed = new Set(placeholdersOf(state.instruction))
  const instruction = fillPlaceholders(state.instruction, values)
  const request = placed.has('answer_request') ? '' : (values.answer_request ?? '')
  const head = [instruction, request].filter((text) => text.trim() !== '').join(instruction.includes('\n') ? '\n' : ' ')
  const examples = placed.has('examples') ? '' : (values.examples ?? '')
  const parts = placed.has('question')
    ? [examples, head, state.answerCue]
    : [
        head,
        examples,
        layOutItem({
          ...state,
          context: placed.has('context') ? undefined : state.context,
          options: placed.has('options') ? [] : state.options,
        }),
      ]
  return parts.filter((text) => text !== '').join('\n\n')
}

/** `A, B or C`. */
function inWords(labels: readonly string[]): string {
  const last = labels.at(-1) ?? ''
  return labels.length < 2 ? last : `${labels.slice(0, -1).join(', ')} or ${last}`
}

/** Decoding without absent fields, so that equal requests have equal hashes. */
function givenOnly(decoding: Decoding): Decoding {
  return Object.fromEntries(Object.entries(decoding).filter(([, value]) => value !== undefined))
}
