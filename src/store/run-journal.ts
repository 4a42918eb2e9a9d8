/**
 * The journal of a run: append-only JSON lines, hash-chained, written through to the disk.
 *
 * Each line is `{"chain":"<hex>","kind":…}`; the chain is SHA-256 over the previous chain and the bytes of the record, so a
 * changed, missing or reordered line shows. Lines of one turn of the event loop are written with one synchronous write, so
 * that a killed process loses none of an earlier turn; `fdatasync` follows in batches, so that a power cut costs little. A torn last line (a crash, a full disk) is cut off when the journal is next
 * opened for writing; readers pass over it. Readers may read while it grows.
 */
import { hash } from 'node:crypto'
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalRecord } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { journalFiles, journalName } from './journal-files.ts'
import { writeFailure } from './write-failure.ts'

export interface RunJournal {
  /** Puts a record into the batch. It is on the disk after the next flush. */
  append(record: JournalRecord): void
  /** Writes what is pending: a kill costs nothing of it. It is synced with its batch. */
  write(): void
  /** Writes and syncs what is pending. Throws where the disk is full; nothing that was flushed before is lost. */
  flush(): void
  close(): void
  /** Records appended since the journal was opened. */
  readonly appended: number
}

export interface OpenJournalOptions {
  readonly folder: string
  /** Most records and milliseconds that a power cut may cost. */
  readonly batch: { readonly records: number; readonly milliseconds: number }
  /** A segment is closed when it grows past this many bytes. */
  readonly segmentBytes: number
  /** Called with an error of a flush that nobody waits for. */
  readonly onError: (error: unknown) => void
}

export const defaultBatch = { records: 256, milliseconds: 100 }
export const defaultSegmentBytes = 64 * 2 ** 20

export function openRunJournal(options: OpenJournalOptions): RunJournal {
  const { folder, batch, segmentBytes, onError } = options
  const existing = journalFiles(folder)
  let segment = Math.max(1, existing.length)
  let descriptor = openSegment(folder, segment)
  const repaired = repairTail(descriptor, existing.length === 0 ? undefined : join(folder, journalName(segment)))
  let { bytes } = repaired
  let chain = repaired.chain ?? lastChain(folder, segment - 1)
  let pending: string[] = []
  let appended = 0
  let unsynced = 0
  let turn: NodeJS.Immediate | undefined
  let timer: NodeJS.Timeout | undefined
  let broken: unknown

  const guarded = (act: () => void): void => {
    if (broken !== undefined) throw broken
    try {
      act()
    } catch (error) {
      broken = writeError(error, folder)
      throw broken
    }
  }
  const write = (): void => {
    clearImmediate(turn)
    turn = undefined
    if (broken !== undefined) throw broken
    if (pending.length === 0) return
    const block = Buffer.from(pending.join(''), 'utf8')
    unsynced += pending.length
    pending = []
    guarded(() => {
      for (let at = 0; at < block.length; ) at += writeSync(descriptor, block, at)
    })
    bytes += block.length
    if (unsynced >= batch.records || bytes >= segmentBytes) sync()
    else timer ??= setTimeout(() => unattended(sync), batch.milliseconds)
  }
  const sync = (): void => {
    clearTimeout(timer)
    timer = undefined
    unsynced = 0
    guarded(() => {
      fdatasyncSync(descriptor)
      if (bytes < segmentBytes) return
      // Opened before the old one is closed: where it cannot be, the journal still has one to close.
      const next = openSegment(folder, segment + 1)
      closeSync(descriptor)
      descriptor = next
      segment++
      syncFolder(folder)
      bytes = 0
    })
  }
  const flush = (): void => {
    write()
    sync()
  }
  const unattended = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      onError(error)
    }
  }
  return {
    append(record) {
      const text = JSON.stringify(record)
      chain = hash('sha256', chain + text)
      pending.push(`{"chain":"${chain}",${text.slice(1)}\n`)
      appended++
      turn ??= setImmediate(() => unattended(write))
    },
    write,
    flush,
    close() {
      try {
        flush()
      } finally {
        clearImmediate(turn)
        clearTimeout(timer)
        closeSync(descriptor)
      }
    },
    get appended() {
      return appended
    },
  }
}

/** Chain before the first record. */
export const chainStart = '0'.repeat(64)

function openSegment(folder: string, segment: number): number {
  try {
    // Read and append: the tail is read for its chain, and every write goes to the end.
    return openSync(join(folder, journalName(segment)), 'a+')
  } catch (error) {
    throw writeError(error, folder)
  }
}

/** Cuts a torn last line off and returns the chain of the last whole one, if there is one. */
function repairTail(descriptor: number, path: string | undefined): { bytes: number; chain: string | undefined } {
  if (path === undefined) return { bytes: 0, chain: undefined }
  const { size } = statSync(path)
  const end = lineEndBefore(descriptor, size)
  if (end < size) ftruncateSync(descriptor, end)
  return { bytes: end, chain: end === 0 ? undefined : chainOfLine(descriptor, lineEndBefore(descriptor, end - 1)) }
}

function lastChain(folder: string, segment: number): string {
  if (segment < 1) return chainStart
  const path = join(folder, journalName(segment))
  const descriptor = openSync(path, 'r')
  try {
    const { size } = statSync(path)
    return size === 0 ? lastChain(folder, segment - 1) : chainOfLine(descriptor, lineEndBefore(descriptor, size - 1))
  } finally {
    closeSync(descriptor)
  }
}

/** Position after the last line feed that lies before `end`; 0 where there is none. */
function lineEndBefore(descriptor: number, end: number): number {
  const block = Buffer.alloc(65_536)
  for (let stop = end; stop > 0; ) {
    const start = Math.max(0, stop - block.length)
    const read = readSync(descriptor, block, 0, stop - start, start)
    const at = block.subarray(0, read).lastIndexOf(10)
    if (at >= 0) return start + at + 1
    stop = start
  }
  return 0
}

function chainOfLine(descriptor: number, start: number): string {
  const head = Buffer.alloc(10 + 64)
  readSync(descriptor, head, 0, head.length, start)
  const chain = /^\{"chain":"([0-9a-f]{64})/.exec(head.toString('latin1'))?.[1]
  return (
    chain ?? fail('journal-damaged', { byte: start }, 'restore the run folder from a copy; its last line is not ours')
  )
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function writeError(error: unknown, folder: string): unknown {
  return writeFailure(error, {
    path: folder,
    retry: 'run "assay resume" with this folder; everything before is saved',
  })
}
