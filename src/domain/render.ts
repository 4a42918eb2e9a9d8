/** A prompt on its way from item to request: factors change it one after another, the label map remembers how. */
import type { Decoding } from './model-call.ts'

export type AnswerMode = 'letter' | 'text' | 'likelihood' | 'generative'

export interface ShownOption {
  /** Index in the item's canonical options. */
  readonly canonical: number
  readonly label: string
  readonly text: string
}

export interface Exemplar {
  /** Item the exemplar came from: audited against the reported items. */
  readonly itemId: string
  readonly input: string
  readonly context?: string | undefined
  readonly options?: readonly string[] | undefined
  /** Worked reasoning, where the technique shows it. */
  readonly reasoning?: string | undefined
  /** Answer in canonical space: option index as text, or answer text. */
  readonly answer: string
}

export type LabelStyle = 'A' | 'a' | '1' | 'i' | 'I' | 'Ⅰ'

/** How the pieces are laid out; the format grammar varies exactly these. A field without a descriptor is its text alone. */
export interface Layout {
  readonly questionDescriptor: string
  readonly contextDescriptor: string
  readonly optionsDescriptor: string
  readonly answerDescriptor: string
  /** Before each option's label, such as `Option`; empty for none. */
  readonly optionDescriptor: string
  /** Between that descriptor and the label. */
  readonly optionDescriptorGap: string
  /** Between a descriptor and its text. */
  readonly separator: string
  /** Between fields. */
  readonly joiner: string
  /** Between options. */
  readonly optionJoiner: string
  /** Between an option's label and its text. */
  readonly optionGap: string
  /** How labels are numbered; `option-labels.ts` makes them. */
  readonly labelStyle: LabelStyle
  /** Text with an `x` where the label goes: `(x)`, `x.`. */
  readonly labelWrapper: string
  readonly labelPlacement: 'before' | 'after'
  /** Of descriptors. */
  readonly casing: 'as-is' | 'title' | 'upper' | 'lower'
}

export interface RenderState {
  readonly itemId: string
  readonly system: string | undefined
  readonly instruction: string
  readonly context: string | undefined
  readonly question: string
  /** In the order shown. */
  readonly options: readonly ShownOption[]
  readonly exemplars: readonly Exemplar[]
  /** Worked examples of fit items that a factor or technique may show; none is shown by itself. */
  readonly exemplarPool: readonly Exemplar[]
  readonly answerMode: AnswerMode
  /**
   * What a likelihood request weighs: the texts of options that are not shown (cloze), or the labels of options that are.
   */
  readonly likelihoodOf: 'option-text' | 'label'
  /** Sentence that asks for the form of the answer: put where the instruction says `{{answer_request}}`, else after it. */
  readonly answerRequest: string
  /** Cue after the answer descriptor, such as the beginning of a reply. */
  readonly answerCue: string
  readonly layout: Layout
  readonly decoding: Decoding
  /** Notes for the audit: which factor changed what, items a perturbation left unchanged. */
  readonly notes: readonly string[]
}

/** Shown label → canonical option index. Scoring happens on the right-hand side only. */
export function labelMap(options: readonly ShownOption[]): ReadonlyMap<string, number> {
  return new Map(options.map(({ label, canonical }) => [label, canonical]))
}
