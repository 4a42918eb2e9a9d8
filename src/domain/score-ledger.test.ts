import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ScoreCell } from './claim-scale.ts'
import { claimOf, studyOf } from './fixtures/study-of.ts'
import { missingReasons } from './observations.ts'
import { ScoreLedger } from './score-ledger.ts'

const study = studyOf({ items: 3_000, claims: [claimOf({})] })

test('ScoreLedger gives back what was put in, in any order, and never-run for the rest', () => {
  const score = fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom(...missingReasons.filter((reason) => reason !== 'scored')),
  )
  const cell = fc.record({ index: fc.nat({ max: 2_999 }), strict: score, lenient: score })
  fc.assert(
    fc.property(fc.uniqueArray(cell, { selector: ({ index }) => index }), (cells) => {
      const ledger = new ScoreLedger(study)
      for (const { index, strict, lenient } of cells) expect(ledger.add(index, { s: { strict, lenient } })).toBe(true)
      expect(ledger.size).toBe(cells.length)
      for (const { index, strict, lenient } of cells) {
        expect(ledger.has(index)).toBe(true)
        expect(ledger.scoreOf(index, 0, 'strict')).toBe(strict)
        expect(ledger.scoreOf(index, 0, 'lenient')).toBe(lenient)
      }
      const taken = new Set(cells.map(({ index }) => index))
      const free = Array.from({ length: 50 }, (_, index) => index).filter((index) => !taken.has(index))
      for (const index of free) expect(ledger.scoreOf(index, 0, 'strict')).toBe<ScoreCell>('never-run')
    }),
  )
})

test('ScoreLedger keeps the first record of a cell, and knows when an item is finished', () => {
  const two = studyOf({ items: 4, claims: [claimOf({})], changes: { replicates: 2 } })
  const ledger = new ScoreLedger(two)
  expect(ledger.add(2, { s: { strict: 1, lenient: 1 } })).toBe(true)
  expect(ledger.add(2, { s: { strict: 0, lenient: 0 } })).toBe(false)
  expect(ledger.scoreOf(2, 0, 'strict')).toBe(1)
  expect(ledger.hasItem(1)).toBe(false)
  ledger.add(3, {})
  expect(ledger.hasItem(1)).toBe(true)
  expect(ledger.scoreOf(3, 0, 'lenient')).toBe('never-run')
  expect(ledger.size).toBe(2)
})

test('ScoreLedger takes at most 60 bytes per cell of one scorer, grown to 200,000 cells', async () => {
  // Smaller arrays that it grew out of are nobody's any more.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const ledger = new ScoreLedger(study)
  collect()
  const before = process.memoryUsage().arrayBuffers
  for (let index = 0; index < 200_000; index++) ledger.add(index, { s: { strict: 1, lenient: 0 } })
  // What is collected is given back by a thread that may be late.
  const bytes = (): number => {
    collect()
    return (process.memoryUsage().arrayBuffers - before) / 200_000
  }
  await expect.poll(bytes, { timeout: 10_000 }).toBeLessThan(60)
  expect(ledger.hasItem(0)).toBe(true)
})
