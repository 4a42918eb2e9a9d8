import { expect, test } from 'vitest'
import { classOfMean, populationMean } from './population-mean.ts'

const level = 0.95
const alone = (score: readonly number[]) => ({
  score: Float64Array.from(score),
  cluster: Int32Array.from(score.keys()),
  clustered: false,
})

test('populationMean of independent 0/1 scores is the exact interval and a guarantee', () => {
  // R 4.2.2 binom.test(8, 10)$conf.int
  const outcome = populationMean(alone([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]), { scale: 'binary', level })
  expect(outcome).toMatchObject({ method: 'clopper-pearson', n: 10 })
  expect(outcome.kind === 'estimate' && outcome.interval.lower).toBeCloseTo(0.4439045, 6)
  expect(outcome.kind === 'estimate' && outcome.interval.upper).toBeCloseTo(0.9747893, 6)
  expect(classOfMean(outcome)).toBe('guarantee')
})

test('populationMean leaves unscored items out and counts clusters where items share them', () => {
  const outcome = populationMean(
    { score: Float64Array.of(1, 0, Number.NaN, 1, 0.5), cluster: Int32Array.of(0, 0, 1, 1, 2), clustered: true },
    { scale: 'unit', level },
  )
  expect(outcome).toMatchObject({ kind: 'estimate', value: 0.625, n: 3 })
  expect(classOfMean(outcome)).toBe('asymptotic')
})

test('populationMean of scores without a range uses t and may leave [0, 1]', () => {
  expect(populationMean(alone([3, 5, 7]), { scale: 'unbounded', level })).toMatchObject({ method: 'mean-t', value: 5 })
  const clustered = { score: Float64Array.of(3, 4, 7, 9), cluster: Int32Array.of(0, 0, 1, 1), clustered: true }
  expect(populationMean(clustered, { scale: 'unbounded', level })).toMatchObject({ method: 'cluster-robust-cr2-t' })
})

test('populationMean of items that were never scored says so instead of 0', () => {
  expect(populationMean(alone([Number.NaN]), { scale: 'binary', level })).toMatchObject({ kind: 'not-estimable' })
})
