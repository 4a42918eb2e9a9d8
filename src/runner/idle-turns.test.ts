import { expect, test } from 'vitest'
import { IdleTurns } from './idle-turns.ts'

test('IdleTurns gives one piece of work a turn of the event loop, in order, and others theirs between', async () => {
  const idle = new IdleTurns()
  const seen: string[] = []
  const work = ['a', 'b', 'c'].map((name) => idle.turn().then(() => seen.push(name)))
  const other = (left: number): void => {
    seen.push('other')
    if (left > 1) setImmediate(() => other(left - 1))
  }
  setImmediate(() => other(3))
  await Promise.all(work)
  expect(seen.slice(0, 5)).toEqual(['a', 'other', 'b', 'other', 'c'])
  await idle.turn().then(() => seen.push('d'))
  expect(seen.at(-1)).toBe('d')
})
