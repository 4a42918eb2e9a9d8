import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalRecord } from '../../domain/index.ts'
import { fakeModel } from '../../runner/fixtures/fake-model.ts'
import { fakePlugIns } from '../../runner/fixtures/fake-plug-ins.ts'
import { testHost } from '../../runner/fixtures/run-small.ts'
import { smallProtocol } from '../../runner/fixtures/small-protocol.ts'
import { readJournal } from '../../store/read-journal.ts'
import { readRun } from '../../store/read-run.ts'
import { createRunFolder } from '../../store/run-folder.ts'
import { defaultBatch, defaultSegmentBytes, openRunJournal } from '../../store/run-journal.ts'
import { runInto } from '../fixtures/small-run.ts'
import { askedRun } from './asked-run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-asked-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('askedRun gives shared cells their text also where the journal is of a version that left it out', async () => {
  const factors = [{ use: 'tone', with: { levels: ['plain', 'same'] } }]
  const protocol = smallProtocol({
    items: 12,
    claim: { quantifier: 'mean' },
    with: { stopping: { rule: 'fixed' }, factors },
  })
  await runInto({ root, folder: 'run', protocol, models: { 'fake:m': fakeModel({ ability: 0.5 }) } })
  const records: JournalRecord[] = []
  readJournal(join(root, 'run'), (record) => {
    records.push(record.kind === 'cell' ? { ...record, text: undefined } : record)
  })
  const folder = join(root, 'earlier')
  createRunFolder({ folder, shownAs: 'earlier', protocol, host: testHost })()
  const onError = (error: unknown): never => {
    throw error
  }
  const journal = openRunJournal({ folder, batch: defaultBatch, segmentBytes: defaultSegmentBytes, onError })
  for (const record of records) journal.append(record)
  journal.close()
  const { cells } = await askedRun(readRun(folder, 'earlier'), fakePlugIns)
  expect(cells.filter(({ shared }) => shared === 1)).toHaveLength(12)
  expect(cells.map(({ text }) => text)).toEqual(cells.map(({ scores }) => scores.exact?.strict.answer))
})
