/**
 * Proves that an endpoint really returns log-probabilities of the prompt, before any answer rests on them.
 *
 * Some servers accept `echo` and silently return generated tokens only; every choice then scores alike and accuracy
 * comes out at exact chance (llama.cpp, ggml-org/llama.cpp issue 27174). So one text is sent twice and the answer must
 * hold an entry for every prompt token and the generated one, null for the first alone, offsets that rise and reproduce
 * the text, values that are not all the same, and the same sum again.
 */
import { countOf, listOf, recordOf, textOf } from '../wire/json-fields.ts'
import { type EchoedToken, lengthIn, type OffsetUnit, readEcho } from './read-echo.ts'

/** Letters of one, two, three and four bytes tell in which unit offsets are counted. */
export const probeText = 'Zürich lies at the lake; 東京 lies by the sea 🌊 and one plus one is two.'

/** The unit of its offsets, or what is wrong with the answers. */
export function judgeEcho(
  answers: readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>],
): { readonly unit: OffsetUnit } | { readonly problem: string } {
  const [first, second] = answers.map(readEcho)
  if (first === undefined || second === undefined) return { problem: 'it did not answer twice' }
  if (typeof first === 'string') return { problem: first }
  if (typeof second === 'string') return { problem: second }
  const { choices } = answers[0]
  const echoed = textOf(recordOf(listOf(choices)?.[0])?.text)
  if (echoed !== undefined && !echoed.startsWith(probeText)) return { problem: 'it does not echo the prompt' }
  const counted = countProblem(first, answers[0])
  if (counted !== undefined) return { problem: counted }
  if (first[0]?.logProbability !== undefined)
    return { problem: 'its first token has a log-probability, though nothing stands before it' }
  const logs = first.flatMap(({ logProbability }) => (logProbability === undefined ? [] : [logProbability]))
  if (new Set(logs).size === 1) return { problem: 'all its log-probabilities are equal' }
  const difference = Math.abs(sum(first) - sum(second))
  // Batching on a GPU moves sums by less than this; a server that does not score the given text moves them by far more.
  if (difference > 0.05 + 0.005 * Math.abs(sum(first))) return { problem: 'two calls gave different sums' }
  const unit = unitOf(first)
  return unit === undefined ? { problem: 'no token starts where the prompt ends' } : { unit }
}

function unitOf(tokens: readonly EchoedToken[]): OffsetUnit | undefined {
  const units: readonly OffsetUnit[] = ['code-points', 'utf-16', 'bytes']
  return units.find((unit) => tokens.at(-1)?.offset === lengthIn(unit, probeText))
}

/** Entries must be prompt tokens plus generated ones, where the endpoint counts them. */
function countProblem(tokens: readonly EchoedToken[], body: Readonly<Record<string, unknown>>): string | undefined {
  const usage = recordOf(body.usage)
  const prompt = countOf(usage?.prompt_tokens)
  const generated = countOf(usage?.completion_tokens) ?? 1
  if (prompt !== undefined && tokens.length !== prompt + generated)
    return `it lists ${tokens.length} tokens where it counts ${prompt} of the prompt and ${generated} generated`
  return tokens.length < 8 ? `it lists ${tokens.length} tokens, fewer than the prompt must have` : undefined
}

function sum(tokens: readonly EchoedToken[]): number {
  // The generated token may differ between calls.
  return tokens.slice(0, -1).reduce((total, { logProbability }) => total + (logProbability ?? 0), 0)
}

/** Log-probability of what follows the prompt, or why it cannot be told. */
export function continuationOf(input: {
  readonly tokens: readonly EchoedToken[]
  readonly prompt: string
  readonly continuation: string
  readonly unit: OffsetUnit
}): { readonly logProbability: number; readonly tokens: number; readonly greedy: boolean } | string {
  const { tokens, prompt, continuation, unit } = input
  const start = lengthIn(unit, prompt)
  const end = start + lengthIn(unit, continuation)
  if (!tokens.some(({ offset }) => offset === start))
    return 'a token reaches across the end of the prompt: let the blank belong to the continuation'
  const own = tokens.filter(({ offset }) => offset >= start && offset < end)
  if (own.length === 0 || own.some(({ logProbability }) => logProbability === undefined))
    return 'the continuation has a token without log-probability'
  return {
    logProbability: own.reduce((total, { logProbability }) => total + (logProbability ?? 0), 0),
    tokens: own.length,
    greedy: own.every(({ greedy }) => greedy === true),
  }
}
