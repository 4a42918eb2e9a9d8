import { expect, test } from 'vitest'
import { generalizability } from './generalizability.ts'
import { meanSquareLimits } from './mean-square-interval.ts'
import { twoValuedNoise } from './two-valued-noise.ts'

test('generalizability of 0/1 scores: limits of the noise reach at least as far as χ² limits, over items where those are too short', () => {
  const rare = Array.from({ length: 4 * 60 * 3 }, (_, at) => (Math.floor(at / 3) % 60 < 12 && at % 7 < 2 ? 1 : 0))
  for (const [conditions, runsPerCell, effect] of [
    [3, 1, 'residual'],
    [1, 3, 'rerun'],
  ] as const) {
    const study = generalizability({ values: rare, objects: 4, items: 60, conditions, runsPerCell, level: 0.95 })
    if (study.kind === 'not-estimable') throw new Error(study.because.code)
    const own = study.components.find((each) => each.effect === effect)
    if (own === undefined) throw new Error('no such component')
    const { meanSquare, degreesOfFreedom, interval } = own
    const chi = meanSquareLimits({ terms: [{ meanSquare, degreesOfFreedom, coefficient: 1 }], level: 0.95 })
    expect(interval.lower).toBeLessThan(chi.lower)
    expect(interval.upper).toBeGreaterThan(chi.upper)
  }
})

test('twoValuedNoise is exp(±t · s) around the mean square, and open to both sides alike', () => {
  // SciPy 1.17.1 stats.t.ppf(.975, 7) = 2.364624251592785; Σ(S − 2)² = 10, ΣS = 16.
  const { lower, upper } = twoValuedNoise({
    meanSquare: 0.25,
    sumsOfSquares: Float64Array.of(2, 1, 3, 2, 0, 4, 2, 2),
    level: 0.95,
  })
  expect(Math.log(upper / 0.25)).toBeCloseTo(2.364_624_251_592_785 * (Math.sqrt((8 / 7) * 10) / 16), 9)
  expect(lower * upper).toBeCloseTo(0.0625, 12)
})

test('generalizability refuses 0/1 scores whose rarer value shows on fewer than 8 items, other scores not', () => {
  const options = { objects: 2, items: 20, conditions: 2, runsPerCell: 1, level: 0.95 }
  const scores = (rare: number) =>
    Array.from({ length: 80 }, (_, at) => (Math.floor(at / 2) % 20 < rare && at % 2 === 0 ? 1 : 0))
  expect(generalizability({ ...options, values: scores(7) })).toMatchObject({
    because: { code: 'few-items-differ', values: { differing: 7, needed: 8 } },
  })
  expect(generalizability({ ...options, values: scores(8) }).kind).toBe('generalizability-study')
  expect(generalizability({ ...options, values: scores(7).map((score) => 1 - score) }).kind).toBe('not-estimable')
  expect(generalizability({ ...options, values: scores(7).map((score, at) => score + (at === 0 ? 1 : 0)) }).kind).toBe(
    'generalizability-study',
  )
})
