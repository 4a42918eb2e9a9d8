/** Reads a small text file whole: results files and other headers, never tables. */
import { isUtf8 } from 'node:buffer'
import { fail } from '../../stats/index.ts'
import { type FileDigest, type OpenBytesOptions, openBytes } from './open-bytes.ts'

export interface TextFile {
  readonly text: string
  readonly digest: FileDigest
}

export async function readText(options: OpenBytesOptions): Promise<TextFile> {
  const opened = openBytes(options)
  const chunks: Buffer[] = []
  for await (const chunk of opened.chunks) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) fail('not-utf8', { path: options.file.path }, 'save the file as UTF-8')
  const text = bytes.toString('utf8')
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text, digest: opened.digest() }
}
