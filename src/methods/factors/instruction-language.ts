/** The language of the instruction, from translations somebody supplied and checked. Items stay as they are. */
import { z } from 'zod'
import { defineFactor, placeholdersOf } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const original = 'original'

export const instructionLanguage = defineFactor({
  name: 'instruction-language',
  title: 'Language of the instruction',
  version: 1,
  summary: 'The instruction in each supplied language, with descriptors and system prompt where they are given too.',
  kind: 'language',
  preserves: 'human',
  parameters: z.strictObject({
    translations: z
      .array(
        z.strictObject({
          language: z.string().min(2).describe('language tag, such as de or pt-BR'),
          instruction: z.string(),
          system: z.string().optional(),
          descriptors: z
            .object({ question: z.string(), context: z.string(), options: z.string(), answer: z.string() })
            .partial()
            .default({}),
          answerRequest: z.string().optional().describe('sentence that asks for the form of the answer'),
        }),
      )
      .min(1)
      .describe('translations of the instruction, placeholders kept'),
  }),
  references: ['Shi et al. 2022, Language models are multilingual chain-of-thought reasoners, arXiv 2210.03057'],
  stage: 31,
  levels: ({ translations }) => [...new Set([original, ...translations.map(({ language }) => language)])],
  apply({ state, level, parameters: { translations } }) {
    if (level === original) return state
    const chosen =
      translations.find(({ language }) => language === level) ?? fail('unknown-language', { level }, 'use a listed one')
    const wanted = placeholdersOf(state.instruction).join(', ')
    const found = placeholdersOf(chosen.instruction).join(', ')
    if (wanted !== found)
      fail('placeholders-differ', { language: level, wanted, found }, 'keep every placeholder in the translation')
    const { question, context, options, answer } = chosen.descriptors
    const { layout } = state
    return {
      ...state,
      instruction: chosen.instruction,
      system: chosen.system ?? state.system,
      answerRequest: state.answerRequest === '' ? '' : (chosen.answerRequest ?? state.answerRequest),
      layout: {
        ...layout,
        questionDescriptor: translated(layout.questionDescriptor, question),
        contextDescriptor: translated(layout.contextDescriptor, context),
        optionsDescriptor: translated(layout.optionsDescriptor, options),
        answerDescriptor: translated(layout.answerDescriptor, answer),
      },
    }
  },
})

/** A descriptor that is not shown stays unshown. */
function translated(descriptor: string, given: string | undefined): string {
  return descriptor === '' ? '' : (given ?? descriptor)
}
