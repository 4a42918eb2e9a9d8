import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bonettPrice } from './bonett-price.ts'
import { binomialPmf } from './distributions/binomial.ts'
import { chiSquaredUpperTail } from './distributions/chi-squared.ts'
import { mcnemarExact, mcnemarMidP } from './mcnemar.ts'
import { newcombeDifference } from './newcombe-difference.ts'
import { newcombePaired } from './newcombe-paired.ts'
import type { Interval, Outcome } from './result.ts'
import { tango, tangoScore } from './tango.ts'

interface Row {
  readonly name: string
  readonly both: number
  readonly onlyA: number
  readonly onlyB: number
  readonly neither: number
  readonly level: number
  readonly tango: readonly [number, number]
  readonly newcombe: readonly [number, number]
  readonly bonettPrice: readonly [number, number]
  readonly exact: number
  readonly midP: number
}

// mpmath 1.4.1, Tango by numerical constrained likelihood, McNemar by exact fractions: oracles/pairs/pairs.py.
const oracle = JSON.parse(readFileSync(new URL('../../oracles/pairs/pairs.json', import.meta.url), 'utf8')) as {
  tables: Row[]
  independent: [number, number, number, number, number, number][]
}

function interval(outcome: Outcome): Interval {
  if (outcome.kind !== 'estimate') throw new Error('expected an estimate')
  return outcome.interval
}

test('tango, newcombePaired and bonettPrice agree with mpmath on 11 tables at two levels', () => {
  expect(oracle.tables.length).toBe(22)
  for (const row of oracle.tables) {
    const methods = [
      [tango, row.tango],
      [newcombePaired, row.newcombe],
      [bonettPrice, row.bonettPrice],
    ] as const
    for (const [method, [lower, upper]] of methods) {
      const limits = interval(method(row))
      expect(Math.abs(limits.lower - lower), `${row.name} lower`).toBeLessThan(1e-12)
      expect(Math.abs(limits.upper - upper), `${row.name} upper`).toBeLessThan(1e-12)
    }
  }
})

test('the airway table gives the intervals that Fagerland et al. (2014) print', () => {
  const airway = { both: 1, onlyA: 1, onlyB: 7, neither: 12, level: 0.95 }
  const printed = (outcome: Outcome) => [interval(outcome).lower, interval(outcome).upper].map((x) => x.toFixed(3))
  expect(printed(tango(airway))).toEqual(['-0.517', '-0.026'])
  expect(printed(newcombePaired(airway))).toEqual(['-0.507', '-0.026'])
  expect(printed(bonettPrice(airway))).toEqual(['-0.508', '-0.013'])
  expect(mcnemarExact({ ...airway, alternative: 'two-sided' }).pValue).toBeCloseTo(0.0703125, 12)
  expect(mcnemarMidP({ ...airway, alternative: 'two-sided' }).pValue).toBeCloseTo(0.0390625, 12)
})

test('mcnemarExact and mcnemarMidP agree with exact fractions', () => {
  for (const row of oracle.tables) {
    const counts = { onlyA: row.onlyA, onlyB: row.onlyB, alternative: 'two-sided' as const }
    expect(Math.abs(mcnemarExact(counts).pValue / row.exact - 1), row.name).toBeLessThan(1e-12)
    expect(Math.abs(mcnemarMidP(counts).pValue / row.midP - 1), row.name).toBeLessThan(1e-12)
  }
})

test('mcnemarExact and mcnemarMidP give the reference values (5,15), (25,12), (1,8), (121,59)', () => {
  const both = (onlyA: number, onlyB: number) => [
    mcnemarExact({ onlyA, onlyB, alternative: 'two-sided' }).pValue,
    mcnemarMidP({ onlyA, onlyB, alternative: 'two-sided' }).pValue,
  ]
  expect(both(5, 15).map((value) => value.toFixed(6))).toEqual(['0.041389', '0.026604'])
  expect(both(25, 12).map((value) => value.toFixed(6))).toEqual(['0.047031', '0.033552'])
  expect(both(1, 8).map((value) => value.toFixed(6))).toEqual(['0.039062', '0.021484'])
  expect(both(121, 59).map((value) => value.toExponential(2))).toEqual(['4.43e-6', '3.27e-6'])
  // MMLU-sized: scipy.stats.binomtest(2202, 4281) = 0.062223955828816235.
  expect(both(2202, 2079)[0]).toBeCloseTo(0.062223955828816235, 13)
})

