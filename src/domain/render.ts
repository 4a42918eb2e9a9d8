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

/** How the pieces are laid out; the format grammar varies exactly these. */
export interface Layout {
  readonly questionDescriptor: string
  readonly contextDescriptor: string
  readonly optionsDescriptor: string
  readonly answerDescriptor: string
  /** Between a descriptor and its text. */
  readonly separator: string
  /** Between fields. */
  readonly joiner: string
  /** Between options. */
  readonly optionJoiner: string
  /** Between an option's label and its text. */
  readonly optionGap: string
  readonly labelWrapper: string
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
  readonly answerMode: AnswerMode
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
