import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRunProtocol } from './run-folder.ts'
import { writeThrough } from './write-through.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-folder-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A module run in a process of its own, whose files may have so many blocks of 512 bytes at most. */
function limited(blocks: number, code: string): { readonly status: number | null; readonly stdout: string } {
  const module = join(root, 'limited.mts')
  writeFileSync(module, code)
  return spawnSync('bash', ['-c', `ulimit -f ${blocks}; exec "$0" "$1"`, process.execPath, module], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
}

const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

test('writeThrough writes every byte or leaves what was there, without a part of a file', () => {
  const path = join(root, 'protocol.json')
  const pieces = ['ü'.repeat(150_000), 'é', Buffer.from('bytes'), 'ü'.repeat(150_000)]
  const text = pieces.map(String).join('')
  writeThrough(path, pieces)
  expect(readFileSync(path, 'utf8')).toBe(text)
  const { stdout } = limited(
    100,
    `import { writeThrough } from ${here('./write-through.ts')}
     try { writeThrough(${JSON.stringify(path)}, 'x'.repeat(900_000)); console.log('written') } catch (error) { console.log(error.code) }`,
  )
  expect(stdout).toBe('EFBIG\n')
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(existsSync(`${path}.part`)).toBe(false)
})

test('createRunFolder on a disk without space says so, with the fix, and leaves no folder', () => {
  const { stdout } = limited(
    100,
    `import { createRunFolder } from ${here('./run-folder.ts')}
     const host = { now: () => 0, time: () => '', processId: process.pid, isAlive: () => true, secret: () => undefined }
     try { createRunFolder({ folder: ${JSON.stringify(join(root, 'a/run'))}, shownAs: 'a/run', protocol: { text: 'x'.repeat(900_000) }, host }) }
     catch (error) { console.log(error.code, '|', error.fix) }`,
  )
  expect(stdout).toBe(
    'file-size-limit-reached | raise the limit on the size of a file (ulimit -f), then run again, or choose another folder with --out\n',
  )
  expect(readdirSync(root)).toEqual(['limited.mts'])
})

test('writeNewFiles takes back the files before the one that the disk refuses', () => {
  const { stdout } = limited(
    100,
    `import { writeNewFiles } from ${here('./write-new-files.ts')}
     try { writeNewFiles({ folder: ${JSON.stringify(root)}, shownAs: '.', files: { 'a.txt': 'a', 'b.txt': 'x'.repeat(900_000) } }) }
     catch (error) { console.log(error.code) }`,
  )
  expect(stdout).toBe('file-size-limit-reached\n')
  expect(readdirSync(root)).toEqual(['limited.mts'])
})

test('readRunProtocol of a protocol that was cut says what to do', () => {
  writeFileSync(join(root, 'protocol.json'), '{"version":1,"title":"cu')
  expect(() => readRunProtocol(root, 'run')).toThrow(/run protocol damaged: folder = "run"/)
})
