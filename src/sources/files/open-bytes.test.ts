import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeLogFolder } from '../../../test/log-folder.ts'
import { openBytes } from './open-bytes.ts'

async function readAll(content: Uint8Array | string, limitBytes = 1e9, signal = new AbortController().signal) {
  const file = { absolutePath: join(makeLogFolder({ 'a.bin': content }), 'a.bin'), path: 'a.bin' }
  const progress: number[] = []
  const opened = openBytes({ file, signal, limitBytes, onProgress: (bytes) => progress.push(bytes) })
  const chunks: Buffer[] = []
  for await (const chunk of opened.chunks) chunks.push(chunk)
  return { bytes: Buffer.concat(chunks), digest: opened.digest(), progress }
}

test('openBytes gives the bytes, their size and SHA-256 on disk, and gunzips by the first bytes, not the name', async () => {
  const content = Buffer.alloc(3_000_000, 'assay ')
  const plain = await readAll(content)
  expect(plain.bytes.equals(content)).toBe(true)
  expect(plain.digest).toEqual({
    path: 'a.bin',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  })
  expect(plain.progress.at(-1)).toBe(content.length)
  const packed = gzipSync(content)
  const unpacked = await readAll(packed)
  expect(unpacked.bytes.equals(content)).toBe(true)
  expect(unpacked.digest.bytes).toBe(packed.length)
  expect(unpacked.digest.sha256).toBe(createHash('sha256').update(packed).digest('hex'))
})

test('openBytes reads gzip in several members, and an empty file', async () => {
  const members = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])
  expect((await readAll(members)).bytes.toString()).toBe('one\ntwo\n')
  expect((await readAll('')).bytes.length).toBe(0)
})

test('openBytes stops a decompression bomb at its limit', async () => {
  const bomb = gzipSync(Buffer.alloc(100_000_000))
  await expect(readAll(bomb, 5_000_000)).rejects.toMatchObject({ code: 'file-too-large', values: { path: 'a.bin' } })
})

test('openBytes of damaged gzip and of a file that went away fails with a code and a path', async () => {
  const packed = gzipSync('some text that is long enough to be cut')
  await expect(readAll(packed.subarray(0, 20))).rejects.toMatchObject({ code: 'damaged-compression' })
  packed[15] = (packed[15] ?? 0) ^ 255
  await expect(readAll(packed)).rejects.toMatchObject({ code: 'damaged-compression' })
  const gone = openBytes({
    file: { absolutePath: '/nowhere/at/all', path: 'all' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    limitBytes: 10,
  })
  await expect(gone.chunks[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cannot-read-file' })
})

test('openBytes ends with the reason of the abort, also inside gzip', async () => {
  const controller = new AbortController()
  controller.abort(new Error('stop'))
  await expect(readAll('abc', 10, controller.signal)).rejects.toThrow('stop')
  await expect(readAll(gzipSync('abc'), 10, controller.signal)).rejects.toThrow('stop')
})
