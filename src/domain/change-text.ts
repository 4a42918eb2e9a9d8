/** Changes the wording of parts of a prompt and notes where nothing changed: the denominator of a perturbation. */
import { z } from 'zod'
import type { RenderState } from './render.ts'

export const textFields = ['question', 'context', 'options', 'instruction', 'system'] as const
export type TextField = (typeof textFields)[number]

/** Parameter of wording factors: which parts they touch. */
export const textFieldsSchema = z
  .array(z.enum(textFields))
  .min(1)
  .default(['context', 'question'])
  .describe('parts of the prompt that are changed; options are left alone unless named')

/**
 * Applies `change` to each named part that exists. The note is `NAME: unchanged` where no part differs afterwards.
 * Placeholders of instructions and labels of options are no wording and stay.
 */
export function changeText(
  state: RenderState,
  options: {
    readonly factor: string
    readonly fields: readonly TextField[]
    readonly change: (text: string, place: string) => string
  },
): RenderState {
  const { factor, fields, change } = options
  const wanted = new Set(fields)
  const changed = (field: TextField, text: string): string => (wanted.has(field) ? change(text, field) : text)
  const template = (field: TextField, text: string): string =>
    wanted.has(field) ? aroundPlaceholders(text, field) : text
  const aroundPlaceholders = (text: string, field: string): string =>
    text
      .split(/(\{\{[^{}]*\}\})/)
      .map((part, index) => (index % 2 === 1 || part === '' ? part : change(part, `${field}-${index}`)))
      .join('')
  const next: RenderState = {
    ...state,
    question: changed('question', state.question),
    context: state.context === undefined ? undefined : changed('context', state.context),
    instruction: template('instruction', state.instruction),
    system: state.system === undefined ? undefined : template('system', state.system),
    options: state.options.map((option) =>
      wanted.has('options') ? { ...option, text: change(option.text, `option-${option.canonical}`) } : option,
    ),
  }
  return isSameWording(state, next) ? withNote(state, `${factor}: unchanged`) : next
}

export function withNote(state: RenderState, note: string): RenderState {
  return { ...state, notes: [...state.notes, note] }
}

function isSameWording(before: RenderState, after: RenderState): boolean {
  return (
    before.question === after.question &&
    before.context === after.context &&
    before.instruction === after.instruction &&
    before.system === after.system &&
    before.options.every(({ text }, index) => text === after.options[index]?.text)
  )
}
