import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Paid } from '../domain/index.ts'
import { BudgetExhausted, RunBudget } from './run-budget.ts'

const none: Paid = { calls: 0, tokens: 0, usd: 0 }
const calls = (count: number): Paid => ({ ...none, calls: count })

test('RunBudget has told beforehand all that may have been paid, never beyond its limits, and tells seldom', async () => {
  const attempt = fc.record({
    tokens: fc.integer({ min: 0, max: 50 }),
    used: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(attempt, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 1, max: 6_000 }),
      fc.integer({ min: 0, max: 20 }),
      async (attempts, limitCalls, limitTokens, toldAhead) => {
        let told = none
        const paid = { calls: 0, tokens: 0 }
        const budget = new RunBudget({
          limits: { calls: limitCalls, tokens: limitTokens },
          spent: none,
          toldAhead,
          tell: (upTo) => {
            expect(upTo.calls).toBeLessThanOrEqual(limitCalls)
            expect(upTo.tokens).toBeLessThanOrEqual(limitTokens)
            told = upTo
          },
        })
        let under = none
        await Promise.all(
          attempts.map(async ({ tokens, used }, place) => {
            const most = { calls: 1, tokens, usd: 0 }
            const reservation = await budget.reserve(most, place).catch((error) => {
              expect(error).toBeInstanceOf(BudgetExhausted)
            })
            if (reservation === undefined) return
            under = { calls: under.calls + 1, tokens: under.tokens + tokens, usd: 0 }
            expect(paid.calls + under.calls).toBeLessThanOrEqual(told.calls)
            expect(paid.tokens + under.tokens).toBeLessThanOrEqual(told.tokens)
            await new Promise((resolve) => setImmediate(resolve))
            under = { calls: under.calls - 1, tokens: under.tokens - tokens, usd: 0 }
            const actual = Math.floor(used * tokens)
            paid.calls++
            paid.tokens += actual
            reservation.settle({ calls: 1, tokens: actual, usd: 0 })
          }),
        )
        expect(budget.spent).toEqual({ ...paid, usd: 0 })
      },
    ),
    { numRuns: 100 },
  )
})

test('RunBudget without limits tells once for as many calls as it tells ahead and the one that is made', async () => {
  let tellings = 0
  const budget = new RunBudget({ limits: {}, spent: calls(5), toldAhead: 24, tell: () => tellings++ })
  for (let call = 0; call < 1_000; call++) (await budget.reserve(calls(1), call)).settle(calls(1))
  expect(tellings).toBe(1_000 / 25)
})

test('RunBudget tells little ahead where little is left, so that one kill does not use up a small budget', async () => {
  const told: number[] = []
  const budget = new RunBudget({
    limits: { calls: 60 },
    spent: none,
    toldAhead: 100,
    tell: (upTo) => told.push(upTo.calls),
  })
  for (let call = 0; call < 60; call++) {
    ;(await budget.reserve(calls(1), call)).settle(calls(1))
    expect((told.at(-1) ?? 0) - budget.spent.calls).toBeLessThanOrEqual(60 / 20)
  }
  await expect(budget.reserve(calls(1), 60)).rejects.toBeInstanceOf(BudgetExhausted)
})

test('RunBudget gives what is freed to the lowest place that waits, and refuses all once nothing can be freed', async () => {
  const budget = new RunBudget({ limits: { tokens: 100 }, spent: none, toldAhead: 0, tell: () => undefined })
  const tokens = (count: number): Paid => ({ calls: 1, tokens: count, usd: 0 })
  const first = await budget.reserve(tokens(100), 3)
  const served: (number | string)[] = []
  const waiting = [7, 2, 5].map((place) =>
    budget.reserve(tokens(60), place).then(
      (reservation) => {
        served.push(place)
        reservation.settle(tokens(40))
      },
      () => served.push(`not ${place}`),
    ),
  )
  first.settle(tokens(0))
  await Promise.all(waiting)
  expect(served).toEqual([2, 5, 'not 7'])
})

test('RunBudget makes no call whose cost it could not tell', async () => {
  const full = new Error('disk full')
  const budget = new RunBudget({
    limits: {},
    spent: none,
    toldAhead: 3,
    tell: () => {
      throw full
    },
  })
  await expect(budget.reserve(calls(1), 0)).rejects.toBe(full)
  expect(budget.spent).toEqual(none)
})
