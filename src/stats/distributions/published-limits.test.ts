/** Rate limits and t tails to 1e-300, at the counts that other programs were checked with. */
import { expect, test } from 'vitest'
import oracle from '../../../oracles/distributions/limits.json' with { type: 'json' }
import { clopperPearson } from '../clopper-pearson.ts'
import { studentTUpperTail } from './student-t.ts'

function closeTo(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected))
}

test('clopperPearson agrees with mpmath to 1e-11 from 0 of 30 to 3 of 1,000,000, at 95 % and 99.999 %', () => {
  expect(oracle.clopperPearson).toHaveLength(10)
  for (const { successes, trials, level, lower, upper, oneSidedUpper } of oracle.clopperPearson) {
    const counts = { successes, trials, level }
    const [both, one] = (['two-sided', 'upper'] as const).map((side) => clopperPearson({ ...counts, side }))
    if (both?.kind !== 'estimate' || one?.kind !== 'estimate') throw new Error('not estimable')
    // 1 − 0.99999 in doubles is off by 1e-12 of itself, which moves the limit by 1e-13.
    closeTo(both.interval.lower, lower, 1e-11)
    closeTo(both.interval.upper, upper, 1e-11)
    closeTo(one.interval.upper, oneSidedUpper, 1e-11)
  }
})

test('studentTUpperTail agrees with mpmath to 1e-12 down to 2.5e-63', () => {
  expect(oracle.studentT).toHaveLength(6)
  for (const { t, df, twoSided } of oracle.studentT) closeTo(2 * studentTUpperTail(t, df), twoSided, 1e-12)
})
