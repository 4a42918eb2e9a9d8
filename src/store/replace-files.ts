/**
 * Writes a set of files into a folder so that a reader finds either all old or all new ones.
 *
 * Everything is written and synced in a temporary folder beside the target first: an interruption or a full disk
 * leaves the target as it was. Files of other names in the target are not touched.
 */
import type { Stats } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AssayError, fail } from '../stats/fail.ts'

export interface ReplaceFilesOptions {
  readonly folder: string
  /** The folder as the user named it, for messages. */
  readonly shownAs: string
  /** File name → whole content. */
  readonly files: Readonly<Record<string, string>>
  /** The file whose first 4 KiB show that an earlier set in this folder was ours and may be replaced. */
  readonly signature: { readonly file: string; readonly isOurs: (head: string) => boolean }
  readonly signal: AbortSignal
}

export async function replaceFiles(options: ReplaceFilesOptions): Promise<void> {
  const folder = resolve(options.folder)
  try {
    await refuseForeign({ ...options, folder })
    await writeAndSwap({ ...options, folder })
  } catch (error) {
    if (error instanceof AssayError || options.signal.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    const full = isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT')
    fail(
      'cannot-write',
      { folder: options.shownAs, reason },
      full ? 'free some disk space, or pass another folder with --out' : 'pass a folder you may write to with --out',
    )
  }
}

async function writeAndSwap({ folder, files, signal }: ReplaceFilesOptions): Promise<void> {
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const temporary = await mkdtemp(join(parent, `.${basename(folder)}-`))
  try {
    for (const [name, content] of Object.entries(files)) {
      signal.throwIfAborted()
      const handle = await open(join(temporary, name), 'wx')
      try {
        await handle.writeFile(content)
        await handle.sync()
      } finally {
        await handle.close()
      }
    }
    signal.throwIfAborted()
    await mkdir(folder, { recursive: true })
    for (const name of Object.keys(files)) await rename(join(temporary, name), join(folder, name))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function refuseForeign({ folder, shownAs, files, signature }: ReplaceFilesOptions): Promise<void> {
  const status = await statOf(folder)
  if (status === undefined) return
  if (!status.isDirectory()) fail('output-is-a-file', { path: shownAs }, 'pass a folder with --out')
  const signed = await statOf(join(folder, signature.file))
  if (signed?.isFile() === true && signature.isOurs(await headOf(join(folder, signature.file)))) return
  for (const name of Object.keys(files)) {
    if ((await statOf(join(folder, name))) === undefined) continue
    fail(
      'would-overwrite-a-file-assay-did-not-write',
      { path: `${shownAs}/${name}` },
      'move that file away, or pass another folder with --out',
    )
  }
}

async function headOf(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(4096) })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
