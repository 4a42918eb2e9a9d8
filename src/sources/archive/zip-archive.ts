/**
 * Reads members of a zip archive straight from the file: nothing is unpacked to disk, so a name such as `../x` can
 * reach nothing. Sizes are held to the directory's word, checksums are verified, and both the declared and the actual
 * size are capped, so that a small file cannot fill the memory.
 */
import { crc32 } from 'node:zlib'
import { fail } from '../../stats/fail.ts'
import { inflateMember } from './inflate-member.ts'
import { openRandomAccessFile, type RandomAccessFile } from './random-access-file.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

export interface ZipArchive {
  readonly file: RandomAccessFile
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Names that were written more than once; `entries` holds the last. */
  readonly repeatedNames: ReadonlySet<string>
  /** A whole member, at most `limits.wholeMemberBytes`. */
  read(entry: ZipEntry): Promise<Buffer>
  /** A member piece by piece, at most `limits.streamedMemberBytes`. */
  stream(entry: ZipEntry): AsyncGenerator<Buffer>
  close(): Promise<void>
}

export interface ZipLimits {
  readonly wholeMemberBytes: number
  readonly streamedMemberBytes: number
  /** Inflated per compressed byte, for members above 64 MiB. Genuine logs stay below 50. */
  readonly expansion: number
  /** Inflated bytes of all members together, beyond `expansion` times the file. */
  readonly totalBytes: number
}

export const zipLimits: ZipLimits = {
  wholeMemberBytes: 268_435_456,
  streamedMemberBytes: 8_589_934_592,
  expansion: 400,
  totalBytes: 1_073_741_824,
}

const expansionCountsFrom = 67_108_864

/** Opens an archive and reads its directory. The caller closes it. */
export async function openZipArchive(
  location: { readonly absolutePath: string; readonly path: string },
  limits: ZipLimits,
): Promise<ZipArchive> {
  const file = await openRandomAccessFile(location)
  try {
    const { entries, repeatedNames } = await readZipDirectory(file)
    // Entries may point at the same bytes over and over; the sum over one archive is therefore capped, too.
    const budget = { left: limits.totalBytes + limits.expansion * file.bytes }
    const stream = (entry: ZipEntry, maximumBytes: number): AsyncGenerator<Buffer> =>
      checkedMember({ file, entry, limits, maximumBytes, budget })
    return {
      file,
      entries,
      repeatedNames,
      stream: (entry) => stream(entry, limits.streamedMemberBytes),
      async read(entry) {
        const pieces: Buffer[] = []
        for await (const piece of stream(entry, limits.wholeMemberBytes)) pieces.push(piece)
        const [first] = pieces
        return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

interface MemberRead {
  readonly file: RandomAccessFile
  readonly entry: ZipEntry
  readonly limits: ZipLimits
  readonly maximumBytes: number
  readonly budget: { left: number }
}

async function* checkedMember(read: MemberRead): AsyncGenerator<Buffer> {
  const { file, entry } = read
  const given = { path: file.path, member: entry.name }
  refuseOversized(read, entry.bytes)
  const dataAt = await findData(file, entry)
  let bytes = 0
  let checksum = 0
  for await (const piece of inflateMember({ file, entry, dataAt })) {
    bytes += piece.length
    if (bytes > entry.bytes)
      fail(
        'archive-member-larger-than-declared',
        { ...given, byte: dataAt, declared: entry.bytes },
        'copy the log again; this copy is damaged, or made to exhaust the reader',
      )
    read.budget.left -= piece.length
    refuseOversized(read, 0)
    checksum = crc32(piece, checksum)
    yield piece
  }
  if (bytes !== entry.bytes || checksum !== entry.crc32)
    fail(
      'archive-member-damaged',
      { ...given, byte: dataAt, declared: entry.bytes, found: bytes },
      'copy the log again from where it was written; this copy is damaged',
    )
}

function refuseOversized({ file, entry, limits, maximumBytes, budget }: MemberRead, declared: number): void {
  const expanded = declared > expansionCountsFrom && declared > limits.expansion * entry.compressedBytes
  if (declared > maximumBytes || expanded || declared > budget.left || budget.left < 0)
    fail(
      'archive-member-too-large',
      { path: file.path, member: entry.name, byte: entry.headerAt, declared: entry.bytes, allowed: maximumBytes },
      'check where the log came from; a member this large, or packed this densely, is not read',
    )
}

/** Start of the member's data: behind its local header, whose name and extra field may differ from the directory's. */
async function findData(file: RandomAccessFile, entry: ZipEntry): Promise<number> {
  const given = { path: file.path, member: entry.name, byte: entry.headerAt }
  const fix = 'copy the log again from where it was written; this copy is damaged'
  if ((entry.flags & 1) !== 0) fail('archive-member-encrypted', given, 'write the log without a password')
  if (entry.headerAt + 30 + entry.compressedBytes > file.bytes) fail('archive-member-outside-file', given, fix)
  const header = await file.readAt(entry.headerAt, 30)
  if (header.readUInt32LE(0) !== 0x04034b50) fail('archive-member-misplaced', given, fix)
  const dataAt = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (dataAt + entry.compressedBytes > file.bytes) fail('archive-member-outside-file', given, fix)
  return dataAt
}
