/** Reads a journal into observations and rebuilds the evidence on every claim from them. */
import { hash } from 'node:crypto'
import {
  type CellRecord,
  JournalBill,
  type JournalRecord,
  type RunRecord,
  type SearchEnds,
  type StartRecord,
  type StopRecord,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import type { LogUnit, ReadOptions, ReadSink } from '../source.ts'
import { observeCell } from './observe-cell.ts'
import { RunTally } from './run-tally.ts'

export async function readRunUnit(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
  const files = [unit.main, ...unit.companions]
  const digests: FileDigest[] = []
  const journal = new JournalReader(unit.main.path, sink)
  let read = 0
  for (const [position, file] of files.entries()) {
    journal.open(file.path, position === files.length - 1)
    digests.push(
      await readLines({
        ...options,
        file,
        onProgress: (bytes) => options.onProgress(read + bytes),
        limitBytes: 2 ** 40,
        onLine: ({ text, number, ended }) => journal.take(text, number, ended),
      }),
    )
    read += file.bytes
  }
  const records = journal.finish(digests)
  if (records === undefined)
    return fail('run-without-start', { path: unit.main.path }, 'the run was killed before it began: start it again')
  for (const record of records) sink.record(record)
}

interface LocatedCell {
  readonly cell: CellRecord
  readonly file: string
  readonly line: number
}

class JournalReader {
  readonly #path: string
  readonly #sink: ReadSink
  #run: { readonly start: StartRecord; readonly tally: RunTally } | undefined
  /** Cells of a run that may have ended before them. */
  readonly #held: LocatedCell[] = []
  /** Ends of a search, by model: they stand before the cells that were asked under them. */
  readonly #ends = new Map<string, SearchEnds>()
  #stop: StopRecord | undefined
  #torn = false
  #chain = '0'.repeat(64)
  readonly #seen = new Set<number>()
  readonly #bill = new JournalBill()
  #file: string
  #last = false

  constructor(path: string, sink: ReadSink) {
    this.#path = path
    this.#sink = sink
    this.#file = path
  }

  open(file: string, last: boolean): void {
    this.#file = file
    this.#last = last
  }

  take(text: string, line: number, ended: boolean): void {
    if (!ended && this.#last) {
      this.#torn = true
      return
    }
    const body = `{${text.slice(76)}`
    const next = hash('sha256', this.#chain + body)
    if (!text.startsWith(`{"chain":"${next}",`)) {
      fail(
        'journal-changed',
        { path: this.#file, line },
        'the record was altered or a line before it is missing: restore the run folder from a copy',
      )
    }
    this.#chain = next
    this.#keep(JSON.parse(body) as JournalRecord, line)
  }

  /** One record per model; undefined where the run never began. */
  finish(digests: readonly FileDigest[]): readonly RunRecord[] | undefined {
    if (this.#run === undefined) return undefined
    const { tally } = this.#run
    const counted = this.#stop?.reason === 'decided' ? this.#stop.cells : Number.POSITIVE_INFINITY
    for (const located of this.#held) {
      if (located.cell.index < counted) this.#observe(located)
      else tally.countLate()
    }
    return tally.finish({ stop: this.#stop, digests, chain: this.#chain, torn: this.#torn, lost: this.#bill.lost })
  }

  #keep(record: JournalRecord, line: number): void {
    this.#bill.take(record)
    switch (record.kind) {
      case 'start':
        this.#run ??= { start: record, tally: new RunTally({ start: record, path: this.#path }) }
        break
      case 'call':
        this.#run?.tally.countCall(record)
        break
      case 'cell':
        // At-least-once delivery: the first record of a cell stands.
        if (!this.#seen.has(record.index)) {
          this.#seen.add(record.index)
          this.#take({ cell: record, file: this.#file, line })
        }
        break
      case 'search-end':
        this.#run?.tally.countSearch(record)
        this.#ends.set(record.model, record.ends)
        break
      case 'stop':
        this.#stop = record
        break
      case 'resume':
        this.#stop = undefined
        break
      default:
        // A newer writer may say more; what is understood stays right.
        break
    }
  }

  /** Under a fixed rule every cell counts, and need not be held until the end is known. */
  #take(located: LocatedCell): void {
    if (this.#run?.start.study.stopping.rule === 'fixed') this.#observe(located)
    else this.#held.push({ ...located, cell: { ...located.cell, text: undefined } })
  }

  #observe({ cell, file, line }: LocatedCell): void {
    if (this.#run === undefined) return
    const { start, tally } = this.#run
    const rows = observeCell({
      cell,
      study: start.study,
      ends: this.#ends,
      source: file,
      line,
      runOf: (model) => tally.idOf(model),
    })
    for (const row of rows) {
      this.#sink.observe(row)
      tally.countRow(row)
    }
    tally.countCell(cell)
  }
}
