/** Reasoning in one call, the answer in a second one that sees it (Kojima et al. 2022, arXiv 2205.11916). */
import type { Attempt, TechniqueContext } from '../technique.ts'
import type { Change } from './change-state.ts'
import { extractionRequests } from './reason-first.ts'
import { endedAttempt, settleOutcome } from './settle-outcome.ts'

export interface TwoCalls {
  readonly context: TechniqueContext
  readonly change: Change
}

/** Reasoning that was cut off or refused ends the attempt: an answer drawn from it would be another technique's. */
export async function extractAnswer({ context, change }: TwoCalls): Promise<Attempt> {
  const { request, state } = context.render(change)
  const exemplarIds = state.exemplars.map(({ itemId }) => itemId)
  if (request.kind !== 'chat' || state.answerMode === 'likelihood') throw new Error('reasoning is written, not weighed')
  const reasoned = settleOutcome(await context.call(request, 'solve'))
  if (reasoned.kind === 'none') return endedAttempt(reasoned, { candidates: [], exemplarIds })
  const reasoning = reasoned.response.text
  const candidates = [{ text: reasoning, answer: undefined }]
  // An empty turn of the assistant is refused by some endpoints.
  if (reasoning.trim() === '') return { state: 'answered', text: '', formKept: false, candidates, exemplarIds }
  const asked = settleOutcome(
    await context.call(
      {
        ...request,
        messages: [
          ...request.messages,
          { role: 'assistant', content: reasoning },
          { role: 'user', content: extractionRequests[state.answerMode] },
        ],
      },
      'solve',
    ),
  )
  if (asked.kind === 'none') return endedAttempt(asked, { candidates, exemplarIds })
  return { state: 'answered', text: asked.response.text, candidates, exemplarIds }
}
