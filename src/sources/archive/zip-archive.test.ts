import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { AssayError } from '../../stats/fail.ts'
import { plainZip, type ZipMember, type ZipShape, zipBytes } from './fixtures/write-zip.ts'
import { openZipArchive, type ZipLimits, zipLimits } from './zip-archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'zip-archive-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

function place(bytes: Buffer): { absolutePath: string; path: string } {
  const absolutePath = join(folder, `${++files}.zip`)
  writeFileSync(absolutePath, bytes)
  return { absolutePath, path: 'log.eval' }
}

async function readAll(bytes: Buffer, limits: ZipLimits = zipLimits): Promise<Record<string, string>> {
  const archive = await openZipArchive(place(bytes), limits)
  try {
    const texts: Record<string, string> = {}
    for (const entry of archive.entries.values()) texts[entry.name] = (await archive.read(entry)).toString()
    return texts
  } finally {
    await archive.close()
  }
}

async function failure(bytes: Buffer, limits: ZipLimits = zipLimits): Promise<AssayError> {
  const error = await readAll(bytes, limits).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(AssayError)
  const coded = error as AssayError
  expect(coded.values.path).toBe('log.eval')
  expect(coded.fix).not.toBe('')
  return coded
}

const member = (name: string, data: string, method: number): ZipMember => ({ name, data, method })

test.each([0, 8, 93])('read(entry) returns the bytes of a member written with method %i', async (method) => {
  const long = 'abc é ☃ '.repeat(40_000)
  const bytes = zipBytes([member('a', long, method), member('b', '', method), member('é/☃', 'x', method)], plainZip)
  expect(await readAll(bytes)).toEqual({ a: long, b: '', 'é/☃': 'x' })
})

test.each([8, 93])(
  'stream(entry) returns the same bytes as read(entry) for a member of 12 MB, method %i',
  async (method) => {
    const text = Array.from({ length: 1_200_000 }, (_, index) => String(index * 7919).padStart(10)).join('')
    const bytes = zipBytes([member('large', text, method)], plainZip)
    const archive = await openZipArchive(place(bytes), zipLimits)
    const entry = archive.entries.get('large')!
    const pieces: Uint8Array[] = []
    for await (const piece of archive.stream(entry)) pieces.push(Buffer.from(piece))
    expect(pieces.length).toBeGreaterThan(1)
    expect(Buffer.concat(pieces).toString() === text).toBe(true)
    await archive.close()
  },
)

const shapes: readonly (readonly [string, ZipShape])[] = [
  ['with ZIP64 records', { ...plainZip, form: 'zip64' }],
  ['with a comment', { ...plainZip, comment: 'PK\x05\x06 a comment that looks like an end' }],
  ['behind dead bytes', { ...plainZip, before: Buffer.from('PK\x03\x04dead member') }],
]
test.each(shapes)('openZipArchive reads an archive %s', async (_, shape) => {
  expect(await readAll(zipBytes([member('a', 'one', 8), member('b', 'two', 93)], shape))).toEqual({
    a: 'one',
    b: 'two',
  })
})

test('openZipArchive keeps the last of several members of one name and says which were repeated', async () => {
  const bytes = zipBytes([member('a', 'old', 8), member('b', 'only', 8), member('a', 'new', 93)], plainZip)
  const archive = await openZipArchive(place(bytes), zipLimits)
  expect([...archive.repeatedNames]).toEqual(['a'])
  expect((await archive.read(archive.entries.get('a')!)).toString()).toBe('new')
  await archive.close()
})

test('read(entry) goes by the directory where sizes stand in data descriptors', async () => {
  const flagged: ZipMember = { ...member('a', 'described later', 8), flags: 8 }
  expect(await readAll(zipBytes([flagged, member('b', 'plain', 8)], plainZip))).toEqual({
    a: 'described later',
    b: 'plain',
  })
})

test('read(entry) returns all frames of a Zstandard member, and passes over skippable ones', async () => {
  const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('xyz')])
  const texts = ['first '.repeat(9000), 'second', '', 'third '.repeat(50)]
  const compressed = Buffer.concat([skippable, ...texts.map((text) => zstdCompressSync(Buffer.from(text)))])
  const bytes = zipBytes([{ name: 'a', data: texts.join(''), method: 93, compressed }], plainZip)
  expect(await readAll(bytes)).toEqual({ a: texts.join('') })
})

test('read(entry) reads a member called ../../outside and writes nothing', async () => {
  const before = readdirSync(folder).length
  expect(await readAll(zipBytes([member('../../outside', 'text', 8), member('/etc/x', 'y', 0)], plainZip))).toEqual({
    '../../outside': 'text',
    '/etc/x': 'y',
  })
  expect(readdirSync(folder).length).toBe(before + 1)
})

