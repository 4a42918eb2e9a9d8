import { expect, test } from 'vitest'
import { cellTable, measuresOf, ObservationsBuilder, pairMissing, pairScores, techniqueTable } from './index.ts'
import type { ObservationRow } from './observations-builder.ts'

function table(rows: readonly Partial<ObservationRow>[]) {
  const builder = new ObservationsBuilder()
  for (const [index, row] of rows.entries())
    builder.add({
      run: `run of ${row.model}`,
      model: 'm',
      task: 't',
      item: 'i',
      scorer: 's',
      score: 1,
      source: 'f',
      sourceRow: index + 1,
      ...row,
    })
  return builder.finish()
}

function pair(rows: readonly Partial<ObservationRow>[]) {
  const observations = table(rows)
  const measure = measuresOf(observations)[0]!
  const cells = cellTable(observations, measure)
  return pairScores(cells, cells.models[0]!, cells.models[1]!)
}

const plain = { format: 'plain' }
const lettered = { format: 'lettered' }

test('pairScores compares only cells that both models were scored on', () => {
  const pairs = pair([
    { model: 'a', item: '1', levels: plain, score: 1 },
    { model: 'a', item: '1', levels: lettered, score: 0 },
    { model: 'b', item: '1', levels: plain, score: 1 },
    { model: 'a', item: '2', levels: lettered, score: 0 },
    { model: 'b', item: '2', levels: plain, score: 1 },
  ])
  expect([...pairs.first]).toEqual([1])
  expect([...pairs.second]).toEqual([1])
  expect(pairs).toMatchObject({ onlyFirst: 1, onlySecond: 1, single: true, clusters: 1, clustered: false })
})

test('pairScores averages repeats first and then says that it is no longer one response per item', () => {
  const pairs = pair([
    { model: 'a', item: '1', replicate: 1, score: 1 },
    { model: 'a', item: '1', replicate: 2, score: 0 },
    { model: 'b', item: '1', score: 1 },
    { model: 'a', item: '2', score: 'refusal' },
    { model: 'b', item: '2', score: 1 },
  ])
  expect([...pairs.first]).toEqual([0.5])
  expect(pairs).toMatchObject({ single: false, onlyFirst: 0, onlySecond: 1 })
})

test('pairScores takes a cluster that only one of the models names', () => {
  const pairs = pair([
    { model: 'a', item: '1', cluster: 'x' },
    { model: 'a', item: '2', cluster: 'x' },
    { model: 'a', item: '3' },
    { model: 'b', item: '1' },
    { model: 'b', item: '2' },
    { model: 'b', item: '3' },
  ])
  expect([...pairs.cluster]).toEqual([0, 0, 1])
  expect(pairs.clustered).toBe(true)
})

test('pairScores of models that share no item is empty and counts both sides', () => {
  const pairs = pair([
    { model: 'a', item: '1' },
    { model: 'b', item: '2' },
  ])
  expect(pairs.items.length).toBe(0)
  expect(pairs).toMatchObject({ onlyFirst: 1, onlySecond: 1, clusters: 0, clustered: false })
})

test('pairMissing compares how often each model went unscored on the items that both were asked', () => {
  const observations = table([
    { model: 'a', item: '1', replicate: 1, score: 1 },
    { model: 'a', item: '1', replicate: 2, score: 'refusal' },
    { model: 'b', item: '1', score: 'refusal' },
    { model: 'a', item: '2', score: 'refusal' },
  ])
  const cells = cellTable(observations, measuresOf(observations)[0]!)
  const pairs = pairMissing(cells, cells.models[0]!, cells.models[1]!)
  expect([...pairs.first]).toEqual([0.5])
  expect([...pairs.second]).toEqual([1])
  expect(pairs).toMatchObject({ single: false, onlyFirst: 1, onlySecond: 0 })
})

test('techniqueTable pairs the techniques of one model over shared variants', () => {
  const observations = table([
    { item: '1', technique: 'direct', levels: plain, score: 0 },
    { item: '1', technique: 'steps', levels: plain, score: 1 },
    { item: '1', technique: 'steps', levels: lettered, score: 0 },
    { item: '2', score: 1 },
  ])
  const cells = techniqueTable(observations, measuresOf(observations)[0]!.models[0]!.rows)
  expect(cells.models.map(({ model }) => model)).toEqual(['', 'direct', 'steps'])
  const pairs = pairScores(cells, cells.models[1]!, cells.models[2]!)
  expect([...pairs.second]).toEqual([1])
})
