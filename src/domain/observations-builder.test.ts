import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ObservationRow, type Observations, ObservationsBuilder } from './index.ts'

const base = { run: 'r', model: 'm', task: 't', scorer: 's', source: 'f' }

function build(rows: readonly ObservationRow[]): Observations {
  const builder = new ObservationsBuilder()
  for (const row of rows) builder.add(row)
  return builder.finish()
}

const anyRow = fc.record({
  model: fc.constantFrom('a', 'b'),
  item: fc.constantFrom('1', '2', '10', 'ü'),
  replicate: fc.integer({ min: -2, max: 3 }),
  score: fc.oneof(fc.constantFrom(0, 1, 0.5), fc.constantFrom('refusal' as const, 'unknown' as const)),
  levels: fc.constantFrom({}, { format: 'x' }, { format: 'y', order: 'z' }),
  cluster: fc.option(fc.constantFrom('c', 'd'), { nil: undefined }),
  answer: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
})

test('ObservationsBuilder gives the same table for every order of the same rows', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyRow, { maxLength: 40 })
        .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => {
        const complete = (row: (typeof rows)[number]) => ({ ...base, ...row, sourceRow: 1 })
        expect(build(shuffled.map(complete))).toEqual(build(rows.map(complete)))
      },
    ),
    { seed: 11, numRuns: 300 },
  )
})

test('ObservationsBuilder.truncate leaves no trace of dropped rows, not even their names', () => {
  const kept = { ...base, item: 'a', score: 1, sourceRow: 1 }
  const builder = new ObservationsBuilder()
  builder.add(kept)
  const mark = builder.rows
  builder.add({
    ...base,
    model: 'other',
    item: 'z',
    score: 0,
    cluster: 'c',
    cost: 2,
    attributes: { area: 'x' },
    levels: { format: 'q' },
    sourceRow: 2,
  })
  builder.truncate(mark)
  builder.add({ ...base, item: 'b', score: 0, sourceRow: 2 })
  expect(builder.finish()).toEqual(build([kept, { ...base, item: 'b', score: 0, sourceRow: 2 }]))
})

test('ObservationsBuilder keeps NaN and Infinity apart from scores and from each other', () => {
  const observations = build([
    { ...base, item: 'a', score: Number.NaN, sourceRow: 1 },
    { ...base, item: 'b', score: Number.POSITIVE_INFINITY, sourceRow: 2 },
    { ...base, item: 'c', score: 0, sourceRow: 3 },
  ])
  expect([...observations.score]).toEqual([Number.NaN, Number.NaN, 0])
  expect([...observations.missing]).toEqual([6, 8, 0])
})

test('ObservationsBuilder.finish of no rows is an empty table', () => {
  const observations = build([])
  expect(observations.rows).toBe(0)
  expect(observations.model.values).toEqual([])
})

test('ObservationsBuilder leaves unknown tokens, cost and latency NaN, never 0', () => {
  const observations = build([
    { ...base, item: 'a', score: 1, sourceRow: 1, inputTokens: 12 },
    { ...base, item: 'b', score: 1, sourceRow: 2 },
  ])
  expect([...observations.inputTokens]).toEqual([12, Number.NaN])
  expect([...observations.cost]).toEqual([Number.NaN, Number.NaN])
})
