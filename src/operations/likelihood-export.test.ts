import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startLoopbackServer } from '../../test/loopback-server.ts'
import { protocolSchema } from '../domain/index.ts'
import { analyses } from '../methods/analyses/index.ts'
import { openRandom } from '../random/index.ts'
import type { LogReading } from '../sources/index.ts'
import { exportFormats } from '../store/export/write-export.ts'
import { exportRun } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { testContext } from './fixtures/small-run.ts'
import { startRun } from './run/execute-run.ts'
import { openWorkbench } from './run/workbench.ts'
import { run } from './run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-likelihood-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const secret = 'sk-planted-0123456789abcdef'

const texts = ['a train', 'the tenth letter', 'zzz', 'an onion']

function protocolAt(origin: string) {
  const inline = Array.from({ length: 24 }, (_, index) => ({
    id: `item-${index}`,
    input: `Which of these is number ${index}?`,
    options: texts.map((text, at) => `${text} ${(index * 7 + at * 3) % 10}`),
    target: index % 4,
    cluster: `pair-${Math.floor(index / 2)}`,
  }))
  const protocol = protocolSchema.parse({
    version: 1,
    title: 'weighed',
    construct: { definition: 'prefers the right one' },
    envelope: { normalUse: 'single questions' },
    models: [
      { id: 'tiny', endpoint: `openai-compatible:${origin}/v1#tiny`, options: { keyVariable: 'PLANTED_API_KEY' } },
    ],
    items: { inline },
    answer: 'likelihood',
    factors: [{ use: 'answer-mode', with: { modes: ['likelihood', 'letter-likelihood'] } }],
    scorers: ['none', 'token', 'character'].map((normalisation) => ({ use: 'likelihood', with: { normalisation } })),
    claims: [
      {
        id: 'prefers',
        kind: 'capability',
        quantifier: 'mean',
        scorer: 'likelihood',
        model: 'tiny',
        population: 'items-like-these',
        direction: 'above',
        threshold: 0.1,
        decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
      },
    ],
    stopping: { rule: 'fixed' },
  })
  if (!('inline' in protocol.items)) throw new Error('items are inline here')
  return { ...protocol, items: protocol.items }
}

function saidOf({ observations, runs }: LogReading) {
  return analyses
    .filter(({ name }) => name !== 'header-reconciliation')
    .flatMap(({ name, parameters, analyze }) => {
      const random = openRandom('same').split(name)
      const { evidence, tables } = analyze({ observations, runs, parameters: parameters.parse({}), random })
      const claims = name === 'claim-verdicts' ? tables.map((table) => JSON.stringify(table)) : []
      return [...evidence.map(({ key, outcome }) => `${name} ${key} ${JSON.stringify(outcome)}`), ...claims]
    })
}

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

test('a run that weighs options against a server comes back from every export with the same evidence and claims, and no key is in any file', async () => {
  const server = await startLoopbackServer({ key: secret })
  const context = testContext(root)
  const host = { ...context.host, secret: (name: string) => (name === 'PLANTED_API_KEY' ? secret : undefined) }
  try {
    await startRun({
      protocol: protocolAt(server.origin),
      folder: 'run',
      registered: undefined,
      settings: { concurrency: 8, attempts: 2 },
      workbench: await openWorkbench(),
      context: { ...context, host },
    })
  } finally {
    await server.close()
  }
  const own = await readWhole({ root, path: 'run' })
  expect(own.runs[0]?.found).toMatchObject({ items: 24, scoredRows: 24 * 2 * 3 * 2 })
  expect(new Set(own.observations.score)).toEqual(new Set([0, 1]))
  const said = saidOf(own)
  expect(said.length).toBeGreaterThan(8)
  for (const format of exportFormats) {
    const { json } = await exportRun.run({ folder: 'run', format, out: format }, context)
    expect(JSON.parse(json)).toMatchObject({ cells: 48, promptsUnknown: 0 })
    expect(saidOf(await readWhole({ root, path: format })), format).toEqual(said)
  }
  // The weights travel in an Inspect log, so that it answers the same questions again.
  const { models, ...protocol } = JSON.parse(readFileSync(join(root, 'run/protocol.json'), 'utf8'))
  const again = {
    ...protocol,
    models: models.map(({ id }: { id: string }) => ({ id, endpoint: 'replay:inspect-eval' })),
  }
  writeFileSync(join(root, 'again.json'), JSON.stringify(again))
  await run.run(run.input.parse({ protocol: 'again.json', out: 'again' }), context)
  const replayed = await readWhole({ root, path: 'again' })
  expect([...replayed.observations.score]).toEqual([...own.observations.score])
  for (const bytes of filesIn('.')) expect(bytes.includes(secret)).toBe(false)
})
