/** Reads the first bytes of a file, gunzipped where they are gzip: enough to recognise a format, whatever its size. */
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

export interface FileHead {
  /** At most 64 KiB, after decompression. */
  readonly head: Uint8Array
  /** Size of the file on disk. */
  readonly bytes: number
}

export const headBytes = 65_536

export async function readHead(absolutePath: string): Promise<FileHead> {
  const handle = await open(absolutePath, 'r')
  try {
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.min(headBytes, size))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    const raw = buffer.subarray(0, bytesRead)
    return { head: raw[0] === 0x1f && raw[1] === 0x8b ? await gunzipped(raw) : raw, bytes: size }
  } finally {
    await handle.close()
  }
}

/** Stops as soon as the head is full: 64 KiB of gzip may unfold into 64 MiB. */
async function gunzipped(raw: Buffer): Promise<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 14 })
  const pieces: Buffer[] = []
  let total = 0
  gunzip.end(raw)
  try {
    for await (const piece of gunzip) {
      pieces.push(piece)
      total += piece.length
      if (total >= headBytes) break
    }
  } catch {
    // The input is cut off on purpose, or damaged; what came out so far is the head.
  }
  return Buffer.concat(pieces).subarray(0, headBytes)
}
