import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRandom } from '../src/random/index.ts'
import { builtCommand } from './built-command.ts'
import { repositoryRoot } from './source-files.ts'

// The command as a user runs it: a process, files, exit codes.
const facts = join(repositoryRoot, 'examples/demo/science-facts.jsonl')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-command-'))
  copyFileSync(facts, join(folder, 'facts.jsonl'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function assay(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommand, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  // A machine that takes more than 2 s is told how far it is; that is no complaint.
  const said = stderr.replaceAll(/^(?:reading|analysing)\b.*\n/gm, '')
  return { status, stdout, stderr: said }
}

const reportFiles = ['report.html', 'report.json', 'report.md']

test('assay report FILE writes three files and a summary of at most 40 lines', () => {
  const { status, stdout, stderr } = assay('report', 'facts.jsonl')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readdirSync(join(folder, 'assay-report')).toSorted()).toEqual(reportFiles)
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  expect(stdout).toContain('kestrel/small-1')
  expect(stdout).toMatch(/file:\/\/\S+report\.html/)
})

test('the same input and seed give the same bytes of report.json, and --json prints exactly these', () => {
  const first = assay('report', 'facts.jsonl', '--out', 'a', '--json', '--seed', '7')
  const second = assay('report', 'facts.jsonl', '--out', 'b', '--json', '--seed', '7')
  expect(first.stdout).toBe(second.stdout)
  expect(readFileSync(join(folder, 'a/report.json'), 'utf8')).toBe(first.stdout)
  expect(JSON.parse(first.stdout)).toMatchObject({ schemaVersion: 1, seed: '7' })
  for (const name of reportFiles) {
    expect(readFileSync(join(folder, 'a', name))).toEqual(readFileSync(join(folder, 'b', name)))
  }
})

test('the command from its sources gives the same bytes as the built one', () => {
  const source = join(repositoryRoot, 'src/cli/main.ts')
  writeFileSync(join(folder, 'few.jsonl'), `${readFileSync(facts, 'utf8').split('\n').slice(0, 40).join('\n')}\n`)
  const built = assay('report', 'few.jsonl', '--out', 'built')
  const args = [source, 'report', 'few.jsonl', '--out', 'source']
  const { status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect([built.status, status]).toEqual([0, 0])
  for (const name of reportFiles) {
    expect(readFileSync(join(folder, 'source', name))).toEqual(readFileSync(join(folder, 'built', name)))
  }
})

test('shuffling the rows of a table changes nothing in report.json but the input hash', () => {
  const lines = readFileSync(facts, 'utf8').trimEnd().split('\n')
  const order = Array.from(lines, (_, i) => i)
  openRandom('shuffle').shuffle(order)
  const plain = assay('report', 'facts.jsonl', '--json').stdout
  writeFileSync(join(folder, 'facts.jsonl'), `${order.map((i) => lines[i]).join('\n')}\n`)
  const shuffled = assay('report', 'facts.jsonl', '--json').stdout
  const hashes = /[0-9a-f]{64}/g
  expect(shuffled).not.toBe(plain)
  expect(shuffled.replaceAll(hashes, 'hash')).toBe(plain.replaceAll(hashes, 'hash'))
})

test('a damaged file costs only itself: exit 2, what and how to fix on stderr, the rest reported', () => {
  writeFileSync(join(folder, 'broken.eval'), readFileSync(facts).subarray(0, 1_000))
  const { status, stderr } = assay('report', 'facts.jsonl', 'broken.eval', 'gone.eval')
  expect(status).toBe(2)
  expect(stderr).toContain('broken.eval')
  expect(stderr).toContain('gone.eval')
  expect(stderr.match(/fix: /g)).toHaveLength(2)
  expect(stderr).not.toContain('    at ')
  const { failures } = JSON.parse(readFileSync(join(folder, 'assay-report/report.json'), 'utf8'))
  expect(failures.map(({ path }: { path: string }) => path)).toEqual(['broken.eval', 'gone.eval'])
})

test('where nothing can be read there are errors, exit 2 and no report', () => {
  writeFileSync(join(folder, 'broken.eval'), 'PK\u0003\u0004 and then nothing')
  mkdirSync(join(folder, 'empty'))
  for (const path of ['broken.eval', 'gone.eval', 'empty']) {
    const { status, stdout, stderr } = assay('report', path)
    expect({ path, status, stdout }).toEqual({ path, status: 2, stdout: '' })
    expect(stderr).toContain('fix: ')
    expect(stderr).toContain(path)
    expect(existsSync(join(folder, 'assay-report'))).toBe(false)
  }
})

test('a folder with a report of another program is not touched', () => {
  mkdirSync(join(folder, 'mine'))
  writeFileSync(join(folder, 'mine/report.html'), 'my own')
  const { status, stderr } = assay('report', 'facts.jsonl', '--out', 'mine')
  expect(status).toBe(2)
  expect(stderr).toContain('mine/report.html')
  expect(readFileSync(join(folder, 'mine/report.html'), 'utf8')).toBe('my own')
  expect(readdirSync(join(folder, 'mine'))).toEqual(['report.html'])
})

test('Ctrl-C ends with exit 130 and leaves nothing half-written', async () => {
  const lines = readFileSync(facts, 'utf8').trimEnd()
  // Large enough to be still at work when the first line of progress, after two seconds, shows that it began.
  const descriptor = openSync(join(folder, 'many.jsonl'), 'w')
  for (let i = 0; i < 1_500; i++) writeSync(descriptor, `${lines.replaceAll('"item":"', `"item":"copy-${i}-`)}\n`)
  closeSync(descriptor)
  const child = spawn(process.execPath, [builtCommand, 'report', 'many.jsonl'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr === '') child.kill('SIGINT')
    stderr += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(stderr).toContain('nothing was left half-written')
  expect(code).toBe(130)
  expect(readdirSync(folder).toSorted()).toEqual(['facts.jsonl', 'many.jsonl'])
}, 60_000)
