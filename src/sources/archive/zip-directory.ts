/**
 * The central directory of a zip archive (APPNOTE 6.3.10, §4.3.12–4.3.16 and the ZIP64 extension of §4.5.3).
 *
 * Only the directory says what an archive holds: bytes that no entry points to are dead, which is how in-place edits
 * of a log replace a member. Where a name is listed twice, the last entry wins.
 */
import { fail } from '../../stats/fail.ts'
import { describeCutOffArchive } from './cut-off-archive.ts'
import type { RandomAccessFile } from './random-access-file.ts'

export interface ZipEntry {
  readonly name: string
  /** 0 stored, 8 deflate, 93 Zstandard. */
  readonly method: number
  readonly flags: number
  readonly crc32: number
  readonly compressedBytes: number
  /** Size after decompression, as the directory declares it. */
  readonly bytes: number
  /** Where the local header starts. */
  readonly headerAt: number
}

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Names listed more than once: members that were written again after the first time. */
  readonly repeatedNames: ReadonlySet<string>
}

/** 4.5 million members of 60 bytes; a log that large is refused with a reason, not with a crash. */
const maximumDirectoryBytes = 268_435_456
const endRecordBytes = 22
const maximumCommentBytes = 65_535

/** Reads the directory, or fails with the place at which the archive breaks. */
export async function readZipDirectory(file: RandomAccessFile): Promise<ZipDirectory> {
  const { path } = file
  if (file.bytes === 0) fail('empty-file', { path }, 'copy the log again; this file holds no bytes')
  const place = await findDirectory(file)
  if (place === undefined) return describeCutOffArchive(file)
  if (place.bytes > maximumDirectoryBytes)
    fail(
      'archive-directory-too-large',
      { path, bytes: place.bytes },
      'split the log; this is no genuine log of samples',
    )
  return parseEntries({ path, place, directory: await file.readAt(place.at, place.bytes) })
}

interface DirectoryPlace {
  readonly at: number
  readonly bytes: number
  readonly count: number
}

/** Searches the end record from the end of the file, and takes the last one whose directory is where it says. */
async function findDirectory(file: RandomAccessFile): Promise<DirectoryPlace | undefined> {
  const tailBytes = Math.min(file.bytes, endRecordBytes + maximumCommentBytes)
  const tailAt = file.bytes - tailBytes
  const tail = await file.readAt(tailAt, tailBytes)
  for (let at = tailBytes - endRecordBytes; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== 0x06054b50) continue
    const place = await placeFromEndRecord({ file, tail, at, tailAt })
    if (place !== undefined) return place
  }
  return undefined
}

interface EndRecord {
  readonly file: RandomAccessFile
  readonly tail: Buffer
  readonly at: number
  readonly tailAt: number
}

async function placeFromEndRecord({ file, tail, at, tailAt }: EndRecord): Promise<DirectoryPlace | undefined> {
  let count = tail.readUInt16LE(at + 10)
  let bytes = tail.readUInt32LE(at + 12)
  let directoryAt = tail.readUInt32LE(at + 16)
  let endsBefore = tailAt + at
  if (count === 0xffff || bytes === 0xffffffff || directoryAt === 0xffffffff) {
    const locatorAt = tailAt + at - 20
    const locator = locatorAt < 0 ? undefined : await file.readAt(locatorAt, 20)
    if (locator?.readUInt32LE(0) === 0x07064b50) {
      const recordAt = Number(locator.readBigUInt64LE(8))
      if (recordAt + 56 > locatorAt) return undefined
      const record = await file.readAt(recordAt, 56)
      if (record.readUInt32LE(0) !== 0x06064b50) return undefined
      count = Number(record.readBigUInt64LE(32))
      bytes = Number(record.readBigUInt64LE(40))
      directoryAt = Number(record.readBigUInt64LE(48))
      endsBefore = recordAt
    }
  }
  if (directoryAt + bytes > endsBefore || count * 46 > bytes) return undefined
  if (count > 0 && (await file.readAt(directoryAt, 4)).readUInt32LE(0) !== 0x02014b50) return undefined
  return { at: directoryAt, bytes, count }
}

interface DirectoryBytes {
  readonly path: string
  readonly place: DirectoryPlace
  readonly directory: Buffer
}

function parseEntries({ path, place, directory }: DirectoryBytes): ZipDirectory {
  const entries = new Map<string, ZipEntry>()
  const repeatedNames = new Set<string>()
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length)
  let at = 0
  for (let index = 0; index < place.count; index++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== 0x02014b50) failAt(path, place.at + at, index)
    const extraAt = at + 46 + view.getUint16(at + 28, true)
    const extraEnd = extraAt + view.getUint16(at + 30, true)
    const next = extraEnd + view.getUint16(at + 32, true)
    if (next > directory.length) failAt(path, place.at + at, index)
    const name = directory.toString('utf8', at + 46, extraAt)
    const sizes = zip64Sizes(view, { at, extraAt, extraEnd })
    if (sizes === undefined) failAt(path, place.at + at, index)
    if (entries.has(name)) repeatedNames.add(name)
    entries.set(name, {
      name,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      compressedBytes: sizes.compressedBytes,
      bytes: sizes.bytes,
      headerAt: sizes.headerAt,
    })
    at = next
  }
  return { entries, repeatedNames }
}

interface Sizes {
  readonly bytes: number
  readonly compressedBytes: number
  readonly headerAt: number
}

interface EntryPlace {
  readonly at: number
  /** The extra field of the entry: from here up to but excluding `extraEnd`. */
  readonly extraAt: number
  readonly extraEnd: number
}

/** 32-bit fields that are all ones stand in the ZIP64 extra field instead, in this order. */
function zip64Sizes(view: DataView, { at, extraAt, extraEnd }: EntryPlace): Sizes | undefined {
  let compressedBytes = view.getUint32(at + 20, true)
  let bytes = view.getUint32(at + 24, true)
  let headerAt = view.getUint32(at + 42, true)
  if (bytes !== 0xffffffff && compressedBytes !== 0xffffffff && headerAt !== 0xffffffff)
    return { bytes, compressedBytes, headerAt }
  for (let field = extraAt; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 0x0001) continue
    const end = Math.min(extraEnd, field + 4 + view.getUint16(field + 2, true))
    let from = field + 4
    const take = (): number | undefined => {
      if (from + 8 > end) return undefined
      from += 8
      return Number(view.getBigUint64(from - 8, true))
    }
    if (bytes === 0xffffffff) bytes = take() ?? Number.NaN
    if (compressedBytes === 0xffffffff) compressedBytes = take() ?? Number.NaN
    if (headerAt === 0xffffffff) headerAt = take() ?? Number.NaN
    break
  }
  const sizes = { bytes, compressedBytes, headerAt }
  return Object.values(sizes).every(Number.isSafeInteger) ? sizes : undefined
}

function failAt(path: string, byte: number, member: number): never {
  return fail(
    'archive-directory-malformed',
    { path, byte, member },
    'copy the log again from where it was written; this copy is damaged',
  )
}
