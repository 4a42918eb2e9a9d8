import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimOf, studyOf } from '../../domain/fixtures/study-of.ts'
import { type JournalRecord, missingReasons } from '../../domain/index.ts'
import type { Study } from '../../domain/study.ts'
import { openRunJournal } from '../../store/run-journal.ts'
import { readLogs, sources } from '../index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-source-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const study: Study = studyOf({ items: 4, claims: [claimOf({})], changes: { replicates: 1 } })

const start: JournalRecord = {
  kind: 'start',
  format: 'assay-run',
  version: 1,
  time: '2026-01-02T03:04:05.000Z',
  software: '0.1.0',
  study,
  endpoints: { m: 'fake:m' },
  settings: { answer: 'generative' },
}

function cell(index: number, more: Partial<Extract<JournalRecord, { kind: 'cell' }>> = {}): JournalRecord {
  const reading = { score: 1, answer: 'yes' }
  return {
    kind: 'cell',
    index,
    cell: `c${index}`,
    state: 'answered',
    scores: { s: { strict: reading, lenient: reading } },
    calls: 1,
    latencyMs: 5,
    ...more,
  }
}

function write(records: readonly JournalRecord[], segmentBytes = 2 ** 20): void {
  const journal = openRunJournal({
    folder: root,
    batch: { records: 16, milliseconds: 5 },
    segmentBytes,
    onError: () => undefined,
  })
  for (const record of records) {
    journal.append(record)
    journal.flush()
  }
  journal.close()
}

async function read() {
  return readLogs({
    paths: ['.'],
    workingDirectory: root,
    columns: {},
    sources,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}

test('assayRunSource reads all segments of a run as one, each cell once, both readings', async () => {
  write(
    [start, cell(0), cell(1), cell(1), cell(3), cell(2), { kind: 'stop', time: '', reason: 'complete', cells: 4 }],
    900,
  )
  const { runs, observations, failures } = await read()
  expect(failures).toEqual([])
  expect(observations.rows).toBe(8)
  expect(observations.scorer.values.toSorted()).toEqual(['s', 's (lenient)'])
  expect(runs[0]).toMatchObject({ status: 'finished', expected: { responses: 4 }, found: { responses: 4, rows: 8 } })
  expect(runs[0]?.files.length).toBeGreaterThan(1)
  expect(runs[0]?.caveats).toEqual([])
  expect(runs[0]?.study?.verdicts[0]).toMatchObject({ units: 4, missing: 0 })
})

test('assayRunSource reads a run that was cut off in the middle of a line, and says so', async () => {
  write([start, cell(0)])
  appendFileSync(join(root, 'journal-0001.jsonl'), '{"chain":"00')
  const { runs, observations } = await read()
  expect(observations.rows).toBe(2)
  expect(runs[0]?.status).toBe('started')
  expect(runs[0]?.caveats.map(({ code }) => code)).toContain('run-cut-off')
})

test('assayRunSource keeps the reason of a missing score', async () => {
  const reading = { score: 'provider-error' as const }
  write([start, cell(0, { state: 'failed', reason: 'timeout', scores: { s: { strict: reading, lenient: reading } } })])
  const { observations } = await read()
  expect([...observations.missing].map((code) => missingReasons[code])).toEqual(['provider-error', 'provider-error'])
})

test('assayRunSource counts nothing that finished after the claims were decided', async () => {
  write([start, cell(0), cell(1), cell(2), { kind: 'stop', time: '', reason: 'decided', cells: 2 }])
  const { runs, observations } = await read()
  expect(observations.rows).toBe(4)
  expect(runs[0]?.caveats.map(({ code }) => code)).toEqual(['run-stopped-when-decided', 'run-cells-after-decision'])
})

test('assayRunSource raises a red flag where an exemplar is a reported item', async () => {
  write([start, cell(0, { exemplars: ['i3', 'elsewhere'] })])
  const { runs } = await read()
  expect(runs[0]?.study?.leakedExemplars).toEqual(['i3'])
  expect(runs[0]?.caveats.find(({ code }) => code === 'exemplars-from-reported-items')?.severity).toBe('invalid')
})

test('assayRunSource refuses an altered journal and names the line', async () => {
  write([start, cell(0)])
  const path = join(root, 'journal-0001.jsonl')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"score":1', '"score":0'))
  const { failures } = await read()
  expect(failures[0]).toMatchObject({ code: 'journal-changed', message: expect.stringContaining('line = 2') })
})
