/** What options are called: (A), (1), [A] …, how far from the text, and on which side of it. */
import { z } from 'zod'
import { defineFactor, hasLabels, type LabelStyle, relabelOptions, withNote } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

/** First label as shown → its style and wrapper. */
const kinds: Readonly<Record<string, { readonly style: LabelStyle; readonly wrapper: string }>> = {
  'A.': { style: 'A', wrapper: 'x.' },
  '(A)': { style: 'A', wrapper: '(x)' },
  '(1)': { style: '1', wrapper: '(x)' },
  '[A]': { style: 'A', wrapper: '[x]' },
  'A)': { style: 'A', wrapper: 'x)' },
  'a)': { style: 'a', wrapper: 'x)' },
  A: { style: 'A', wrapper: 'x' },
  '1.': { style: '1', wrapper: 'x.' },
  'i.': { style: 'i', wrapper: 'x.' },
  'I.': { style: 'I', wrapper: 'x.' },
}

const parameters = z.strictObject({
  labels: z
    .array(z.string().refine((name) => name in kinds, `use some of: ${Object.keys(kinds).join(', ')}`))
    .min(1)
    .default(['A.', '(A)', '(1)', '[A]', 'A)', 'a)'])
    .describe('labels by the first of them; the first is the reference'),
  gaps: z.array(z.int().min(0).max(4)).min(1).default([1]).describe('spaces between label and text'),
  placements: z
    .array(z.enum(['before', 'after']))
    .min(1)
    .default(['before'])
    .describe('side of the text'),
})

export const optionLabels = defineFactor({
  name: 'option-labels',
  title: 'Labels of options',
  version: 1,
  summary: 'Kind of label × spaces before the text × side of the text; all lists together make 36 levels.',
  kind: 'labels',
  preserves: 'by-construction',
  varies: 'shown-options',
  parameters,
  references: ['Ganguli et al. 2023, Challenges in evaluating AI systems, Anthropic'],
  stage: 44,
  levels({ labels, gaps, placements }) {
    return [
      ...new Set(placements.flatMap((side) => gaps.flatMap((gap) => labels.map((label) => `${label} ${gap} ${side}`)))),
    ]
  },
  apply({ state, level }) {
    if (state.options.length === 0) return withNote(state, 'option-labels: unchanged')
    const [label = '', gap = '', side = ''] = level.split(' ')
    const kind = kinds[label]
    if (kind === undefined || (side !== 'before' && side !== 'after'))
      return fail('unknown-labels', { level }, 'use labels this factor named')
    if (!hasLabels(kind.style, state.options.length)) return withNote(state, 'option-labels: unchanged')
    const relabelled = relabelOptions(state, kind.style)
    return {
      ...relabelled,
      layout: {
        ...relabelled.layout,
        labelWrapper: kind.wrapper,
        optionGap: ' '.repeat(Number(gap)),
        labelPlacement: side,
      },
    }
  },
})
