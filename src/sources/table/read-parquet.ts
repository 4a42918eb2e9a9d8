/** Reads Parquet into a buffer, one row group at a time. Lists and nested values are passed over, as in JSON tables. */
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { ownTableMark } from '../../domain/index.ts'
import { AssayError, fail } from '../../stats/index.ts'
import { openRandomAccessFile } from '../archive/random-access-file.ts'
import { type FileDigest, openBytes, streamLimitBytes } from '../files/open-bytes.ts'
import type { ReadObjectsOptions } from './read-objects.ts'

/** Most bytes of one row group after decompression, as the file declares them: a group is held whole. */
const groupLimitBytes = 2 ** 31

export async function readParquet(options: ReadObjectsOptions): Promise<FileDigest> {
  const { file, buffer, signal } = options
  const { path } = file
  const opened = openBytes({ ...options, limitBytes: streamLimitBytes })
  for await (const _ of opened.chunks) signal.throwIfAborted()
  const handle = await openRandomAccessFile(file)
  try {
    const bytes: AsyncBuffer = {
      byteLength: handle.bytes,
      async slice(start, end = handle.bytes) {
        const piece = await handle.readAt(start, Math.min(end, handle.bytes) - start)
        return new Uint8Array(piece).buffer
      },
    }
    const metadata = await parquetMetadataAsync(bytes)
    const manifest = metadata.key_value_metadata?.find(({ key }) => key === ownTableMark)?.value
    if (manifest !== undefined) options.onManifest(manifest)
    let rowStart = 0
    for (const group of metadata.row_groups) {
      signal.throwIfAborted()
      if (group.total_byte_size > groupLimitBytes)
        fail('file-too-large', { path, limitBytes: groupLimitBytes }, 'write the table again with smaller row groups')
      const rowEnd = rowStart + Number(group.num_rows)
      for (const row of await parquetReadObjects({ file: bytes, metadata, rowStart, rowEnd })) addRow(row, buffer)
      rowStart = rowEnd
    }
  } catch (error) {
    if (error instanceof AssayError || signal.aborted) throw error
    const reason = error instanceof Error ? error.message : 'unknown'
    fail(
      'parquet-unreadable',
      { path, reason },
      'the file is damaged or packed in a way that is not read: write it again',
    )
  } finally {
    await handle.close()
  }
  return opened.digest()
}

function addRow(record: Readonly<Record<string, unknown>>, buffer: ReadObjectsOptions['buffer']): void {
  const row = buffer.startRow()
  const own = ownTableMark in record
  for (const [name, value] of Object.entries(record)) {
    const column = buffer.column(name)
    if (value === null || value === undefined || (value === '' && !own)) continue
    if (value instanceof Date) column.set(row, value.toISOString())
    else if (typeof value !== 'object') column.set(row, String(value))
  }
}