const text = 'the same text again and again '.repeat(100)
const unsound: readonly (readonly [string, string, ZipMember])[] = [
  ['a wrong checksum', 'archive-member-damaged', { ...member('a', text, 8), crc32: 1 }],
  ['a larger member than declared, deflate', 'archive-member-damaged', { ...member('a', text, 8), declaredBytes: 10 }],
  [
    'a larger member than declared, Zstandard',
    'archive-member-damaged',
    { ...member('a', text, 93), declaredBytes: 10 },
  ],
  [
    'a larger stored member than declared',
    'archive-member-larger-than-declared',
    { ...member('a', text, 0), declaredBytes: 10 },
  ],
  ['a smaller member than declared', 'archive-member-damaged', { ...member('a', text, 8), declaredBytes: 9999 }],
  ['a declared size of 10 GB', 'archive-member-too-large', { ...member('a', text, 8), declaredBytes: 1e10 }],
  ['a password', 'archive-member-encrypted', { ...member('a', text, 8), flags: 1 }],
  ['an unknown method', 'archive-method-unknown', { ...member('a', text, 0), method: 14 }],
  ['a member behind the end', 'archive-member-outside-file', { ...member('a', text, 8), headerAt: 1e6 }],
  [
    'a member that reaches behind the end',
    'archive-member-outside-file',
    { ...member('a', text, 8), declaredCompressedBytes: 1e6 },
  ],
  ['a member that starts elsewhere', 'archive-member-misplaced', { ...member('a', text, 8), headerAt: 7 }],
  [
    'garbage for deflate data',
    'archive-member-damaged',
    { ...member('a', text, 8), compressed: Buffer.from('garbage') },
  ],
  [
    'garbage for Zstandard data',
    'archive-member-damaged',
    { ...member('a', text, 93), compressed: Buffer.from('garbage') },
  ],
  [
    'half a Zstandard frame',
    'archive-member-damaged',
    { ...member('a', text, 93), compressed: zstdCompressSync(Buffer.from(text)).subarray(0, 20) },
  ],
]
test.each(unsound)('read(entry) refuses %s with %s', async (_, code, bad) => {
  const error = await failure(zipBytes([bad], plainZip))
  expect(error.code).toBe(code)
  expect(error.values.member).toBe('a')
  expect(error.values).toHaveProperty(code === 'archive-method-unknown' ? 'method' : 'byte')
})

test('stream(entry) refuses a member that unfolds a thousandfold, before reading it', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(100_000_000))
  const bytes = zipBytes(
    [{ name: 'bomb', data: '', method: 93, compressed: bomb, declaredBytes: 100_000_000 }],
    plainZip,
  )
  expect(bytes.length).toBeLessThan(20_000)
  expect((await failure(bytes)).code).toBe('archive-member-too-large')
})

test('read(entry) stops at the budget of an archive whose entries all point at the same bytes', async () => {
  const whole = Buffer.alloc(4_000_000, 'a')
  const shared = zstdCompressSync(whole)
  const first: ZipMember = { name: '0', data: whole, method: 93, compressed: shared }
  const rest = Array.from(
    { length: 40 },
    (_, index): ZipMember => ({
      ...first,
      name: String(index + 1),
      compressed: Buffer.alloc(0),
      declaredCompressedBytes: shared.length,
      headerAt: 0,
    }),
  )
  const limits = { ...zipLimits, totalBytes: 50_000_000 }
  const bytes = zipBytes([first, ...rest], plainZip)
  expect(Object.keys(await readAll(bytes))).toHaveLength(41)
  expect((await failure(bytes, limits)).code).toBe('archive-member-too-large')
})

test('read(entry) refuses a member of a hundred thousand empty frames instead of decoding each', async () => {
  const frame = zstdCompressSync(Buffer.alloc(0))
  const compressed = Buffer.concat(Array.from({ length: 100_000 }, () => frame))
  const error = await failure(zipBytes([{ name: 'a', data: '', method: 93, compressed }], plainZip))
  expect(error.values.reason).toBe('zstd-too-many-frames')
})

test('openZipArchive says where a file without a directory breaks, and how many members were whole', async () => {
  const bytes = zipBytes([member('a', text, 8), member('b', text, 8)], plainZip)
  const error = await failure(bytes.subarray(0, bytes.length - 150))
  expect(error.code).toBe('archive-without-directory')
  expect(error.values.wholeMembers).toBe(1)
  expect(error.values.byte).toBe(bytes.indexOf('PK\x03\x04', 4))
})

test.each([
  ['empty-file', Buffer.alloc(0)],
  ['not-an-archive', Buffer.from('PK')],
  ['not-an-archive', Buffer.from('{"version": 2}')],
  ['not-an-archive', Buffer.alloc(200_000)],
])('openZipArchive refuses with %s what is no archive', async (code, bytes) => {
  expect((await failure(bytes)).code).toBe(code)
})

test('openZipArchive refuses a folder and a missing file', async () => {
  mkdirSync(join(folder, 'folder.eval'))
  const open = (name: string) => openZipArchive({ absolutePath: join(folder, name), path: name }, zipLimits)
  await expect(open('folder.eval')).rejects.toMatchObject({ code: 'not-a-file', values: { path: 'folder.eval' } })
  await expect(open('absent.eval')).rejects.toMatchObject({
    code: 'file-not-readable',
    values: { path: 'absent.eval' },
  })
})

test('openZipArchive opens an archive without members', async () => {
  expect(await readAll(zipBytes([], plainZip))).toEqual({})
})

test('openZipArchive and read either return the true bytes or a coded error for any 3 bytes changed (seed 11)', async () => {
  const truth: Record<string, string> = {
    'header.json': text,
    'summaries.json': text.slice(5),
    'samples/1.json': 'x'.repeat(500),
  }
  const sound = zipBytes(
    Object.entries(truth).map(([name, data], index) => member(name, data, [0, 8, 93][index] ?? 0)),
    plainZip,
  )
  let errors = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
      async (changes) => {
        const bytes = Buffer.from(sound)
        for (const [at, change] of changes) bytes[at] = (bytes[at] ?? 0) ^ change
        try {
          for (const [name, data] of Object.entries(await readAll(bytes)))
            if (truth[name] !== undefined) expect(data).toBe(truth[name])
        } catch (error) {
          errors++
          expect(error).toBeInstanceOf(AssayError)
        }
      },
    ),
    { seed: 11, numRuns: 400 },
  )
  expect(errors).toBeGreaterThan(100)
})
