/**
 * Where the frames of a Zstandard stream begin and end (RFC 8878 §3).
 *
 * Node's decoder stops after the first frame without an error and silently returns short data, and Inspect starts a new
 * frame every 200 MiB; so the boundaries are found here, by walking frame and block headers, and each frame is decoded
 * on its own. Skippable frames are left out.
 */

export interface ZstdFrame {
  /** Offset from the start of the stream. */
  readonly at: number
  readonly bytes: number
}

/** Genuine frames hold up to 200 MiB; many tiny ones are an attempt to keep the reader busy. */
export const maximumZstdFrames = 10_000

export type ZstdDamage = 'bad-magic' | 'bad-block' | 'cut-off' | 'too-many-frames'

export interface ZstdFrames {
  readonly frames: readonly ZstdFrame[]
  /** What stopped the walk, and where; absent for a whole stream. */
  readonly damage?: { readonly kind: ZstdDamage; readonly at: number } | undefined
}

/** Gives bytes of the compressed stream: at least `length` of them from `at`, or fewer at its end. */
export type ReadWindow = (at: number, length: number) => Promise<Uint8Array>

const windowBytes = 262_144
const headerBytes = 18

/**
 * Walks the stream without decoding it.
 *
 * const { frames } = await findZstdFrames(async (at, length) => bytes.subarray(at, at + length), bytes.length)
 */
export async function findZstdFrames(read: ReadWindow, totalBytes: number): Promise<ZstdFrames> {
  const frames: ZstdFrame[] = []
  let window: Uint8Array = new Uint8Array(0)
  let windowAt = 0
  const load = async (at: number): Promise<void> => {
    windowAt = at
    window = await read(at, Math.min(windowBytes, totalBytes - at))
  }
  const byte = (at: number): number => window[at - windowAt] ?? 0
  const loaded = (at: number, length: number): boolean => at >= windowAt && at + length <= windowAt + window.length
  const damaged = (kind: ZstdDamage, at: number): ZstdFrames => ({ frames, damage: { kind, at } })

  let at = 0
  while (at < totalBytes) {
    if (frames.length >= maximumZstdFrames) return damaged('too-many-frames', at)
    if (at + 5 > totalBytes) return damaged('cut-off', at)
    const start = at
    if (!loaded(at, Math.min(headerBytes, totalBytes - at))) await load(at)
    const magic = (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)) >>> 0
    if (magic >>> 4 === 0x184d2a5) {
      const size = (byte(at + 4) | (byte(at + 5) << 8) | (byte(at + 6) << 16) | (byte(at + 7) << 24)) >>> 0
      at += 8 + size
      if (at > totalBytes) return damaged('cut-off', start)
      continue
    }
    if (magic !== 0xfd2fb528) return damaged('bad-magic', at)
    const descriptor = byte(at + 4)
    at += 5 + frameHeaderBytes(descriptor)
    for (let last = false; !last; ) {
      if (at + 3 > totalBytes) return damaged('cut-off', start)
      if (!loaded(at, 3)) await load(at)
      const block = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16)
      const type = (block >>> 1) & 3
      if (type === 3) return damaged('bad-block', at)
      last = (block & 1) === 1
      // A block of type 1 repeats one byte; its size field counts the bytes it stands for.
      at += 3 + (type === 1 ? 1 : block >>> 3)
    }
    if ((descriptor & 4) !== 0) at += 4
    if (at > totalBytes) return damaged('cut-off', start)
    frames.push({ at: start, bytes: at - start })
  }
  return { frames }
}

/** Bytes between the frame header descriptor and the first block. */
function frameHeaderBytes(descriptor: number): number {
  const singleSegment = (descriptor >>> 5) & 1
  const dictionaryId = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentSize = [singleSegment, 2, 4, 8][descriptor >>> 6] ?? 0
  return (singleSegment === 1 ? 0 : 1) + dictionaryId + contentSize
}
