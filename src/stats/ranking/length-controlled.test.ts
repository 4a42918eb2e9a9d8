import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/closed-forms/closed-forms.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { type LengthControlledWinRate, lengthControlledWinRate } from './length-controlled.ts'

function answered(outcome: ReturnType<typeof lengthControlledWinRate>) {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  if (outcome.winRate.kind === 'not-estimable') throw new Error(outcome.winRate.because.code)
  return { ...outcome, ...outcome.winRate } satisfies Omit<LengthControlledWinRate, 'kind'>
}

const options = { ridge: 1, level: 0.95 }

test('lengthControlledWinRate of 12 battles: raw .6667, at equal length .6008, θ .408648, φ 1.264877', () => {
  const [published] = oracle.lengthControlled
  const lengths = published?.lengths ?? []
  const fit = answered(
    lengthControlledWinRate({ ...options, lengthDifferences: lengths, outcomes: published?.outcomes ?? [] }),
  )
  expect(fit.raw).toBeCloseTo(0.6667, 4)
  expect(fit.value).toBeCloseTo(0.6008, 4)
  // The published fit stopped 5e-7 from the maximum.
  expect(Math.abs(fit.ability - 0.408648)).toBeLessThan(1e-6)
  expect(Math.abs(fit.lengthEffect - 1.264877)).toBeLessThan(1e-6)
})

test('lengthControlledWinRate agrees with SciPy, sandwich error included, ties and another penalty too', () => {
  for (const { lengths, outcomes, ridge, ability, lengthEffect, winRate, abilityError } of oracle.lengthControlled) {
    const fit = answered(lengthControlledWinRate({ lengthDifferences: lengths, outcomes, ridge, level: 0.95 }))
    expect(fit.ability).toBeCloseTo(ability, 10)
    expect(fit.lengthEffect).toBeCloseTo(lengthEffect, 10)
    expect(fit.value).toBeCloseTo(winRate, 10)
    expect(fit.standardError).toBeCloseTo(winRate * (1 - winRate) * abilityError, 10)
  }
})

test('lengthControlledWinRate turns round when the models swap, and does not know the unit of length', () => {
  const battle = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.constantFrom(0, 0.5, 1))
  fc.assert(
    fc.property(fc.array(battle, { minLength: 4, maxLength: 60 }), (battles) => {
      const lengthDifferences = battles.map(([difference]) => difference)
      const outcomes = battles.map(([, outcome]) => outcome)
      const base = lengthControlledWinRate({ ...options, lengthDifferences, outcomes })
      const swapped = lengthControlledWinRate({
        ...options,
        lengthDifferences: lengthDifferences.map((difference) => -difference / 4),
        outcomes: outcomes.map((outcome) => 1 - outcome),
      })
      expect(swapped.kind).toBe(base.kind)
      if (base.kind === 'not-estimable' || swapped.kind === 'not-estimable') return
      const [one, other] = [answered(base), answered(swapped)]
      expect(other.value).toBeCloseTo(1 - one.value, 8)
      expect(other.lengthEffect).toBeCloseTo(one.lengthEffect, 7)
      expect(one.interval.lower).toBeGreaterThanOrEqual(0)
      expect(one.interval.upper).toBeLessThanOrEqual(1)
      expect(one.interval.lower).toBeLessThan(one.value)
      expect(one.interval.upper).toBeGreaterThan(one.value)
    }),
    { seed: 31, numRuns: 150 },
  )
})

test('lengthControlledWinRate finds 50 % where only length wins, and says how far raw was off (seed 4)', () => {
  const random = openRandom(4)
  const lengthDifferences = Array.from({ length: 2000 }, () => random.normal() + 1)
  const outcomes = lengthDifferences.map((d) => (random.uniform() < 1 / (1 + Math.exp(-2 * Math.tanh(d))) ? 1 : 0))
  const fit = answered(lengthControlledWinRate({ ...options, lengthDifferences, outcomes }))
  expect(fit.raw).toBeGreaterThan(0.65)
  expect(Math.abs(fit.value - 0.5)).toBeLessThan(0.05)
  expect(fit.caveats.map(({ code }) => code)).toEqual(['length-moves-win-rate'])
})

test('lengthControlledWinRate refuses one battle, equal lengths, outcomes all alike, and numbers out of range', () => {
  const code = (lengthDifferences: readonly number[], outcomes: readonly number[]) => {
    const outcome = lengthControlledWinRate({ ...options, lengthDifferences, outcomes })
    return outcome.kind === 'not-estimable' ? outcome.because.code : outcome.kind
  }
  expect(code([], [])).toBe('too-few-values')
  expect(code([1], [1])).toBe('too-few-values')
  expect(code([3, 3, 3], [1, 0, 1])).toBe('length-difference-constant')
  expect(code([1, 2, 3], [1, 1, 1])).toBe('no-variation')
  expect(() => code([1, Number.NaN], [1, 0])).toThrow(/finite/)
  expect(() => code([1, 2], [1, 2])).toThrow(/outcome/)
  expect(() => code([1, 2], [1])).toThrow(/unequal lengths/)
  expect(() => lengthControlledWinRate({ ...options, ridge: 0, lengthDifferences: [1, 2], outcomes: [1, 0] })).toThrow(
    /ridge/,
  )
  expect(() => code([-1e300, 1e300, 5], [0, 1, 1])).toThrow(/too large/)
  const extreme = lengthControlledWinRate({ ...options, lengthDifferences: [-1e50, 1e50, 5], outcomes: [0, 1, 1] })
  expect(Number.isFinite(answered(extreme).value)).toBe(true)
})
