import { expect, test } from 'vitest'
import { measuresOf, missingScores, ObservationsBuilder } from './index.ts'
import type { ObservationRow } from './observations-builder.ts'

function missing(rows: readonly Partial<ObservationRow>[]) {
  const builder = new ObservationsBuilder()
  for (const [index, row] of rows.entries())
    builder.add({
      run: 'r',
      model: 'm',
      task: 't',
      item: 'i',
      scorer: 's',
      score: 1,
      source: 'f',
      sourceRow: index,
      ...row,
    })
  const observations = builder.finish()
  return missingScores(observations, measuresOf(observations)[0]!.models[0]!.rows)
}

const plain = { format: 'plain' }
const lettered = { format: 'lettered' }

test('missingScores counts reasons and the share of each item', () => {
  const {
    share,
    reasons,
    scored,
    missing: count,
  } = missing([
    { item: 'a', replicate: 1, score: 1 },
    { item: 'a', replicate: 2, score: 'refusal' },
    { item: 'b', score: 'provider-error' },
    { item: 'c', score: 0 },
  ])
  expect([...share]).toEqual([0.5, 1, 0])
  expect([...reasons]).toEqual([
    ['refusal', 1],
    ['provider-error', 1],
  ])
  expect([scored, count]).toEqual([2, 2])
})

test('missingScores fills rows, then averages cells, then items', () => {
  const { filled } = missing([
    { item: 'a', levels: plain, replicate: 1, score: 1 },
    { item: 'a', levels: plain, replicate: 2, score: 'limit' },
    { item: 'a', levels: lettered, score: 0 },
    { item: 'b', score: 'limit' },
  ])
  expect([...filled(0)]).toEqual([0.25, 0])
  expect([...filled(1)]).toEqual([0.5, 1])
})

test('missingScores of complete rows fills nothing', () => {
  const { filled, reasons } = missing([{ item: 'a', score: 0.3 }])
  expect([...filled(1)]).toEqual([0.3])
  expect(reasons.size).toBe(0)
})
