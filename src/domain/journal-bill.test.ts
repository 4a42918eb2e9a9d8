import { expect, test } from 'vitest'
import { JournalBill } from './journal-bill.ts'
import type { JournalRecord } from './journal-record.ts'

const call = (attempts: number, tokens = 10): JournalRecord => ({
  kind: 'call',
  index: 0,
  cell: 'c',
  model: 'm',
  purpose: 'solve',
  sequence: 0,
  request: 'r',
  attempts,
  charged: { tokens, usd: 0 },
})
const allowance = (calls: number, tokens = 1_000): JournalRecord => ({ kind: 'allowance', calls, tokens, usd: 0 })
const resume: JournalRecord = { kind: 'resume', time: '', software: '' }
const stop: JournalRecord = { kind: 'stop', time: '', reason: 'interrupted', cells: 1 }

function billOf(records: readonly JournalRecord[]) {
  const bill = new JournalBill()
  for (const record of records) bill.take(record)
  return { spent: bill.spent.calls, lost: bill.lost.calls, lostTokens: bill.lost.tokens }
}

test('JournalBill counts the calls of journals without allowances, as older versions wrote them', () => {
  expect(billOf([call(1), call(3), resume, call(1)])).toEqual({ spent: 5, lost: 0, lostTokens: 0 })
})

test('JournalBill charges a session without a stop with all of its last allowance, and one that stopped with its calls', () => {
  expect(billOf([allowance(8), call(1), call(1)])).toEqual({ spent: 8, lost: 6, lostTokens: 980 })
  expect(billOf([allowance(8), call(1), call(1), stop])).toEqual({ spent: 2, lost: 0, lostTokens: 0 })
  expect(billOf([allowance(8), call(1), resume, call(1)])).toEqual({ spent: 9, lost: 7, lostTokens: 990 })
})

test('JournalBill adds up what several killed sessions lost, and nothing where all of an allowance was recorded', () => {
  // The second allowance counts what the first one lost.
  expect(billOf([allowance(4), call(1), resume, allowance(8, 2_000), call(1)])).toEqual({
    spent: 8,
    lost: 6,
    lostTokens: 1_980,
  })
  expect(billOf([allowance(4), call(1), resume, allowance(8, 2_000), call(4)])).toEqual({
    spent: 8,
    lost: 3,
    lostTokens: 990,
  })
  expect(billOf([allowance(2), call(1), call(1), resume])).toEqual({ spent: 2, lost: 0, lostTokens: 0 })
})
