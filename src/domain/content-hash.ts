/** Identity of a value: SHA-256 of its canonical JSON (RFC 8785), hex. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import { canonicalPieces } from './canonical-pieces.ts'

/**
 * Two values with the same content have the same hash, however they were written: YAML, JSON or TypeScript, keys in any
 * order. Refuses what JSON cannot hold.
 *
 * contentHash({ a: 1, b: [true, null, 'x'] }) // => 'eca8cfb31ab74533e1eb2f4c74d2d55dfe3c79ac704787e54be8647ea7777eb1'
 */
export function contentHash(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('only JSON values have a content hash')
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** The content hash of a value that may be large, such as a protocol with its items: never held as one text. */
export function documentHash(value: unknown): string {
  const whole = sha256.create()
  for (const piece of canonicalPieces(value)) whole.update(utf8ToBytes(piece))
  return bytesToHex(whole.digest())
}
