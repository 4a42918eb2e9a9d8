/**
 * Reads a file as a stream of bytes: gunzipped where its first bytes say gzip, hashed as it lies on disk, and bounded.
 *
 * The bound counts bytes after decompression, so that a small file cannot unfold into more than was allowed; the stream
 * itself never holds more than a few chunks.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { AssayError, fail } from '../../stats/index.ts'
import type { LogFile } from '../source.ts'

export interface FileDigest {
  readonly path: string
  /** Bytes on disk, before decompression. */
  readonly bytes: number
  /** SHA-256 of the bytes on disk, hex. */
  readonly sha256: string
}

export interface OpenedBytes {
  readonly chunks: AsyncIterable<Buffer>
  /** Hash and size of the whole file; only after `chunks` has been read to its end. */
  digest(): FileDigest
}

export interface OpenBytesOptions {
  readonly file: Pick<LogFile, 'absolutePath' | 'path'>
  readonly signal: AbortSignal
  /** Called with the bytes on disk that have been read so far. */
  readonly onProgress: (bytesRead: number) => void
  /** Most bytes after decompression. */
  readonly limitBytes: number
}

/** Largest table or samples file after decompression. Reading streams, so this bounds time rather than memory. */
export const streamLimitBytes = 16 * 2 ** 30

export function openBytes({ file, signal, onProgress, limitBytes }: OpenBytesOptions): OpenedBytes {
  const hash = createHash('sha256')
  let bytes = 0
  let sha256: string | undefined

  async function* onDisk(): AsyncGenerator<Buffer> {
    // Not passed to the stream: an abort there would surface as a read error instead of the caller's reason.
    for await (const chunk of createReadStream(file.absolutePath, { highWaterMark: 1 << 20 })) {
      signal.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
      onProgress(bytes)
      yield chunk
    }
    sha256 = hash.digest('hex')
  }

  async function* unpacked(): AsyncGenerator<Buffer> {
    const raw = onDisk()
    const first = await raw.next()
    if (first.done === true) return
    const all = prepend(first.value, raw)
    if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* gunzipped(all)
    else yield* all
  }

  async function* bounded(): AsyncGenerator<Buffer> {
    let total = 0
    try {
      for await (const chunk of unpacked()) {
        total += chunk.length
        if (total > limitBytes)
          fail('file-too-large', { path: file.path, limitBytes }, 'split the file; nothing of it was read')
        yield chunk
      }
    } catch (error) {
      throw asReadError({ error, path: file.path, signal })
    }
  }

  return {
    chunks: bounded(),
    digest() {
      if (sha256 === undefined) throw new Error(`${file.path} was not read to its end`)
      return { path: file.path, bytes, sha256 }
    },
  }
}

async function* prepend(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

async function* gunzipped(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const feeding = pipeline(Readable.from(raw), gunzip)
  // The reading loop below meets the same error; without a handler here it would also count as unhandled.
  feeding.catch(() => undefined)
  for await (const chunk of gunzip) yield chunk
  await feeding
}

function asReadError({ error, path, signal }: { error: unknown; path: string; signal: AbortSignal }): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof AssayError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const values = { path, reason: code === '' ? error.message : code }
  if (code.startsWith('Z_')) {
    const fix = 'the gzip data are damaged or cut off: fetch the file again'
    return new AssayError({ code: 'damaged-compression', message: `damaged compression: ${path}`, values, fix })
  }
  if (code.startsWith('E')) {
    const fix = 'check that the file exists and may be read'
    return new AssayError({ code: 'cannot-read-file', message: `cannot read file: ${path} (${code})`, values, fix })
  }
  return error
}
