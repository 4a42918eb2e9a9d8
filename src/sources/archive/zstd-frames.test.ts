import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findZstdFrames } from './zstd-frames.ts'

function find(bytes: Uint8Array): ReturnType<typeof findZstdFrames> {
  return findZstdFrames(async (at, length) => bytes.subarray(at, at + length), bytes.length)
}

test('zstdDecompressSync of Node returns only the first of two frames, without an error', () => {
  const two = Buffer.concat([zstdCompressSync(Buffer.from('first')), zstdCompressSync(Buffer.from('second'))])
  expect(zstdDecompressSync(two).toString()).toBe('first')
})

test('findZstdFrames finds the frames of any texts, with and without checksums (seed 3)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ text: fc.string({ maxLength: 400 }), times: fc.integer({ min: 1, max: 2000 }), sum: fc.boolean() }),
        { maxLength: 6 },
      ),
      async (parts) => {
        const texts = parts.map(({ text, times }) => text.repeat(times))
        const frames = parts.map(({ sum }, index) =>
          zstdCompressSync(Buffer.from(texts[index] ?? ''), {
            params: { [constants.ZSTD_c_checksumFlag]: Number(sum) },
          }),
        )
        const stream = Buffer.concat(frames)
        const found = await find(stream)
        expect(found.damage).toBeUndefined()
        expect(found.frames.map(({ bytes }) => bytes)).toEqual(frames.map(({ length }) => length))
        const decoded = found.frames.map(({ at, bytes }) =>
          zstdDecompressSync(stream.subarray(at, at + bytes)).toString(),
        )
        expect(decoded).toEqual(texts)
      },
    ),
    { seed: 3, numRuns: 60 },
  )
})

test('findZstdFrames reads only windows, whatever the size of a frame', async () => {
  const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * index * 31 + (index >> 7)) & 255))
  const frame = zstdCompressSync(noise)
  const stream = Buffer.concat([frame, frame])
  let largest = 0
  const { frames } = await findZstdFrames(async (at, length) => {
    largest = Math.max(largest, length)
    return stream.subarray(at, at + length)
  }, stream.length)
  expect(frames).toEqual([
    { at: 0, bytes: frame.length },
    { at: frame.length, bytes: frame.length },
  ])
  expect(largest).toBeLessThanOrEqual(262_144)
})

test('findZstdFrames reports a stream cut off at any byte', async () => {
  const stream = Buffer.concat([zstdCompressSync(Buffer.from('one'.repeat(99))), zstdCompressSync(Buffer.from('two'))])
  const first = (await find(stream)).frames[0]?.bytes ?? 0
  for (let length = 1; length < stream.length; length++) {
    const { damage } = await find(stream.subarray(0, length))
    expect(damage?.kind).toBe(length === first ? undefined : 'cut-off')
  }
})

test('findZstdFrames reports what is no frame, and a reserved block type', async () => {
  expect((await find(Buffer.from('no frame at all'))).damage).toEqual({ kind: 'bad-magic', at: 0 })
  const frame = zstdCompressSync(Buffer.from('text'))
  const block = frame.length - 4 - 3
  frame[block] = (frame[block] ?? 0) | 6
  expect((await find(frame)).damage?.kind).toBe('bad-block')
})
