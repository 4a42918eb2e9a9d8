import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentHash } from '../domain/index.ts'
import { AssayError } from '../stats/index.ts'
import { readProtocol } from './read-protocol.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-protocol-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const yaml = `version: 1
title: colours
construct:
  definition: naming colours
envelope:
  normalUse: single questions
models:
  - id: m
    endpoint: simulated:steady
items:
  file: items.jsonl
scorers: [{ use: exact-match }]
claims:
  - id: able
    kind: capability
    quantifier: rate
    scorer: exact-match
    model: m
    population: items-like-these
    direction: above
    threshold: 0.5
    decision: { ifSupported: a, ifRefuted: b, ifInconclusive: c }
`
const items = [
  { id: 'sky', input: 'Colour of the sky?', target: 'blue' },
  { id: 'grass', input: 'Colour of grass?', options: ['red', 'green'], target: 1 },
]
const itemLines = items.map((item) => JSON.stringify(item)).join('\n')

function write(name: string, text: string): void {
  writeFileSync(join(root, name), text)
}

const read = (path: string) => readProtocol({ path, workingDirectory: root })

async function problemOf(path: string): Promise<AssayError> {
  const error = await read(path).catch((caught: unknown) => caught)
  if (!(error instanceof AssayError)) throw new Error(`expected an AssayError, got ${String(error)}`)
  return error
}

test('readProtocol gives one hash for YAML, JSON and TypeScript, items inline or in a file, keys in any order', async () => {
  write('items.jsonl', `\uFEFF${itemLines}\r\n\n`)
  write('a.yaml', yaml)
  const first = await read('a.yaml')
  const { title, version, ...rest } = { ...first, items: { inline: items } }
  write('b.json', JSON.stringify({ ...rest, version, title }, undefined, 2))
  write('c.mts', `export const protocol = ${JSON.stringify({ title, ...rest, version })} as const\n`)
  const hashes = await Promise.all(['a.yaml', 'b.json', 'c.mts'].map(async (path) => contentHash(await read(path))))
  expect(new Set(hashes).size).toBe(1)
  write('items.jsonl', itemLines.replace('blue', 'green'))
  expect(contentHash(await read('a.yaml'))).not.toBe(hashes[0])
})

test('readProtocol names line and column of a field that is wrong, with the fix', async () => {
  write('items.jsonl', itemLines)
  for (const [from, to, line, words] of [
    ['scorers: [{ use: exact-match }]', 'scorers: [{ uses: exact-match }]', 12, 'uses'],
    ['    threshold: 0.5', '    threshold: high', 21, 'number'],
    ['    quantifier: rate', '    quantifier: always', 16, 'existence'],
    ['    model: m', '    model: n', 18, '“n” is none of m'],
    ['    kind: capability', '    kind: comparison', 14, 'baseline'],
    ['  normalUse: single questions', '  usual: single questions', 6, 'usual'],
    ['  normalUse: single questions', '  axes: []', 5, 'normalUse'],
  ] as const) {
    write('bad.yaml', yaml.replace(from, to))
    const error = await problemOf('bad.yaml')
    expect(error.message).toContain(words)
    expect(error.values.line).toBe(line)
    expect(error.fix.length).toBeGreaterThan(10)
  }
})

test('readProtocol names the line of YAML that is no YAML', async () => {
  write('bad.yaml', yaml.replace('scorers: [{ use: exact-match }]', 'scorers: [{ use: exact-match }'))
  expect(await problemOf('bad.yaml')).toMatchObject({ code: 'protocol-not-yaml' })
  // The wrong indentation is on line 4, below a comment that the parser counts as its beginning.
  write('indented.yaml', 'version: 1\n\n# a comment\n  title: x\n')
  expect(await problemOf('indented.yaml')).toMatchObject({ values: { line: 4 } })
  // What nothing closes is shown where it opens: the parser sees it where the next field begins.
  for (const opening of ['scorers: [{ use: exact-match }', 'scorers: [{ use: exact-match ]', 'scorers: "exact']) {
    write('bad.yaml', yaml.replace('scorers: [{ use: exact-match }]', opening))
    expect(await problemOf('bad.yaml')).toMatchObject({ code: 'protocol-not-yaml', values: { line: 12 } })
  }
  write('bad.yaml', yaml.replace('scorers:', '\tscorers:'))
  expect((await problemOf('bad.yaml')).values.line).toBe(12)
})

test('readProtocol names the line of an item that is wrong', async () => {
  write('a.yaml', yaml)
  for (const [text, line, words] of [
    [`${itemLines}\n{"id":"x"}`, 3, 'item not usable'],
    [`${itemLines}\nnot json`, 3, 'item not json'],
    [`${itemLines}\n${JSON.stringify(items[0])}`, 3, 'used twice'],
    [itemLines.replace('"target":1', '"target":2'), 2, 'index from 0 to 1'],
    [itemLines.replace('["red","green"]', '["red","green","red "]'), 2, '“red ” is there twice'],
  ] as const) {
    write('items.jsonl', text)
    const error = await problemOf('a.yaml')
    expect(error.message).toContain(words)
    expect(error.values.line).toBe(line)
  }
  write('items.jsonl', '\n')
  expect(await problemOf('a.yaml')).toMatchObject({ code: 'no-items' })
})

test('readProtocol refuses what a rule or a budget cannot hold', async () => {
  write('items.jsonl', itemLines)
  write('a.yaml', `${yaml}stopping: { rule: sprt }\n`)
  expect((await problemOf('a.yaml')).message).toContain('needs an alternative')
  write('a.yaml', `${yaml}budget: { tokens: 1000 }\n`)
  expect((await problemOf('a.yaml')).message).toContain('maxTokens')
})

test('readProtocol runs no code of YAML or JSON, and says so where a file is missing', async () => {
  write('a.yaml', `${yaml}system: !!js/function "function () { throw new Error('ran') }"\n`)
  expect(await problemOf('a.yaml')).toMatchObject({ code: 'protocol-not-yaml' })
  expect(await problemOf('missing.yaml')).toMatchObject({
    code: 'cannot-read-file',
    fix: expect.stringContaining('init'),
  })
  write('empty.mts', 'export const other = 1\n')
  expect(await problemOf('empty.mts')).toMatchObject({ code: 'protocol-module-empty' })
})

test('readProtocol shows nothing of a file that holds no items', async () => {
  write('items.jsonl', 'root:x:0:0:a secret\n')
  write('a.yaml', yaml)
  const { message } = await problemOf('a.yaml')
  expect(message).toBe('item not json: file = "items.jsonl", line = 1')
})

test('readProtocol lets $schema stand, and it is no part of the study', async () => {
  write('items.jsonl', itemLines)
  write('a.yaml', yaml)
  write('b.yaml', `$schema: ./protocol.schema.json\n${yaml}`)
  expect(contentHash(await read('b.yaml'))).toBe(contentHash(await read('a.yaml')))
})

test('readProtocol refuses aliases that grow without end, and a model that is compared with itself', async () => {
  write('items.jsonl', itemLines)
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const bomb = names.map((name, at) => {
    const inner = at === 0 ? 'x' : `*${names[at - 1]}`
    return `${name}: &${name} [${Array(9).fill(inner).join(',')}]`
  })
  write('bomb.yaml', `${bomb.join('\n')}\n`)
  expect(await problemOf('bomb.yaml')).toMatchObject({ code: 'protocol-too-many-aliases' })
  write('a.yaml', yaml.replace('kind: capability', 'kind: comparison\n    baseline: m'))
  expect((await problemOf('a.yaml')).message).toContain('not compared with itself')
})
