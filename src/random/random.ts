/**
 * Seeded random streams with named splits: the only source of randomness in Assay.
 *
 * A stream is named by its path, `seed/name/name…`; its state is the first 128 bits of SHA-256 of that path, so a
 * stream depends on its name alone: adding an analysis or a variant moves no other stream. Numbers come from
 * xoshiro128** 1.1 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators").
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

export interface Random {
  /** Name of this stream, `seed/split/split`. Printed beside every number that used it. */
  readonly path: string
  /** Uniform integer in [0, 2^32). */
  uint32(): number
  /** Uniform double in [0, 1) with 53 random bits. */
  uniform(): number
  /** Uniform integer in [0, bound), without modulo bias. `bound` is an integer from 1 to 2^32. */
  integer(bound: number): number
  /** Standard normal deviate (Marsaglia polar method). */
  normal(): number
  /** Fills `target` with uniform integers in [0, bound): `integer(bound)` for whole arrays, in the same order. */
  fillIntegers(target: Int32Array | Uint32Array | Uint16Array, bound: number): void
  /** Sum of `values.length` values drawn with replacement, at the positions that `fillIntegers` would draw. */
  sumWithReplacement(values: Float64Array): number
  /** Fisher–Yates shuffle in place. */
  shuffle(target: { length: number; [index: number]: number }): void
  /** An independent stream of its own name. The same name always gives the same stream. */
  split(name: string | number): Random
}

/** Opens the stream of a seed. Seeds are text or integers: `openRandom(7)` and `openRandom('7')` are one stream. */
export function openRandom(seed: string | number): Random {
  return new Xoshiro128(escapePart(String(seed)))
}

class Xoshiro128 implements Random {
  readonly path: string
  // All zero until the first draw: no stream comes to that state, and most streams are only split further, never drawn from.
  #a = 0
  #b = 0
  #c = 0
  #d = 0

  constructor(path: string, state?: State) {
    this.path = path
    if (state !== undefined) this.#set(state)
  }

  uint32(): number {
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#set(stateOf(this.path))
    const scrambled = Math.imul(this.#b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  integer(bound: number): number {
    checkBound(bound)
    const threshold = 4_294_967_296 % bound
    for (;;) {
      // bound ≤ 2^32 and the draw < 2^32: the product needs 64 bits, so it is split to stay exact in a double.
      const draw = this.uint32()
      if (bound <= 2_097_152) {
        const product = draw * bound
        const high = Math.floor(product / 4_294_967_296)
        if (product - high * 4_294_967_296 >= threshold) return high
      } else {
        const limit = 4_294_967_296 - threshold
        if (draw < limit) return draw % bound
      }
    }
  }

  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s)
    }
  }

  fillIntegers(target: Int32Array | Uint32Array | Uint16Array, bound: number): void {
    checkBound(bound)
    if (bound > 2_097_152 && bound < 4_294_967_296) {
      for (let i = 0; i < target.length; i++) target[i] = this.integer(bound)
      return
    }
    // The generator is inlined: the bootstrap spends most of its time in this loop. Draws stay 32-bit integers, so that
    // the low half of the product is one integer multiplication; its high half is exact in a double up to 2^53.
    const threshold = 4_294_967_296 % bound
    const scale = bound / 4_294_967_296
    const factor = bound | 0
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#set(stateOf(this.path))
    let a = this.#a
    let b = this.#b
    let c = this.#c
    let d = this.#d
    for (let i = 0; i < target.length; ) {
      const scrambled = Math.imul(b, 5)
      const draw = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      if (Math.imul(draw, factor) >>> 0 >= threshold) target[i++] = Math.floor((draw >>> 0) * scale)
    }
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  sumWithReplacement(values: Float64Array): number {
    const bound = values.length
    if (bound > 65_536) {
      const rows = new Int32Array(bound)
      this.fillIntegers(rows, bound)
      return sumByTurns(values, rows)
    }
    // Inlined as in `fillIntegers`, without the positions in between. The high half of the product of 32 and 16 bits is two
    // integer multiplications. Two sums by turns: one chain of additions would wait for itself.
    const threshold = 4_294_967_296 % bound
    const factor = bound | 0
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#set(stateOf(this.path))
    let a = this.#a
    let b = this.#b
    let c = this.#c
    let d = this.#d
    let next = 0
    let other = 0
    for (let i = 0; i < bound; ) {
      const scrambled = Math.imul(b, 5)
      const draw = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      if (Math.imul(draw, factor) >>> 0 >= threshold) {
        const sum =
          next + (values[(Math.imul(draw >>> 16, factor) + (Math.imul(draw & 0xffff, factor) >>> 16)) >>> 16] ?? 0)
        next = other
        other = sum
        i++
      }
    }
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
    return next + other
  }

  shuffle(target: { length: number; [index: number]: number }): void {
    const last = target.length - 1
    if (last >= 2_097_152) {
      for (let i = last; i > 0; i--) swap(target, i, this.integer(i + 1))
      return
    }
    // Inlined as in `fillIntegers`. The bias threshold 2^32 mod bound lies below the bound, so that its division is
    // needed only for the few draws whose low half does too.
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#set(stateOf(this.path))
    let a = this.#a
    let b = this.#b
    let c = this.#c
    let d = this.#d
    for (let i = last; i > 0; ) {
      const bound = i + 1
      const scrambled = Math.imul(b, 5)
      const draw = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      const low = Math.imul(draw, bound) >>> 0
      if (low < bound && low < 4_294_967_296 % bound) continue
      swap(target, i, ((draw >>> 0) * (bound * 2 ** -32)) | 0)
      i--
    }
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  split(name: string | number): Random {
    return new Xoshiro128(`${this.path}/${escapePart(String(name))}`)
  }

  #set([a, b, c, d]: State): void {
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }
}

type State = readonly [number, number, number, number]

/** For tests against published vectors: a stream with a given 128-bit state. */
export function randomFromState(state: State): Random {
  if (state.every((word) => word === 0)) throw new RangeError('the all-zero state is a fixed point of xoshiro128**')
  return new Xoshiro128('state', state)
}

function stateOf(path: string): State {
  const view = new DataView(sha256(utf8ToBytes(path)).buffer)
  return [view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12)]
}

/** `/` separates names, so inside a name it is escaped: two different lists of names never share a path. */
function escapePart(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F')
}

function sumByTurns(values: Float64Array, rows: Int32Array): number {
  let [next, other] = [0, 0]
  for (const row of rows) {
    const sum = next + (values[row] ?? 0)
    next = other
    other = sum
  }
  return next + other
}

function swap(target: { [index: number]: number }, i: number, j: number): void {
  const kept = target[i] as number
  target[i] = target[j] as number
  target[j] = kept
}

function checkBound(bound: number): void {
  if (!Number.isInteger(bound) || bound < 1 || bound > 4_294_967_296) {
    throw new RangeError(`bound must be an integer from 1 to 2^32, got ${bound}`)
  }
}
