import { expect, test } from 'vitest'
import oracle from '../../../oracles/item-response/item-response.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { type ItemResponseFit, itemResponseModel } from './item-response-model.ts'
import type { ItemResponseOptions } from './item-responses.ts'

function fitted(options: ItemResponseOptions): ItemResponseFit {
  const fit = itemResponseModel(options)
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

const patterns = oracle.lsat6.split(' ').map((entry) => entry.split(':'))
const lsat6 = {
  responses: Float64Array.from(patterns.flatMap(([answers]) => Array.from(answers ?? '', Number))),
  persons: patterns.length,
  items: 5,
  counts: patterns.map(([, count]) => Number(count)),
}

test('itemResponseModel 2pl of LSAT-6: the published slopes and difficulties to 5 digits, log-likelihood −2466.6534', () => {
  const fit = fitted({ ...lsat6, model: '2pl' })
  for (const [j, slope] of oracle.slopes.entries()) {
    expect(Math.abs((fit.slopes[j] ?? Number.NaN) - slope)).toBeLessThan(3e-5)
    // Published difficulties come from another quadrature; they agree to 1e-4.
    expect(
      Math.abs(-(fit.intercepts[j] ?? Number.NaN) / (fit.slopes[j] ?? 1) - (oracle.difficulties[j] ?? 0)),
    ).toBeLessThan(2e-4)
  }
  expect(fit.logLikelihood).toBeCloseTo(oracle.logLikelihood, 3)
})

test('itemResponseModel 1pl of LSAT-6: one slope .75513, log-likelihood −2466.9376', () => {
  const common = fitted({ ...lsat6, model: '1pl' })
  expect(Math.abs((common.slopes[0] ?? Number.NaN) - oracle.commonSlope)).toBeLessThan(5e-5)
  expect(common.logLikelihood).toBeCloseTo(oracle.commonLogLikelihood, 3)
})

function minstd(seed: number, count: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  })
}

function minstdNormal(seed: number, count: number): Float64Array {
  const u = minstd(seed, 2 * count)
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(u[2 * i] ?? 1)) * Math.cos(2 * Math.PI * (u[2 * i + 1] ?? 0)),
  )
}

test('itemResponseModel of 1,000 × 100 responses reaches at least the log-likelihood of NumPy EM, −54118.42655', () => {
  const [persons, items] = [1000, 100]
  const ability = minstdNormal(401, persons)
  const slope = minstdNormal(402, items).map((z) => Math.exp(0.3 * z))
  const difficulty = minstdNormal(403, items)
  const u = minstd(404, persons * items)
  const responses = u.map((draw, k) =>
    draw <
    1 /
      (1 + Math.exp(-(slope[k % items] ?? 0) * ((ability[Math.floor(k / items)] ?? 0) - (difficulty[k % items] ?? 0))))
      ? 1
      : 0,
  )
  const fit = fitted({ responses, persons, items, counts: new Float64Array(persons).fill(1), model: '2pl' })
  expect(fit.logLikelihood).toBeGreaterThanOrEqual(oracle.minstd.ll)
  expect(fit.logLikelihood).toBeLessThan(oracle.minstd.ll + 0.01)
  // The reference stopped early; its slopes are still up to 2e-3 from the maximum.
  for (const [j, a] of oracle.minstd.a5.entries())
    expect(Math.abs((fit.slopes[j] ?? Number.NaN) - a)).toBeLessThan(3e-3)
  // Errors are honest: standardised errors of the slopes have a spread near 1.
  const standardised = Array.from(slope, (truth, j) => ((fit.slopes[j] ?? 0) - truth) / (fit.slopeErrors[j] ?? 1))
  const spread = Math.sqrt(standardised.reduce((sum, z) => sum + z * z, 0) / items)
  expect(spread).toBeGreaterThan(0.7)
  expect(spread).toBeLessThan(1.3)
})

test('itemResponseModel: missing answers at random move parameters within their errors; row order moves nothing', () => {
  const random = openRandom(2)
  const [persons, items] = [400, 12]
  const responses = new Float64Array(persons * items)
  for (let i = 0; i < persons; i++) {
    const theta = random.normal()
    for (let j = 0; j < items; j++)
      responses[i * items + j] = random.uniform() < 1 / (1 + Math.exp(-(1.2 * theta + (j - 6) / 4))) ? 1 : 0
  }
  const counts = new Float64Array(persons).fill(1)
  const base = fitted({ responses, persons, items, counts, model: '2pl' })
  const reversed = Float64Array.from(
    responses,
    (_, k) => responses[(persons - 1 - Math.floor(k / items)) * items + (k % items)] ?? 0,
  )
  const other = fitted({ responses: reversed, persons, items, counts, model: '2pl' })
  const holed = fitted({
    responses: responses.map((y) => (random.uniform() < 0.2 ? Number.NaN : y)),
    persons,
    items,
    counts,
    model: '2pl',
  })
  for (let j = 0; j < items; j++) {
    expect(other.slopes[j]).toBeCloseTo(base.slopes[j] ?? Number.NaN, 6)
    expect(Math.abs((holed.slopes[j] ?? 0) - (base.slopes[j] ?? 0))).toBeLessThan(3 * (base.slopeErrors[j] ?? 0))
  }
  expect(holed.abilityErrors.reduce((sum, error) => sum + error, 0)).toBeGreaterThan(
    base.abilityErrors.reduce((sum, error) => sum + error, 0),
  )
})

test('itemResponseModel leaves out items that all or none solved, and refuses few rows, few items and other answers', () => {
  const random = openRandom(5)
  const persons = 60
  const responses = Float64Array.from({ length: persons * 6 }, (_, k) =>
    k % 6 === 5 ? 1 : random.uniform() < 0.5 ? 1 : 0,
  )
  const options = { responses, persons, items: 6, counts: new Float64Array(persons).fill(1), model: '2pl' } as const
  const fit = fitted(options)
  expect(fit.slopes[5]).toBeUndefined()
  expect(fit.caveats.map(({ code }) => code)).toContain('items-without-variation')
  const few = { ...options, responses: responses.slice(0, 120), persons: 20, counts: new Float64Array(20).fill(1) }
  expect(itemResponseModel(few)).toMatchObject({ because: { code: 'item-response-not-identified' } })
  expect(itemResponseModel({ ...few, model: '1pl' }).kind).toBe('item-response-fit')
  expect(itemResponseModel({ ...options, responses: new Float64Array(persons * 6).fill(1) })).toMatchObject({
    because: { code: 'too-few-varying-items' },
  })
  expect(() => itemResponseModel({ ...options, responses: responses.map((y) => y / 2) })).toThrow(/binary/)
  expect(() => itemResponseModel({ ...options, persons: 7 })).toThrow(/rectangular/)
})
