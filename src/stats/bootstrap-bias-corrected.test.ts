import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRandom, type Random } from '../random/index.ts'
import { bootstrapBiasCorrected } from './bootstrap-bias-corrected.ts'

interface Oracle {
  readonly source: string
  readonly cases: readonly { readonly name: string; readonly rows: readonly number[][]; readonly value: number }[]
}
const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../../oracles/bootstrap-bias-corrected/values.json', import.meta.url), 'utf8'),
)

function estimate(rows: readonly (readonly number[])[], options: { draws?: number; random?: Random } = {}) {
  return bootstrapBiasCorrected({
    values: Float64Array.from(rows.flat()),
    candidates: rows[0]?.length ?? 0,
    cluster: Int32Array.from(rows.keys()),
    clusters: rows.length,
    level: 0.95,
    draws: options.draws ?? 1000,
    random: options.random ?? openRandom(1),
  })
}

function value(outcome: ReturnType<typeof estimate>) {
  if (outcome.kind !== 'estimate') throw new Error(outcome.because.code)
  return outcome
}

test.each(oracle.cases)(
  'bootstrapBiasCorrected agrees with all n^n bootstrap samples listed: $name',
  ({ rows, value: exact }) => {
    // 200,000 draws of a value with SD < 0.4: five standard errors are 0.0045.
    expect(Math.abs(value(estimate(rows, { draws: 200_000 })).value - exact)).toBeLessThan(0.0045)
  },
)

test('bootstrapBiasCorrected of one candidate far ahead is about its mean', () => {
  const random = openRandom('ahead')
  const rows = Array.from({ length: 300 }, () => [random.normal() + 5, random.normal(), random.normal()])
  const mean = rows.reduce((sum, row) => sum + (row[0] ?? 0), 0) / rows.length
  expect(value(estimate(rows)).value).toBeCloseTo(mean, 1)
})

test('bootstrapBiasCorrected removes the winner’s curse of 10 equal candidates in 200 samples', () => {
  let [naive, corrected] = [0, 0]
  const samples = 200
  for (let sample = 0; sample < samples; sample++) {
    const random = openRandom(`equal ${sample}`)
    const rows = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => random.normal()))
    naive += Math.max(...rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length)) / samples
    corrected += value(estimate(rows, { draws: 200, random: random.split('draws') })).value / samples
  }
  // The naive maximum of 10 means with SD 0.1 is 0.154 too high; the corrected value is at most slightly low.
  expect(naive).toBeGreaterThan(0.14)
  expect(Math.abs(corrected)).toBeLessThan(0.03)
})

test('bootstrapBiasCorrected does not depend on the order of candidates', () => {
  const rows = oracle.cases[0]!.rows
  const reversed = rows.map((row) => row.toReversed())
  expect(value(estimate(reversed)).value).toBeCloseTo(value(estimate(rows)).value, 12)
})

test('bootstrapBiasCorrected draws whole clusters: duplicating every unit inside its cluster changes nothing', () => {
  const rows = oracle.cases[0]!.rows
  const doubled = bootstrapBiasCorrected({
    values: Float64Array.from(rows.flatMap((row) => [...row, ...row])),
    candidates: 3,
    cluster: Int32Array.from(rows.flatMap((_, i) => [i, i])),
    clusters: rows.length,
    level: 0.95,
    draws: 1000,
    random: openRandom(1),
  })
  expect(value(doubled).value).toBeCloseTo(value(estimate(rows)).value, 12)
  expect(value(doubled).n).toBe(6)
})

test('bootstrapBiasCorrected refuses 5 clusters, and scores that are all equal', () => {
  const same = Array.from({ length: 20 }, () => [1, 1])
  expect(estimate(same.slice(0, 5))).toMatchObject({ because: { code: 'too-few-values' } })
  expect(estimate(same)).toMatchObject({ because: { code: 'bootstrap-without-spread' } })
})

test('bootstrapBiasCorrected throws for a level of 95 and for ten draws', () => {
  const rows = oracle.cases[0]!.rows
  expect(() => estimate(rows, { draws: 10 })).toThrow('too few draws')
  expect(() => estimate([])).toThrow('wrong shape')
})
