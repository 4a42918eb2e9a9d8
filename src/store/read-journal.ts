/** Reads a journal from its start: line by line, with bounded memory, past a torn last line and kinds it does not know. */
import { hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalRecord } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { journalFiles } from './journal-files.ts'
import { chainStart } from './run-journal.ts'

export interface JournalEnd {
  readonly records: number
  /** Head of the chain: the identity of everything before. */
  readonly chain: string
  /** Whether a last line was cut off in the middle. */
  readonly torn: boolean
}

export function readJournal(folder: string, onRecord: (record: JournalRecord) => void): JournalEnd {
  let chain = chainStart
  let records = 0
  let torn = false
  const segments = journalFiles(folder)
  for (const [position, name] of segments.entries()) {
    let line = 0
    const rest = forEachLine(join(folder, name), (text) => {
      line++
      const body = `{${text.slice(76)}`
      const next = hash('sha256', chain + body)
      if (!text.startsWith(`{"chain":"${next}",`)) {
        fail(
          'journal-changed',
          { file: name, line },
          'the record was altered or a line before it is missing: restore the run folder from a copy',
        )
      }
      chain = next
      records++
      onRecord(JSON.parse(body) as JournalRecord)
    })
    if (rest > 0) {
      if (position < segments.length - 1)
        fail('journal-changed', { file: name, line: line + 1 }, 'a segment ends in the middle of a line: restore it')
      torn = true
    }
  }
  return { records, chain, torn }
}

/** Calls back for each whole line; returns the bytes after the last line feed. */
function forEachLine(path: string, onLine: (text: string) => void): number {
  const descriptor = openSync(path, 'r')
  const block = Buffer.alloc(1 << 20)
  let pending: Buffer[] = []
  try {
    for (;;) {
      const read = readSync(descriptor, block, 0, block.length, null)
      if (read === 0) return pending.reduce((sum, part) => sum + part.length, 0)
      let start = 0
      for (let at = block.indexOf(10); at >= 0 && at < read; at = block.indexOf(10, start)) {
        pending.push(block.subarray(start, at))
        onLine(pending.length === 1 ? block.toString('utf8', start, at) : Buffer.concat(pending).toString('utf8'))
        pending = []
        start = at + 1
      }
      if (start < read) pending.push(Buffer.from(block.subarray(start, read)))
    }
  } finally {
    closeSync(descriptor)
  }
}
