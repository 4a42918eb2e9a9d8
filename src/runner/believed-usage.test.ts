import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CallOutcome, ModelRequest, ModelResponse, Usage } from '../domain/index.ts'
import { believedUsage, usageLimits } from './believed-usage.ts'
import { largestCharge, settledCharge } from './call-charge.ts'

const chat = (content: string, maxTokens?: number): ModelRequest => ({
  kind: 'chat',
  messages: [{ role: 'user', content }],
  decoding: { maxTokens },
  logProbabilities: 0,
})
const answer = (text: string, usage: Usage): ModelResponse => ({
  text,
  finish: 'stop',
  usage,
  latencyMs: 1,
  attempts: 1,
})
const price = { inputPerMillion: 10, outputPerMillion: 100 }

function charge(request: ModelRequest, response: ModelResponse) {
  const most = largestCharge({ request, requests: 1, price, bounded: false })
  const limits = usageLimits({ most, text: response.text, price })
  const outcome: CallOutcome = { kind: 'response', response }
  return {
    most,
    charged: settledCharge({ outcome, requests: 1, price, most }),
    believed: believedUsage(response, limits).response.usage,
    disbelieved: believedUsage(response, limits).disbelieved,
  }
}

test('a claim of 1,000,000 tokens for a hundred bytes is charged with the most they can be, and its counts are unknown', () => {
  const request = chat('x'.repeat(100), 50)
  const { charged, believed, disbelieved } = charge(
    request,
    answer('y'.repeat(100), { inputTokens: 600_000, outputTokens: 400_000, reasoningTokens: 399_990, cachedTokens: 0 }),
  )
  expect(charged).toEqual({ requests: 1, tokens: 100 + 64 + 16 + 50, usd: (180 * 10 + 50 * 100) / 1e6 })
  expect(believed).toEqual({})
  expect(disbelieved).toEqual({
    inputTokens: 600_000,
    outputTokens: 400_000,
    reasoningTokens: 399_990,
    cachedTokens: 0,
  })
})

test('one count that cannot be leaves the other as it is', () => {
  const { charged, believed, disbelieved } = charge(
    chat('x'.repeat(100), 50),
    answer('y', { inputTokens: 30, outputTokens: 51 }),
  )
  expect(charged.tokens).toBe(30 + 50)
  expect(believed).toEqual({ inputTokens: 30 })
  expect(disbelieved).toEqual({ outputTokens: 51 })
})

test('hidden reasoning is believed within maxTokens, and where none is declared as far as models go', () => {
  const hidden = answer('B', { inputTokens: 30, outputTokens: 4_000, reasoningTokens: 3_999 })
  expect(charge(chat('x'.repeat(40), 4_096), hidden)).toMatchObject({
    charged: { tokens: 4_030 },
    disbelieved: undefined,
  })
  expect(charge(chat('x'.repeat(40)), hidden)).toMatchObject({ charged: { tokens: 4_030 }, disbelieved: undefined })
  const absurd = answer('B', { inputTokens: 30, outputTokens: 1_000_000 })
  expect(charge(chat('x'.repeat(40)), absurd)).toMatchObject({
    charged: { tokens: 30 + 131_072 },
    disbelieved: { outputTokens: 1_000_000 },
  })
})

test('missing counts are charged with the most they can be, each by itself, and never with nothing', () => {
  const request = chat('x'.repeat(100), 50)
  expect(charge(request, answer('yes', {})).charged.tokens).toBe(180 + 50)
  expect(charge(request, answer('yes', { inputTokens: 30 })).charged.tokens).toBe(30 + 50)
  expect(charge(request, answer('yes', { outputTokens: 2 })).charged.tokens).toBe(180 + 2)
  // Without a declared length an answer has at most as many tokens as bytes.
  expect(charge(chat('x'.repeat(100)), answer('yes', {})).charged.tokens).toBe(180 + 3)
})

test('a claimed cost above the price of the most that can be is not believed', () => {
  const request = chat('x'.repeat(100), 50)
  const most = (180 * 10 + 50 * 100) / 1e6
  const dear = charge(request, answer('yes', { inputTokens: 30, outputTokens: 1, cost: 12 }))
  expect(dear.charged.usd).toBeCloseTo(most, 8)
  expect(dear.disbelieved).toEqual({ cost: 12 })
  const fair = charge(request, answer('yes', { inputTokens: 30, outputTokens: 1, cost: 0.0001 }))
  expect(fair).toMatchObject({ charged: { usd: 0.0001 }, disbelieved: undefined })
})

test('whatever is claimed, no charge is above what was reserved, and what can be is charged as claimed', () => {
  const count = fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      fc.integer({ min: 1, max: 500 }),
      count,
      count,
      (prompt, maxTokens, input, output) => {
        const usage: Usage = {
          ...(input === undefined ? {} : { inputTokens: input }),
          ...(output === undefined ? {} : { outputTokens: output }),
        }
        const { most, charged, believed, disbelieved } = charge(chat(prompt, maxTokens), answer('', usage))
        expect(charged.tokens).toBeLessThanOrEqual(most.tokens)
        expect(charged.usd).toBeLessThanOrEqual(most.usd + 1e-9)
        expect({ ...believed, ...disbelieved }).toEqual(usage)
        if (disbelieved === undefined && input !== undefined && output !== undefined)
          expect(charged.tokens).toBe(input + output)
      },
    ),
  )
})
