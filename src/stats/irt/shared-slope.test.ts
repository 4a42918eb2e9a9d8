import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/item-response/common-slope.json' with { type: 'json' }
import responsesOracle from '../../../oracles/item-response/item-response.json' with { type: 'json' }
import { openRandom, type Random } from '../../random/index.ts'
import { itemResponseModel } from './item-response-model.ts'
import { momentsGivenSum } from './moments-given-sum.ts'
import { commonSlopeTest } from './shared-slope.ts'
import { slopeScore } from './slope-score.ts'
import { tradeAnswers } from './trade-answers.ts'

const answersOf = (rows: readonly string[]) => Float64Array.from(rows.join(''), Number)
const lsatRows = responsesOracle.lsat6.split(' ').flatMap((entry) => {
  const [answers = '', count] = entry.split(':')
  return new Array<string>(Number(count)).fill(answers)
})
const rightOf = (row: string): number => row.replaceAll('0', '').length

interface Planted {
  readonly rows: number
  readonly items: number
  readonly slope: (item: number) => number
  readonly missing?: number
}

function planted(random: Random, { rows, items, slope, missing = 0 }: Planted): Float64Array {
  const responses = new Float64Array(rows * items)
  for (let row = 0; row < rows; row++) {
    const ability = random.normal()
    for (let item = 0; item < items; item++) {
      const logit = slope(item) * ability + 2 * (item / (items - 1)) - 1
      const answer = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
      responses[row * items + item] = random.uniform() < missing ? Number.NaN : answer
    }
  }
  return responses
}

function tested(options: { responses: Float64Array; persons: number; items: number; random: Random }) {
  const common = itemResponseModel({ ...options, counts: new Float64Array(options.persons).fill(1), model: '1pl' })
  if (common.kind === 'not-estimable') throw new Error(common.because.code)
  return commonSlopeTest({ ...options, common })
}

function pValueOf(options: Parameters<typeof tested>[0]): number {
  const test = tested(options)
  if (test.kind === 'not-estimable') throw new Error(test.because.code)
  return test.pValue
}

test('momentsGivenSum equals the moments over all answers with that sum, to 1e-13', () => {
  for (const { logOdds, right, means, covariances } of oracle.moments) {
    const found = momentsGivenSum(Float64Array.from(logOdds), right)
    for (const [j, mean] of means.entries()) {
      expect(Math.abs((found.means[j] ?? Number.NaN) - mean)).toBeLessThan(1e-13)
      for (let k = 0; k <= j; k++)
        expect(
          Math.abs((found.covariances[j * means.length + k] ?? Number.NaN) - (covariances[j]?.[k] ?? Number.NaN)),
        ).toBeLessThan(1e-13)
    }
  }
})

test('momentsGivenSum: means add up to the sum, covariances of each item with all to nought; odds may share a factor', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 2, maxLength: 120 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (logOdds, share, shift) => {
        const items = logOdds.length
        const right = 1 + Math.floor(share * (items - 2))
        const { means, covariances } = momentsGivenSum(Float64Array.from(logOdds), right)
        expect(means.reduce((sum, mean) => sum + mean, 0)).toBeCloseTo(right, 9)
        for (let j = 0; j < items; j++) {
          let sum = 0
          for (let k = 0; k < items; k++) sum += covariances[Math.max(j, k) * items + Math.min(j, k)] ?? 0
          expect(Math.abs(sum)).toBeLessThan(1e-10)
        }
        const shifted = momentsGivenSum(
          Float64Array.from(logOdds, (odds) => odds + shift),
          right,
        )
        for (let j = 0; j < items; j++) expect(shifted.means[j]).toBeCloseTo(means[j] ?? Number.NaN, 10)
      },
    ),
    { seed: 5, numRuns: 100 },
  )
})

test('slopeScore of LSAT-6 and of eight rows by enumeration, to 1e-9', () => {
  const score = slopeScore({
    responses: answersOf(lsatRows),
    rows: lsatRows.length,
    items: 5,
    intercepts: Float64Array.from(oracle.lsat6.logOdds),
    abilities: Float64Array.from(lsatRows, (row) => 0.5 * rightOf(row) + 0.1 * rightOf(row) ** 2),
  })
  expect(score?.degreesOfFreedom).toBe(4)
  expect(score?.informative).toBe(lsatRows.filter((row) => rightOf(row) % 5 > 0).length)
  expect(score?.statistic(answersOf(lsatRows))).toBeCloseTo(oracle.lsat6.statistic, 9)
  expect(smallScore()?.statistic(answersOf(oracle.small.table))).toBeCloseTo(oracle.small.statistic, 9)
})

const smallScore = () =>
  slopeScore({
    responses: answersOf(oracle.small.table),
    rows: oracle.small.table.length,
    items: 4,
    intercepts: Float64Array.from(oracle.small.logOdds),
    abilities: Float64Array.from(oracle.small.table, rightOf),
  })

