/** How a simulated model words its reply. */
import type { PlantedItem, SimulatedOptions } from './simulated-options.ts'

export interface ReplyInput {
  readonly answer: string
  readonly prompt: string
  readonly style: SimulatedOptions['style']
}

/** `B`, or a sentence, or reasoning that ends in one; in the form that the prompt asks for where it names one. */
export function replyText({ answer, prompt, style }: ReplyInput): string {
  const manner = style === 'auto' ? (asksForReasoning(prompt) ? 'reasoned' : 'bare') : style
  switch (manner) {
    case 'bare':
      return answer
    case 'sentence':
      return `${closing(prompt)} ${answer}`
    case 'reasoned':
      return `First I look at what is asked. Then I weigh what speaks for each possibility.\n${closing(prompt)} ${answer}`
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

function asksForReasoning(prompt: string): boolean {
  return /step[ -]by[ -]step|reason(ing)? (first|before|through|about)|think (carefully|it through|first)|show your (work|reasoning)/i.test(
    prompt,
  )
}

/** The words before the answer, as the prompt asks for them: `Answer:`, `ANSWER:`, `The answer is`. */
function closing(prompt: string): string {
  const asked = [...prompt.matchAll(/["'`“]?\b((?:final )?answer(?: is)?:)\s?["'`”]?/gi)].at(-1)?.[1]
  return asked ?? 'Answer:'
}
