import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { missingBounds } from './missing-bounds.ts'
import { missingMeanBounds } from './missing-mean-bounds.ts'

const range = { lower: 0, upper: 1 }
const level = 0.95

function bounds(worst: readonly number[], best: readonly number[], clusters?: readonly number[]) {
  const { region } = missingMeanBounds({ worst, best, clusters, range, level })
  if (region.kind !== 'estimate') throw new Error(region.because.code)
  return region
}

const repeat = (length: number, value: number): number[] => Array.from({ length }, () => value)

test('missingMeanBounds of independent 0/1 units equals missingBounds', () => {
  const counts = fc.tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 20 }),
  )
  fc.assert(
    fc.property(counts, ([successes, failures, missing]) => {
      fc.pre(successes + failures + missing > 0)
      const exact = missingBounds({ successes, failures, missing, level, target: 'region' })
      const region = bounds(
        [...repeat(successes, 1), ...repeat(failures, 0), ...repeat(missing, 0)],
        [...repeat(successes, 1), ...repeat(failures, 0), ...repeat(missing, 1)],
      )
      if (exact.kind !== 'missing-bounds') throw new Error('refused')
      expect(region.interval.lower).toBeCloseTo(exact.interval.lower, 10)
      expect(region.interval.upper).toBeCloseTo(exact.interval.upper, 10)
    }),
    { seed: 4 },
  )
})

test('missingMeanBounds with nothing missing is the interval of the mean, and widens with what is missing', () => {
  const scores = [0.2, 0.7, 1, 0, 0.5, 0.9]
  const complete = bounds(scores, scores)
  const partly = bounds(
    scores.map((score, i) => (i < 2 ? 0 : score)),
    scores.map((score, i) => (i < 2 ? 1 : score)),
  )
  expect(partly.interval.lower).toBeLessThan(complete.interval.lower)
  expect(partly.interval.upper).toBeGreaterThan(complete.interval.upper)
})

test('missingMeanBounds of everything missing is the whole range', () => {
  expect(bounds(repeat(50, 0), repeat(50, 1)).interval).toMatchObject({ lower: 0, upper: 1 })
})

test('missingMeanBounds covers the full mean in 1,000 samples of 20 clusters whose failures go missing', () => {
  const random = openRandom('informative missing')
  let covered = 0
  for (let sample = 0; sample < 1000; sample++) {
    const [worst, best, clusters]: [number[], number[], number[]] = [[], [], []]
    for (let cluster = 0; cluster < 20; cluster++) {
      const rate = random.uniform()
      for (let unit = 0; unit < 4; unit++) {
        const passed = random.uniform() < rate
        const lost = !passed && random.uniform() < 0.3
        worst.push(passed ? 1 : 0)
        best.push(passed || lost ? 1 : 0)
        clusters.push(cluster)
      }
    }
    const { lower, upper } = bounds(worst, best, clusters).interval
    if (lower <= 0.5 && 0.5 <= upper) covered++
  }
  expect(covered / 1000).toBeGreaterThan(0.96)
})

test('missingMeanBounds throws for bounds the wrong way round', () => {
  expect(() => bounds([1], [0])).toThrow('worst above best')
  expect(() => bounds([1], [])).toThrow('lengths differ')
})
