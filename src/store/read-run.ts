/** A whole run for export: protocol, study and every finished cell with its text. */
import {
  type AskedCell,
  CallLedger,
  type CallRecord,
  type CellRecord,
  type DisbelievedBy,
  DisbelievedCalls,
  JournalBill,
  type LedgerEntry,
  type Paid,
  RequestsByItem,
  type SearchEndRecord,
  type SearchEnds,
  type StartRecord,
  type StopRecord,
} from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { readJournal } from './read-journal.ts'
import { type ProtocolInRun, readRunProtocol } from './run-folder.ts'

export interface FinishedRun {
  readonly protocol: ProtocolInRun
  readonly start: StartRecord
  readonly stop: StopRecord | undefined
  /** Cells that count, in the running order. Text is what scorers read. */
  readonly cells: readonly (CellRecord & { readonly text: string })[]
  /** Calls of these cells and of the fitting of techniques. */
  readonly calls: readonly CallRecord[]
  /** Ends of a search, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
  /** Head of the journal's chain. */
  readonly chain: string
  /** Whether the journal ends in the middle of a record. */
  readonly torn: boolean
  /** Cells that finished after all was decided. */
  readonly late: number
  /** Requests for items beyond those that the decision counts. */
  readonly lateRequests: number
  /** Calls whose counts cannot be. */
  readonly disbelieved: readonly DisbelievedBy[]
  /** What was paid, searches and cells that do not count included. */
  readonly ledger: readonly LedgerEntry[]
  /** Paid besides, at most, for answers that were lost when a session was killed. */
  readonly lost: Paid
  readonly searches: readonly SearchEndRecord[]
}

/** A run with what its cells asked, by index; absent where it cannot be rebuilt. */
export interface AskedRun extends FinishedRun {
  readonly asked: ReadonlyMap<number, AskedCell>
}

export function readRun(folder: string, shownAs: string): FinishedRun {
  const protocol = readRunProtocol(folder, shownAs)
  let start: StartRecord | undefined
  let stop: StopRecord | undefined
  const searches: SearchEndRecord[] = []
  const ledger = new CallLedger()
  const disbelieved = new DisbelievedCalls()
  let requests: RequestsByItem | undefined
  const bill = new JournalBill()
  /** Of the last call of each cell in its own order: one that failed before a run was resumed is made after those that follow it. */
  const texts = new Map<string, { readonly sequence: number; readonly text: string }>()
  const calls: CallRecord[] = []
  const cells = new Map<number, CellRecord & { readonly text: string }>()
  const { chain, torn } = readJournal(folder, (record) => {
    bill.take(record)
    if (record.kind === 'start') start ??= record
    if (record.kind === 'start') requests ??= new RequestsByItem(record.study)
    if (record.kind === 'resume') stop = undefined
    if (record.kind === 'stop') stop = record
    if (record.kind === 'search-end') searches.push(record)
    if (record.kind === 'search-cell') texts.delete(record.cell)
    if (record.kind === 'call') ledger.add(record)
    if (record.kind === 'call') disbelieved.add(record)
    if (record.kind === 'call') requests?.add(record)
    if (record.kind === 'call' && record.index >= -1) calls.push(record)
    // A judge's words are not the model's.
    if (record.kind === 'call' && record.purpose !== 'judge' && record.response !== undefined) {
      const { cell, sequence, response } = record
      if (sequence >= (texts.get(cell)?.sequence ?? 0)) texts.set(cell, { sequence, text: response.text })
    }
    if (record.kind === 'cell' && !cells.has(record.index)) {
      cells.set(record.index, { ...record, text: record.text ?? texts.get(record.cell)?.text ?? '' })
      texts.delete(record.cell)
    }
  })
  if (start === undefined) return fail('run-without-start', { folder: shownAs }, 'the run was killed before it began')
  const counted = stop?.reason === 'decided' ? stop.cells : Number.POSITIVE_INFINITY
  const kept = [...cells.values()].filter(({ index }) => index < counted).sort((a, b) => a.index - b.index)
  const ends = new Map(searches.map((search) => [search.model, search.ends]))
  const late = cells.size - kept.length
  return {
    ...{ protocol, start, stop, cells: kept, calls, ends, chain, torn, late, searches },
    ledger: ledger.list(),
    disbelieved: disbelieved.list(),
    lateRequests: requests?.from(counted) ?? 0,
    lost: bill.lost,
  }
}
