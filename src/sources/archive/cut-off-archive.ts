/** Says where an archive without a central directory breaks, by walking the local headers from its start. */
import { fail } from '../../stats/fail.ts'
import type { RandomAccessFile } from './random-access-file.ts'

/**
 * Always fails. Members are not salvaged: which of them an archive really holds only its directory says, and what
 * was finished first is not a random part of a run.
 */
export async function describeCutOffArchive(file: RandomAccessFile): Promise<never> {
  const { path, bytes } = file
  if (bytes < 4 || (await file.readAt(0, 4)).readUInt32LE(0) !== 0x04034b50)
    fail(
      'not-an-archive',
      { path, byte: 0, bytes },
      'pass a genuine .eval log; this file does not start as a zip archive',
    )
  let at = 0
  let members = 0
  while (at + 30 <= bytes) {
    const header = await file.readAt(at, 30)
    // Sizes of a member with a data descriptor stand behind its data: from there on nothing can be counted.
    if (header.readUInt32LE(0) !== 0x04034b50 || (header.readUInt16LE(6) & 8) !== 0) break
    const size = header.readUInt32LE(18)
    const end = at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28) + size
    if (size === 0xffffffff || end > bytes) break
    at = end
    members++
  }
  return fail(
    'archive-without-directory',
    { path, bytes, wholeMembers: members, byte: at },
    'the file was cut off or is still being written: copy it again, or rebuild it with "inspect log recover"',
  )
}
