/** What a journal says was done before: finished cells, calls of unfinished ones, and what all of it cost. */
import {
  type CallOutcome,
  type CallRecord,
  type CellRecord,
  cellsPerItem,
  DisbelievedCalls,
  FailedCells,
  JournalBill,
  type JournalRecord,
  type Paid,
  RequestsByItem,
  ScoreLedger,
  type SearchEnds,
  type StartRecord,
  type Study,
  scoresOfCell,
  UnscoredResponses,
} from '../domain/index.ts'

export interface PreviousRun {
  readonly start: StartRecord | undefined
  readonly finished: ScoreLedger
  /** What scorers said of cells they gave no score. */
  readonly unscored: UnscoredResponses
  readonly disbelieved: DisbelievedCalls
  readonly requests: RequestsByItem
  /** Cells that count as missing because their calls failed. */
  readonly failed: FailedCells
  /** Scores of the cells of a search, by their index. */
  readonly searched: ReadonlyMap<number, CellRecord['scores']>
  /** Ends that searches came to, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
  readonly spent: Paid
  /** Of it, at most, what sessions paid that were killed before they recorded the answers. */
  readonly lost: Paid
  /** Calls that were paid for, of items that are not finished: other cells of an item may still share them. */
  readonly calls: readonly CallRecord[]
  readonly stopped: boolean
}

export function nothingBefore(study: Study): PreviousRun {
  return readPreviousRun(study).finish()
}

export interface PreviousRunReader {
  take(record: JournalRecord): void
  finish(): PreviousRun
}

export function readPreviousRun(study: Study): PreviousRunReader {
  const perItem = cellsPerItem(study)
  let start: StartRecord | undefined
  const finished = new ScoreLedger(study)
  const unscored = new UnscoredResponses()
  const failed = new FailedCells(study)
  const disbelieved = new DisbelievedCalls()
  const requests = new RequestsByItem(study)
  /** By item; −1 for those of a technique's fitting. */
  const calls = new Map<number, CallRecord[]>()
  const searched = new Map<number, CellRecord['scores']>()
  const ends = new Map<string, SearchEnds>()
  /** Other settings may still share them, until every search has come to its end. */
  let searchCalls: CallRecord[] = []
  const bill = new JournalBill()
  let stopped = false
  const itemOf = (index: number): number => Math.floor(index / perItem)
  const keep = (call: CallRecord): void => {
    const item = itemOf(call.index)
    const known = calls.get(item)
    if (known !== undefined) known.push(call)
    else if (!finished.hasItem(item)) calls.set(item, [call])
  }
  return {
    take(record) {
      bill.take(record)
      switch (record.kind) {
        case 'start':
          start = record
          break
        case 'call':
          disbelieved.add(record)
          requests.add(record)
          if (record.index < -1) searchCalls.push(record)
          else keep(record)
          break
        case 'cell':
          if (!finished.add(record.index, scoresOfCell(record))) break
          unscored.add(record.index, record.scores)
          failed.add(record)
          if (finished.hasItem(itemOf(record.index))) calls.delete(itemOf(record.index))
          break
        case 'search-cell':
          if (!searched.has(record.index)) searched.set(record.index, record.scores)
          break
        case 'search-end':
          ends.set(record.model, record.ends)
          if (ends.size === start?.study.models.length) searchCalls = []
          break
        case 'stop':
          stopped = record.reason === 'complete' || record.reason === 'decided'
          break
        default:
          break
      }
    },
    finish: () => ({
      start,
      finished,
      unscored,
      failed,
      disbelieved,
      requests,
      searched,
      ends,
      spent: bill.spent,
      lost: bill.lost,
      calls: [...[...calls.values()].flat(), ...searchCalls],
      stopped,
    }),
  }
}

export function outcomeOf({ response, failure, attempts }: CallRecord): CallOutcome | undefined {
  if (response !== undefined) return { kind: 'response', response }
  return failure === undefined ? undefined : { kind: 'failure', failure, attempts }
}
