import { expect, test } from 'vitest'
import { ObservationsBuilder } from './observations-builder.ts'
import { areReadings, leadingMeasures, lenientName } from './scorer-readings.ts'

test('leadingMeasures leaves out the lenient reading of a scorer that stands beside it, and nothing else', () => {
  const builder = new ObservationsBuilder()
  const rows = [
    ['t', 'match'],
    ['t', 'match (lenient)'],
    ['t', 'judge'],
    ['u', 'match (lenient)'],
  ] as const
  for (const [at, [task, scorer]] of rows.entries())
    builder.add({ run: 'r', model: 'm', task, item: 'i', scorer, score: 1, source: 's', sourceRow: at + 1 })
  expect(leadingMeasures(builder.finish()).map(({ key }) => key)).toEqual([
    't / judge',
    't / match',
    'u / match (lenient)',
  ])
})

test('areReadings tells two readings of one scorer from two scorers', () => {
  expect(areReadings('match', lenientName('match'))).toBe(true)
  expect(areReadings(lenientName('match'), 'match')).toBe(true)
  expect(areReadings('exact_match,strict-match', 'exact_match,flexible-extract')).toBe(true)
  expect(areReadings('match', lenientName('judge'))).toBe(false)
  expect(areReadings('acc,none', 'acc_norm,none')).toBe(false)
  expect(areReadings('match', 'match')).toBe(false)
})
