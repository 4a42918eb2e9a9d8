import { expect, test } from 'vitest'
import { expectedResponses } from './expected-responses.ts'
import { evalOf, headerOf } from './fixtures/write-log.ts'
import { readHeader } from './header.ts'

const expected = (dataset: object, config: object, more: object = {}) =>
  expectedResponses(readHeader(headerOf({ eval: evalOf({ dataset, config }), ...more }), { path: '', member: '' }))

test.each([
  [
    'the listed ids, not the data set they were taken from',
    expected({ samples: 14_042, sample_ids: [1] }, { limit: 1 }),
    1,
    1,
    1,
  ],
  ['ids times epochs', expected({ sample_ids: [1, 2] }, { epochs: 3 }), 2, 3, 6],
  ['the limit of a data set', expected({ samples: 100 }, { limit: 10 }), 10, 1, 10],
  ['a limit beyond the data set', expected({ samples: 5 }, { limit: 10 }), 5, 1, 5],
  ['a limit that is a range', expected({ samples: 100 }, { limit: [10, 30], epochs: 2 }), 20, 2, 40],
  ['the whole data set', expected({ samples: 7 }, {}), 7, 1, 7],
  ['the count that results state', expected({ samples: 7 }, {}, { results: { total_samples: 4 } }), 7, 1, 4],
  ['nothing that is not stated', expected({}, {}), undefined, 1, undefined],
])('expectedResponses(header) is %s', (_, found, items, replicates, responses) => {
  expect(found).toEqual({ items, replicates, responses })
})
