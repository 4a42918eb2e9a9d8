import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupRows, rowsOf, selectRows } from './group.ts'

test('groupRows agrees with a grouping by text keys, in order of codes, for narrow and wide code ranges', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(3, 1_000_000),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }),
      (range, pairs) => {
        const first = Int32Array.from(pairs, ([a]) => (a % range) - 1)
        const second = Int32Array.from(pairs, ([, b]) => (b % range) - 1)
        const rows = selectRows(pairs.length, (row) => row % 4 !== 3)
        const groups = groupRows(rows, [first, second])
        const expected = new Map<string, number[]>()
        const key = (row: number): string =>
          [first[row], second[row]].map((code) => String((code ?? 0) + 2).padStart(9, '0')).join()
        for (const row of rows) expected.set(key(row), [...(expected.get(key(row)) ?? []), row])
        const actual = Array.from({ length: groups.count }, (_, group) => [...rowsOf(groups, group)])
        expect(actual).toEqual(
          [...expected.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members),
        )
      },
    ),
    { seed: 5, numRuns: 300 },
  )
})

test('groupRows of no rows has no groups', () => {
  expect(groupRows(new Int32Array(0), [new Int32Array(3)]).count).toBe(0)
})
