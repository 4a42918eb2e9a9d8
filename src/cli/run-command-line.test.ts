import { expect, test } from 'vitest'
import { z } from 'zod'
import type { OperationListing, OperationResult } from '../operations/index.ts'
import { defineOperation } from '../operations/operation.ts'
import { fail } from '../stats/index.ts'
import { runCommandLine } from './run-command-line.ts'

interface Seen {
  input?: unknown
}

function echoListing(seen: Seen, act: () => Partial<OperationResult> = () => ({})): OperationListing {
  const operation = defineOperation({
    name: 'echo',
    summary: 'Repeat what was given.',
    input: z.object({
      paths: z.array(z.string().min(1)).min(1).describe('Files to read').meta({ positional: true }),
      outputFolder: z.string().default('out').describe('Where to write'),
      level: z.number().gt(0).lt(1).default(0.95).describe('Confidence level'),
      columns: z.record(z.string(), z.string()).default({}).describe('Column names'),
      tags: z.array(z.string()).default([]).describe('Labels'),
      order: z.enum(['asc', 'desc']).default('asc').describe('Sorting'),
      quiet: z.boolean().default(false).describe('Say less'),
    }),
    examples: ['assay echo a.txt'],
    async run(input, { progress }) {
      seen.input = input
      progress({ step: 'echoing', done: 1, total: 1, unit: 'files' })
      return { exitCode: 0, json: '{"ok":true}', text: ({ style }) => style('red', 'text'), complaints: [], ...act() }
    },
  })
  return { name: 'echo', summary: operation.summary, load: async () => operation }
}

async function run(
  args: readonly string[],
  options: {
    act?: () => Partial<OperationResult>
    aborted?: true
    tty?: true
    environment?: Record<string, string>
  } = {},
) {
  const seen: Seen = {}
  const out: string[] = []
  const err: string[] = []
  const interruption = new AbortController()
  if (options.aborted) interruption.abort()
  let loads = 0
  const echo = echoListing(seen, options.act)
  const exitCode = await runCommandLine({
    args,
    workingDirectory: '/',
    environment: options.environment ?? {},
    stdout: { write: (text) => out.push(text), isTTY: options.tty, columns: 90 },
    stderr: { write: (text) => err.push(text), columns: 90 },
    signal: interruption.signal,
    now: () => 0,
    host: { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined },
    listings: [
      echo,
      {
        name: 'other',
        summary: 'Another verb.',
        load: async () => {
          loads++
          return echo.load()
        },
      },
    ],
  })
  return { exitCode, stdout: out.join(''), stderr: err.join(''), input: seen.input, loads }
}

