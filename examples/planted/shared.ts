/** What all planted protocols have in common. */

export const study = {
  version: 1,
  construct: {
    definition: 'Whether Assay finds what was planted in a simulated model, and nothing where nothing was.',
  },
  envelope: { normalUse: 'single questions' },
  instruction: 'Answer the question.',
  answer: 'letter',
  scorers: [{ use: 'multiple-choice' }],
  stopping: { rule: 'fixed' },
} as const

export const decision = {
  ifSupported: 'none, this is a check',
  ifRefuted: 'none, this is a check',
  ifInconclusive: 'none, this is a check',
} as const

export function meanClaim(model: string) {
  return {
    id: 'above-half',
    kind: 'capability',
    quantifier: 'mean',
    scorer: 'multiple-choice',
    model,
    population: 'items-like-these',
    direction: 'above',
    threshold: 0.5,
    decision,
  } as const
}
