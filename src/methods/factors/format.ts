/** Formats drawn from the FormatSpread grammar: separators, spaces, casing and numbering that mean nothing. */
import { z } from 'zod'
import { defineFactor, hasLabels, type RenderState, relabelOptions, withNote } from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { fail } from '../../stats/index.ts'
import { drawFormat, type Format, formatProblem } from './format/format-grammar.ts'
import { formatLevel, parseFormatLevel } from './format/format-level.ts'

const asIs = 'as-is'
/** Draws without a new valid format before the grammar counts as exhausted. */
const patience = 20_000

const parameters = z.strictObject({
  formats: z.int().min(1).max(5000).default(10).describe('formats to draw besides the original one'),
  fields: z
    .enum(['with-options', 'without-options'])
    .default('with-options')
    .describe('whether items have options, whose numbering varies too'),
  optionDescriptor: z
    .string()
    .default('')
    .describe('word before each label of an option, such as Option; the gap after it varies then'),
  joiners: z
    .enum(['any', 'white-space'])
    .default('any')
    .describe('whether visible characters may stand between fields'),
  formatted: z
    .array(z.string())
    .default([])
    .describe('formats fixed in advance, as this factor names them; nothing is drawn then'),
})

export const format = defineFactor({
  name: 'format',
  title: 'Prompt format',
  version: 1,
  summary: 'Formats drawn uniformly from the FormatSpread grammar, the original always first.',
  kind: 'format',
  preserves: 'by-construction',
  parameters,
  references: [
    'Sclar, Choi, Tsvetkov and Suhr 2023, Quantifying language models’ sensitivity to prompt formatting, arXiv 2310.11324',
  ],
  stage: 40,
  levels(given, random) {
    return [asIs, ...(given.formatted.length > 0 ? fixedLevels(given) : drawnLevels(given, random))]
  },
  apply({ state, level, parameters: given }) {
    if (level === asIs) return state
    const chosen =
      parseFormatLevel(level) ?? fail('unknown-format', { format: level }, 'use a format this factor named')
    return withFormat(state, chosen, given.optionDescriptor)
  },
})

function fixedLevels({ formatted, joiners }: z.infer<typeof parameters>): readonly string[] {
  for (const level of formatted) {
    const parsed = parseFormatLevel(level)
    const problem = parsed === undefined ? 'not a format' : formatProblem(parsed, joiners)
    if (problem !== undefined) fail('unknown-format', { format: level, problem }, 'use formats this factor named')
  }
  return [...new Set(formatted)]
}

/** Valid distinct formats, each factor of each drawn uniformly; what breaks a rule is drawn again as a whole. */
function drawnLevels(given: z.infer<typeof parameters>, random: Random): readonly string[] {
  const { formats, joiners, optionDescriptor } = given
  const fields = given.fields === 'with-options' && optionDescriptor !== '' ? 'described-options' : given.fields
  const levels = new Set<string>()
  for (let failed = 0; levels.size < formats; ) {
    const drawn = drawFormat(fields, random)
    const level = formatLevel(drawn)
    if (levels.has(level) || formatProblem(drawn, joiners) !== undefined) {
      if (++failed > patience)
        fail('formats-exhausted', { wanted: formats, found: levels.size }, 'ask for fewer formats or allow any joiner')
    } else {
      failed = 0
      levels.add(level)
    }
  }
  return [...levels]
}

function withFormat(state: RenderState, chosen: Format, optionDescriptor: string): RenderState {
  const { separator, joiner, casing, options } = chosen
  const { layout } = state
  const bare = layout.questionDescriptor === '' && layout.answerDescriptor === ''
  // A technique that asks for reasoning says so in the request; a cue for the answer would cut the reasoning short.
  const answerDescriptor = state.answerRequest === '' ? 'Answer' : ''
  const named = bare
    ? { ...layout, questionDescriptor: 'Question', contextDescriptor: 'Context', answerDescriptor }
    : layout
  const fields: RenderState = { ...state, layout: { ...named, separator, joiner, casing } }
  if (options === undefined || state.options.length === 0) return fields
  if (!hasLabels(options.style, state.options.length))
    return withNote(fields, 'format: numbering unchanged, it does not go that far')
  const relabelled = relabelOptions(fields, options.style)
  return {
    ...relabelled,
    layout: {
      ...relabelled.layout,
      optionJoiner: options.joiner,
      optionGap: options.separator,
      optionDescriptor,
      optionDescriptorGap: options.descriptorGap ?? '',
      labelWrapper: options.wrapper,
    },
  }
}
