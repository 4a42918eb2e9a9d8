import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sources } from '../sources/index.ts'
import { readLogs } from '../sources/read-logs.ts'
import { testContext } from './fixtures/small-run.ts'
import { planProtocol } from './plan-protocol.ts'
import { register } from './register.ts'
import { resume } from './resume.ts'
import { run } from './run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-scorer-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (name: string, text: string): void => writeFileSync(join(root, name), text)

const protocol = {
  version: 1,
  title: 'lengths',
  construct: { definition: 'answers briefly' },
  envelope: { normalUse: 'single questions' },
  models: [{ id: 'm', endpoint: 'simulated:steady' }],
  items: {
    inline: Array.from({ length: 20 }, (_, index) => ({
      id: `item-${index}`,
      input: `Which is ${index}?`,
      options: ['one', 'two'],
      target: 0,
    })),
  },
  answer: 'letter',
  scorers: [{ use: 'short-reply' }],
  claims: [
    {
      id: 'brief',
      kind: 'propensity',
      quantifier: 'rate',
      scorer: 'short-reply',
      model: 'm',
      population: 'these-items',
      direction: 'above',
      threshold: 0.5,
      decision: { ifSupported: 'keep', ifRefuted: 'drop', ifInconclusive: 'ask more' },
    },
  ],
  stopping: { rule: 'fixed' },
}

/** A plain object: the file imports nothing, wherever it lies. */
const scorerFile = (body: string): string => `
export const scorer = {
  name: 'short-reply',
  summary: 'Whether the reply has at most ten letters.',
  range: { lower: 0, upper: 1 },
  score: ({ text }: { readonly text: string }) => ${body},
}
`

const scorer = ['short.mts']
const context = () => testContext(root)
const plan = (given: object) => planProtocol.run(planProtocol.input.parse({ protocol: 'p.json', ...given }), context())
const registered = (given: object) => register.run(register.input.parse({ protocol: 'p.json', ...given }), context())
const started = (given: object) => run.run(run.input.parse({ protocol: 'p.json', ...given }), context())
const resumed = (given: object) => resume.run(resume.input.parse({ folder: 'assay-run', ...given }), context())
const codeOf = (work: Promise<unknown>) => work.then(() => 'nothing thrown').catch(({ code }: { code: string }) => code)

test('a scorer from a file plans, registers, runs and is named by the hash of its source', async () => {
  write('p.json', JSON.stringify(protocol))
  write('short.mts', scorerFile('(text.length <= 10 ? 1 : 0)'))
  const { protocolHash } = JSON.parse((await plan({ scorer })).json)
  expect(JSON.parse((await registered({ scorer })).json).hash).toBe(protocolHash)
  const { executed } = await started({ scorer })
  expect(executed.start.study.protocolHash).toBe(protocolHash)
  expect(executed.start.registered).toMatchObject({ hash: protocolHash, deviations: [] })
  expect(executed.outcome).toMatchObject({ done: 20, unscored: [] })
  const { runs, observations } = await logs()
  expect(runs[0]?.provenance['scorer short-reply']).toMatch(/^[0-9a-f]{64}$/)
  expect(observations.rows).toBe(40)
  expect(await codeOf(resumed({}))).toBe('custom-scorer-needed')
  expect(await codeOf(resumed({ scorer }))).toBe('nothing thrown')
  write('other.mts', scorerFile('(text.length <= 11 ? 1 : 0)'))
  expect(await codeOf(resumed({ scorer: ['other.mts'] }))).toBe('custom-scorer-changed')
  expect(JSON.parse((await plan({ scorer: ['other.mts'] })).json).protocolHash).not.toBe(protocolHash)
})

test('a protocol that fixes the hash of its scorer refuses another file, in plan, register and run', async () => {
  write('short.mts', scorerFile('1'))
  write('p.json', JSON.stringify({ ...protocol, scorers: [{ use: 'short-reply', sourceHash: '0'.repeat(64) }] }))
  for (const verb of [plan, registered, started]) {
    expect(await codeOf(verb({ scorer }))).toBe('custom-scorer-changed')
    expect(await codeOf(verb({}))).toBe('custom-scorer-needed')
  }
})

