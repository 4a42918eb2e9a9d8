/** How a simulated model words its reply. */
import type { PlantedItem, SimulatedOptions } from './simulated-options.ts'

export interface ReplyInput {
  readonly answer: string
  /** What was asked last: earlier turns of a conversation may have asked for another form. */
  readonly prompt: string
  readonly style: SimulatedOptions['style']
}

/** `B`, or a marked line, or reasoning that ends in one; in the form that the prompt asks for where it names one. */
export function replyText({ answer, prompt, style }: ReplyInput): string {
  const manner = style === 'auto' ? askedManner(prompt) : style
  switch (manner) {
    case 'bare':
      return answer
    case 'sentence':
      return `${mark(prompt)} ${answer}`
    case 'reasoned':
      return `First I look at what is asked. Then I weigh what speaks for each possibility.\n${mark(prompt)} ${answer}`
    default:
      return manner satisfies never
  }
}

export const vagueReply = 'There is something to be said for more than one of these.'

/** An answer to an open question that is not accepted. Numbers stay numbers; the same draw gives the same answer. */
export function wrongAnswer(item: PlantedItem, draw: number): string {
  const [target = ''] = item.target
  const value = Number(target)
  for (let step = 0; ; step++) {
    const answer =
      target.trim() !== '' && Number.isFinite(value)
        ? String(value + Math.floor(draw * 9) + 1 + step)
        : `${wrongWords[(Math.floor(draw * wrongWords.length) + step) % wrongWords.length]}${step >= wrongWords.length ? step : ''}`
    if (!item.target.some((accepted) => accepted.trim().toLowerCase() === answer.toLowerCase())) return answer
  }
}

const wrongWords = [
  'lantern',
  'harbour',
  'thistle',
  'granite',
  'meadow',
  'copper',
  'willow',
  'ember',
  'saffron',
  'quill',
]

function askedManner(prompt: string): Exclude<SimulatedOptions['style'], 'auto'> {
  const reasoning =
    /step[ -]by[ -]step|reason(ing)? (first|before|through|about)|think (carefully|it through|first)|show your (work|reasoning)/i
  if (reasoning.test(prompt)) return 'reasoned'
  return /["'`“](final )?answer: ?["'`”]/i.test(prompt) ? 'sentence' : 'bare'
}

/** The word before the answer as the prompt quotes it, such as `ANSWER:`. */
function mark(prompt: string): string {
  const asked = [...prompt.matchAll(/["'`“]((?:final )?answer:)/gi)].at(-1)?.[1]
  return asked ?? 'Answer:'
}