test('tradeAnswers keeps all sums and what is missing, and reaches all 4,095 tables alike: the mean statistic is 4.171 (seed 8)', () => {
  const table = { responses: answersOf(oracle.small.table), rows: oracle.small.table.length, items: 4 }
  const score = smallScore()
  const random = openRandom(8)
  const seen = new Set<string>()
  let total = 0
  let squares = 0
  const draws = 40_000
  for (let draw = 0; draw < draws; draw++) {
    tradeAnswers(table, random)
    const statistic = score?.statistic(table.responses) ?? Number.NaN
    total += statistic
    squares += statistic ** 2
    seen.add(table.responses.join(''))
  }
  const mean = total / draws
  // Draws follow one another, so that 4 standard errors are taken as if one in two were new.
  expect(Math.abs(mean - oracle.small.mean)).toBeLessThan(4 * Math.sqrt((squares / draws - mean ** 2) / (draws / 2)))
  expect(seen.size).toBeGreaterThan(0.99 * oracle.small.tables)
  for (let row = 0; row < 8; row++)
    expect(table.responses.subarray(row * 4, row * 4 + 4).reduce((sum, y) => sum + y, 0)).toBe(
      rightOf(oracle.small.table[row] ?? ''),
    )
  const holed = planted(openRandom(9), { rows: 30, items: 6, slope: () => 1, missing: 0.3 })
  const drawn = holed.slice()
  for (let sweep = 0; sweep < 20; sweep++) tradeAnswers({ responses: drawn, rows: 30, items: 6 }, random)
  expect(drawn.map((y) => (Number.isNaN(y) ? 1 : 0))).toEqual(holed.map((y) => (Number.isNaN(y) ? 1 : 0)))
  for (let item = 0; item < 6; item++) {
    const sum = (all: Float64Array): number =>
      all.reduce((total, y, k) => total + (k % 6 === item && y === 1 ? 1 : 0), 0)
    expect(sum(drawn)).toBe(sum(holed))
  }
  expect(drawn).not.toEqual(holed)
})

test('commonSlopeTest of LSAT-6 finds no sign of slopes apart (seed 1), as its likelihood ratio of .568 on 4 degrees of freedom', () => {
  // Another statistic than the likelihood ratio (p .9665): alike, not equal.
  const p = pValueOf({ responses: answersOf(lsatRows), persons: lsatRows.length, items: 5, random: openRandom(1) })
  expect(p).toBeGreaterThan(0.9)
})

test('commonSlopeTest finds slopes that spread by a factor of e^.4 in 200 rows × 10 items, complete and with holes (seeds 0–99)', () => {
  for (const [missing, least] of [
    [0, 60],
    [0.1, 50],
  ] as const) {
    let found = 0
    for (let seed = 0; seed < 100; seed++) {
      const random = openRandom(seed)
      const slopes = Array.from({ length: 10 }, () => Math.exp(0.4 * random.normal()))
      const responses = planted(random, { rows: 200, items: 10, slope: (item) => slopes[item] ?? 1, missing })
      if (pValueOf({ responses, persons: 200, items: 10, random: random.split('tables') }) <= 0.05) found++
    }
    // The likelihood ratio finds about 72 of 100 complete ones.
    expect(found).toBeGreaterThanOrEqual(least)
  }
})

test('commonSlopeTest: items solved by all are left out, and add nothing', () => {
  const responses = planted(openRandom(3), { rows: 60, items: 6, slope: () => 1 })
  const wider = new Float64Array(60 * 7).fill(1)
  for (let row = 0; row < 60; row++) wider.set(responses.subarray(row * 6, row * 6 + 6), row * 7)
  const narrow = pValueOf({ responses, persons: 60, items: 6, random: openRandom(4) })
  expect(pValueOf({ responses: wider, persons: 60, items: 7, random: openRandom(4) })).toBeCloseTo(narrow, 6)
})

test('commonSlopeTest cannot say where rows are alike or answer different items, and refuses the fit of other responses', () => {
  const alike = Float64Array.from({ length: 40 * 4 }, (_, k) => ((Math.floor(k / 4) + k) % 2 === 0 ? 1 : 0))
  expect(tested({ responses: alike, persons: 40, items: 4, random: openRandom(5) })).toMatchObject({
    because: { code: 'slopes-not-comparable' },
  })
  // Half of the rows answer the first three items, half the others: nothing tells how the halves compare.
  const halves = planted(openRandom(6), { rows: 80, items: 6, slope: () => 1 }).map((y, k) =>
    k % 6 < 3 === Math.floor(k / 6) < 40 ? y : Number.NaN,
  )
  expect(tested({ responses: halves, persons: 80, items: 6, random: openRandom(7) })).toMatchObject({
    because: { code: 'slopes-not-comparable' },
  })
  const common = itemResponseModel({
    responses: alike,
    persons: 40,
    items: 4,
    counts: new Float64Array(40).fill(1),
    model: '2pl',
  })
  if (common.kind === 'not-estimable') throw new Error(common.because.code)
  expect(() => commonSlopeTest({ responses: alike, persons: 40, items: 4, common, random: openRandom(1) })).toThrow(
    /fit not of responses/,
  )
})
