/** Plurality over answers, never over scores: a right answer with 40 % beats three wrong ones with 20 % each. */
import type { Vote } from '../technique.ts'

export interface VoteResult extends Vote {
  readonly answer: string
  /** Position of the first sample that gave the answer. */
  readonly first: number
}

/**
 * The answer most samples gave (Wang et al. 2023, arXiv 2203.11171). Undefined answers abstain. Of answers with equally
 * many votes the one seen first wins, and the others are named. Undefined where every sample abstained.
 *
 * pluralityVote(['4', '5', undefined, '4']) // => { answer: '4', first: 0, votes: 2, abstained: 1, tied: [] }
 */
export function pluralityVote(answers: readonly (string | undefined)[]): VoteResult | undefined {
  const votes = new Map<string, number>()
  for (const answer of answers) if (answer !== undefined) votes.set(answer, (votes.get(answer) ?? 0) + 1)
  const most = Math.max(...votes.values())
  // A map keeps the order in which its keys were first seen.
  const [winner, ...tied] = [...votes].filter(([, count]) => count === most).map(([answer]) => answer)
  if (winner === undefined) return undefined
  const abstained = answers.filter((answer) => answer === undefined).length
  return { answer: winner, first: answers.indexOf(winner), votes: most, abstained, tied }
}
