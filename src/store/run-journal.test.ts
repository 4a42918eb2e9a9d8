import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalRecord } from '../domain/index.ts'
import { readJournal } from './read-journal.ts'
import { openRunJournal, type RunJournal } from './run-journal.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-journal-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function open(
  segmentBytes = 2 ** 20,
  onError: (error: unknown) => void = (error) => expect(error).toBeUndefined(),
): RunJournal {
  return openRunJournal({ folder: root, batch: { records: 16, milliseconds: 5 }, segmentBytes, onError })
}

const note = (time: string): JournalRecord => ({ kind: 'resume', time, software: 'Ünïcode \u2028 "quoted"\n' })

function timesIn(): readonly string[] {
  const times: string[] = []
  readJournal(root, (record) => times.push(record.kind === 'resume' ? record.time : record.kind))
  return times
}

const many = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => String(from + index))

test('openRunJournal appends across openings and segments, in one unbroken chain', () => {
  for (const [from, to] of [
    [0, 40],
    [40, 41],
    [41, 100],
  ] as const) {
    const journal = open(2_000)
    for (const time of many(from, to)) {
      journal.append(note(time))
      journal.flush()
    }
    journal.close()
  }
  expect(readdirSync(root).length).toBeGreaterThan(4)
  expect(timesIn()).toEqual(many(0, 100))
})

test('openRunJournal cuts a torn last line off at every byte and goes on from the one before', () => {
  const journal = open()
  for (const time of many(0, 3)) journal.append(note(time))
  journal.close()
  const path = join(root, 'journal-0001.jsonl')
  const whole = readFileSync(path)
  const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1
  for (let cut = lastStart; cut < whole.length; cut += 7) {
    writeFileSync(path, whole)
    truncateSync(path, cut)
    expect(timesIn()).toEqual(['0', '1'])
    const again = open()
    again.append(note('after'))
    again.close()
    expect(timesIn()).toEqual(['0', '1', 'after'])
  }
})

test('readJournal refuses a record that was altered, removed or put elsewhere, and names the line', () => {
  const journal = open()
  for (const time of many(0, 5)) journal.append(note(time))
  journal.close()
  const path = join(root, 'journal-0001.jsonl')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const [a = '', b = '', c = '', d = '', e = ''] = lines
  for (const forged of [
    [a, b.replace('"time":"1"', '"time":"9"'), c, d, e],
    [a, c, d, e],
    [a, c, b, d, e],
  ]) {
    writeFileSync(path, `${forged.join('\n')}\n`)
    expect(() => timesIn()).toThrow(/journal changed: .*line = 2/)
  }
})

test('readJournal passes over kinds it does not know, while the journal still grows', () => {
  const journal = open()
  journal.append(note('0'))
  // A record of a newer version.
  journal.append({ kind: 'weather', of: 'tomorrow' } as unknown as JournalRecord)
  journal.flush()
  expect(timesIn()).toEqual(['0', 'weather'])
  journal.append(note('2'))
  journal.close()
  expect(timesIn()).toEqual(['0', 'weather', '2'])
})

test('openRunJournal leaves records of an earlier turn on the disk without a flush', async () => {
  const journal = open()
  journal.append(note('0'))
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  expect(timesIn()).toEqual(['0'])
  journal.close()
})

test('openRunJournal refuses a tail that is not ours', () => {
  appendFileSync(join(root, 'journal-0001.jsonl'), '{"other":1}\n')
  expect(() => open()).toThrow(/journal damaged/)
})

test('openRunJournal that cannot open its next segment says so again when it is closed', () => {
  const journal = open(100)
  mkdirSync(join(root, 'journal-0002.jsonl'))
  journal.append(note('0'))
  expect(() => journal.flush()).toThrow(expect.objectContaining({ code: 'EISDIR' }))
  expect(() => journal.close()).toThrow(expect.objectContaining({ code: 'EISDIR' }))
})
