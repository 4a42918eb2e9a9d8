/** Writes a zip archive: deflated members, ZIP64 records where there are more than 65,534 of them. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly text: string
}

/** The archive in pieces, to be written one after the other. Members have no time of their own: same bytes, same archive. */
export function* zipBytes(entries: Iterable<ZipEntry>): Generator<Buffer> {
  const directory: Buffer[] = []
  let at = 0
  for (const { name: given, text } of entries) {
    const data = Buffer.from(text, 'utf8')
    const name = Buffer.from(given, 'utf8')
    const compressed = deflateRawSync(data)
    const checksum = crc32(data)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    fillCommon(local, 4, { checksum, compressed: compressed.length, data: data.length, name: name.length })
    yield Buffer.concat([local, name, compressed])
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    fillCommon(entry, 6, { checksum, compressed: compressed.length, data: data.length, name: name.length })
    entry.writeUInt32LE(at, 42)
    directory.push(entry, name)
    at += local.length + name.length + compressed.length
    if (at > 0xffff_ffff) throw new RangeError('an archive of more than 4 GiB needs other records')
  }
  const entriesBytes = Buffer.concat(directory)
  const count = directory.length / 2
  yield entriesBytes
  if (count >= 0xffff) yield wideEnd({ at, bytes: entriesBytes.length, count })
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(entriesBytes.length, 12)
  end.writeUInt32LE(count >= 0xffff ? 0xffff_ffff : at, 16)
  yield end
}

interface Sizes {
  readonly checksum: number
  readonly compressed: number
  readonly data: number
  readonly name: number
}

/** Version needed, UTF-8 names, deflate, 1980-01-01, checksum, sizes: the same fields in both records. */
function fillCommon(record: Buffer, from: number, { checksum, compressed, data, name }: Sizes): void {
  record.writeUInt16LE(20, from)
  record.writeUInt16LE(0x0800, from + 2)
  record.writeUInt16LE(8, from + 4)
  record.writeUInt16LE(0, from + 6)
  record.writeUInt16LE(0x21, from + 8)
  record.writeUInt32LE(checksum, from + 10)
  record.writeUInt32LE(compressed, from + 14)
  record.writeUInt32LE(data, from + 18)
  record.writeUInt16LE(name, from + 22)
}

function wideEnd({
  at,
  bytes,
  count,
}: {
  readonly at: number
  readonly bytes: number
  readonly count: number
}): Buffer {
  const wide = Buffer.alloc(76)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeUInt16LE(45, 12)
  wide.writeUInt16LE(45, 14)
  wide.writeBigUInt64LE(BigInt(count), 24)
  wide.writeBigUInt64LE(BigInt(count), 32)
  wide.writeBigUInt64LE(BigInt(bytes), 40)
  wide.writeBigUInt64LE(BigInt(at), 48)
  wide.writeUInt32LE(0x07064b50, 56)
  wide.writeBigUInt64LE(BigInt(at + bytes), 64)
  wide.writeUInt32LE(1, 72)
  return wide
}
