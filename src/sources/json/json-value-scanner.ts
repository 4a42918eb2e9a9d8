/**
 * Finds the end of one JSON value while its bytes arrive, and keeps its text without the members that are not wanted.
 *
 * Follows only brackets and strings. What it keeps is parsed, and thereby checked, by whoever asked for it.
 */

export interface ValueScannerLimits {
  readonly maximumPieceBytes: number
  readonly maximumDepth: number
}

export interface ScanStart {
  /** First byte of the value. */
  readonly byte: number
  readonly keeping: boolean
  /** Members whose values become null, where the value is an object. */
  readonly dropped: ReadonlySet<string>
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d
const nullBytes = Buffer.from('null')
/** Up to here a string is walked byte by byte. */
const shortString = 24

/** Moves past the rest of strings, across chunks. */
export class StringScanner {
  inString = false
  #escaped = false

  begin(): void {
    this.inString = true
    this.#escaped = false
  }

  /** Where the string ends, just behind its quote, or the end of the chunk; `inString` tells which. */
  skip(chunk: Buffer, from: number): number {
    let at = from
    if (this.#escaped && at < chunk.length) {
      at++
      this.#escaped = false
    }
    const near = Math.min(at + shortString, chunk.length)
    while (at < near) {
      const byte = chunk[at++]
      if (byte === quote) return this.#end(at)
      if (byte === backslash) {
        if (at < chunk.length) at++
        else this.#escaped = true
      }
    }
    return this.#skipLong(chunk, at)
  }

  /** A long string's end is looked for as a byte, which is many times faster than walking to it. */
  #skipLong(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; ) {
      const found = chunk.indexOf(quote, at)
      const end = found < 0 ? chunk.length : found
      let escapes = 0
      while (end - escapes > at && chunk[end - escapes - 1] === backslash) escapes++
      const escaped = escapes % 2 === 1
      if (found < 0) {
        this.#escaped = escaped
        return end
      }
      if (!escaped) return this.#end(end + 1)
      at = end + 1
    }
    return from < chunk.length ? chunk.length : from
  }

  #end(at: number): number {
    this.inString = false
    return at
  }
}

export class JsonValueScanner {
  readonly #limits: ValueScannerLimits
  readonly #fail: (code: string, at: number) => never
  readonly #string = new StringScanner()
  #kind: 'container' | 'string' | 'plain' = 'plain'
  #depth = 0
  #keeping = false
  #keptAtAll = false
  #pieces: Buffer[] = []
  /** How many of them no longer point into a chunk. */
  #copied = 0
  #pieceBytes = 0
  // Members of a value that is an object.
  #dropped: ReadonlySet<string> = new Set()
  #tracksKeys = false
  #isObject = false
  #expectsKey = false
  #stringIsKey = false
  /** The part of a key that came in earlier chunks. */
  #key = ''
  /** Whether the value of the last key is dropped. */
  #dropsValue = false
  #longestDropped = 0
  #dropping = false

  /** `fail` is called with a code and the place in the current chunk. */
  constructor(limits: ValueScannerLimits, fail: (code: string, at: number) => never) {
    this.#limits = limits
    this.#fail = fail
  }

  start({ byte, keeping, dropped }: ScanStart): void {
    this.#kind = byte === openArray || byte === openObject ? 'container' : byte === quote ? 'string' : 'plain'
    this.#depth = 0
    this.#string.inString = false
    this.#keeping = keeping
    this.#keptAtAll = keeping
    this.#pieces = []
    this.#copied = 0
    this.#pieceBytes = 0
    this.#dropped = dropped
    this.#longestDropped = 0
    for (const name of dropped) this.#longestDropped = Math.max(this.#longestDropped, name.length)
    this.#tracksKeys = keeping && dropped.size > 0 && byte === openObject
    this.#isObject = false
    this.#expectsKey = false
    this.#stringIsKey = false
    this.#dropping = false
  }

  /**
   * Scans `chunk` from `from`. Returns the first byte behind the value, and its text if it is kept; undefined while
   * the value goes on in the next chunk.
   */
  scan(chunk: Buffer, from: number): { readonly end: number; readonly text: string | undefined } | undefined {
    let at = from
    let keep = from
    let depth = this.#depth
    const string = this.#string
    const resume = (where: number): void => {
      if (!this.#dropping) return
      this.#dropping = false
      this.#keeping = true
      keep = where
    }
    while (at < chunk.length) {
      if (string.inString) {
        const start = at
        at = string.skip(chunk, at)
        if (string.inString) {
          if (this.#stringIsKey) this.#key += chunk.toString('latin1', start, at)
          break
        }
        if (this.#stringIsKey) this.#takeKey(chunk, start, at - 1)
        if (this.#kind === 'string') return this.#finish(chunk, keep, at)
        continue
      }
      const byte = chunk[at++] ?? 0
      if (byte === quote) {
        string.begin()
        if (this.#tracksKeys && depth === 1 && this.#expectsKey) {
          this.#stringIsKey = true
          this.#key = ''
        }
      } else if (byte === openArray || byte === openObject) {
        if (++depth > this.#limits.maximumDepth) this.#fail('json-nested-too-deep', at - 1)
        if (depth === 1) {
          this.#isObject = byte === openObject
          this.#expectsKey = this.#isObject
        }
      } else if (byte === closeArray || byte === closeObject) {
        if (depth === 0) return this.#finish(chunk, keep, at - 1)
        if (--depth === 0) {
          resume(at - 1)
          return this.#finish(chunk, keep, at)
        }
      } else if (byte === comma) {
        if (depth === 0) return this.#finish(chunk, keep, at - 1)
        if (depth === 1 && this.#tracksKeys) {
          this.#expectsKey = this.#isObject
          resume(at - 1)
        }
      } else if (byte === colon && depth === 1 && this.#tracksKeys && this.#expectsKey) {
        this.#expectsKey = false
        if (this.#dropsValue) {
          this.#keep(chunk, keep, at)
          this.#pieces.push(nullBytes)
          this.#keeping = false
          this.#dropping = true
        }
      }
    }
    this.#keep(chunk, keep, chunk.length)
    this.#copyPieces()
    this.#depth = depth
    return undefined
  }

  #takeKey(chunk: Buffer, from: number, to: number): void {
    this.#stringIsKey = false
    // Most keys are told apart by their length, without making a text of them.
    this.#dropsValue =
      this.#key.length + to - from <= this.#longestDropped &&
      this.#dropped.has(this.#key + chunk.toString('latin1', from, to))
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (!this.#keeping || to <= from) return
    this.#pieceBytes += to - from
    if (this.#pieceBytes > this.#limits.maximumPieceBytes) this.#fail('json-piece-too-large', from)
    this.#pieces.push(chunk.subarray(from, to))
  }

  /** The chunk's memory may be used again once it is scanned. */
  #copyPieces(): void {
    for (let i = this.#copied; i < this.#pieces.length; i++) {
      const piece = this.#pieces[i]
      if (piece !== undefined) this.#pieces[i] = Buffer.from(piece)
    }
    this.#copied = this.#pieces.length
  }

  #finish(chunk: Buffer, keep: number, end: number): { readonly end: number; readonly text: string | undefined } {
    if (!this.#keptAtAll) return { end, text: undefined }
    if (this.#pieces.length === 0) return { end, text: chunk.toString('utf8', keep, end) }
    this.#keep(chunk, keep, end)
    const text = Buffer.concat(this.#pieces).toString('utf8')
    this.#pieces = []
    return { end, text }
  }
}
