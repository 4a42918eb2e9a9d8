/** Writes a zip archive with deflate or zstd members, the same bytes for the same members. */
import { constants, crc32, deflateRawSync, zstdCompressSync } from 'node:zlib'

export interface ZipMember {
  readonly name: string
  readonly text: string
}

const methods = { deflate: 8, zstd: 93 } as const
/** 1 January 2026, 00:00, as MS-DOS writes it: a zip of today would differ tomorrow. */
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1

export function zipArchive(options: {
  readonly members: readonly ZipMember[]
  readonly method: keyof typeof methods
}): Buffer {
  const method = methods[options.method]
  const chunks: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text } of options.members) {
    const raw = Buffer.from(text)
    const body =
      options.method === 'deflate'
        ? deflateRawSync(raw, { level: 9 })
        : zstdCompressSync(raw, {
            params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_contentSizeFlag]: 1 },
          })
    const nameBytes = Buffer.from(name)
    // version needed, flags (UTF-8 names), method, time, date, CRC, sizes, name length, extra length
    const common = Buffer.alloc(26)
    common.writeUInt16LE(options.method === 'zstd' ? 63 : 20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt16LE(0, 6)
    common.writeUInt16LE(dosDate, 8)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(raw.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, nameBytes])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([63, 3]), common, tail, nameBytes]))
    chunks.push(local, body)
    offset += local.length + body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...chunks, central, Buffer.from('PK\u0005\u0006'), end])
}
