/** Weighs the options of a likelihood attempt once more without the question, as a measure of how likely they are anyway. */
import type { Attempt, TechniqueContext } from '../technique.ts'
import { settleOutcome } from './settle-outcome.ts'

export interface WeighedAttempt {
  readonly attempt: Attempt
  readonly context: TechniqueContext
}

/**
 * Adds log P(option | "Answer:") to every weighed candidate (Brown et al. 2020, "Language models are few-shot learners",
 * section 2.4). The words are fixed, so that the measure is the same under every format. Attempts without weighed
 * candidates are handed back unchanged and cost nothing.
 */
export async function weighUnconditionally({ attempt, context }: WeighedAttempt): Promise<Attempt> {
  if (attempt.state !== 'answered' || !attempt.candidates.some(({ likelihood }) => likelihood !== undefined))
    return attempt
  const { candidates, exemplarIds } = attempt
  const continuations = candidates.map(({ text }) => text)
  const settled = settleOutcome(await context.call({ kind: 'likelihood', prompt: 'Answer:', continuations }, 'solve'))
  if (settled.kind === 'none') return { state: settled.state, reason: settled.reason, candidates, exemplarIds }
  const { likelihoods } = settled.response
  if (likelihoods?.length !== continuations.length)
    return { state: 'failed', reason: 'malformed-response', candidates, exemplarIds }
  return {
    ...attempt,
    candidates: candidates.map((candidate, index) => {
      const unconditional = likelihoods[index]?.logProbability
      const { likelihood } = candidate
      return likelihood === undefined ? candidate : { ...candidate, likelihood: { ...likelihood, unconditional } }
    }),
  }
}
