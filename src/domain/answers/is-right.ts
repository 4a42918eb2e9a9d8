/** Whether a canonical answer is accepted: for techniques that learn from fit and select items. Never used on reported ones. */
import type { Item } from '../item.ts'
import { type Comparison, canonicalAnswer } from './canonical-answer.ts'

export interface AnswerToCheck {
  readonly item: Item
  readonly answer: string | undefined
  readonly comparison: Comparison
}

export function isRight({ item, answer, comparison }: AnswerToCheck): boolean {
  if (answer === undefined) return false
  if (item.options !== undefined) return item.target.includes(answer)
  const prompt = { options: [], answerMode: 'generative' } as const
  return item.target.some((text) => canonicalAnswer({ text, prompt, originals: undefined, comparison }) === answer)
}
