/** Reads the log-probabilities of a prompt from a completions answer with `echo`. */
import { listOf, logProbabilityOf, recordOf, textOf } from '../wire/json-fields.ts'

export interface EchoedToken {
  readonly token: string
  /** Where the token starts, in units of the endpoint. */
  readonly offset: number
  /** Absent for the first token, which has nothing before it. */
  readonly logProbability: number | undefined
  /** Whether no other token was more likely; undefined where alternatives were not given. */
  readonly greedy: boolean | undefined
}

/** In which units an endpoint counts offsets. Python servers count code points, others bytes or UTF-16 units. */
export type OffsetUnit = 'code-points' | 'utf-16' | 'bytes'

/** Tokens of the echoed prompt and of what was generated; text where the answer has not the shape of an echo. */
export function readEcho(body: Readonly<Record<string, unknown>>): readonly EchoedToken[] | string {
  const logprobs = recordOf(recordOf(listOf(body.choices)?.[0])?.logprobs)
  const tokens = listOf(logprobs?.tokens)
  const logs = listOf(logprobs?.token_logprobs)
  const offsets = listOf(logprobs?.text_offset)
  if (tokens === undefined || logs === undefined || offsets === undefined)
    return 'it gives no tokens, token_logprobs and text_offset'
  if (tokens.length !== logs.length || tokens.length !== offsets.length) return 'its lists differ in length'
  const alternatives = listOf(logprobs?.top_logprobs)
  const read: EchoedToken[] = []
  for (const [index, raw] of tokens.entries()) {
    const token = textOf(raw)
    const offset = offsets[index]
    const log = logs[index]
    const logProbability = log === null ? undefined : logProbabilityOf(log)
    if (token === undefined || typeof offset !== 'number') return 'a token has no text or no offset'
    if (logProbability === undefined && index > 0) return 'a token after the first has no log-probability'
    if (offset < (read.at(-1)?.offset ?? 0)) return 'its offsets go back'
    read.push({ token, offset, logProbability, greedy: isGreedy(alternatives?.[index], logProbability) })
  }
  return read
}

/** With one alternative asked for, servers list the most likely token, and some the given one beside it. */
function isGreedy(alternatives: unknown, logProbability: number | undefined): boolean | undefined {
  const others = Object.values(recordOf(alternatives) ?? {}).filter((each) => typeof each === 'number')
  return others.length === 0 || logProbability === undefined ? undefined : logProbability >= Math.max(...others) - 1e-9
}

export function lengthIn(unit: OffsetUnit, text: string): number {
  switch (unit) {
    case 'utf-16':
      return text.length
    case 'bytes':
      return Buffer.byteLength(text)
    case 'code-points':
      return [...text].length
    default:
      return unit satisfies never
  }
}
