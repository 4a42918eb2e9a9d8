/** Decompresses one zip member: stored, deflate or Zstandard; small ones at once, large ones as a stream. */
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createInflateRaw, createZstdDecompress, inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { AssayError, fail } from '../../stats/fail.ts'
import type { RandomAccessFile } from './random-access-file.ts'
import type { ZipEntry } from './zip-directory.ts'
import { findZstdFrames, type ZstdFrame } from './zstd-frames.ts'

export interface MemberData {
  readonly file: RandomAccessFile
  readonly entry: ZipEntry
  readonly dataAt: number
}

/** Up to here, one call is several times faster than a stream, and the memory is still small. */
const atOnceBytes = 4_194_304
const chunkSize = 262_144
/** 128 MiB, the most a decoder is asked to remember; genuine logs need 2 MiB. */
const zstdParameters = { [constants.ZSTD_d_windowLogMax]: 27 }

/** The member's bytes. Sizes and checksum are the caller's to check. */
export async function* inflateMember(data: MemberData): AsyncGenerator<Buffer> {
  const { entry } = data
  try {
    if (entry.compressedBytes === 0 && entry.method === 0) return
    if (entry.method === 0) yield* data.file.pieces(data.dataAt, data.dataAt + entry.compressedBytes)
    else if (entry.method === 8) yield* inflateDeflate(data)
    else if (entry.method === 93) yield* inflateZstd(data)
    else
      fail(
        'archive-method-unknown',
        { path: data.file.path, member: entry.name, method: entry.method },
        'write the log with deflate or Zstandard compression',
      )
  } catch (cause) {
    if (cause instanceof AssayError || !isDecoderError(cause)) throw cause
    failDamaged(data, cause.code)
  }
}

async function* inflateDeflate(data: MemberData): AsyncGenerator<Buffer> {
  const { file, entry, dataAt } = data
  if (fitsAtOnce(entry)) {
    const compressed = await file.readAt(dataAt, entry.compressedBytes)
    yield inflateRawSync(compressed, { maxOutputLength: entry.bytes + 1 })
  } else yield* throughDecoder(data, { at: 0, bytes: entry.compressedBytes }, createInflateRaw({ chunkSize }))
}

async function* inflateZstd(data: MemberData): AsyncGenerator<Buffer> {
  const { file, entry, dataAt } = data
  const atOnce = fitsAtOnce(entry) ? await file.readAt(dataAt, entry.compressedBytes) : undefined
  const { frames, damage } = await findZstdFrames(
    async (at, length) => atOnce?.subarray(at, at + length) ?? (await file.readAt(dataAt + at, length)),
    entry.compressedBytes,
  )
  if (damage !== undefined) failDamaged(data, `zstd-${damage.kind}`, damage.at)
  let left = entry.bytes
  for (const frame of frames) {
    if (atOnce === undefined)
      yield* throughDecoder(data, frame, createZstdDecompress({ chunkSize, params: zstdParameters }))
    else {
      const piece = zstdDecompressSync(atOnce.subarray(frame.at, frame.at + frame.bytes), {
        maxOutputLength: left + 1,
        params: zstdParameters,
      })
      left -= piece.length
      yield piece
    }
  }
}

async function* throughDecoder(data: MemberData, part: ZstdFrame, decoder: Transform): AsyncGenerator<Buffer> {
  const from = data.dataAt + part.at
  let failure: unknown
  const done = pipeline(Readable.from(data.file.pieces(from, from + part.bytes), { highWaterMark: 1 }), decoder).catch(
    (cause: unknown) => {
      failure = cause
    },
  )
  for await (const piece of decoder) yield piece as Buffer
  await done
  if (failure !== undefined) throw failure
}

function fitsAtOnce(entry: ZipEntry): boolean {
  return entry.bytes <= atOnceBytes && entry.compressedBytes <= atOnceBytes
}

function isDecoderError(cause: unknown): cause is Error & { code: string } {
  return (
    cause instanceof Error &&
    'code' in cause &&
    /^(Z_|ZSTD_|ERR_ZSTD|ERR_BUFFER_TOO_LARGE|ERR_OUT_OF_RANGE)/.test(String(cause.code))
  )
}

function failDamaged(data: MemberData, reason: string, at = 0): never {
  return fail(
    'archive-member-damaged',
    { path: data.file.path, member: data.entry.name, byte: data.dataAt + at, reason },
    'copy the log again from where it was written; this copy is damaged',
  )
}
