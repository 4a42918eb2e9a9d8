import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { type ItemResponseFit, itemResponseModel } from './item-response-model.ts'

const persons = 60
const items = 6

/** Simulated 2PL answers of 60 rows to 6 items. */
function answers(seed: number): Float64Array {
  const random = openRandom(seed)
  const abilities = Float64Array.from({ length: persons }, () => random.normal())
  return Float64Array.from({ length: persons * items }, (_, k) => {
    const logit = (0.8 + 0.1 * (k % items)) * (abilities[Math.floor(k / items)] ?? 0) + 0.3 * (k % items) - 0.7
    return random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
  })
}

function fitted(
  responses: Float64Array,
  model: '1pl' | '2pl',
  counts = new Float64Array(persons).fill(1),
): ItemResponseFit {
  const fit = itemResponseModel({ responses, persons: responses.length / items, items, counts, model })
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

const seeds = fc.nat(500)
// The search stops where the log-likelihood gains less than 1e-11 of itself: parameters are then within about 1e-3.
const near = (a: number | undefined, b: number | undefined) =>
  expect(Math.abs((a ?? Number.NaN) - (b ?? Number.NaN))).toBeLessThan(5e-3)

test('itemResponseModel 1pl: swapping right and wrong turns intercepts and abilities round and keeps the slope, seed 1', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const responses = answers(seed)
      const plain = fitted(responses, '1pl')
      const turned = fitted(
        responses.map((response) => 1 - response),
        '1pl',
      )
      expect(turned.logLikelihood).toBeCloseTo(plain.logLikelihood, 5)
      near(turned.slopes[0], plain.slopes[0])
      for (let item = 0; item < items; item++) near(turned.intercepts[item], -(plain.intercepts[item] ?? 0))
      for (let person = 0; person < persons; person++) near(turned.abilities[person], -(plain.abilities[person] ?? 0))
    }),
    { seed: 1, numRuns: 12 },
  )
})

test('itemResponseModel: permuting items permutes their parameters, and 2pl never fits worse than 1pl, seed 2', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const responses = answers(seed)
      const [common, separate] = [fitted(responses, '1pl'), fitted(responses, '2pl')]
      expect(separate.logLikelihood).toBeGreaterThanOrEqual(common.logLikelihood - 1e-6)
      const reversed = responses.map(
        (_, k) => responses[Math.floor(k / items) * items + (items - 1 - (k % items))] ?? 0,
      )
      const other = fitted(reversed, '1pl')
      expect(other.logLikelihood).toBeCloseTo(common.logLikelihood, 6)
      for (let item = 0; item < items; item++) near(other.intercepts[items - 1 - item], common.intercepts[item])
    }),
    { seed: 2, numRuns: 12 },
  )
})

test('itemResponseModel: a row counted twice is the row given twice, and more solved items never mean less ability, seed 3', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const responses = answers(seed)
      const twice = new Float64Array(2 * responses.length)
      twice.set(responses)
      twice.set(responses, responses.length)
      const counted = fitted(responses, '1pl', new Float64Array(persons).fill(2))
      const doubled = fitted(twice, '1pl', new Float64Array(2 * persons).fill(1))
      expect(doubled.logLikelihood).toBeCloseTo(counted.logLikelihood, 6)
      const score = (person: number) =>
        responses.subarray(person * items, (person + 1) * items).reduce((sum, y) => sum + y, 0)
      for (let person = 1; person < persons; person++) {
        const more = score(person) - score(person - 1)
        const ability = (counted.abilities[person] ?? 0) - (counted.abilities[person - 1] ?? 0)
        if (more > 0) expect(ability).toBeGreaterThan(0)
        if (more === 0) expect(Math.abs(ability)).toBeLessThan(1e-9)
      }
    }),
    { seed: 3, numRuns: 10 },
  )
})