test('newcombeDifference agrees with mpmath and with Newcombe (1998), 56/70 against 48/80: 0.0524 to 0.3339', () => {
  for (const [k1, n1, k2, n2, lower, upper] of oracle.independent) {
    const limits = interval(
      newcombeDifference({ a: { successes: k1, trials: n1 }, b: { successes: k2, trials: n2 }, level: 0.95 }),
    )
    expect(Math.abs(limits.lower - lower)).toBeLessThan(1e-14)
    expect(Math.abs(limits.upper - upper)).toBeLessThan(1e-14)
  }
  const published = interval(
    newcombeDifference({ a: { successes: 56, trials: 70 }, b: { successes: 48, trials: 80 }, level: 0.95 }),
  )
  expect([published.lower.toFixed(4), published.upper.toFixed(4)]).toEqual(['0.0524', '0.3339'])
})

const coverageTable = JSON.parse(
  readFileSync(new URL('../../oracles/pairs/coverage.json', import.meta.url), 'utf8'),
) as { rows: [number, number, number, number, number, number][] }

/** Exact coverage of a 95 % interval, summed over every table; the items on which A and B agree are half passed. */
function coverage(method: typeof tango, [n, pA, pB]: readonly [number, number, number]): number {
  let covered = 0
  for (let b = 0; b <= n; b++) {
    for (let c = 0; c <= n - b; c++) {
      const both = Math.floor((n - b - c) / 2)
      const { lower, upper } = interval(method({ both, onlyA: b, onlyB: c, neither: n - b - c - both, level: 0.95 }))
      const truth = pA - pB
      if (lower > truth + 1e-12 || upper < truth - 1e-12) continue
      const discordant = { k: b + c, n, p: pA + pB }
      covered += binomialPmf(discordant) * binomialPmf({ k: b, n: b + c, p: pA / (pA + pB) })
    }
  }
  return covered
}

test('exact coverage of tango, newcombePaired and bonettPrice equals an independent enumeration on 24 cells', () => {
  const cells = coverageTable.rows.filter(([n]) => n <= 30)
  expect(cells.length).toBe(24)
  for (const [n, pA, pB, ...expected] of cells) {
    ;[tango, newcombePaired, bonettPrice].forEach((method, i) => {
      expect(Math.abs(coverage(method, [n, pA, pB]) - (expected[i] as number)), `${n} ${pA} ${pB} ${i}`).toBeLessThan(
        1e-4,
      )
    })
  }
})

const cell = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2000 }))
const table = fc
  .record({ both: cell, onlyA: cell, onlyB: cell, neither: cell })
  .filter(({ both, onlyA, onlyB, neither }) => both + onlyA + onlyB + neither > 0)

test('paired intervals stay inside [−1, 1], have width, and tango and newcombePaired hold the difference, seed 31', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const value = (counts.onlyA - counts.onlyB) / (counts.both + counts.onlyA + counts.onlyB + counts.neither)
      for (const method of [tango, newcombePaired, bonettPrice]) {
        const { lower, upper } = interval(method({ ...counts, level: 0.95 }))
        expect(lower).toBeGreaterThanOrEqual(-1)
        expect(upper).toBeLessThanOrEqual(1)
        expect(upper).toBeGreaterThan(lower)
        if (method === bonettPrice) continue
        expect(lower).toBeLessThanOrEqual(value)
        expect(upper).toBeGreaterThanOrEqual(value)
      }
    }),
    { seed: 31, numRuns: 500 },
  )
})

test('swapping A and B mirrors every paired interval and keeps every two-sided p, seed 32', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const swapped = { ...counts, onlyA: counts.onlyB, onlyB: counts.onlyA }
      for (const method of [tango, newcombePaired, bonettPrice]) {
        const one = interval(method({ ...counts, level: 0.95 }))
        const other = interval(method({ ...swapped, level: 0.95 }))
        // Tango's score carries a rounding error of about n units in the last place, n ≤ 8000 here.
        expect(Math.abs(one.lower + other.upper)).toBeLessThan(1e-12)
        expect(Math.abs(one.upper + other.lower)).toBeLessThan(1e-12)
      }
      for (const method of [mcnemarExact, mcnemarMidP]) {
        const one = method({ ...counts, alternative: 'two-sided' }).pValue
        expect(method({ ...swapped, alternative: 'two-sided' }).pValue).toBe(one)
        const greater = method({ ...counts, alternative: 'greater' }).pValue
        expect(method({ ...swapped, alternative: 'less' }).pValue).toBe(greater)
      }
    }),
    { seed: 32, numRuns: 300 },
  )
})

