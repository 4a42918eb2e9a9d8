/** Trusts the vote of reasoned samples where they agree, and the direct answer where they do not. */
import { z } from 'zod'
import {
  type Asking,
  type Attempt,
  askingAbout,
  atTemperature,
  type BlindItem,
  blindItem,
  type Comparison,
  chooseThreshold,
  defineTechnique,
  inOrder,
  isRight,
  type RoutedItem,
  reasonFirst,
  type Sample,
  samplesInTurn,
  voteOnSamples,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  samples: z.int().min(2).max(100).default(8).describe('reasoned replies that vote'),
  temperature: z.number().gt(0).max(2).default(0.7).describe('of the reasoned replies'),
  compare: z.enum(['text', 'number']).default('text').describe('when answers to open questions count as the same'),
})

/**
 * The threshold is learned on select items alone; the score there is the best of several and never reported. All k + 1
 * calls are made whatever the vote says, so that the cost is known and every other threshold can be worked out later.
 */
export const uncertaintyRouted = defineTechnique({
  name: 'uncertainty-routed',
  title: 'Uncertainty-routed chain of thought',
  version: 1,
  summary: 'Takes the vote of reasoned samples where enough of them agree, else the direct answer.',
  parameters,
  references: ['Gemini Team 2023, Gemini: a family of highly capable multimodal models, arXiv 2312.11805, appendix'],
  needs: [],
  plan: ({ samples }, { selectItems }) => ({ callsPerCell: samples + 1, callsOnce: selectItems * (samples + 1) }),
  fit: async (given, context) => {
    const routed: RoutedItem[] = []
    for (const item of context.select) {
      const blind = blindItem(item)
      const both = await askBothWays({ item: blind, asking: askingAbout(blind, context), ...given, purpose: 'select' })
      const { vote, direct, consensus } = both
      // An item whose calls failed says nothing of the threshold.
      if (vote.state === 'failed' || direct?.outcome.kind !== 'reply') continue
      const right = (answer: string | undefined): boolean => isRight({ item, answer, comparison: given.compare })
      routed.push({
        consensus,
        voteRight: vote.state === 'answered' && right(vote.answer),
        directRight: right(direct.answer),
      })
    }
    if (routed.length === 0)
      fail('no-items-to-select-by', { select: context.select.length }, 'raise roles.select of the protocol')
    return chooseThreshold(routed, given.samples)
  },
  solve: async ({ item, parameters: given, fitted, context }): Promise<Attempt> => {
    const { vote, direct, consensus } = await askBothWays({ item, asking: context, ...given, purpose: 'solve' })
    if (vote.state === 'failed' || direct === undefined || consensus >= fitted.threshold) return vote
    const { outcome, text, answer, candidate } = direct
    const { exemplarIds } = vote
    const candidates = [...vote.candidates, candidate]
    if (outcome.kind === 'none') return { state: outcome.state, reason: outcome.reason, candidates, exemplarIds }
    return { state: 'answered', text, answer, candidates, exemplarIds }
  },
})

interface BothWays {
  readonly item: BlindItem
  readonly asking: Asking
  readonly samples: number
  readonly temperature: number
  readonly compare: Comparison
  readonly purpose: 'solve' | 'select'
}

async function askBothWays(options: BothWays): Promise<{
  readonly vote: Attempt
  /** Absent where a sample failed before it was asked for. */
  readonly direct: Sample | undefined
  /** Share of all samples that gave the winning answer; those in which none was read count against it. */
  readonly consensus: number
}> {
  const { item, asking, samples, temperature, compare: comparison, purpose } = options
  const reasoned = {
    item,
    asking,
    change: inOrder(reasonFirst, atTemperature(temperature)),
    purpose,
    form: 'marked',
    comparison,
  } as const
  const direct = { ...reasoned, change: atTemperature(0), form: 'bare' } as const
  const taken = await samplesInTurn([...Array.from({ length: samples }, () => reasoned), direct])
  const vote = voteOnSamples(taken.slice(0, samples))
  const votes = vote.state === 'answered' ? (vote.vote?.votes ?? 0) : 0
  return { vote, direct: taken[samples], consensus: votes / samples }
}
