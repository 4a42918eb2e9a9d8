import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import {
  type Attempt,
  type CallRecord,
  defineTechnique,
  type JournalRecord,
  type ModelRequest,
} from '../domain/index.ts'
import { fakeModel } from '../runner/fixtures/fake-model.ts'
import { fakePlugIns } from '../runner/fixtures/fake-plug-ins.ts'
import { runSmall, testHost } from '../runner/fixtures/run-small.ts'
import { smallProtocol } from '../runner/fixtures/small-protocol.ts'
import { prepareStudy } from '../runner/index.ts'
import { readRun } from './read-run.ts'
import { createRunFolder } from './run-folder.ts'
import { defaultBatch, defaultSegmentBytes, openRunJournal } from './run-journal.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-read-run-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Samples twice, and a judge names the first sample by its text. */
const judged = defineTechnique({
  name: 'judged',
  title: 'Sample twice',
  version: 1,
  summary: 'Samples twice.',
  parameters: z.object({}),
  references: [],
  needs: ['chat'],
  plan: () => ({ callsPerCell: 3, callsOnce: 0 }),
  fit: async () => undefined,
  solve: async ({ context }): Promise<Attempt> => {
    const { request } = context.render((state) => state)
    const ask = async (asked: ModelRequest): Promise<string> => {
      const outcome = await context.call(asked, 'vote')
      return outcome.kind === 'response' ? outcome.response.text : ''
    }
    const [text] = [await ask(request), await ask(request)]
    await context.judge(request, undefined)
    return { state: 'answered', text, candidates: [], exemplarIds: [] }
  },
})

const plugIns = { ...fakePlugIns, techniques: [...fakePlugIns.techniques, judged] }

const start = (protocol: ReturnType<typeof smallProtocol>): JournalRecord => ({
  kind: 'start',
  format: 'assay-run',
  version: 1,
  time: testHost.time(),
  software: '0',
  study: prepareStudy({ protocol, plugIns }).study,
  endpoints: {},
  settings: {},
})

/** The run of a journal with these records. */
function runOf(protocol: ReturnType<typeof smallProtocol>, records: readonly JournalRecord[]) {
  createRunFolder({ folder: root, shownAs: 'run', protocol, host: testHost })()
  const onError = (error: unknown): never => {
    throw error
  }
  const journal = openRunJournal({ folder: root, batch: defaultBatch, segmentBytes: defaultSegmentBytes, onError })
  for (const record of [start(protocol), ...records]) journal.append(record)
  journal.close()
  return readRun(root, 'run')
}

const fixed = { stopping: { rule: 'fixed' } }

test('readRun gives cells that share the answer of another setting its text', async () => {
  const factors = [{ use: 'tone', with: { levels: ['plain', 'same', 'shout'] } }]
  const protocol = smallProtocol({ items: 12, claim: { quantifier: 'mean' }, with: { ...fixed, factors } })
  const { records } = await runSmall({ protocol, models: [fakeModel({ ability: 0.5 })] })
  const { cells } = runOf(protocol, records)
  expect(cells.filter(({ shared }) => shared === 1)).toHaveLength(12)
  expect(cells.map(({ text }) => text)).toEqual(cells.map(({ scores }) => scores.exact?.strict.answer))
})

test('readRun gives the text that scorers read where a judge said the same word last', async () => {
  const protocol = smallProtocol({
    items: 20,
    with: { ...fixed, techniques: [{ use: 'judged' }], judges: [{ id: 'j', endpoint: 'fake:j' }] },
  })
  const models = [fakeModel({ ability: 0.5 })]
  const judges = new Map([['j', fakeModel({ ability: 0.5 })]])
  const { records } = await runSmall({ protocol, models, judges, plugIns })
  const { cells } = runOf(protocol, records)
  expect(new Set(cells.map(({ text }) => text))).toEqual(new Set(['yes', 'no']))
  expect(cells.map(({ text }) => text)).toEqual(cells.map(({ scores }) => scores.exact?.strict.answer))
})

test('readRun takes the last call of a cell by its place in the cell, not by when it was made', () => {
  const protocol = smallProtocol({ items: 1, with: fixed })
  const call = (sequence: number, text: string): CallRecord => ({
    ...{ kind: 'call', index: 0, cell: 'c', model: 'm', purpose: 'vote', sequence, request: 'r', attempts: 1 },
    charged: { tokens: 0, usd: 0 },
    response: { text, finish: 'stop', usage: {}, latencyMs: 1, attempts: 1 },
  })
  const { cells } = runOf(protocol, [
    call(0, 'first'),
    call(2, 'last'),
    call(1, 'made again when the run was resumed'),
    { kind: 'cell', index: 0, cell: 'c', state: 'answered', scores: {}, calls: 3 },
  ])
  expect(cells.map(({ text }) => text)).toEqual(['last'])
})