test('tango excludes 0 exactly when the asymptotic McNemar test rejects, seed 33', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const { onlyA, onlyB } = counts
      fc.pre(onlyA + onlyB > 0)
      const chiSquared = (onlyA - onlyB) ** 2 / (onlyA + onlyB)
      const n = counts.both + onlyA + onlyB + counts.neither
      expect(tangoScore({ onlyA, onlyB, n, difference: 0 }) ** 2).toBeCloseTo(chiSquared, 9)
      const rejects = chiSquaredUpperTail(chiSquared, 1) < 0.05
      const { lower, upper } = interval(tango({ ...counts, level: 0.95 }))
      expect(lower > 0 || upper < 0).toBe(rejects)
    }),
    { seed: 33, numRuns: 300 },
  )
})

test('tangoScore decreases in the difference, seed 34', () => {
  fc.assert(
    fc.property(table, fc.double({ min: -0.99, max: 0.98, noNaN: true }), ({ both, onlyA, onlyB, neither }, from) => {
      const n = both + onlyA + onlyB + neither
      const at = (difference: number) => tangoScore({ onlyA, onlyB, n, difference })
      expect(at(from + 0.01)).toBeLessThan(at(from))
    }),
    { seed: 34, numRuns: 500 },
  )
})

test('mcnemarMidP lies between half of mcnemarExact and mcnemarExact, seed 35', () => {
  fc.assert(
    fc.property(table, ({ onlyA, onlyB }) => {
      const exact = mcnemarExact({ onlyA, onlyB, alternative: 'two-sided' }).pValue
      const mid = mcnemarMidP({ onlyA, onlyB, alternative: 'two-sided' }).pValue
      expect(mid).toBeLessThanOrEqual(exact)
      expect(mid).toBeGreaterThanOrEqual(exact / 2 - 1e-15)
    }),
    { seed: 35, numRuns: 300 },
  )
})

test('with no differing item mcnemar gives p = 1 with a caveat; without pairs the intervals cannot be given', () => {
  for (const method of [mcnemarExact, mcnemarMidP]) {
    const result = method({ onlyA: 0, onlyB: 0, alternative: 'two-sided' })
    expect(result.pValue).toBe(1)
    expect(result.caveats.map(({ code }) => code)).toEqual(['no-discordant-pairs'])
  }
  for (const method of [tango, newcombePaired, bonettPrice]) {
    expect(method({ both: 0, onlyA: 0, onlyB: 0, neither: 0, level: 0.95 }).kind).toBe('not-estimable')
    expect(() => method({ both: 1.5, onlyA: 0, onlyB: 0, neither: 0, level: 0.95 })).toThrow('counts not valid')
    expect(() => method({ both: 1, onlyA: 0, onlyB: 0, neither: 0, level: 1 })).toThrow('level out of range')
  }
  const empty = { successes: 0, trials: 0 }
  expect(newcombeDifference({ a: empty, b: { successes: 1, trials: 2 }, level: 0.95 }).kind).toBe('not-estimable')
})

test('mcnemar resolutions are the smallest p-values that m differing items can give', () => {
  const exact = mcnemarExact({ onlyA: 6, onlyB: 0, alternative: 'two-sided' })
  expect([exact.pValue, exact.resolution]).toEqual([2 ** -5, 2 ** -5])
  const mid = mcnemarMidP({ onlyA: 6, onlyB: 0, alternative: 'two-sided' })
  expect([mid.pValue, mid.resolution]).toEqual([2 ** -6, 2 ** -6])
  const greater = mcnemarExact({ onlyA: 6, onlyB: 0, alternative: 'greater' })
  expect([greater.pValue, greater.resolution]).toEqual([2 ** -6, 2 ** -6])
})
