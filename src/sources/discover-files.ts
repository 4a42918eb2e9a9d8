/**
 * Finds the files that paths name: each path is a file, or a folder that is walked to its leaves in a fixed order.
 *
 * A link inside a folder is followed only to a file that lies in the same folder; nothing outside it is ever read.
 * Hidden files, `.git` and `node_modules` are passed over.
 */
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { AssayError, fail } from '../stats/index.ts'
import { readHead } from './files/read-head.ts'
import type { LogFile } from './source.ts'

export interface DiscoveredFile extends LogFile {
  /** Whether the user named this very file, rather than a folder above it. */
  readonly named: boolean
}

export interface Discovery {
  /** In order of path. Each file once, however often it was named. */
  readonly files: readonly DiscoveredFile[]
  /** Paths that were named but cannot be read. */
  readonly failures: readonly AssayError[]
  /** Files in folders that were passed over: empty, unreadable, or a link that leads out of the folder. */
  readonly skipped: readonly string[]
}

export interface DiscoverOptions {
  readonly paths: readonly string[]
  readonly workingDirectory: string
  readonly signal: AbortSignal
  /** Most files in all; beyond it the call fails, so that `assay report /` does not read a disk. */
  readonly limit: number
}

/** Deep enough for any results folder; a guard against a file system that loops without links. */
const deepest = 64

export async function discoverFiles(options: DiscoverOptions): Promise<Discovery> {
  const found = new Map<string, Found>()
  const failures: AssayError[] = []
  const skipped: string[] = []
  for (const path of options.paths) {
    options.signal.throwIfAborted()
    try {
      for (const file of await expand(path, options, skipped)) {
        const known = found.get(file.realPath)
        if (known === undefined || (file.named && !known.named)) found.set(file.realPath, file)
        if (found.size > options.limit)
          fail('too-many-files', { path, limit: options.limit }, 'name the folder that holds the logs')
      }
    } catch (error) {
      if (!(error instanceof AssayError) || error.code === 'too-many-files') throw error
      failures.push(error)
    }
  }
  const files: DiscoveredFile[] = []
  const names = displayNames([...found.values()], options.workingDirectory)
  for (const file of [...found.values()].sort((a, b) => compare(nameOf(names, a), nameOf(names, b)))) {
    options.signal.throwIfAborted()
    const path = nameOf(names, file)
    try {
      const { head, bytes } = await readHead(file.realPath)
      if (bytes > 0) files.push({ absolutePath: file.realPath, path, bytes, head, named: file.named })
      else if (file.named) fail('empty-file', { path }, 'the file holds nothing: fetch it again')
      else skipped.push(path)
    } catch (error) {
      if (!file.named) skipped.push(path)
      else failures.push(error instanceof AssayError ? error : unreadable(path, error))
    }
  }
  return { files, failures, skipped: skipped.sort(compare) }
}

interface Found {
  readonly realPath: string
  /** As the user would name it. */
  readonly shown: string
  readonly named: boolean
}

async function expand(path: string, options: DiscoverOptions, skipped: string[]): Promise<readonly Found[]> {
  const absolute = resolve(options.workingDirectory, path)
  const shown = shownPath(path, options.workingDirectory)
  const kind = await stat(absolute).catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    if (missing) fail('path-not-found', { path }, 'check the spelling; name a log file or a folder of logs')
    throw unreadable(path, error)
  })
  const realPath = await realpath(absolute)
  if (kind.isFile()) return [{ realPath, shown, named: true }]
  if (!kind.isDirectory()) fail('not-a-file', { path }, 'name a log file or a folder of logs')
  const walk = new FolderWalk({ root: realPath, shown, signal: options.signal, limit: options.limit, skipped })
  await walk.visit(realPath, 0)
  return walk.finish()
}

interface WalkOptions {
  readonly root: string
  readonly shown: string
  readonly signal: AbortSignal
  readonly limit: number
  readonly skipped: string[]
}

class FolderWalk {
  readonly #options: WalkOptions
  readonly #files: Found[] = []
  readonly #links: string[] = []

  constructor(options: WalkOptions) {
    this.#options = options
  }

  async visit(folder: string, depth: number): Promise<void> {
    const { signal, limit, shown, skipped } = this.#options
    signal.throwIfAborted()
    if (depth > deepest) fail('folders-too-deep', { path: shown, deepest }, 'name the folder that holds the logs')
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (depth === 0) throw unreadable(shown, error)
      return undefined
    })
    if (entries === undefined) {
      skipped.push(this.#shownOf(folder))
      return
    }
    for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) await this.visit(path, depth + 1)
      else if (entry.isSymbolicLink()) this.#links.push(path)
      else if (entry.isFile()) this.#files.push({ realPath: path, shown: this.#shownOf(path), named: false })
      if (this.#files.length + this.#links.length > limit)
        fail('too-many-files', { path: shown, limit }, 'name the folder that holds the logs')
    }
  }

  /** Links last: a file that also lies in the folder under its own name keeps that name. */
  async finish(): Promise<readonly Found[]> {
    const { root, skipped } = this.#options
    const known = new Set(this.#files.map(({ realPath }) => realPath))
    for (const link of this.#links) {
      const target = await realpath(link).catch(() => undefined)
      const kind = target === undefined ? undefined : await lstat(target).catch(() => undefined)
      if (target === undefined || !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
        skipped.push(this.#shownOf(link))
      } else if (kind?.isFile() === true && !known.has(target)) {
        known.add(target)
        this.#files.push({ realPath: target, shown: this.#shownOf(link), named: false })
      }
    }
    return this.#files
  }

  #shownOf(path: string): string {
    return joinShown(this.#options.shown, relative(this.#options.root, path))
  }
}

/** Relative to the working directory; what lies elsewhere by its own name, so that no machine's folders are printed. */
function shownPath(path: string, workingDirectory: string): string {
  const away = relative(workingDirectory, resolve(workingDirectory, path))
  if (away === '') return '.'
  if (away.startsWith('..') || isAbsolute(away)) return isAbsolute(path) ? basename(path) : slashes(path)
  return slashes(away)
}

/** Two folders of one name in different places: then the way to each is printed after all. */
function displayNames(files: readonly Found[], workingDirectory: string): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { shown } of files) counts.set(shown, (counts.get(shown) ?? 0) + 1)
  return new Map(
    files.map(({ realPath, shown }) => [
      realPath,
      counts.get(shown) === 1 ? shown : slashes(relative(workingDirectory, realPath)),
    ]),
  )
}

function nameOf(names: ReadonlyMap<string, string>, file: Found): string {
  return names.get(file.realPath) ?? file.shown
}

function joinShown(folder: string, inside: string): string {
  return folder === '.' ? slashes(inside) : `${folder.replace(/\/$/, '')}/${slashes(inside)}`
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function unreadable(path: string, error: unknown): AssayError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
  return new AssayError({
    code: 'cannot-read-file',
    message: `cannot read file: ${path} (${code})`,
    values: { path, reason: code },
    fix: 'check that you may read it',
    cause: error,
  })
}
