/** SHA-256 of a file in one sequential pass. */
import { createHash } from 'node:crypto'
import type { RandomAccessFile } from './random-access-file.ts'

const pieceBytes = 4_194_304

export interface HashProgress {
  readonly signal: AbortSignal
  /** Called after each piece with the bytes hashed so far. */
  readonly onProgress: (bytes: number) => void
}

/** Hex digest. Reads pieces, so other work of the same process goes on between them. */
export async function hashFile(file: RandomAccessFile, { signal, onProgress }: HashProgress): Promise<string> {
  const hash = createHash('sha256')
  let done = 0
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, file.bytes)))
  while (done < file.bytes) {
    signal.throwIfAborted()
    const piece = buffer.subarray(0, Math.min(buffer.length, file.bytes - done))
    await file.readInto(piece, done)
    hash.update(piece)
    done += piece.length
    onProgress(done)
  }
  return hash.digest('hex')
}
