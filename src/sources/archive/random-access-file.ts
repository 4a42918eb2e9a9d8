/** A file read at any position. Every failure is a coded error that names the file and the byte. */
import { type FileHandle, open } from 'node:fs/promises'
import { fail } from '../../stats/fail.ts'

export interface RandomAccessFile {
  /** Path as the user would name it. */
  readonly path: string
  readonly bytes: number
  /** Exactly `length` bytes from `position`; shorter is an error. */
  readAt(position: number, length: number): Promise<Buffer>
  /** Fills `target` from `position`. */
  readInto(target: Buffer, position: number): Promise<void>
  /** The bytes from `start` up to `end`, in pieces of at most 1 MiB, each in its own memory. */
  pieces(start: number, end: number): AsyncGenerator<Buffer>
  close(): Promise<void>
}

const pieceBytes = 1_048_576

/** Opens a regular file. Folders, pipes and files that cannot be read are refused. */
export async function openRandomAccessFile(location: {
  readonly absolutePath: string
  readonly path: string
}): Promise<RandomAccessFile> {
  const { path } = location
  let handle: FileHandle
  try {
    handle = await open(location.absolutePath, 'r')
  } catch (cause) {
    return fail('file-not-readable', { path, reason: reasonOf(cause) }, 'check that the file exists and may be read')
  }
  const status = await handle.stat()
  if (!status.isFile()) {
    await handle.close()
    fail('not-a-file', { path }, 'pass a log file, or the folder that holds log files')
  }
  const bytes = status.size
  const readInto = async (target: Buffer, position: number): Promise<void> => {
    let done = 0
    while (done < target.length) {
      const { bytesRead } = await handle.read(target, done, target.length - done, position + done)
      if (bytesRead === 0)
        fail('file-shorter-than-needed', { path, byte: position + done, bytes }, 'copy the file again, it was cut off')
      done += bytesRead
    }
  }
  return {
    path,
    bytes,
    async readAt(position, length) {
      if (position < 0 || length < 0 || position + length > bytes)
        fail(
          'file-shorter-than-needed',
          { path, byte: position + length, bytes },
          'copy the file again, it was cut off',
        )
      const target = Buffer.allocUnsafe(length)
      await readInto(target, position)
      return target
    },
    readInto,
    async *pieces(start, end) {
      for (let position = start; position < end; position += pieceBytes) {
        // Fresh memory each time: a stream that reads ahead still holds the pieces before.
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - position))
        await readInto(piece, position)
        yield piece
      }
    },
    close: () => handle.close(),
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
}
