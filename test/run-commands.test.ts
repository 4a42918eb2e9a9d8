import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtCommand } from './built-command.ts'

// init → plan → register → run → resume → export → report, as a user runs them: processes, files, exit codes.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-run-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function assay(...args: readonly string[]) {
  const environment = { ...process.env, NO_COLOR: '1', OPENAI_API_KEY: 'sk-planted-secret' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommand, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
    timeout: 60_000,
  })
  return { status, stdout, stderr: stderr.replaceAll(/^running: .*\n/gm, '') }
}

function edit(change: (text: string) => string): void {
  const path = join(folder, 'protocol.yaml')
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

test('assay init, plan, register, run, report: the whole journey offline, confirmatory, with verdicts', () => {
  expect(assay('init').status).toBe(0)
  const again = assay('init')
  expect(again.status).toBe(2)
  expect(again.stderr).toContain('nothing is ever overwritten')

  const plan = assay('plan', 'protocol.yaml')
  expect(plan.status).toBe(0)
  expect(plan.stdout).toMatch(/Cells +3,000/)
  expect(plan.stdout).toContain('a test of fixed length with these errors needs 204 units')
  expect(plan.stdout).toContain('No call was made.')
  expect(readdirSync(folder).toSorted()).toEqual(['items.jsonl', 'protocol.schema.json', 'protocol.yaml'])

  expect(assay('register', 'protocol.yaml').status).toBe(0)
  expect(assay('register', 'protocol.yaml').status).toBe(2)

  const run = assay('run', 'protocol.yaml', '--json')
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  const result = JSON.parse(run.stdout)
  expect(result.verdicts.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['supported', 'supported'])
  expect(result.reason).toBe('decided')
  expect(result.registered).toMatchObject({ hash: result.protocolHash, deviations: [] })
  expect(existsSync(join(folder, 'assay-run/lock'))).toBe(false)

  const second = assay('run', 'protocol.yaml')
  expect(second.status).toBe(2)
  expect(second.stderr).toContain('assay resume assay-run')

  const report = assay('report', 'assay-run')
  expect(report.status).toBe(0)
  const page = readFileSync(join(folder, 'assay-report/report.html'), 'utf8')
  expect(page).toContain('Verdicts on claims')
  expect(page).toContain('Confirmatory')
  for (const file of ['assay-run/journal-0001.jsonl', 'assay-run/protocol.json', 'assay-report/report.html'])
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('sk-planted-secret')

  const exported = assay('export', 'assay-run', '--format', 'inspect-eval')
  expect(exported.status).toBe(0)
  expect(readdirSync(join(folder, 'assay-export')).toSorted()).toEqual(['steady.eval', 'weaker.eval'])
}, 120_000)

test('assay run after a change of the registered protocol lists the deviation and is exploratory', () => {
  assay('init')
  assay('register', 'protocol.yaml')
  edit((text) => text.replace('threshold: 0.7', 'threshold: 0.65'))
  const { stdout } = assay('run', 'protocol.yaml', '--json')
  expect(JSON.parse(stdout).registered.deviations).toEqual([
    { path: 'claims/0/threshold', registered: '0.7', executed: '0.65' },
  ])
}, 60_000)

test('assay run with what cannot work gives one message with its fix, exit code 2, and leaves nothing behind', () => {
  assay('init')
  const original = readFileSync(join(folder, 'protocol.yaml'), 'utf8')
  const line = 1 + original.slice(0, original.indexOf('  definition:')).split('\n').length - 1
  for (const [change, words] of [
    [(text: string) => text.replace('  definition:', '  defintion:'), [`line = ${line}`, 'defintion']],
    [(text: string) => text.replace('title: arithmetic', 'title: [arithmetic'), ['protocol not yaml', 'line =']],
    [(text: string) => text.replace('use: zero-shot', 'use: mind-reading'), ['unknown technique', 'zero-shot']],
    [(text: string) => text.replace('use: multiple-choice', 'use: guess'), ['guess']],
    [(text: string) => text.replace('simulated:steady', 'telepathy:steady'), ['telepathy', 'simulated']],
    [(text: string) => text.replace('file: items.jsonl', 'file: missing.jsonl'), ['missing.jsonl']],
  ] as const) {
    edit(() => change(original))
    const { status, stderr, stdout } = assay('run', 'protocol.yaml')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    for (const word of words) expect(stderr).toContain(word)
    expect(stderr).toMatch(/^assay: [^\n]+\n {2}fix: [^\n]+\n$/)
    expect(existsSync(join(folder, 'assay-run'))).toBe(false)
  }
}, 60_000)

test('assay run on Ctrl-C saves, prints how to go on, and resume ends as the uninterrupted run', async () => {
  assay('init')
  edit((text) => text.replace('rule: anytime', 'rule: fixed'))
  const child = spawn(process.execPath, [builtCommand, 'run', 'protocol.yaml', '--out', 'cut', '--concurrency', '4'], {
    cwd: folder,
  })
  let stdout = ''
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
  })
  const journal = join(folder, 'cut/journal-0001.jsonl')
  const interruption = setInterval(() => {
    if (existsSync(journal) && statSync(journal).size > 300_000) {
      clearInterval(interruption)
      child.kill('SIGINT')
    }
  }, 5)
  const status = await new Promise((resolve) => child.on('exit', resolve))
  clearInterval(interruption)
  expect(status).toBe(130)
  expect(stdout).toContain('interrupted; everything so far is saved')
  expect(stdout).toContain('Go on with: assay resume cut')
  const resumed = JSON.parse(assay('resume', 'cut', '--json').stdout)
  const whole = JSON.parse(assay('run', 'protocol.yaml', '--out', 'whole', '--json').stdout)
  expect(resumed.cells).toEqual({ done: 3_000, total: 3_000 })
  expect({ ...resumed, folder: '' }).toEqual({ ...whole, folder: '' })
}, 120_000)

test.runIf(existsSync('/dev/full'))(
  'a full disk is one message with its fix',
  () => {
    assay('init')
    // Every write of the journal goes to a device that has no space.
    const script = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const real = fs.openSync
    const isJournal = (path, flags) => String(path).endsWith('journal-0001.jsonl') && String(flags).startsWith('a')
    fs.openSync = (path, flags, ...rest) => real(isJournal(path, flags) ? '/dev/full' : path, flags, ...rest)
    syncBuiltinESMExports()
  `
    writeFileSync(join(folder, 'full.mjs'), script)
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', join(folder, 'full.mjs'), builtCommand, 'run', 'protocol.yaml'],
      { cwd: folder, encoding: 'utf8', timeout: 20_000 },
    )
    expect(status).toBe(2)
    expect(stderr).toContain('disk full')
    expect(stderr).toContain('free some space')
  },
  30_000,
)
