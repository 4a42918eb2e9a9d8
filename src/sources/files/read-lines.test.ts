import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeLogFolder } from '../../../test/log-folder.ts'
import { type LineInFile, readLines } from './read-lines.ts'

async function linesOf(content: string | Uint8Array): Promise<readonly LineInFile[]> {
  const lines: LineInFile[] = []
  await readLines({
    file: { absolutePath: join(makeLogFolder({ 'a.txt': content }), 'a.txt'), path: 'a.txt' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    limitBytes: 1e9,
    onLine: (line) => lines.push(line),
  })
  return lines
}

test('readLines numbers lines from 1, passes over blank ones, and drops CR and the byte-order mark', async () => {
  expect(await linesOf('\uFEFFone\r\n\r\nthree\n\nfive')).toEqual([
    { text: 'one', number: 1, ended: true },
    { text: 'three', number: 3, ended: true },
    { text: 'five', number: 5, ended: false },
  ])
})

test('readLines gives the lines of any text, whatever falls on the border of a chunk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), fc.nat(40), async (parts, filler) => {
      // Characters of several bytes are moved across the border of the 1 MiB chunks.
      const lines = [
        `x${'é'.repeat((1 << 19) - filler)}`,
        ...parts.map((part) => part.replaceAll(/[\r\n\uFEFF]/g, '_')),
      ]
      expect((await linesOf(lines.join('\n'))).map(({ text }) => text)).toEqual(lines)
    }),
    { numRuns: 25, seed: 5 },
  )
})

test('readLines refuses bytes that are not UTF-8 with their line', async () => {
  const bytes = Buffer.concat([Buffer.from('fine\nalso é\n'), Buffer.from([0xe9, 0x0a])])
  await expect(linesOf(bytes)).rejects.toMatchObject({ code: 'not-utf8', values: { path: 'a.txt', line: 3 } })
})

test('readLines refuses a line longer than 64 MiB instead of holding it', async () => {
  await expect(linesOf(Buffer.alloc(70 * 2 ** 20, 97))).rejects.toMatchObject({ code: 'line-too-long' })
})
