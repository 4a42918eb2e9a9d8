import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeLogFolder } from '../../test/log-folder.ts'
import { discoverFiles } from './discover-files.ts'

function discover(folder: string, paths: readonly string[] = ['.'], limit = 1000) {
  return discoverFiles({ paths, workingDirectory: folder, signal: new AbortController().signal, limit })
}

const paths = (found: Awaited<ReturnType<typeof discover>>) => found.files.map(({ path }) => path)

test('discoverFiles walks folders in order of name and passes over hidden files, .git and node_modules', async () => {
  const folder = makeLogFolder({
    'b.csv': '1',
    'a/z.csv': '1',
    'a/b/c.csv': '1',
    'A.csv': '1',
    '.hidden.csv': '1',
    '.git/x.csv': '1',
    'a/node_modules/y.csv': '1',
  })
  expect(paths(await discover(folder))).toEqual(['A.csv', 'a/b/c.csv', 'a/z.csv', 'b.csv'])
  expect(paths(await discover(folder, ['a', 'b.csv', './a/z.csv', 'a']))).toEqual(['a/b/c.csv', 'a/z.csv', 'b.csv'])
})

test('discoverFiles says of each path that does not exist that it does not, and reads the others', async () => {
  const found = await discover(makeLogFolder({ 'a.csv': '1' }), ['nowhere', 'a.csv', 'a.csv/below'])
  expect(paths(found)).toEqual(['a.csv'])
  expect(found.failures.map(({ code, values }) => [code, values.path])).toEqual([
    ['path-not-found', 'nowhere'],
    ['path-not-found', 'a.csv/below'],
  ])
})

test('discoverFiles never follows a link out of the folder, nor round in circles', async () => {
  const outside = makeLogFolder({ 'secret.csv': '1' })
  const folder = makeLogFolder({ 'real/a.csv': '1', '.store/blob': '1' })
  symlinkSync(join(outside, 'secret.csv'), join(folder, 'out.csv'))
  symlinkSync(outside, join(folder, 'out'))
  symlinkSync(folder, join(folder, 'real/loop'))
  symlinkSync(join(folder, 'real/a.csv'), join(folder, 'again.csv'))
  symlinkSync('nowhere', join(folder, 'broken.csv'))
  symlinkSync('.store/blob', join(folder, 'linked.csv'))
  const found = await discover(folder)
  expect(paths(found)).toEqual(['linked.csv', 'real/a.csv'])
  expect(found.skipped).toEqual(['broken.csv', 'out', 'out.csv', 'real/loop'])
  // A link that the user names is what the user meant.
  expect(paths(await discover(folder, ['out.csv']))).toEqual(['out.csv'])
})

test('discoverFiles stops at the limit on the number of files', async () => {
  const folder = makeLogFolder(Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.csv`, '1'])))
  await expect(discover(folder, ['.'], 10)).rejects.toMatchObject({ code: 'too-many-files', values: { limit: 10 } })
  expect((await discover(folder, ['.'], 12)).files).toHaveLength(12)
})

test('discoverFiles reads at most 64 KiB of each file, after decompression, and no more of a bomb', async () => {
  const found = await discover(
    makeLogFolder({
      'long.csv': Buffer.alloc(200_000, 65),
      'packed.csv.gz': gzipSync(Buffer.alloc(50_000_000, 66)),
      'broken.csv.gz': gzipSync('abc').subarray(0, 8),
      'short.csv': 'abc',
    }),
  )
  expect(found.files.map(({ path, head }) => [path, head.length])).toEqual([
    ['broken.csv.gz', 0],
    ['long.csv', 65_536],
    ['packed.csv.gz', 65_536],
    ['short.csv', 3],
  ])
  expect(found.files[2]?.head.every((byte) => byte === 66)).toBe(true)
  expect(found.files[1]?.bytes).toBe(200_000)
})

test('discoverFiles: an empty file is skipped in a folder and an error when it is named', async () => {
  const folder = makeLogFolder({ 'empty.csv': '', 'a.csv': '1' })
  expect((await discover(folder)).skipped).toEqual(['empty.csv'])
  expect((await discover(folder, ['empty.csv'])).failures).toMatchObject([{ code: 'empty-file' }])
})

test('discoverFiles refuses what is no file, instead of waiting for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-socket-'))
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
  try {
    expect((await discover(folder, ['socket'])).failures).toMatchObject([{ code: 'not-a-file' }])
    expect(paths(await discover(folder))).toEqual([])
  } finally {
    server.close()
  }
})

test('discoverFiles prints no folders of the machine: what lies elsewhere goes by its own name', async () => {
  const folder = makeLogFolder({ 'a.csv': '1' })
  const elsewhere = makeLogFolder({ 'runs/b.csv': '1' })
  expect(paths(await discover(folder, [elsewhere, join(folder, 'a.csv')]))).toEqual([
    'a.csv',
    `${basename(elsewhere)}/runs/b.csv`,
  ])
})

test('discoverFiles keeps two folders of one name apart', async () => {
  const folder = makeLogFolder({ 'a.csv': '1' })
  for (const side of ['x', 'y']) {
    mkdirSync(join(folder, 'away', side, 'logs'), { recursive: true })
    writeFileSync(join(folder, 'away', side, 'logs/a.csv'), side)
  }
  mkdirSync(join(folder, 'here'))
  const found = await discover(join(folder, 'here'), [join(folder, 'away/x/logs'), join(folder, 'away/y/logs')])
  expect(paths(found)).toEqual(['../away/x/logs/a.csv', '../away/y/logs/a.csv'])
})
