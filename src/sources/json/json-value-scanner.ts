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
    while (at < chunk.length) {
      const byte = chunk[at++]
      if (byte === quote) {
        this.inString = false
        return at
      }
      if (byte === backslash) {
        if (at < chunk.length) at++
        else this.#escaped = true
      }
    }
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
  #pieceBytes = 0
  // Members of a value that is an object.
  #dropped: ReadonlySet<string> = new Set()
  #tracksKeys = false
  #isObject = false
  #expectsKey = false
  #stringIsKey = false
  #key = ''
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
    this.#pieceBytes = 0
    this.#dropped = dropped
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
        if (this.#stringIsKey) this.#key += chunk.toString('latin1', start, string.inString ? at : at - 1)
        if (string.inString) break
        this.#stringIsKey = false
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
        if (this.#dropped.has(this.#key)) {
          this.#keep(chunk, keep, at)
          this.#pieces.push(nullBytes)
          this.#keeping = false
          this.#dropping = true
        }
      }
    }
    this.#keep(chunk, keep, chunk.length)
    this.#depth = depth
    return undefined
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (!this.#keeping || to <= from) return
    this.#pieceBytes += to - from
    if (this.#pieceBytes > this.#limits.maximumPieceBytes) this.#fail('json-piece-too-large', from)
    // Copied, because the chunk's memory may be used again.
    this.#pieces.push(Buffer.from(chunk.subarray(from, to)))
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
