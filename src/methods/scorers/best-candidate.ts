/** What a perfect verifier would reach: the chance that some of k drawn candidates is right. Chosen with the answer in sight. */
import { z } from 'zod'
import { bothReadings, defineScorer, isRight, missingBecause } from '../../domain/index.ts'
import { passAtK } from '../../stats/index.ts'

const parameters = z.strictObject({
  k: z.int().min(1).describe('candidates drawn'),
  compare: z.enum(['text', 'number']).default('text').describe('when answers to open questions count as the same'),
})

/** An upper bound of the sampler, not what a deployed system does, unless its verifier is as good as the targets. */
export const bestCandidate = defineScorer({
  name: 'best-candidate',
  title: 'Best candidate (oracle)',
  version: 1,
  summary: 'Unbiased pass@k over the candidates of an attempt: an oracle picks, so it bounds what choosing can reach.',
  parameters,
  references: ['Chen et al. 2021, Evaluating large language models trained on code, arXiv 2107.03374'],
  reads: ['letter', 'text', 'generative', 'open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, parameters: { k, compare } }) => {
    if (attempt.state !== 'answered') return bothReadings({ score: missingBecause(attempt) })
    const { candidates } = attempt
    if (candidates.length < k) return bothReadings({ score: 'not-scored' })
    // Techniques with one reply leave the reading of it to scorers: their candidate was not read, rather than unreadable.
    if (candidates.every(({ answer }) => answer === undefined))
      return bothReadings({ score: candidates.length === 1 ? 'not-scored' : 'unparsed' })
    // A candidate without an answer is one that no verifier could make right.
    const right = candidates.filter(({ answer }) => isRight({ item, answer, comparison: compare })).length
    return bothReadings({ score: passAtK({ n: candidates.length, c: right, k }) })
  },
})
