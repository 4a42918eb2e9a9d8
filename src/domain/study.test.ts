import { expect, test } from 'vitest'
import { claimOf, studyOf } from './fixtures/study-of.ts'
import { cellAt, cellCount, cellIndex } from './study.ts'

test('cellIndex(study, cellAt(study, index)) is the index, for every cell', () => {
  const study = studyOf({
    items: 3,
    claims: [claimOf({})],
    changes: { settings: [{}, { f: 'a' }], techniques: ['x', 'y', 'z'], replicates: 2, models: ['m', 'n'] },
  })
  const indexes = Array.from({ length: cellCount(study) }, (_, index) => index)
  expect(indexes).toHaveLength(72)
  expect(indexes.map((index) => cellIndex(study, cellAt(study, index)))).toEqual(indexes)
})
