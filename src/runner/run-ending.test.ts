import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CallAbandoned } from './call-abandoned.ts'
import { BudgetExhausted } from './run-budget.ts'
import { RunEnding } from './run-ending.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const open = () => new RunEnding(() => undefined)

test('a run whose budget is used up waits for what it has paid for, and still ends soon when it is told to', async () => {
  const ending = open()
  ending.fail(new BudgetExhausted())
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([ending.reason, ending.closed.aborted, ending.cut.aborted]).toEqual(['budget', false, false])
  ending.end('interrupted')
  expect([ending.reason, ending.closed.aborted, ending.cut.aborted]).toEqual(['budget', true, false])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(ending.cut.aborted).toBe(true)
})

test.each(['decided', 'interrupted'] as const)(
  'a run that is %s sends nothing more and cuts calls after ten seconds',
  async (reason) => {
    const ending = open()
    ending.end(reason)
    expect([ending.closed.aborted, ending.cut.aborted]).toEqual([true, false])
    await vi.advanceTimersByTimeAsync(9_999)
    expect(ending.cut.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(ending.cut.aborted).toBe(true)
  },
)

test('an error ends a run at once and the first one stands; a call that was abandoned ends nothing', () => {
  const ending = open()
  ending.fail(new CallAbandoned())
  expect(ending.reason).toBeUndefined()
  const first = new Error('first')
  ending.fail(first)
  ending.fail(new Error('second'))
  expect([ending.reason, ending.error, ending.cut.aborted]).toEqual(['error', first, true])
})
