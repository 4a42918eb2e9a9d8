/** Reads a table of any of its formats into a buffer. */
import type { FileDigest } from '../files/open-bytes.ts'
import { delimiterOf, readDelimited } from './read-delimited.ts'
import { type ReadObjectsOptions, readObjectArray, readObjectLines } from './read-objects.ts'
import { readParquet } from './read-parquet.ts'
import { headText, tableFormat } from './sniff-table.ts'

export function readTableRows(options: ReadObjectsOptions): Promise<FileDigest> {
  const { file } = options
  switch (tableFormat(file)) {
    case 'lines':
      return readObjectLines(options)
    case 'array':
      return readObjectArray(options)
    case 'parquet':
      return readParquet(options)
    default:
      return readDelimited({ ...options, delimiter: delimiterOf(headText(file), file.path) })
  }
}
