/**
 * Splits one huge JSON document into elements while its bytes arrive, so that memory stays at one element.
 *
 * The document is an array, or an object some of whose members are. Inside elements, members that are not wanted (whole
 * conversations, event streams) are dropped before they are ever held.
 */
import { fail } from '../../stats/fail.ts'
import { JsonValueScanner, StringScanner, type ValueScannerLimits } from './json-value-scanner.ts'

export type MemberPlan = 'value' | 'elements' | 'skip'

export interface JsonPiece {
  /** Member of the top-level object; empty for elements of a top-level array. */
  readonly member: string
  readonly text: string
  /** Where the piece starts, counted from the start of the document. */
  readonly byte: number
}

export interface JsonElementsOptions extends ValueScannerLimits {
  /** Names for errors: the file, and the archive member or empty. */
  readonly path: string
  readonly member: string
  /** What to do with a member of the top-level object. A member planned as elements that is no array is a value. */
  readonly plan: (member: string) => MemberPlan
  /** Members of an element whose values are replaced by null. */
  readonly dropped: ReadonlySet<string>
  readonly onValue: (piece: JsonPiece) => void
  readonly onElement: (piece: JsonPiece) => void
}

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d
const longestKey = 4096
const nothing: ReadonlySet<string> = new Set()

type State =
  | 'document'
  | 'key'
  | 'in-key'
  | 'colon'
  | 'value'
  | 'after-value'
  | 'in-value'
  | 'element'
  | 'after-element'
  | 'done'

export class JsonElements {
  readonly #options: JsonElementsOptions
  readonly #scanner: JsonValueScanner
  readonly #keyString = new StringScanner()
  #state: State = 'document'
  /** Bytes of chunks before the current one. */
  #before = 0
  /** The last byte was a comma: a closing bracket may not follow. */
  #afterComma = false
  #member = ''
  #plan: MemberPlan = 'value'
  #topLevelArray = false
  #isElement = false
  #startsAt = 0

  constructor(options: JsonElementsOptions) {
    this.#options = options
    this.#scanner = new JsonValueScanner(options, (code, at) => this.#fail(code, at))
  }

  /** The next bytes of the document. Pieces are handed over as soon as they are whole. */
  push(chunk: Buffer): void {
    let at = this.#before === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0
    while (at < chunk.length) {
      if (this.#state === 'in-value') {
        const found = this.#scanner.scan(chunk, at)
        if (found === undefined) break
        at = found.end
        this.#state = this.#isElement ? 'after-element' : 'after-value'
        if (found.text !== undefined) this.#hand(found.text)
        continue
      }
      if (this.#state === 'in-key') {
        const start = at
        at = this.#keyString.skip(chunk, at)
        const { inString } = this.#keyString
        this.#member += chunk.toString('latin1', start, inString ? at : at - 1)
        if (this.#member.length > longestKey) this.#fail('json-key-too-long', at)
        if (!inString) this.#state = 'colon'
        continue
      }
      const byte = chunk[at] ?? 0
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) at++
      else if (this.#structure(byte, at)) at++
    }
    this.#before += chunk.length
  }

  /** Declares the document whole; fails where it is not. */
  end(): void {
    if (this.#state !== 'done')
      fail(
        'json-cut-off',
        { path: this.#options.path, member: this.#options.member, byte: this.#before },
        'copy the file again, or let the run finish; the text ends in the middle',
      )
  }

  /** Consumes a byte between values. False where a value starts, which is scanned from this very byte. */
  #structure(byte: number, at: number): boolean {
    switch (this.#state) {
      case 'document':
        if (byte !== openArray && byte !== openObject) break
        this.#topLevelArray = byte === openArray
        this.#plan = 'elements'
        return this.#to(this.#topLevelArray ? 'element' : 'key')
      case 'key':
        if (byte === closeObject && !this.#afterComma) return this.#to('done')
        if (byte !== quote) break
        this.#member = ''
        this.#afterComma = false
        this.#keyString.begin()
        return this.#to('in-key')
      case 'colon':
        if (byte !== colon) break
        this.#plan = this.#options.plan(this.#member)
        return this.#to('value')
      case 'value':
        if (byte === openArray && this.#plan === 'elements') {
          this.#afterComma = false
          return this.#to('element')
        }
        return this.#start({ byte, at, isElement: false })
      case 'after-value':
        if (byte === closeObject) return this.#to('done')
        if (byte !== comma) break
        this.#afterComma = true
        return this.#to('key')
      case 'element':
        if (byte === closeArray && !this.#afterComma) return this.#to(this.#topLevelArray ? 'done' : 'after-value')
        return this.#start({ byte, at, isElement: true })
      case 'after-element':
        if (byte === closeArray) return this.#to(this.#topLevelArray ? 'done' : 'after-value')
        if (byte !== comma) break
        this.#afterComma = true
        return this.#to('element')
      default:
    }
    return this.#fail('json-malformed', at)
  }

  #to(state: State): true {
    this.#state = state
    return true
  }

  #start({ byte, at, isElement }: { byte: number; at: number; isElement: boolean }): false {
    if (byte === comma || byte === colon || byte === closeArray || byte === closeObject)
      this.#fail('json-malformed', at)
    this.#state = 'in-value'
    this.#isElement = isElement
    this.#afterComma = false
    this.#startsAt = this.#before + at
    const dropped = isElement ? this.#options.dropped : nothing
    this.#scanner.start({ byte, keeping: isElement || this.#plan !== 'skip', dropped })
    return false
  }

  #hand(text: string): void {
    const { onElement, onValue } = this.#options
    const piece = { member: this.#topLevelArray ? '' : this.#member, text, byte: this.#startsAt }
    if (this.#isElement) onElement(piece)
    else onValue(piece)
  }

  #fail(code: string, at: number): never {
    return fail(
      code,
      { path: this.#options.path, member: this.#options.member, byte: this.#before + at },
      code === 'json-malformed'
        ? 'write the log again; this text is not JSON'
        : 'check where the file came from; genuine logs do not look like this',
    )
  }
}
