import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AssayError } from '../stats/index.ts'
import { type ReplaceFilesOptions, replaceFiles } from './replace-files.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-replace-'))
})
afterEach(() => {
  chmodSync(root, 0o700)
  rmSync(root, { recursive: true, force: true })
})

function write(overrides: Partial<ReplaceFilesOptions> = {}): Promise<void> {
  return replaceFiles({
    folder: join(root, 'out'),
    shownAs: 'out',
    files: { 'a.txt': 'ours a', 'b.txt': 'ours b' },
    signature: { file: 'a.txt', isOurs: (head) => head.startsWith('ours') },
    signal: new AbortController().signal,
    ...overrides,
  })
}

test('replaceFiles creates the folder with exactly the given files and leaves nothing beside it', async () => {
  await write({ folder: join(root, 'deep/er/out') })
  expect(readdirSync(join(root, 'deep/er'))).toEqual(['out'])
  expect(readdirSync(join(root, 'deep/er/out')).sort()).toEqual(['a.txt', 'b.txt'])
  expect(readFileSync(join(root, 'deep/er/out/a.txt'), 'utf8')).toBe('ours a')
})

test('replaceFiles over its own earlier files replaces them and keeps foreign neighbours', async () => {
  await write()
  writeFileSync(join(root, 'out/notes.md'), 'mine')
  await write({ files: { 'a.txt': 'ours newer', 'b.txt': 'ours b' } })
  expect(readFileSync(join(root, 'out/a.txt'), 'utf8')).toBe('ours newer')
  expect(readFileSync(join(root, 'out/notes.md'), 'utf8')).toBe('mine')
  expect(readdirSync(root)).toEqual(['out'])
})

test('replaceFiles refuses a file of its name that it did not write, and changes nothing', async () => {
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'out/b.txt'), 'my thesis')
  await expect(write()).rejects.toThrow(/would overwrite a file assay did not write/)
  expect(readFileSync(join(root, 'out/b.txt'), 'utf8')).toBe('my thesis')
  expect(existsSync(join(root, 'out/a.txt'))).toBe(false)
})

test('replaceFiles refuses where the signature file exists but is not ours', async () => {
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'out/a.txt'), 'theirs')
  await expect(write()).rejects.toThrow(/would overwrite/)
  expect(readFileSync(join(root, 'out/a.txt'), 'utf8')).toBe('theirs')
})

test('replaceFiles refuses a path that is a file', async () => {
  writeFileSync(join(root, 'out'), 'x')
  await expect(write()).rejects.toThrow(/output is a file/)
})

test('replaceFiles interrupted before the swap leaves the target as it was and no temporary folder', async () => {
  await write()
  const interruption = new AbortController()
  interruption.abort()
  await expect(write({ files: { 'a.txt': 'ours newer', 'b.txt': '' }, signal: interruption.signal })).rejects.toThrow()
  expect(readFileSync(join(root, 'out/a.txt'), 'utf8')).toBe('ours a')
  expect(readdirSync(root)).toEqual(['out'])
})

test('replaceFiles that fails while writing leaves the target as it was and names the folder and the fix', async () => {
  await write()
  // A name longer than any file system allows fails in the middle, after the first file was written.
  const failing = write({ files: { 'a.txt': 'ours newer', [`${'x'.repeat(300)}.txt`]: 'y' } })
  const error = await failing.then(() => undefined).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(AssayError)
  expect(error).toMatchObject({ code: 'cannot-write', fix: expect.stringContaining('--out') })
  expect(readFileSync(join(root, 'out/a.txt'), 'utf8')).toBe('ours a')
  expect(readdirSync(root)).toEqual(['out'])
})
