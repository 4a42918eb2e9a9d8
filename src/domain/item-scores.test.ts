import { expect, test } from 'vitest'
import { cellScores, itemScores, measuresOf, ObservationsBuilder } from './index.ts'
import type { ObservationRow } from './observations-builder.ts'

function table(rows: readonly Partial<ObservationRow>[]) {
  const builder = new ObservationsBuilder()
  for (const [index, row] of rows.entries()) {
    builder.add({
      run: 'r',
      model: 'm',
      task: 't',
      item: 'i',
      scorer: 's',
      score: 1,
      source: 'f',
      sourceRow: index + 1,
      ...row,
    })
  }
  return builder.finish()
}

const lettered = { format: 'lettered' }
const plain = { format: 'plain' }

test('itemScores weighs variants equally however often each was repeated', () => {
  const observations = table([
    { item: 'a', levels: lettered, replicate: 1, score: 1 },
    { item: 'a', levels: lettered, replicate: 2, score: 1 },
    { item: 'a', levels: lettered, replicate: 3, score: 1 },
    { item: 'a', levels: plain, score: 0 },
  ])
  const scores = itemScores(observations, Int32Array.of(0, 1, 2, 3))
  expect([...scores.score]).toEqual([0.5])
  expect([...scores.scored]).toEqual([4])
})

test('itemScores keeps an unscored item as NaN and counts what is missing', () => {
  const observations = table([
    { item: 'a', score: 'provider-error' },
    { item: 'b', score: 0 },
    { item: 'b', replicate: 2, score: 'refusal' },
  ])
  const scores = itemScores(observations, Int32Array.of(0, 1, 2))
  expect([...scores.score]).toEqual([Number.NaN, 0])
  expect([...scores.missing]).toEqual([1, 1])
})

test('itemScores numbers clusters densely and gives an item without one a cluster of its own', () => {
  const observations = table([{ item: 'a', cluster: 'x' }, { item: 'b', cluster: 'x' }, { item: 'c' }, { item: 'd' }])
  const scores = itemScores(observations, Int32Array.of(0, 1, 2, 3))
  expect([...scores.cluster]).toEqual([0, 0, 1, 2])
  expect(scores.clusters).toBe(3)
  expect(scores.clustered).toBe(true)
})

test('cellScores lays items out against variants with NaN for cells that were never scored', () => {
  const observations = table([
    { item: 'a', levels: lettered, score: 1 },
    { item: 'a', levels: lettered, replicate: 2, score: 0 },
    { item: 'b', levels: plain, score: 1 },
  ])
  const cells = cellScores(observations, Int32Array.of(0, 1, 2))
  expect([...cells.score]).toEqual([0.5, Number.NaN, Number.NaN, 1])
  expect([...cells.scored]).toEqual([2, 0, 0, 1])
})

test('measuresOf tells binary, unit and unbounded scores apart, missing scores aside', () => {
  const observations = table([
    { scorer: 'exact', score: 1 },
    { scorer: 'exact', item: 'j', score: 'unparsed' },
    { scorer: 'f1', score: 0.4 },
    { scorer: 'points', score: 7 },
  ])
  expect(measuresOf(observations).map(({ key, scale }) => [key, scale])).toEqual([
    ['t / exact', 'binary'],
    ['t / f1', 'unit'],
    ['t / points', 'unbounded'],
  ])
})
