import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CallFate, EndpointGate, type Passage } from './endpoint-gate.ts'

const one = { requests: 1, tokens: 1, place: 0 }

const enterMany = (gate: EndpointGate, count: number): Promise<readonly Passage[]> =>
  Promise.all(Array.from({ length: count }, () => gate.enter(one)))

/** As many rounds of full use as asked; every call of a round ends as `fate` says. */
async function rounds(gate: EndpointGate, count: number, fate: CallFate): Promise<void> {
  for (let round = 0; round < count; round++)
    for (const passage of await enterMany(gate, gate.limit)) passage.leave(fate)
}

test('EndpointGate doubles its limit in each round until the first complaint, up to the limit given', async () => {
  const gate = new EndpointGate({ concurrency: 200 }, () => 0)
  const limits: number[] = []
  for (let round = 0; round < 5; round++) {
    limits.push(gate.limit)
    await rounds(gate, 1, 'fine')
  }
  expect(limits).toEqual([16, 32, 64, 128, 200])
  expect(gate.limit).toBe(200)
})

test('EndpointGate halves once for a round of complaints, and is back at the limit after a hundred good rounds', async () => {
  const gate = new EndpointGate({ concurrency: 200 }, () => 0)
  await rounds(gate, 5, 'fine')
  await rounds(gate, 1, 'overloaded')
  expect(gate.limit).toBe(100)
  await rounds(gate, 50, 'fine')
  expect(gate.limit).toBeGreaterThan(145)
  await rounds(gate, 60, 'fine')
  expect(gate.limit).toBe(200)
})

test('EndpointGate never falls below one, and a call that failed for other reasons changes nothing', async () => {
  const gate = new EndpointGate({ concurrency: 50 }, () => 0)
  await rounds(gate, 20, 'overloaded')
  expect(gate.limit).toBe(1)
  await rounds(gate, 5, 'failed')
  expect(gate.limit).toBe(1)
  await rounds(gate, 3, 'fine')
  expect(gate.limit).toBe(3)
})

test('EndpointGate lets in no more than its limit, in the order they came, whatever the calls come to', async () => {
  const fates = fc.array(fc.constantFrom<CallFate>('fine', 'overloaded', 'failed'), { minLength: 1, maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(fates, fc.integer({ min: 1, max: 40 }), async (all, concurrency) => {
      const gate = new EndpointGate({ concurrency }, () => 0)
      const entered: number[] = []
      let inside = 0
      await Promise.all(
        all.map(async (fate, place) => {
          const passage = await gate.enter(one)
          entered.push(place)
          expect(++inside).toBeLessThanOrEqual(concurrency)
          await Promise.resolve()
          inside--
          passage.leave(fate)
        }),
      )
      expect(entered).toEqual(all.map((_, place) => place))
    }),
    { numRuns: 50 },
  )
})

test('EndpointGate counts requests: calls of four at a time fill a limit of ten with two, and one of twenty has it alone', async () => {
  const gate = new EndpointGate({ concurrency: 10 }, () => 0)
  const entered: number[] = []
  const enter = async (requests: number): Promise<Passage> => {
    const passage = await gate.enter({ requests, tokens: 1, place: 0 })
    entered.push(passage.atOnce)
    return passage
  }
  const [first, second, third, large] = [enter(4), enter(4), enter(4), enter(20)]
  const passages = await Promise.all([first, second])
  expect(entered).toEqual([4, 4])
  passages[0]?.leave('failed')
  const waited = await third
  expect(entered).toEqual([4, 4, 4])
  passages[1]?.leave('failed')
  waited.leave('failed')
  await large
  expect(entered).toEqual([4, 4, 4, 10])
})

test('EndpointGate keeps requests per minute: a call of four takes four', async () => {
  let now = 0
  const gate = new EndpointGate({ concurrency: 100, requestsPerMinute: 120 }, () => now)
  // The bucket holds six seconds: twelve requests, three calls.
  const entered: number[] = []
  for (let call = 0; call < 4; call++)
    void gate.enter({ requests: 4, tokens: 1, place: call }).then(() => entered.push(call))
  await new Promise((resolve) => setImmediate(resolve))
  expect(entered).toEqual([0, 1, 2])
  // Two a second flow in.
  now = 2_000
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  expect(entered).toEqual([0, 1, 2, 3])
})

test('EndpointGate lets the lowest place in first, whatever the order they came in', async () => {
  const gate = new EndpointGate({ concurrency: 1 }, () => 0)
  const holder = await gate.enter(one)
  const entered: number[] = []
  const all = [5, 9, 2, 7, 2].map(async (place) => {
    const passage = await gate.enter({ ...one, place })
    entered.push(place)
    passage.leave('fine')
  })
  holder.leave('fine')
  await Promise.all(all)
  expect(entered).toEqual([2, 2, 5, 7, 9])
})
