/** Reads a journal into observations and rebuilds the evidence on every claim from them. */
import { hash } from 'node:crypto'
import type {
  CellRecord,
  JournalRecord,
  SearchEndRecord,
  SearchEnds,
  StartRecord,
  StopRecord,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import type { FileDigest } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import type { LogUnit, ReadOptions, ReadSink } from '../source.ts'
import { observeCell } from './observe-cell.ts'
import { type CallCost, RunTally } from './run-tally.ts'

export async function readRunUnit(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
  const files = [unit.main, ...unit.companions]
  const digests: FileDigest[] = []
  const journal = new JournalReader(unit.main.path)
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
  const { start } = journal
  if (start === undefined)
    return fail('run-without-start', { path: unit.main.path }, 'the run was killed before it began: start it again')
  const tally = new RunTally({ start, path: unit.main.path, digests, chain: journal.chain, torn: journal.torn })
  for (const call of journal.calls) tally.countCall(call)
  for (const search of journal.searches) tally.countSearch(search)
  const ends = new Map(journal.searches.map(({ model, ends: found }): [string, SearchEnds] => [model, found]))
  const counted = journal.stop?.reason === 'decided' ? journal.stop.cells : Number.POSITIVE_INFINITY
  for (const { cell, file, line } of journal.cells) {
    if (cell.index >= counted) {
      tally.countLate()
      continue
    }
    for (const row of observeCell({
      cell,
      study: start.study,
      ends,
      source: file,
      line,
      runOf: (model) => tally.idOf(model),
    })) {
      sink.observe(row)
      tally.countRow(row)
    }
    tally.countCell(cell)
  }
  for (const record of tally.finish(journal.stop)) sink.record(record)
}

interface LocatedCell {
  readonly cell: CellRecord
  readonly file: string
  readonly line: number
}

class JournalReader {
  readonly cells: LocatedCell[] = []
  readonly calls: CallCost[] = []
  readonly searches: SearchEndRecord[] = []
  start: StartRecord | undefined
  stop: StopRecord | undefined
  torn = false
  chain = '0'.repeat(64)
  readonly #seen = new Set<number>()
  #file: string
  #last = false

  constructor(path: string) {
    this.#file = path
  }

  open(file: string, last: boolean): void {
    this.#file = file
    this.#last = last
  }

  take(text: string, line: number, ended: boolean): void {
    if (!ended && this.#last) {
      this.torn = true
      return
    }
    const body = `{${text.slice(76)}`
    const next = hash('sha256', this.chain + body)
    if (!text.startsWith(`{"chain":"${next}",`)) {
      fail(
        'journal-changed',
        { path: this.#file, line },
        'the record was altered or a line before it is missing: restore the run folder from a copy',
      )
    }
    this.chain = next
    this.#keep(JSON.parse(body) as JournalRecord, line)
  }

  #keep(record: JournalRecord, line: number): void {
    switch (record.kind) {
      case 'start':
        this.start ??= record
        break
      case 'call': {
        const { model, purpose, attempts, charged } = record
        this.calls.push({ model, purpose, attempts, charged })
        break
      }
      case 'cell':
        // At-least-once delivery: the first record of a cell stands.
        if (!this.#seen.has(record.index)) {
          this.#seen.add(record.index)
          this.cells.push({ cell: { ...record, text: undefined }, file: this.#file, line })
        }
        break
      case 'search-end':
        this.searches.push(record)
        break
      case 'stop':
        this.stop = record
        break
      case 'resume':
        this.stop = undefined
        break
      default:
        // A newer writer may say more; what is understood stays right.
        break
    }
  }
}
