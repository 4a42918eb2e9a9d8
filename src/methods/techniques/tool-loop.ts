/** Lets the model calculate between thoughts: it asks on a marked line, the result comes back, and it goes on. */
import { z } from 'zod'
import {
  type Attempt,
  type ChatMessage,
  calculate,
  defineTechnique,
  finalAnswer,
  inOrder,
  type RenderState,
  reasonFirst,
  settleOutcome,
} from '../../domain/index.ts'

const parameters = z.strictObject({
  steps: z.int().min(1).max(50).default(6).describe('most calls; an attempt that has not answered by then is cut off'),
})

const toolRequest =
  'You have a calculator. To use it, write one line that reads "Calculate: " followed by an arithmetic expression, and stop there; the result comes back and you go on.'

/** Text only, so that it works with every chat endpoint. Planned calls are the cap: what is really used is in the ledger. */
export const toolLoop = defineTechnique({
  name: 'tool-loop',
  title: 'Tool loop',
  version: 1,
  summary: 'Alternates reasoning with a calculator until an answer is marked or the steps are used up.',
  parameters,
  references: ['Yao et al. 2023, ReAct, arXiv 2210.03629'],
  needs: ['chat'],
  plan: ({ steps }) => ({ callsPerCell: steps, callsOnce: 0 }),
  fit: async () => undefined,
  solve: async ({ parameters: { steps }, context }): Promise<Attempt> => {
    const { request, state } = context.render(inOrder(reasonFirst, offeringCalculator))
    const exemplarIds = state.exemplars.map(({ itemId }) => itemId)
    if (request.kind !== 'chat') throw new Error('reasoning is written, not weighed')
    const messages: ChatMessage[] = [...request.messages]
    let transcript = ''
    for (let step = 0; step < steps; step++) {
      const outcome = settleOutcome(await context.call({ ...request, messages: [...messages] }, 'solve'))
      const candidates = [{ text: transcript, answer: undefined }]
      if (outcome.kind === 'none') return { state: outcome.state, reason: outcome.reason, candidates, exemplarIds }
      const { text: reply } = outcome.response
      transcript = transcript === '' ? reply : `${transcript}\n${reply}`
      const asked = expressionIn(reply)
      if (asked === undefined) {
        const { text, marked } = finalAnswer(reply)
        const all = [{ text: transcript, answer: undefined }]
        return { state: 'answered', text, formKept: marked, candidates: all, exemplarIds }
      }
      const result = calculate(asked.expression)
      const said = result.kind === 'value' ? String(result.value) : `error: ${result.problem}`
      // What the model wrote after its request it made up: it had not seen the result.
      messages.push({ role: 'assistant', content: asked.upTo }, { role: 'user', content: `Result: ${said}` })
    }
    return {
      state: 'truncated',
      reason: 'step-cap',
      candidates: [{ text: transcript, answer: undefined }],
      exemplarIds,
    }
  },
})

function offeringCalculator(state: RenderState): RenderState {
  return { ...state, answerRequest: `${toolRequest} ${state.answerRequest}` }
}

/** The first request for the calculator, and the reply up to and with it. */
function expressionIn(reply: string): { readonly expression: string; readonly upTo: string } | undefined {
  const match = /^[^\S\n]*[>*_-]*[^\S\n]*Calculate:[*_]*[^\S\n]*(\S[^\n]*)$/imu.exec(reply)
  if (match?.[1] === undefined) return undefined
  const expression = match[1].replace(/[`*_]+$|^[`*_]+|=\s*\??\s*$/g, '').trim()
  return { expression, upTo: reply.slice(0, match.index + match[0].length) }
}