test('no protocol runs a file that was not named: a path in YAML is a scorer nobody knows', async () => {
  write(
    'short.mts',
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(join(root, 'ran'))}, '')\n`,
  )
  for (const use of ['./short.mts', 'short.mts', join(root, 'short.mts'), `file://${root}/short.mts`]) {
    write(
      'p.json',
      JSON.stringify({ ...protocol, scorers: [{ use }], claims: [{ ...protocol.claims[0], scorer: use }] }),
    )
    expect(await codeOf(plan({}))).toBe('unknown-scorer')
    expect(await codeOf(started({}))).toBe('unknown-scorer')
  }
  expect(existsSync(join(root, 'ran'))).toBe(false)
})

test('a scorer that throws leaves the response unscored with its reason, in the result and in the report', async () => {
  write('p.json', JSON.stringify(protocol))
  write('short.mts', scorerFile("{ throw new TypeError('no such\\u001b[31m field') }"))
  const { executed, text } = await started({ scorer })
  const because = 'threw: TypeError: no such [31m field'
  expect(executed.outcome.unscored).toEqual([{ scorer: 'short-reply', responses: 20, because }])
  expect(executed.outcome.standings[0]).toMatchObject({ decision: 'open', missing: 20 })
  expect(text({ columns: 80, style: (_, words) => words })).toContain('gave no score to 20 responses')
  const { runs, observations } = await logs()
  expect(observations.rows).toBe(40)
  expect([...observations.score].every(Number.isNaN)).toBe(true)
  expect(runs[0]?.caveats).toContainEqual(
    expect.objectContaining({
      code: 'scorer-gave-no-score',
      values: { scorer: 'short-reply', responses: 20, because },
    }),
  )
})

test('a TypeScript protocol brings its own scorer, and resume takes the same file', async () => {
  write('p.mts', `${scorerFile('1')}\nexport const protocol = ${JSON.stringify(protocol)} as const\n`)
  await started({ protocol: 'p.mts' })
  expect(JSON.parse(readFileSync(join(root, 'assay-run/protocol.json'), 'utf8')).scorers[0].sourceHash).toMatch(
    /^[0-9a-f]{64}$/,
  )
  expect(await codeOf(resumed({}))).toBe('custom-scorer-needed')
  expect(await codeOf(resumed({ scorer: ['p.mts'] }))).toBe('nothing thrown')
})

test.each([
  ['scorer-file-is-no-code', 'short.txt', scorerFile('1')],
  ['scorer-file-failed', 'a.mts', 'export const scorer = {'],
  ['scorer-file-failed', 'b.mts', "throw new Error('at load')"],
  ['scorer-file-empty', 'c.mts', 'export const other = 1'],
  ['scorer-not-usable', 'd.mts', "export const scorer = { name: 'short-reply', score: () => 1 }"],
  ['scorer-range-not-usable', 'e.mts', scorerFile('1').replace('lower: 0, upper: 1', 'lower: 1, upper: 1')],
  ['scorer-name-taken', 'f.mts', scorerFile('1').replace('short-reply', 'numeric')],
  ['custom-scorer-not-used', 'g.mts', scorerFile('1').replace('short-reply', 'long-reply')],
  ['scorer-imports-files', 'h.mts', `import { fail } from './a.mjs'\n${scorerFile('fail()')}`],
])('--scorer refuses with %s', async (code, name, text) => {
  write('p.json', JSON.stringify(protocol))
  write('a.mjs', 'export const fail = () => 1')
  write(name, text)
  await expect(plan({ scorer: [name] })).rejects.toMatchObject({ code, fix: expect.stringMatching(/./) })
})

test('--scorer allows packages, built-in modules and types of other files', async () => {
  write('p.json', JSON.stringify(protocol))
  write('types.ts', 'export type Text = string')
  write(
    'short.mts',
    `import { basename } from 'node:path'\nimport type { Text } from './types.ts'\nconst t: Text = basename('/a')\n${scorerFile('t.length')}`,
  )
  expect(JSON.parse((await plan({ scorer })).json).cells).toBe(20)
})

async function logs() {
  return readLogs({
    paths: ['assay-run'],
    workingDirectory: root,
    columns: {},
    sources,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}
