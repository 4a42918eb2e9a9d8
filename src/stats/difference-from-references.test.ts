import { expect, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import { differenceFromReferences } from './difference-from-references.ts'
import type { Estimate, Outcome } from './result.ts'

function estimate(outcome: Outcome): Estimate {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test('differenceFromReferences is the single-case t of Crawford and Howell where rows hardly vary', () => {
  // Target 70 against norms with mean 50 and standard deviation 10 in 5 controls: t = 20 / (10 √1.2) = 1.8257,
  // df 4 (Crawford and Howell 1998, equation 1). The margin is t(0.975, 4) = 2.776445 times 10 √1.2.
  const means = [70, 50 - Math.sqrt(200), 50, 50, 50, 50 + Math.sqrt(200)]
  const outcome = estimate(
    differenceFromReferences({ values: [...means, ...means], columns: 6, clusters: undefined, level: 0.95 }),
  )
  expect(outcome.value).toBeCloseTo(20, 12)
  expect(outcome.value / (outcome.standardError ?? 1)).toBeCloseTo(1.825_742, 5)
  expect((outcome.interval.upper - outcome.interval.lower) / 2).toBeCloseTo(2.776_445 * 10 * Math.sqrt(1.2), 4)
  expect(outcome).toMatchObject({ method: 'references-single-case-t', degreesOfFreedom: 4 })
})

test('differenceFromReferences is the paired t interval of the contrast where references agree', () => {
  // By hand, as t.test(c(1, 0, 2, 1)): mean 1, s² = 2/3, se √(1/6) = 0.4082483, margin t(0.975, 3) · se = 1.299228.
  const values = [1, 0, 2, 1].flatMap((target) => [target, 0, 0, 0])
  const outcome = estimate(differenceFromReferences({ values, columns: 4, clusters: undefined, level: 0.95 }))
  expect(outcome.value).toBe(1)
  expect(outcome.standardError).toBeCloseTo(0.408_248_3, 6)
  expect(outcome.interval.upper).toBeCloseTo(2.299_228, 5)
})

test('differenceFromReferences covers a planted excess at least 93 % of the time among 2,000 (seeds 0 … 1999)', () => {
  let covered = 0
  for (let seed = 0; seed < 2_000; seed++) {
    const random = openRandom(seed)
    const effects = Array.from({ length: 7 }, (_, column) => 0.1 * random.normal() + (column === 0 ? 0.3 : 0))
    const values: number[] = []
    const clusters: number[] = []
    for (let cluster = 0; cluster < 12; cluster++) {
      const shared = effects.map(() => 0.2 * random.normal())
      const common = random.normal()
      for (let row = 0; row < 1 + (cluster % 5); row++) {
        clusters.push(cluster)
        for (const [column, effect] of effects.entries()) {
          values.push(common + effect + (shared[column] ?? 0) + 0.4 * random.normal())
        }
      }
    }
    const { lower, upper } = estimate(differenceFromReferences({ values, columns: 7, clusters, level: 0.95 })).interval
    if (lower <= 0.3 && upper >= 0.3) covered++
  }
  // Conservative by design: it takes the wider of two intervals. 0.93 is 4 standard errors below 0.95.
  expect(covered / 2_000).toBeGreaterThan(0.93)
})

test('differenceFromReferences does not depend on the order of rows or references, and moves with the target', () => {
  const random = openRandom(4)
  const matrix = Array.from({ length: 9 }, () => Array.from({ length: 4 }, () => random.normal()))
  const run = (rows: readonly (readonly number[])[]) =>
    estimate(differenceFromReferences({ values: rows.flat(), columns: 4, clusters: undefined, level: 0.9 }))
  const base = run(matrix)
  const turned = run(matrix.toReversed().map(([target = 0, ...rest]) => [target, ...rest.toReversed()]))
  expect(turned.value).toBeCloseTo(base.value, 12)
  expect(turned.interval.lower).toBeCloseTo(base.interval.lower, 12)
  const moved = run(matrix.map(([target = 0, ...rest]) => [target + 1, ...rest]))
  expect(moved.interval.lower).toBeCloseTo(base.interval.lower + 1, 12)
})

test('differenceFromReferences refuses one reference, one cluster, nothing that varies, and NaN', () => {
  const options = { clusters: undefined, level: 0.95 }
  expect(() => differenceFromReferences({ ...options, values: [1, 2], columns: 2 })).toThrow('too few references')
  expect(() => differenceFromReferences({ ...options, values: [1, 2, Number.NaN], columns: 3 })).toThrow('not finite')
  expect(differenceFromReferences({ ...options, values: [1, 2, 3], columns: 3 }).kind).toBe('not-estimable')
  expect(differenceFromReferences({ ...options, values: [1, 0, 0, 1, 0, 0], columns: 3 }).kind).toBe('not-estimable')
  const few = estimate(differenceFromReferences({ ...options, values: [1, 0, 1, 2, 1, 0], columns: 3 }))
  expect(few.caveats.map(({ code }) => code)).toEqual(['few-clusters', 'few-references'])
})
