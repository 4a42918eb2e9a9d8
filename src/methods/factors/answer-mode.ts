/** How the answer is asked for: a label, the text of an option, likelihoods, or freely. */
import { z } from 'zod'
import { answerRequests, defineFactor, withNote } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const modes = ['letter', 'text', 'likelihood', 'letter-likelihood', 'generative'] as const

const parameters = z.strictObject({
  modes: z
    .array(z.enum(modes))
    .min(1)
    .default(['letter', 'text', 'generative'])
    .describe('ways of asking; the first is the reference. The likelihood ones need an endpoint that scores text'),
  requests: z
    .partialRecord(z.enum(modes), z.string())
    .default({})
    .describe('sentences that ask for the answer; without one the built-in sentence is used'),
})

export const answerMode = defineFactor({
  name: 'answer-mode',
  title: 'Answer mode',
  version: 1,
  summary: 'Label, option text, likelihood of texts or labels, or free answer. Items without options are asked freely.',
  kind: 'answer-mode',
  preserves: 'changes-meaning',
  varies: 'options',
  parameters,
  references: [
    'Robinson, Rytting and Wingate 2022, Leveraging large language models for multiple choice question answering, arXiv 2210.12353',
  ],
  stage: 24,
  levels: ({ modes: named }) => [...new Set(named)],
  apply({ state, level, parameters: { requests } }) {
    const mode =
      modes.find((each) => each === level) ?? fail('unknown-answer-mode', { level }, `use: ${modes.join(', ')}`)
    if (state.options.length === 0) return withNote(state, 'answer-mode: unchanged')
    const answer = mode === 'letter-likelihood' ? 'likelihood' : mode
    return {
      ...state,
      answerMode: answer,
      likelihoodOf: mode === 'letter-likelihood' ? 'label' : 'option-text',
      answerRequest: requests[mode] ?? answerRequests[answer],
    }
  },
})
