/** One sampled reply with its answer read in canonical space: what votes, verifiers and thresholds work on. */
import { type Comparison, canonicalAnswer } from '../answers/canonical-answer.ts'
import { finalAnswer } from '../answers/final-answer.ts'
import type { BlindItem } from '../item.ts'
import type { CallOutcome, ModelRequest, Purpose } from '../model-call.ts'
import type { RenderState } from '../render.ts'
import type { Candidate } from '../technique.ts'
import type { Change } from './change-state.ts'
import { type Settled, settleOutcome } from './settle-outcome.ts'

/** The parts of a context that sampling uses: those of solving, or of fitting with the item put in. */
export interface Asking {
  render(change: Change): { readonly request: ModelRequest; readonly state: RenderState }
  call(request: ModelRequest, purpose: Purpose): Promise<CallOutcome>
}

export interface SampleRequest {
  readonly item: BlindItem
  readonly asking: Asking
  readonly change: Change
  readonly purpose: Purpose
  /** Whether the reply ends with a marked answer line, or is the answer. */
  readonly form: 'marked' | 'bare'
  readonly comparison: Comparison
}

export interface Sample {
  readonly outcome: Settled
  /** The answer as written, without reasoning; empty where there was no reply. */
  readonly text: string
  readonly answer: string | undefined
  /** Whether a marked answer was asked for and not given. */
  readonly formKept: boolean
  readonly candidate: Candidate
  readonly exemplarIds: readonly string[]
}

export async function takeSample(wanted: SampleRequest): Promise<Sample> {
  const { item, asking, change, purpose, form, comparison } = wanted
  const { request, state } = asking.render(change)
  const exemplarIds = state.exemplars.map(({ itemId }) => itemId)
  const outcome = settleOutcome(await asking.call(request, purpose))
  if (outcome.kind === 'none')
    return {
      outcome,
      text: '',
      answer: undefined,
      formKept: false,
      candidate: { text: '', answer: undefined },
      exemplarIds,
    }
  const { text: reply } = outcome.response
  const final = form === 'marked' ? finalAnswer(reply) : { text: reply, marked: true }
  const answer = canonicalAnswer({ text: final.text, prompt: state, originals: item.options, comparison })
  return {
    outcome,
    text: final.text,
    answer,
    formKept: final.marked,
    candidate: { text: reply, answer },
    exemplarIds,
  }
}
