/** The text of an item and of worked examples under a layout: fields with descriptors, joined. */
import { hasLabels, optionLabels, wrapLabel } from './option-labels.ts'
import type { Exemplar, Layout, RenderState, ShownOption } from './render.ts'

/** Question, answer and options named, options under `A.`; what most multiple-choice prompts look like. */
export const plainLayout: Layout = {
  questionDescriptor: 'Question',
  contextDescriptor: 'Context',
  optionsDescriptor: '',
  answerDescriptor: 'Answer',
  optionDescriptor: '',
  optionDescriptorGap: ' ',
  separator: ': ',
  joiner: '\n',
  optionJoiner: '\n',
  optionGap: ' ',
  labelStyle: 'A',
  labelWrapper: 'x.',
  labelPlacement: 'before',
  casing: 'as-is',
}

/** The item as it is written, without descriptors: what a deployed system would be sent. */
export const bareLayout: Layout = {
  ...plainLayout,
  questionDescriptor: '',
  contextDescriptor: '',
  answerDescriptor: '',
}

/** Whether the model sees the options: not where it is asked freely, nor where their texts are weighed unseen. */
export function showsOptions({ answerMode, likelihoodOf }: RenderState): boolean {
  if (answerMode === 'likelihood') return likelihoodOf === 'label'
  return answerMode === 'letter' || answerMode === 'text'
}

/** Context, question, options and the cue for the answer. */
export function layOutItem(state: RenderState): string {
  const { layout, context, question, exemplars, answerCue } = state
  const fields = [...contentFields({ layout, context, question, options: optionsBlock(state, state.options) })]
  // Where examples reason before they answer, a cue for the answer would make the model skip the reasoning.
  const cueless = exemplars.some(({ reasoning }) => reasoning !== undefined)
  const cue = cueless ? answerCue : field(layout, layout.answerDescriptor, answerCue)
  if (cue !== '') fields.push(cue)
  return fields.join(layout.joiner)
}

export function layOutExemplar(state: RenderState, exemplar: Exemplar): string {
  const { layout } = state
  const count = exemplar.options?.length ?? 0
  // An example may have more options than the item, and more than the style of its labels has numerals for.
  const labels = optionLabels(hasLabels(layout.labelStyle, count) ? layout.labelStyle : 'A', count)
  const options = (exemplar.options ?? []).map((text, canonical): ShownOption => {
    return { canonical, text, label: labels[canonical] ?? '' }
  })
  const { context, input: question, reasoning } = exemplar
  const fields = [...contentFields({ layout, context, question, options: optionsBlock(state, options) })]
  if (reasoning !== undefined) fields.push(reasoning)
  const descriptor = reasoning !== undefined && layout.answerDescriptor === '' ? 'Answer' : layout.answerDescriptor
  fields.push(field(layout, descriptor, shownAnswer({ state, options, answer: exemplar.answer })))
  return fields.join(layout.joiner)
}

/** The options as the model sees them, or nothing where it does not. */
export function optionsBlock(state: RenderState, options: readonly ShownOption[]): string {
  if (options.length === 0 || !showsOptions(state)) return ''
  const { layout } = state
  const descriptor =
    layout.optionDescriptor === '' ? '' : cased(layout, layout.optionDescriptor) + layout.optionDescriptorGap
  const lines = options.map(({ label, text }) => {
    const shown = descriptor + wrapLabel(layout, label)
    return layout.labelPlacement === 'before' ? shown + layout.optionGap + text : text + layout.optionGap + shown
  })
  const block = lines.join(layout.optionJoiner)
  if (layout.optionsDescriptor === '') return block
  const head = cased(layout, layout.optionsDescriptor) + layout.separator
  return layout.optionJoiner.includes('\n') ? `${head.trimEnd()}\n${block}` : head + block
}

interface Content {
  readonly layout: Layout
  readonly context: string | undefined
  readonly question: string
  readonly options: string
}

function contentFields({ layout, context, question, options }: Content): readonly string[] {
  return [
    context === undefined ? '' : field(layout, layout.contextDescriptor, context),
    field(layout, layout.questionDescriptor, question),
    options,
  ].filter((text) => text !== '')
}

function shownAnswer(given: {
  readonly state: RenderState
  readonly options: readonly ShownOption[]
  readonly answer: string
}): string {
  const { state, options, answer } = given
  const option = options.find(({ canonical }) => String(canonical) === answer)
  if (option === undefined) return answer
  const { answerMode, likelihoodOf } = state
  const byLabel = answerMode === 'letter' || (answerMode === 'likelihood' && likelihoodOf === 'label')
  return byLabel ? option.label : option.text
}

function field(layout: Layout, descriptor: string, text: string): string {
  return descriptor === '' ? text : cased(layout, descriptor) + layout.separator + text
}

function cased({ casing }: Layout, text: string): string {
  switch (casing) {
    case 'as-is':
      return text
    case 'upper':
      return text.toUpperCase()
    case 'lower':
      return text.toLowerCase()
    case 'title':
      return text.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    default:
      return casing satisfies never
  }
}
