/** What a cell asked, rebuilt from its protocol and checked against the hashes in the journal. */
import type { CallOutcome, ModelRequest, Purpose } from './model-call.ts'
import type { RenderState } from './render.ts'

export interface AskedCell {
  /** As they were sent, in their order. Never those of a scorer's judge. */
  readonly calls: readonly AskedCall[]
  /** Of the last prompt of the cell: question, options in the order shown, labels. */
  readonly state: RenderState
}

export interface AskedCall {
  readonly to: string
  readonly purpose: Purpose
  readonly request: ModelRequest
  readonly outcome: CallOutcome
}
