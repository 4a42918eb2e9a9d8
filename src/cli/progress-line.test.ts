import { expect, test } from 'vitest'
import { openProgressLine } from './progress-line.ts'

const event = { step: 'reading arith.eval', done: 1_500_000, total: 3_000_000, unit: 'bytes' } as const

function fakeStream(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { written, stream: { isTTY, columns, write: (text: string) => written.push(text) } }
}

test('openProgressLine on a terminal rewrites one line, no longer than the terminal, and clears it', () => {
  let time = 0
  const { stream, written } = fakeStream(true, 24)
  const line = openProgressLine({ stream, now: () => time })
  line.show(event)
  time = 20
  line.show({ ...event, done: 2_000_000 })
  time = 200
  line.show({ ...event, done: 3_000_000 })
  line.clear()
  expect(written).toHaveLength(3)
  expect(written.join('')).not.toContain('\n')
  expect(written[0]).toBe('\r\u001b[2Kreading arith.eval: 1.5')
  expect(written[2]).toBe('\r\u001b[2K')
})

test('openProgressLine elsewhere prints a plain line at most every two seconds and none for quick work', () => {
  let time = 0
  const { stream, written } = fakeStream(false)
  const line = openProgressLine({ stream, now: () => time })
  for (time = 0; time < 5_000; time += 100) line.show({ step: 'analysing', done: time, total: 5_000, unit: 'analyses' })
  line.clear()
  expect(written).toEqual(['analysing: 2000 of 5000 analyses\n', 'analysing: 4000 of 5000 analyses\n'])
})

test('openProgressLine with an unknown total shows only what is done', () => {
  const { stream, written } = fakeStream(true)
  openProgressLine({ stream, now: () => 0 }).show({ ...event, total: 0 })
  expect(written[0]).toContain('reading arith.eval: 1.5 MB')
})
