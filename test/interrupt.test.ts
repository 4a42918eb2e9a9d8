import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRandom } from '../src/random/index.ts'
import { builtCommand } from './built-command.ts'
import { repositoryRoot } from './source-files.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-interrupt-'))
  const random = openRandom('interrupt')
  const table = createWriteStream(join(folder, 'long.csv'))
  table.write('model,item,replicate,score\n')
  for (let model = 0; model < 60; model++) {
    const rows: string[] = []
    for (let item = 0; item < 5_000; item++) {
      for (const replicate of [1, 2]) rows.push(`m${model},q${item},${replicate},${random.uniform().toFixed(6)}\n`)
    }
    table.write(rows.join(''))
  }
  table.end()
  await finished(table)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly afterMs: number
  readonly stderr: string
}

/** Runs a report of 600,000 rows and interrupts it once its progress line matches. */
function interrupted(when: RegExp, signal: 'SIGINT' | 'SIGTERM'): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtCommand, 'report', 'long.csv', '--out', 'evidence'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    let sentAt = Number.NaN
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (Number.isNaN(sentAt) && when.test(stderr)) {
        sentAt = performance.now()
        child.kill(signal)
      }
    })
    child.on('error', reject)
    child.on('close', (code, ending) => {
      if (Number.isNaN(sentAt)) reject(new Error(`it ended before it could be interrupted: ${stderr}`))
      else resolve({ code, signal: ending, afterMs: performance.now() - sentAt, stderr })
    })
  })
}

test('SIGINT during the analyses of 600,000 rows ends assay report within 1 s with 130 and leaves nothing behind', async () => {
  const { code, signal, afterMs, stderr } = await interrupted(/analysing: /, 'SIGINT')
  expect({ code, signal }).toEqual({ code: 130, signal: null })
  expect(afterMs).toBeLessThan(1_000)
  expect(stderr).toContain('nothing was left half-written')
  expect(readdirSync(folder)).toEqual(['long.csv'])
}, 60_000)

test('SIGTERM over an earlier report leaves that report as it was', async () => {
  const small = spawn(
    process.execPath,
    [builtCommand, 'report', `${repositoryRoot}examples/demo/word-problems.csv`, '--out', 'evidence'],
    { cwd: folder, stdio: 'ignore' },
  )
  expect(await new Promise((resolve) => small.on('close', resolve))).toBe(0)
  const before = readFileSync(join(folder, 'evidence/report.json'), 'utf8')
  const { code, afterMs } = await interrupted(/analysing: /, 'SIGTERM')
  expect(code).toBe(130)
  expect(afterMs).toBeLessThan(1_000)
  expect(readFileSync(join(folder, 'evidence/report.json'), 'utf8')).toBe(before)
  expect(readdirSync(folder).sort()).toEqual(['evidence', 'long.csv'])
}, 60_000)

test('SIGINT anywhere in assay plan compare ends it at once with 130, in the middle of a scenario', async () => {
  const args = ['plan', 'compare', '--accuracy', '0.8', '--difference', '0.0005']
  for (const afterMs of [0, 150, 600]) {
    const child = spawn(process.execPath, [builtCommand, ...args], {
      cwd: folder,
      // Where no one watches, progress is written every two seconds only.
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    let sentAt = Number.NaN
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (Number.isNaN(sentAt) && /sizing for .+: \d of 3 scenarios/.test(stderr)) {
        sentAt = 0
        setTimeout(() => {
          sentAt = performance.now()
          child.kill('SIGINT')
        }, afterMs)
      }
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, stderr: stderr.split('\n').at(-2) }).toEqual({
      code: 130,
      stderr: expect.stringContaining('stopped'),
    })
    // A whole scenario takes several seconds.
    expect(performance.now() - sentAt).toBeLessThan(700)
  }
}, 60_000)
