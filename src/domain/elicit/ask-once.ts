/** One question, one reply: the attempt that most techniques are made of. */
import type { ModelRequest, ModelResponse } from '../model-call.ts'
import type { RenderState } from '../render.ts'
import type { Attempt, Candidate, TechniqueContext } from '../technique.ts'
import { endedAttempt, settleOutcome } from './settle-outcome.ts'

export interface Question {
  readonly context: TechniqueContext
  readonly change: (state: RenderState) => RenderState
}

/** Asks once and hands the reply on as it came. Likelihood requests give one weighed candidate per option. */
export async function askOnce({ context, change }: Question): Promise<Attempt> {
  const { request, state } = context.render(change)
  const exemplarIds = state.exemplars.map(({ itemId }) => itemId)
  const settled = settleOutcome(await context.call(request, 'solve'))
  if (settled.kind === 'none') return endedAttempt(settled, { candidates: [], exemplarIds })
  const { response } = settled
  if (request.kind === 'chat') {
    const candidates = [{ text: response.text, answer: undefined }]
    return { state: 'answered', text: response.text, candidates, exemplarIds }
  }
  const candidates = weighedCandidates({ request, response, state })
  if (candidates === undefined) return { state: 'failed', reason: 'malformed-response', candidates: [], exemplarIds }
  return { state: 'answered', text: '', candidates, exemplarIds }
}

/** One candidate per shown option; undefined where the endpoint did not weigh them all. */
function weighedCandidates(weighed: {
  readonly request: Extract<ModelRequest, { kind: 'likelihood' }>
  readonly response: ModelResponse
  readonly state: RenderState
}): readonly Candidate[] | undefined {
  const { request, response, state } = weighed
  const { likelihoods } = response
  if (likelihoods?.length !== request.continuations.length) return undefined
  return likelihoods.map(({ logProbability, tokens }, index): Candidate => {
    const canonical = state.options[index]?.canonical
    return {
      text: request.continuations[index] ?? '',
      answer: canonical === undefined ? undefined : String(canonical),
      likelihood: { logProbability, tokens },
    }
  })
}
