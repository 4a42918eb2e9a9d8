import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { analyze, codesOf, estimateOf, testOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { itemResponse } from './item-response.ts'

type Row = Partial<ObservationRow>

interface Planted {
  readonly rows: number
  readonly items: number
  readonly seed: number
  readonly slope?: (item: number) => number
}

/** Rows of normal ability answer items of slope `slope` and difficulties from −1.5 to 1.5. */
function planted({ rows, items, seed, slope = () => 1.2 }: Planted): Row[] {
  const random = openRandom(seed).split('items')
  return Array.from({ length: rows }, (_, row) => {
    const ability = random.normal()
    return Array.from({ length: items }, (_, item): Row => {
      const chance = 1 / (1 + Math.exp(-slope(item) * (ability - (3 * item) / (items - 1) + 1.5)))
      return { model: `model ${row}`, item: `item ${item}`, score: random.uniform() < chance ? 1 : 0 }
    })
  }).flat()
}

const on = (rows: readonly Row[], parameters = {}) => analyze(itemResponse, { observations: observe(rows), parameters })

// oracles/engine-analyses/values.py (NumPy corrcoef); twice the matrix so that rows suffice: r does not change.
test('item-response of a 6 × 4 matrix, twice: item-rest correlations .53936, .73855, .70711, .38730', () => {
  const matrix = ['1111', '1110', '1100', '1000', '0000', '1110', '1111', '1110', '1100', '1000', '0000', '1110']
  const rows = matrix.flatMap((text, row) =>
    Array.from(text, (score, item): Row => ({ model: `${row}`, item: `item ${item}`, score: Number(score) })),
  )
  const table = on(rows).tables[0]?.rows ?? []
  const found = new Map(table.map(({ item, correlation }) => [item, Number(correlation)] as const))
  expect(found.get('item 0')).toBeCloseTo(0.53936, 5)
  expect(found.get('item 1')).toBeCloseTo(0.73855, 5)
  expect(found.get('item 3')).toBeCloseTo(0.3873, 4)
})

test('item-response finds the two items of 20 whose key is wrong, and no other', () => {
  const result = on(
    planted({ rows: 120, items: 20, seed: 2, slope: (item) => (item === 7 || item === 12 ? -1.5 : 1.2) }),
  )
  expect(result.problems[0]?.values).toMatchObject({ count: 2 })
  const items = String(result.problems[0]?.values.items).split(', ').sort()
  expect(items).toEqual(['item 12', 'item 7'])
  expect(estimateOf(result, 't/s/item 7/item-rest').interval.upper).toBeLessThan(0)
  expect(codesOf(result)[0]).toBe('items-go-against')
})

test('item-response flags an item in at most 5 % of 200 tests without a wrong key', { timeout: 30_000 }, () => {
  let flagged = 0
  for (let seed = 0; seed < 200; seed++) {
    // Slope 0 is the edge of what is no fault: such items say nothing, and go neither with nor against the rest.
    const rows = planted({ rows: 20, items: 10, seed, slope: (item) => (item < 5 ? 0 : 1.5) })
    if (on(rows, { cells: 1 }).problems.length > 0) flagged++
  }
  // Binomial(200, .05) exceeds 21 with probability 5e-4.
  expect(flagged).toBeLessThanOrEqual(21)
})

test('item-response fits slopes from 30 rows on, and tests them only where rows outnumber parameters', () => {
  const many = on(planted({ rows: 200, items: 10, seed: 3, slope: (item) => (item % 2 ? 0.4 : 2.5) }))
  expect(codesOf(many)).toContain('scale-with-slopes')
  expect(testOf(many, 't/s/slopes-differ').pValue).toBeLessThan(1e-6)
  const slopes = new Map(many.tables[0]?.rows.map(({ item, slope }) => [item, Number(slope)] as const))
  expect(Number(slopes.get('item 4'))).toBeGreaterThan(3 * Number(slopes.get('item 5')))
  const some = on(planted({ rows: 35, items: 30, seed: 4 }))
  expect(some.evidence[0]?.outcome).toMatchObject({ because: { code: 'too-few-rows-for-slopes' } })
  const few = on(planted({ rows: 15, items: 10, seed: 5 }))
  expect(codesOf(few)).toContain('scale-without-slopes')
})

test('item-response ranks abilities as they were planted', () => {
  const rows = planted({ rows: 40, items: 40, seed: 6 })
  const table = on(rows).tables[1]?.rows ?? []
  const totals = new Map<unknown, number>(table.map(({ row }) => [row, 0] as const))
  for (const { model, score } of rows) totals.set(model ?? '', (totals.get(model ?? '') ?? 0) + Number(score))
  expect(totals.get(table[0]?.row ?? '')).toBeGreaterThan(Number(totals.get(table.at(-1)?.row ?? '')))
  expect(table).toHaveLength(40)
})

test('item-response takes variants of a model for no further witnesses against an item', () => {
  const rows = planted({ rows: 6, items: 10, seed: 11, slope: (item) => (item === 3 ? -3 : 2) })
  const copies = rows.flatMap((row) => ['a', 'b', 'c', 'd', 'e'].map((wording) => ({ ...row, levels: { wording } })))
  const result = on(copies)
  expect(codesOf(result)[0]).toBe('items-not-judged')
  expect(result.problems).toEqual([])
})

test('item-response says what it takes with few rows, and keeps to its size', () => {
  expect(codesOf(on(planted({ rows: 5, items: 10, seed: 7 })))).toEqual(['needs-rows-for-items'])
  expect(on([]).status).toBe('cannot-say')
  expect(on([{ item: 'a', score: 'refusal' }]).status).toBe('cannot-say')
  const large = on(planted({ rows: 30, items: 10, seed: 8 }), { cells: 100 })
  expect(codesOf(large)).toContain('scale-too-large')
  expect(large.status).toBe('partly')
})

test('item-response of items that all solved says that they tell nothing; graded scores get no scale', () => {
  const solved = on(planted({ rows: 20, items: 6, seed: 9 }).map((row) => ({ ...row, score: 1 })))
  expect(solved.statements.find(({ code }) => code === 'items-without-information')?.values).toMatchObject({ dull: 6 })
  const graded = on(planted({ rows: 20, items: 6, seed: 9 }).map((row, i) => ({ ...row, score: (i % 7) / 6 })))
  expect(codesOf(graded)).toContain('scale-needs-binary-items')
})

test('item-response takes variants as rows and the first of repeats, and row order moves nothing', () => {
  const rows = planted({ rows: 15, items: 8, seed: 10 }).flatMap((row) =>
    [1, 2].map((replicate) => ({ ...row, replicate, score: replicate === 1 ? Number(row.score) : 0 })),
  )
  const first = on(rows)
  expect(first.tables[0]).toEqual(on(rows.filter(({ replicate }) => replicate === 1)).tables[0])
  expect(on(rows.toReversed())).toEqual(first)
  const variants = rows.map((row) => ({ ...row, levels: { wording: `${row.replicate}` } }))
  expect(on(variants).tables[1]?.rows).toHaveLength(30)
})
