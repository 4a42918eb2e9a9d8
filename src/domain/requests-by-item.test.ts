import { expect, test } from 'vitest'
import { claimOf, studyOf } from './fixtures/study-of.ts'
import { RequestsByItem } from './requests-by-item.ts'

test('RequestsByItem counts requests, where they are not told attempts, of items from a cell on', () => {
  const study = studyOf({ items: 10, claims: [claimOf({})], changes: { replicates: 2 } })
  const requests = new RequestsByItem(study)
  expect(requests.from(0)).toBe(0)
  for (const [index, attempts, sent] of [
    [0, 1, undefined],
    [1, 3, undefined],
    [5, 1, 4],
    [19, 2, undefined],
    [-1, 50, undefined],
    [-7, 50, undefined],
  ] as const)
    requests.add({ index, attempts, requests: sent })
  expect([0, 2, 4, 6, 18, 20].map((cell) => requests.from(cell))).toEqual([10, 6, 6, 2, 2, 0])
})
