import { expect, test } from 'vitest'
import { measuresOf, ObservationsBuilder, repeatScores } from './index.ts'
import type { ObservationRow } from './observations-builder.ts'

function repeats(rows: readonly Partial<ObservationRow>[]) {
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
      sourceRow: index + 1,
      ...row,
    })
  const observations = builder.finish()
  return repeatScores(observations, measuresOf(observations)[0]!.models[0]!.rows)
}

test('repeatScores keeps the repeats of each cell apart and leaves missing scores out', () => {
  const cells = repeats([
    { item: 'a', replicate: 1, score: 1 },
    { item: 'a', replicate: 2, score: 0 },
    { item: 'b', replicate: 1, score: 1 },
    { item: 'b', replicate: 2, score: 'refusal' },
    { item: 'c', score: 'refusal' },
  ])
  expect([...cells.values]).toEqual([1, 0, 1])
  expect([...cells.starts]).toEqual([0, 2, 3])
  expect(cells).toMatchObject({ items: 2, clusters: 2, repeatedCells: 1, mostRepeats: 2, sameRuns: false })
})

test('repeatScores counts two variants of one item as two cells of one item', () => {
  const cells = repeats([
    { item: 'a', levels: { order: 'given' } },
    { item: 'a', levels: { order: 'reversed' } },
    { item: 'b', levels: { order: 'given' }, cluster: 'x' },
    { item: 'c', levels: { order: 'given' }, cluster: 'x' },
  ])
  expect([...cells.itemOf]).toEqual([0, 0, 1, 2])
  expect([...cells.cluster]).toEqual([0, 0, 1, 1])
  expect(cells).toMatchObject({ items: 3, clusters: 2, repeatedCells: 0 })
})

test('repeatScores knows when the repeats are the same runs of every item', () => {
  const full = [
    { item: 'a', run: 'r1' },
    { item: 'a', run: 'r2' },
    { item: 'b', run: 'r1' },
    { item: 'b', run: 'r2' },
  ]
  expect(repeats(full).sameRuns).toBe(true)
  expect(repeats(full.slice(0, 3)).sameRuns).toBe(false)
})

test('repeatScores of rows without a score holds nothing', () => {
  expect(repeats([{ score: 'unparsed' }])).toMatchObject({
    items: 0,
    repeatedCells: 0,
    mostRepeats: 0,
    sameRuns: false,
  })
})
