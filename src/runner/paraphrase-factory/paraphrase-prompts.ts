/** What the paraphrase factory asks models, and how it reads their replies. Our own wording; the hash is recorded. */
import { type ChatMessage, contentHash, type ModelRequest } from '../../domain/index.ts'

export const recipes = ['rephrase', 'expand', 'describe'] as const
/** Reword one text; reword it with reasons; write anew from a description of the task (Mizrahi et al. 2024). */
export type Recipe = (typeof recipes)[number]

const version = 1

const keep =
  'Keep every placeholder in double braces exactly as it is, each at least once, and add no other. ' +
  'Keep every requirement of the task and of the form of the answer; add none and drop none.'

const reply = 'Reply with a JSON list of strings and nothing else.'

const asked: Readonly<Record<Recipe, string>> = {
  rephrase: 'Reword the instruction between the lines. Change its structure and style.',
  expand:
    'Think of who might give the instruction between the lines and in which manner: brief, formal, friendly, as a list. Write it in such ways.',
  describe:
    'Work out in at most 40 words what task the instruction between the lines sets. From that description alone, write new instructions that set the same task.',
}

export function generationRequest(options: {
  readonly template: string
  readonly recipe: Recipe
  readonly count: number
  /** Continues where an earlier request for the same left off. */
  readonly round: number
}): ModelRequest {
  const { template, recipe, count, round } = options
  const again = round === 0 ? '' : ' Make them unlike what comes to mind first.'
  const content = `${asked[recipe]}${again} ${keep}\n\n---\n${template}\n---\n\nWrite ${count}. ${reply}`
  return chat([{ role: 'user', content }], 1)
}

/** Both texts filled with one example, so that a judge sees what a model would see. */
export function equivalenceRequest(first: string, second: string): ModelRequest {
  const content =
    'Two instructions follow, each filled with the same example. Would a careful person who follows the first give the same ' +
    'answers, in the same form, as one who follows the second, on every example? Look for requirements that only one of ' +
    'them makes, information that only one gives, and answers that only one allows. Differences of style do not count.\n\n' +
    `--- first ---\n${first}\n--- second ---\n${second}\n---\n\n` +
    'Reply with JSON and nothing else: {"equivalent": true or false, "reasons": ["…"]}'
  return chat([{ role: 'user', content }], 0)
}

/** Identity of the wording above: recorded with every paraphrase. */
export const promptsHash: string = contentHash({ version, keep, reply, asked, judge: equivalenceRequest('', '') })

/** The strings of the list in a reply, or undefined where there is no such list. */
export function readList(text: string): readonly string[] | undefined {
  const value = jsonIn(text, '[', ']')
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.map((each) => each.trim())
    : undefined
}

export interface EquivalenceReply {
  readonly equivalent: boolean
  readonly reasons: readonly string[]
}

/** What a judge found, or undefined where the reply cannot be read: that is no verdict, least of all a negative one. */
export function readEquivalence(text: string): EquivalenceReply | undefined {
  const value = jsonIn(text, '{', '}')
  if (typeof value !== 'object' || value === null || !('equivalent' in value)) return undefined
  if (typeof value.equivalent !== 'boolean') return undefined
  const reasons = 'reasons' in value && Array.isArray(value.reasons) ? value.reasons : []
  return { equivalent: value.equivalent, reasons: reasons.filter((reason) => typeof reason === 'string') }
}

function chat(messages: readonly ChatMessage[], temperature: number): ModelRequest {
  return { kind: 'chat', messages, decoding: { temperature }, logProbabilities: 0 }
}

/** JSON between the first and last bracket: models like to put words and code fences around it. */
function jsonIn(text: string, open: string, close: string): unknown {
  const from = text.indexOf(open)
  const to = text.lastIndexOf(close)
  if (from < 0 || to < from) return undefined
  try {
    return JSON.parse(text.slice(from, to + 1))
  } catch {
    return undefined
  }
}
