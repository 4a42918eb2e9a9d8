/** What a journal says was done before: finished cells, calls of unfinished ones, and what all of it cost. */
import type { CallOutcome, CallRecord, CellRecord, JournalRecord, StartRecord } from '../domain/index.ts'
import type { Charge } from './run-budget.ts'

export interface PreviousRun {
  readonly start: StartRecord | undefined
  readonly finished: ReadonlyMap<number, CellRecord>
  readonly spent: Charge
  /** Calls that were paid for. */
  readonly calls: readonly CallRecord[]
  readonly stopped: boolean
}

export const nothingBefore: PreviousRun = {
  start: undefined,
  finished: new Map(),
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
  const calls = new Map<string, CallRecord[]>()
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
          calls.set(record.cell, [...(calls.get(record.cell) ?? []), record])
          break
        case 'cell':
          // The first record of a cell stands; candidates and texts are not needed again.
          if (!finished.has(record.index)) finished.set(record.index, { ...record, text: undefined })
          if (record.calls <= 1 && record.shared === undefined) calls.delete(record.cell)
          break
        case 'stop':
          stopped = record.reason === 'complete' || record.reason === 'decided'
          break
        default:
          break
      }
    },
    finish: () => ({ start, finished, spent, calls: [...calls.values()].flat(), stopped }),
  }
}

export function outcomeOf({ response, failure, attempts }: CallRecord): CallOutcome | undefined {
  if (response !== undefined) return { kind: 'response', response }
  return failure === undefined ? undefined : { kind: 'failure', failure, attempts }
}