test('assay --help lists every verb with its summary on stdout, exits 0 and loads no verb', async () => {
  const { exitCode, stdout, stderr, loads } = await run(['--help'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/echo.*Repeat what was given/)
  expect(stdout).toMatch(/other.*Another verb/)
  expect(stdout).toContain('Exit codes')
  expect(stderr).toBe('')
  expect(loads).toBe(0)
})

test('assay VERB --help and assay help VERB show flags, defaults and examples', async () => {
  for (const args of [
    ['echo', '--help'],
    ['help', 'echo'],
  ]) {
    const { exitCode, stdout } = await run(args)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('--output-folder <outputFolder>')
    expect(stdout).toContain('(default: 0.95)')
    expect(stdout).toContain('--columns <key=value>')
    expect(stdout).toContain('$ assay echo a.txt')
    expect(stdout).toContain('--json')
  }
})

test('flags become typed input, with defaults from the schema', async () => {
  const { exitCode, stdout, input } = await run([
    'echo',
    'a',
    'b',
    '--level',
    '0.9',
    '--columns',
    'item=id,score=correct',
    '--columns',
    'model=m',
    '--tags',
    'x',
    '--tags',
    'y',
    '--quiet',
    '--order',
    'desc',
  ])
  expect(exitCode).toBe(0)
  expect(stdout).toBe('text\n')
  expect(input).toEqual({
    paths: ['a', 'b'],
    outputFolder: 'out',
    level: 0.9,
    columns: { item: 'id', score: 'correct', model: 'm' },
    tags: ['x', 'y'],
    order: 'desc',
    quiet: true,
  })
})

test('--json prints only the JSON on stdout', async () => {
  const { stdout } = await run(['echo', 'a', '--json'])
  expect(JSON.parse(stdout)).toEqual({ ok: true })
})

test('colour is for terminals that do not ask for none', async () => {
  expect((await run(['echo', 'a'], { tty: true })).stdout).toBe('\u001b[31mtext\u001b[39m\n')
  expect((await run(['echo', 'a'], { tty: true, environment: { NO_COLOR: '1' } })).stdout).toBe('text\n')
})

test('an unknown verb or flag exits 2 and suggests the nearest one', async () => {
  const verb = await run(['ech'])
  expect(verb).toMatchObject({ exitCode: 2, stdout: '' })
  expect(verb.stderr).toContain('Did you mean echo?')
  const flag = await run(['echo', 'a', '--levle', '0.9'])
  expect(flag.exitCode).toBe(2)
  expect(flag.stderr).toContain('Did you mean --level?')
})

test('input that the schema refuses exits 2, names the flag and says where help is', async () => {
  for (const [args, words] of [
    [['echo', 'a', '--level', '95'], '--level'],
    [['echo', 'a', '--level', 'high'], 'Pass a number'],
    [['echo', 'a', '--columns', 'item'], 'has no key'],
    [['echo', 'a', '--order', 'up'], 'asc, desc'],
    [['echo'], "missing required argument 'paths'"],
    [['echo', ''], 'paths'],
  ] as const) {
    const { exitCode, stdout, stderr, input } = await run(args)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(words)
    expect(input).toBeUndefined()
  }
})

test('a user error prints message and fix without a stack, and the stack only with ASSAY_DEBUG', async () => {
  const act = () => fail('level-out-of-range', { level: 95 }, 'pass 0.95')
  const plain = await run(['echo', 'a'], { act })
  expect(plain).toMatchObject({ exitCode: 2, stdout: '' })
  expect(plain.stderr).toBe('assay: level out of range: level = 95\n  fix: pass 0.95\n')
  expect((await run(['echo', 'a'], { act, environment: { ASSAY_DEBUG: '1' } })).stderr).toContain('    at ')
})

test('anything else that is thrown is our bug: exit 3 and how to report it', async () => {
  const { exitCode, stderr } = await run(['echo', 'a'], {
    act: () => {
      throw new TypeError('x is not a function')
    },
  })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('this is a bug in assay')
  expect(stderr).toContain('x is not a function')
  expect(stderr).toContain('report it')
  expect(stderr).not.toContain('    at ')
})

test('an interrupted verb exits 130 and says that nothing was left half-written', async () => {
  const { exitCode, stderr } = await run(['echo', 'a'], {
    aborted: true,
    act: () => {
      throw new DOMException('aborted', 'AbortError')
    },
  })
  expect(exitCode).toBe(130)
  expect(stderr).toContain('nothing was left half-written')
})

test('complaints go to stderr and the exit code of the result is the exit code of the process', async () => {
  const { exitCode, stdout, stderr } = await run(['echo', 'a'], {
    act: () => ({ exitCode: 2, complaints: [{ message: 'b.eval is cut off', fix: 'copy it again' }] }),
  })
  expect(exitCode).toBe(2)
  expect(stdout).toBe('text\n')
  expect(stderr).toBe('assay: b.eval is cut off\n  fix: copy it again\n')
})

test('--version prints the version of package.json', async () => {
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('no verb at all shows the help on stderr and exits 2', async () => {
  const { exitCode, stdout, stderr } = await run([])
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('Usage: assay')
})
