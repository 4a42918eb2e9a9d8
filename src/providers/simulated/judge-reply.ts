/** A simulated model as a judge or verifier: it finds the answer in the reply it is shown and errs at planted rates. */
import type { Decoding } from '../../domain/index.ts'
import { answerDraws } from './answer-draws.ts'
import { drawingOf, type PlannedReply, type ReplySituation } from './plan-reply.ts'
import type { OptionReader } from './shown-options.ts'
import type { PlantedItem } from './simulated-options.ts'

/**
 * Passes replies that hold an accepted answer with probability `sensitivity`, and others with 1 − `specificity`. The
 * verdict is worded as the prompt asks: its line, and of the choices offered the best or the worst. Every reply that is
 * judged has its own draw.
 */
export function judgeReply(
  input: ReplySituation & { readonly decoding: Decoding; readonly readShown: OptionReader },
): PlannedReply {
  const { options, item, prompt, decoding, readShown } = input
  const reply = judgedPart(prompt)
  const { own } = answerDraws(drawingOf(input, decoding))
  const { sensitivity, specificity } = options.judge
  const holds = holdsAnswer({ item, reply, prompt, readShown })
  const passes = own.split(reply).uniform() < (holds ? sensitivity : 1 - specificity)
  return { text: verdictText(prompt, passes), finish: 'stop' }
}

/** The fenced reply, or what follows the last heading that announces one; the whole prompt where there is neither. */
function judgedPart(prompt: string): string {
  const fenced = /<reply-([0-9a-f]+)>\n([\s\S]*?)\n<\/reply-\1>/.exec(prompt)?.[2]
  if (fenced !== undefined) return fenced
  const heading = [...prompt.matchAll(/(?:submission|response|reply|candidate)[^\n]{0,40}:/gi)].at(-1)
  return heading === undefined ? prompt : prompt.slice(heading.index + heading[0].length)
}

function holdsAnswer(judged: {
  readonly item: PlantedItem
  readonly reply: string
  readonly prompt: string
  readonly readShown: OptionReader
}): boolean {
  const { item, reply, prompt, readShown } = judged
  const said = ([...reply.matchAll(/answer:\s*(.+)$/gim)].at(-1)?.[1] ?? reply).trim().toLowerCase()
  if (item.options === undefined) return item.target.some((target) => said.includes(target.toLowerCase()))
  return item.target.some((target) => {
    const index = /^\d+$/.test(target) && Number(target) < (item.options?.length ?? 0) ? Number(target) : -1
    const text = (item.options?.[index] ?? target).toLowerCase()
    const shown = readShown(prompt)?.find(({ canonical }) => canonical === index)?.label
    // Where the judge sees no labels, letters count from the first option.
    const label = (shown ?? String.fromCharCode(65 + index)).toLowerCase()
    return said === label || said.includes(text)
  })
}

/** `Verdict: PASS` where the prompt asks for `"Verdict: " followed by exactly one of: PASS, FAIL.` */
function verdictText(prompt: string, passes: boolean): string {
  const asked = [...prompt.matchAll(/"([\p{L} ]+): " followed by exactly one of: ([^\n]+?)\.?$/gmu)].at(-1)
  const offered = asked?.[2]?.split(', ') ?? []
  const numeric = offered.length > 0 && offered.every((choice) => /^\d+$/.test(choice))
  const ordered = numeric ? offered.toSorted((a, b) => Number(b) - Number(a)) : bestFirst(offered)
  const verdict = (passes ? ordered[0] : ordered.at(-1)) ?? (passes ? 'CORRECT' : 'INCORRECT')
  return asked?.[1] === undefined ? verdict : `I compared the reply with what was asked.\n${asked[1]}: ${verdict}`
}

function bestFirst(offered: readonly string[]): readonly string[] {
  const bad = (choice: string): number =>
    Number(/^(fail|no|incorrect|wrong|false|bad|i|f|different|worse)/i.test(choice))
  return offered.toSorted((a, b) => bad(a) - bad(b))
}
