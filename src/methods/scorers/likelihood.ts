/** Whether the option the model finds most likely is the right one; nothing is written, so nothing is read. */
import { z } from 'zod'
import {
  bothReadings,
  type Candidate,
  type CandidateLikelihood,
  defineScorer,
  missingBecause,
  type Reading,
} from '../../domain/index.ts'

const normalisations = ['none', 'token', 'character', 'unconditional'] as const
type Normalisation = (typeof normalisations)[number]

const parameters = z.strictObject({
  normalisation: z
    .enum(normalisations)
    .describe(
      'what log-probabilities are divided by or lessened by: nothing, tokens, characters, or the log-probability without the question. Scores under different ones are different measures',
    ),
})

export const likelihoodScorer = defineScorer({
  name: 'likelihood',
  title: 'Likelihood of options',
  version: 1,
  summary: 'Takes the option with the highest log-probability under a named normalisation.',
  parameters,
  references: ['Brown et al. 2020, arXiv 2005.14165, section 2.4', 'Holtzman et al. 2021, arXiv 2104.08315'],
  reads: ['likelihood'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, parameters: { normalisation } }) => {
    if (attempt.state !== 'answered') return bothReadings({ score: missingBecause(attempt) })
    const weights = attempt.candidates.map((candidate) => weight(candidate, normalisation))
    // One option without a weight leaves open which is the most likely.
    if (weights.length === 0 || weights.length !== item.options?.length || weights.some((each) => each === undefined))
      return bothReadings({ score: 'not-scored' })
    const known = weights.map((each) => each ?? Number.NaN)
    if (known.some((each) => Number.isNaN(each))) return bothReadings({ score: 'not-finite' })
    const best = Math.max(...known)
    const chosen = attempt.candidates.filter((_, index) => known[index] === best)
    const answer = chosen.length === 1 ? chosen[0]?.answer : undefined
    const reading: Reading =
      answer === undefined ? { score: 'unparsed' } : { score: item.target.includes(answer) ? 1 : 0, answer }
    return bothReadings(reading)
  },
})

function weight({ text, likelihood }: Candidate, normalisation: Normalisation): number | undefined {
  if (likelihood === undefined) return undefined
  const { logProbability, tokens, unconditional }: CandidateLikelihood = likelihood
  switch (normalisation) {
    case 'none':
      return logProbability
    case 'token':
      return tokens !== undefined && tokens > 0 ? logProbability / tokens : undefined
    case 'character': {
      // Characters of the option itself: the space before it is the prompt's.
      const characters = [...text.trim()].length
      return characters > 0 ? logProbability / characters : undefined
    }
    case 'unconditional':
      return unconditional === undefined ? undefined : logProbability - unconditional
    default:
      return normalisation satisfies never
  }
}
