/** What a simulated model says to a chat request. */
import type { ModelRequest, ModelResponse, TokenChoice } from '../../domain/index.ts'
import type { ProviderCall } from '../provider.ts'
import { answerDraws, type DrawOptions, settledDraws } from './answer-draws.ts'
import { chosenOf, logProbabilitiesOf, pullsOf } from './choose-answer.ts'
import { matchesAny, type PlantedTruth } from './planted-truth.ts'
import { replyText, vagueReply, wrongAnswer } from './reply-text.ts'
import type { OptionReader, SeenOption } from './shown-options.ts'
import type { PlantedItem, SimulatedOptions } from './simulated-options.ts'

export interface PlannedReply {
  readonly text: string
  readonly finish: ModelResponse['finish']
  readonly firstToken?: readonly TokenChoice[] | undefined
}

export interface ReplySituation {
  readonly options: SimulatedOptions
  readonly seed: string
  readonly truth: PlantedTruth
  readonly item: PlantedItem
  readonly cell: ProviderCall['cell']
  readonly prompt: string
}

export interface ReplyPlan extends ReplySituation {
  readonly readShown: OptionReader
  readonly request: Extract<ModelRequest, { kind: 'chat' }>
}

export function planReply(plan: ReplyPlan): PlannedReply {
  const { options, item, cell, prompt, request } = plan
  const shown = plan.readShown(prompt) ?? []
  const drawing = drawingOf(plan, request.decoding)
  const { draws, own } = answerDraws(drawing)
  const { rare, refusals, vague, truncation } = options
  if (rare !== undefined && appliesAt(cell.levels, rare.only) && own.uniform() < rare.rate)
    return cutTo(rare.text, request.decoding.maxTokens)
  if (refusals !== undefined && draws.refusal < refusals.rate) return { text: refusals.text, finish: 'refusal' }
  if (vague !== undefined && draws.vague < vague.rate) return cutTo(vagueReply, request.decoding.maxTokens)

  const { pulls, right } = weigh(plan, shown)
  const chosen = chosenOf(pulls, draws)
  const asked = lastAsked(request)
  const words = pulls.map((_, index) => wording({ item, options, shown, right, index, asked, draw: draws.wrong }))
  const text = replyText({
    answer: concludedBefore(request) ?? words[chosen] ?? '',
    prompt: asked,
    style: options.style,
  })
  const cut =
    truncation !== undefined && draws.truncation < truncation.rate
      ? { text: text.slice(0, Math.floor(text.length / 2)), finish: 'length' as const }
      : cutTo(text, request.decoding.maxTokens)
  if (request.logProbabilities === 0 || !options.capabilities.includes('log-probabilities')) return cut
  const settled = chosenOf(pulls, settledDraws(drawing))
  const logs = logProbabilitiesOf({ pulls, settled, temperatureNoise: options.temperatureNoise })
  const lead = text.slice(0, text.length - (words[chosen]?.length ?? 0))
  // Replies that open with other words are sure of their first token, whatever they will conclude.
  const firstToken =
    lead === '' ? tokenChoices(words, logs) : [{ token: lead.split(/(?<=\S)\s/)[0] ?? '', logProbability: 0 }]
  return { ...cut, firstToken: firstToken.slice(0, request.logProbabilities) }
}

function lastAsked({ messages }: ReplyPlan['request']): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? ''
}

/** An answer that the model gave earlier in the conversation stands when it is asked for again. */
function concludedBefore({ messages }: ReplyPlan['request']): string | undefined {
  const earlier = messages.findLast(({ role }) => role === 'assistant')?.content
  return earlier === undefined ? undefined : [...earlier.matchAll(/^(?:final )?answer: *(.+)$/gim)].at(-1)?.[1]
}

/** Pulls of all choices in canonical order, and which is right; an open question has the choices right (0) and wrong (1). */
export function weigh(
  situation: ReplySituation,
  shown: readonly SeenOption[],
): { readonly pulls: readonly number[]; readonly right: number } {
  const { options, seed, item, cell, prompt } = situation
  const { itemId, levels, technique, replicate, sequence } = cell
  const logit = situation.truth.logit({ item, levels, technique, replicate, sequence, prompt })
  const right = rightOf(item)
  return { pulls: pullsOf({ options, seed, itemId, logit, right, choices: choicesOf(item), shown }), right }
}

export function drawingOf(
  { options, seed, cell, item }: ReplySituation,
  decoding: { readonly temperature?: number | undefined; readonly seed?: number | undefined },
): DrawOptions {
  const { temperatureNoise, wordingNoise, defaultTemperature } = options
  const temperature = decoding.temperature ?? defaultTemperature
  return {
    seed,
    cell,
    choices: choicesOf(item),
    temperature,
    decodingSeed: decoding.seed,
    temperatureNoise,
    wordingNoise,
  }
}

function choicesOf(item: PlantedItem): number {
  return item.options?.length ?? 2
}

/** Target of an item with options: canonical index as text, or the option's own text. */
function rightOf({ options, target: [target = ''] }: PlantedItem): number {
  if (options === undefined) return 0
  const byText = options.indexOf(target)
  return /^\d+$/.test(target) && Number(target) < options.length ? Number(target) : Math.max(0, byText)
}

interface WordingInput {
  readonly item: PlantedItem
  readonly options: SimulatedOptions
  readonly shown: readonly SeenOption[]
  readonly right: number
  readonly index: number
  readonly asked: string
  readonly draw: number
}

function wording({ item, options, shown, right, index, asked, draw }: WordingInput): string {
  if (item.options === undefined) return index === right ? (item.target[0] ?? '') : wrongAnswer(item, draw)
  const text = item.options[index] ?? ''
  const label = shown.find(({ canonical }) => canonical === index)?.label
  const asText = options.answerWith === 'text' || (options.answerWith === 'auto' && asksForText(asked))
  return label === undefined || asText ? text : label
}

function asksForText(prompt: string): boolean {
  return /\b(full|exact|whole) text\b|\btext of (the|your) (\w+ )?(answer|option|choice)|\bnot (the|its) (letter|label)/i.test(
    prompt,
  )
}

/** First tokens of the wordings; wordings that begin alike share one. */
function tokenChoices(words: readonly string[], logs: readonly number[]): readonly TokenChoice[] {
  const byToken = new Map<string, number>()
  for (const [index, word] of words.entries()) {
    const token = word.split(/(?<=\S)\s/)[0] ?? word
    byToken.set(token, (byToken.get(token) ?? 0) + Math.exp(logs[index] ?? 0))
  }
  return [...byToken]
    .map(([token, probability]) => ({ token, logProbability: Math.log(Math.min(1, probability)) }))
    .sort((a, b) => b.logProbability - a.logProbability)
}

function appliesAt(
  levels: Readonly<Record<string, string>>,
  only: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.keys(only).length === 0 || matchesAny(levels, only)
}

function cutTo(text: string, maxTokens: number | undefined): PlannedReply {
  const longest = maxTokens === undefined ? text.length : maxTokens * 4
  return text.length > longest ? { text: text.slice(0, longest), finish: 'length' } : { text, finish: 'stop' }
}
