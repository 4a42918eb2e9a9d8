/** Asks for reasoning before the answer, and for the answer alone on a marked last line. */
import { fail } from '../../stats/index.ts'
import type { AnswerMode, RenderState } from '../render.ts'

/**
 * The wording is part of the technique: changing it changes what is measured, so its version goes up with it.
 * The cue for a direct answer is taken away, because a model that is handed "Answer:" answers before it reasons.
 */
export function reasonFirst(state: RenderState): RenderState {
  const { answerMode } = state
  if (answerMode === 'likelihood')
    fail(
      'technique-needs-written-answers',
      { answer: answerMode },
      'use a technique that does not reason, or answer: letter, text or generative',
    )
  return {
    ...state,
    answerRequest: reasonRequests[answerMode],
    answerCue: '',
    layout: { ...state.layout, answerDescriptor: '' },
    notes: [...state.notes, 'asked to reason first'],
  }
}

const reasonRequests: Readonly<Record<Exclude<AnswerMode, 'likelihood'>, string>> = {
  letter:
    'Think it through step by step. Then end with one line that reads "Answer: " followed by the label of the right option only: {{labels}}.',
  text: 'Think it through step by step. Then end with one line that reads "Answer: " followed by the text of the right option, copied exactly.',
  generative:
    'Think it through step by step. Then end with one line that reads "Answer: " followed by the answer alone.',
}

/** What a second call asks where the reasoning was written in a first one. */
export const extractionRequests: typeof reasonRequests = {
  letter: 'So what is the answer? Reply with the label of the right option only.',
  text: 'So what is the answer? Reply with the text of the right option only, copied exactly.',
  generative: 'So what is the answer? Reply with the answer alone.',
}
