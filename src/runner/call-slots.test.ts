import { expect, test } from 'vitest'
import { CallAbandoned } from './call-abandoned.ts'
import { CallSlots } from './call-slots.ts'

test('CallSlots lets in so many, then the oldest cell that waits', async () => {
  const slots = new CallSlots(2)
  const entered: number[] = []
  const take = (place: number): Promise<unknown> => slots.take(place).then(() => entered.push(place))
  await Promise.all([take(7), take(8)])
  const waiting = [take(9), take(3), take(5)]
  await Promise.resolve()
  expect(entered).toEqual([7, 8])
  slots.leave()
  slots.leave()
  await Promise.all(waiting.slice(1))
  expect(entered).toEqual([7, 8, 3, 5])
  slots.leave()
  await waiting[0]
  expect(entered).toEqual([7, 8, 3, 5, 9])
})

test('CallSlots that are closed turn away what waits and whatever comes', async () => {
  const slots = new CallSlots(1)
  await slots.take(0)
  const waiting = slots.take(1)
  slots.close()
  await expect(waiting).rejects.toBeInstanceOf(CallAbandoned)
  slots.leave()
  await expect(slots.take(2)).rejects.toBeInstanceOf(CallAbandoned)
})
