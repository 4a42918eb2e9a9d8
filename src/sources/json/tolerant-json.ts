/**
 * Parses JSON as Python writes it: unquoted NaN, Infinity and -Infinity, and integers of any size.
 *
 * The fast path is `JSON.parse`. Only where that would fail, or would round an integer beyond 2^53, the text is parsed
 * again with those tokens kept: an item id that was rounded would silently join two items.
 */
import { fail } from '../../stats/fail.ts'

export interface JsonPlace {
  readonly path: string
  /** Part of the file, such as an archive member; empty for the file itself. */
  readonly member: string
  /** Offset of the text in that part. */
  readonly byte: number
}

export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/**
 * An `id` of 9007199254740993 comes back as a bigint, and an unquoted NaN as NaN.
 */
export function parseTolerantJson(text: string, place: JsonPlace): JsonValue {
  try {
    if (!holdsLongInteger(text)) return JSON.parse(text)
  } catch {
    // Parsed again below, where a true error gets its place.
  }
  const { strict, marker } = withoutNonNumbers(text)
  try {
    return JSON.parse(strict, (_, value: JsonValue, context?: { source?: string }) => {
      if (typeof value !== 'number') return value
      const source = context?.source ?? ''
      if (source === marker || source === `-${marker}`) return Number.NaN
      return !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value
    })
  } catch (cause) {
    // A RangeError is a text nested beyond the stack; the position of any other error refers to the rewritten text.
    const offset = cause instanceof SyntaxError ? positionIn(cause.message) : undefined
    return fail(
      'json-malformed',
      { path: place.path, member: place.member, byte: place.byte + (offset ?? 0), reason: reasonOf(cause) },
      'write the log again; this text is not JSON',
    )
  }
}

/** Integers of this many digits may lie beyond 2^53. */
const longDigits = 16

/**
 * Whether an integer of 16 digits or more stands where a value may: one of its digits is at every 16th character. A text that
 * only seems to hold one costs no more than the slower path.
 */
function holdsLongInteger(text: string): boolean {
  for (let at = longDigits - 1; at < text.length; at += longDigits) {
    if (!isDigit(text, at)) continue
    let [from, to] = [at, at + 1]
    while (isDigit(text, from - 1)) from--
    while (isDigit(text, to)) to++
    const before = text[from - 1] === '-' ? from - 2 : from - 1
    if (to - from >= longDigits && isBoundary(text[before]) && isBoundary(text[to])) return true
    // On to the last of these places before the end of the digits: each digit is looked at once.
    at = to - 1 - (to % longDigits)
  }
  return false
}

function isBoundary(character: string | undefined): boolean {
  return character === undefined || '[]{}:, \t\r\n'.includes(character)
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}

interface StrictText {
  readonly strict: string
  /** The number literal that stands for NaN. */
  readonly marker: string
}

/** Rewrites the three tokens outside strings: infinities as numbers that overflow, NaN as a literal nobody writes. */
function withoutNonNumbers(text: string): StrictText {
  let marker = '0E+77777'
  while (text.includes(marker)) marker += '7'
  const pieces: string[] = []
  let copied = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    const token = code === 0x4e ? 'NaN' : code === 0x49 ? 'Infinity' : undefined
    if (token === undefined || !standsAlone(text, at, token)) continue
    pieces.push(text.slice(copied, at), token === 'NaN' ? marker : '1E+777')
    copied = at + token.length
    at = copied - 1
  }
  return { strict: pieces.length === 0 ? text : pieces.join('') + text.slice(copied), marker }
}

/** Glued to other characters it is no token: `1NaN` is an error, and must not become a number. */
function standsAlone(text: string, at: number, token: string): boolean {
  if (!text.startsWith(token, at)) return false
  const before = text[at - 1] === '-' ? text[at - 2] : text[at - 1]
  return !/[\w.+-]/.test(before ?? '') && !/[\w.+-]/.test(text[at + token.length] ?? '')
}

/** Index of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return text.length
    let escapes = 0
    while (text.charCodeAt(quote - 1 - escapes) === 0x5c) escapes++
    if (escapes % 2 === 0) return quote
    at = quote + 1
  }
}

function positionIn(message: string): number | undefined {
  const position = /at position (\d+)/.exec(message)?.[1]
  return position === undefined ? undefined : Number(position)
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 120) : 'unknown'
}
