/** The attempt that comes of several samples: the answer most of them give, or the state that kept them from answering. */
import type { Attempt } from '../technique.ts'
import { endedAttempt } from './settle-outcome.ts'
import type { Sample } from './take-sample.ts'
import { pluralityVote } from './vote.ts'

/**
 * A failed call fails the attempt: the number of samples is part of the technique, and a vote of fewer would be another
 * one. Refused, cut and unclear replies abstain; where all abstain, the attempt is what most of them were, in favour of a
 * reply that could not be read.
 */
export function voteOnSamples(samples: readonly Sample[]): Attempt {
  const ending = {
    candidates: samples.map(({ candidate }) => candidate),
    exemplarIds: [...new Set(samples.flatMap(({ exemplarIds }) => exemplarIds))],
  }
  const ended = samples.flatMap(({ outcome }) => (outcome.kind === 'none' ? [outcome] : []))
  const failed = ended.find(({ state }) => state === 'failed')
  if (failed !== undefined) return endedAttempt(failed, ending)
  const vote = pluralityVote(samples.map(({ answer }) => answer))
  if (vote === undefined) {
    const reply = samples.find(({ outcome }) => outcome.kind === 'reply')
    const [first] = ended
    const often = pluralityVote(ended.map(({ state }) => state))
    const most = ended.find(({ state }) => state === often?.answer) ?? first
    if (reply === undefined && most !== undefined) return endedAttempt(most, ending)
    return { state: 'answered', text: reply?.text ?? '', formKept: false, ...ending }
  }
  const chosen = samples[vote.first]
  return {
    state: 'answered',
    text: chosen?.text ?? '',
    answer: vote.answer,
    formKept: chosen?.formKept ?? false,
    vote: { votes: vote.votes, abstained: vote.abstained, tied: vote.tied },
    ...ending,
  }
}
