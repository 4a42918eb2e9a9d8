/** What a journal says was done before: finished cells, calls of unfinished ones, and what all of it cost. */
import type { CallOutcome, CallRecord, CellRecord, JournalRecord, SearchEnds, StartRecord } from '../domain/index.ts'
import type { Charge } from './run-budget.ts'

export interface PreviousRun {
  readonly start: StartRecord | undefined
  readonly finished: ReadonlyMap<number, CellRecord>
  /** Scores of the cells of a search, by their index. */
  readonly searched: ReadonlyMap<number, CellRecord['scores']>
  /** Ends that searches came to, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
  readonly spent: Charge
  /** Calls that were paid for. */
  readonly calls: readonly CallRecord[]
  readonly stopped: boolean
}

export const nothingBefore: PreviousRun = {
  start: undefined,
  finished: new Map(),
  searched: new Map(),
  ends: new Map(),
  spent: { calls: 0, tokens: 0, usd: 0 },
  calls: [],
  stopped: false,
}

export interface PreviousRunReader {
  take(record: JournalRecord): void
  finish(): PreviousRun
}

export function readPreviousRun(): PreviousRunReader {
  let start: StartRecord | undefined
  const finished = new Map<number, CellRecord>()
  const searched = new Map<number, CellRecord['scores']>()
  const ends = new Map<string, SearchEnds>()
  const calls = new Map<string, CallRecord[]>()
  /** Other settings may still share them, until every search has come to its end. */
  let searchCalls: CallRecord[] = []
  const spent = { calls: 0, tokens: 0, usd: 0 }
  let stopped = false
  return {
    take(record) {
      switch (record.kind) {
        case 'start':
          start = record
          break
        case 'call':
          spent.calls += record.attempts
          spent.tokens += record.charged.tokens
          spent.usd += record.charged.usd
          if (record.index < -1) searchCalls.push(record)
          else calls.set(record.cell, [...(calls.get(record.cell) ?? []), record])
          break
        case 'cell':
          // The first record of a cell stands; candidates and texts are not needed again.
          if (!finished.has(record.index)) finished.set(record.index, { ...record, text: undefined })
          if (record.calls <= 1 && record.shared === undefined) calls.delete(record.cell)
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
      searched,
      ends,
      spent,
      calls: [...[...calls.values()].flat(), ...searchCalls],
      stopped,
    }),
  }
}

export function outcomeOf({ response, failure, attempts }: CallRecord): CallOutcome | undefined {
  if (response !== undefined) return { kind: 'response', response }
  return failure === undefined ? undefined : { kind: 'failure', failure, attempts }
}
