import { expect, test } from 'vitest'
import { notEstimable } from '../stats/index.ts'
import { differenceFormat, formatInterval, formatLevel, formatSize, scoreFormat } from './score-format.ts'

test('scoreFormat writes only scores with a known range as rates', () => {
  expect((['binary', 'unit', 'unbounded'] as const).map(scoreFormat)).toEqual(['rate', 'rate', 'score'])
  expect((['binary', 'unit', 'unbounded'] as const).map(differenceFormat)).toEqual(['points', 'points', 'difference'])
})

test('formatInterval of what is not estimable is null, not an empty range', () => {
  expect(formatInterval(notEstimable('no-scores'), 'rate')).toBeNull()
})

test('formatLevel writes no digits that were not given', () => {
  expect([0.95, 0.999, 1 - 1e-4].map(formatLevel)).toEqual(['95 %', '99.9 %', '99.99 %'])
})

test('formatSize writes differences without a sign', () => {
  expect([formatSize(-0.078, 'points'), formatSize(0.078, 'points'), formatSize(2, 'difference')]).toEqual([
    '7.8 points',
    '7.8 points',
    '2',
  ])
})
