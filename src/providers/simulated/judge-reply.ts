/** A simulated model as a judge or verifier: it finds the candidate's answer in the prompt and errs at planted rates. */
import type { Decoding } from '../../domain/index.ts'
import { answerDraws } from './answer-draws.ts'
import { drawingOf, type PlannedReply, type ReplySituation } from './plan-reply.ts'

/**
 * Says whether the reply that is judged holds an accepted answer. Words of the verdict are those that the prompt offers
 * as a pair (`CORRECT` and `INCORRECT`, `yes` and `no` …).
 */
export function judgeReply(input: ReplySituation & { readonly decoding: Decoding }): PlannedReply {
  const { options, item, prompt, decoding } = input
  const { own } = answerDraws(drawingOf(input, decoding))
  const accepted = item.options === undefined ? item.target : item.target.map((at) => item.options?.[Number(at)] ?? at)
  const tail = judgedPart(prompt).toLowerCase()
  const holds = accepted.some((answer) => tail.includes(answer.toLowerCase()))
  const { sensitivity, specificity } = options.judge
  const passes = own.uniform() < (holds ? sensitivity : 1 - specificity)
  const [yes, no] = verdictWords(prompt)
  return { text: passes ? yes : no, finish: 'stop' }
}

/** What follows the last heading that announces the reply; the whole prompt where none does. */
function judgedPart(prompt: string): string {
  const heading = [
    ...prompt.matchAll(/(?:submission|response|reply|candidate|answer given|proposed answer)[^\n]{0,40}:/gi),
  ].at(-1)
  return heading === undefined ? prompt : prompt.slice(heading.index + heading[0].length)
}

function verdictWords(prompt: string): readonly [string, string] {
  const pairs: readonly (readonly [string, string])[] = [
    ['GRADE: C', 'GRADE: I'],
    ['CORRECT', 'INCORRECT'],
    ['PASS', 'FAIL'],
    ['YES', 'NO'],
    ['yes', 'no'],
    ['1', '0'],
  ]
  return pairs.find((pair) => pair.every((word) => prompt.includes(word))) ?? ['CORRECT', 'INCORRECT']
}
