/** Other wordings of the instruction, each known to ask for the same. */
import { z } from 'zod'
import { defineFactor, placeholdersOf, withNote } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const original = 'original'

/** A wording nobody checked cannot be given: about one automatic paraphrase in eight changes the task. */
export const paraphrase = defineFactor({
  name: 'paraphrase',
  title: 'Wording of the instruction',
  version: 1,
  summary: 'The original instruction, then each supplied paraphrase, placeholders kept.',
  kind: 'paraphrase',
  preserves: 'judged',
  parameters: z.strictObject({
    paraphrases: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          text: z.string().min(1),
          equivalence: z.enum(['judged', 'human']).describe('who found that it asks for the same'),
        }),
      )
      .min(1)
      .describe('wordings that were checked, as the paraphrase factory writes them'),
  }),
  references: ['Mizrahi et al. 2024, State of what art? A call for multi-prompt LLM evaluation, TACL'],
  stage: 30,
  levels: ({ paraphrases }) => [...new Set([original, ...paraphrases.map(({ name }) => name)])],
  apply({ state, level, parameters: { paraphrases } }) {
    if (level === original) return state
    const chosen =
      paraphrases.find(({ name }) => name === level) ?? fail('unknown-paraphrase', { level }, 'use a listed name')
    const wanted = placeholdersOf(state.instruction).join(', ')
    const found = placeholdersOf(chosen.text).join(', ')
    if (wanted !== found)
      fail('placeholders-differ', { paraphrase: level, wanted, found }, 'keep every placeholder of the instruction')
    return chosen.text === state.instruction
      ? withNote(state, 'paraphrase: unchanged')
      : { ...state, instruction: chosen.text }
  },
})
