import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate, HypothesisTest } from '../../stats/index.ts'
import { gpqaDiamond } from './fixtures/gpqa-diamond.ts'
import { observe } from './fixtures/observe.ts'
import { modelComparison } from './model-comparison.ts'

type Rows = readonly Partial<ObservationRow>[]

function analyze(observations: Observations, given: Record<string, number> = {}) {
  const parameters = modelComparison.parameters.parse(given)
  const result = modelComparison.analyze({ observations, runs: [], parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) {
    if (outcome.kind === 'not-estimable') explain(outcome.because)
    else for (const caveat of outcome.caveats) explain(caveat)
  }
  return result
}

const outcomeOf = (result: ReturnType<typeof analyze>, end: string) => {
  const found = result.evidence.find(({ key }) => key.endsWith(`/${end}`))
  if (found === undefined) throw new Error(`${end} is not among ${result.evidence.map(({ key }) => key).join(', ')}`)
  return found.outcome
}
const estimate = (result: ReturnType<typeof analyze>, end: string): Estimate => outcomeOf(result, end) as Estimate
const testOf = (result: ReturnType<typeof analyze>, end: string): HypothesisTest =>
  outcomeOf(result, end) as HypothesisTest
const codes = (result: ReturnType<typeof analyze>) => result.statements.map(({ code }) => code)

/** Two models on `n` items: the pattern says who passes item i. */
function twoModels(
  n: number,
  passes: (model: 'a' | 'b', item: number) => boolean,
  more: Partial<ObservationRow> = {},
): Rows {
  return (['a', 'b'] as const).flatMap((model) =>
    Array.from({ length: n }, (_, i) => ({
      model,
      item: `i${String(i).padStart(5, '0')}`,
      score: passes(model, i) ? 1 : 0,
      ...more,
    })),
  )
}

// numpy 1.26 and scipy 1.17 on the epoch means of 198 items; published in inspect_ai issue 4206: +5.9, [0.4, 11.3], p 0.036.
test('model-comparison of GPQA Diamond: 0.0585859, SE 0.0277885, t interval, p 0.0362710', () => {
  const result = analyze(gpqaDiamond())
  const difference = estimate(result, 'difference')
  expect(difference.value).toBeCloseTo(0.0585859, 7)
  expect(difference.standardError).toBeCloseTo(0.0277885, 7)
  expect(difference.interval.lower).toBeCloseTo(0.0037848, 7)
  expect(difference.interval.upper).toBeCloseTo(0.1133869, 7)
  expect(difference.degreesOfFreedom).toBe(197)
  expect(testOf(result, 'test').pValue).toBeCloseTo(0.036271, 7)
  expect(testOf(result, 'holm').pValue).toBeCloseTo(0.036271, 7)
  expect(codes(result)).toEqual(['pair-better', 'unpaired-would-miss'])
})

test('model-comparison of GPQA Diamond unpaired: SE 0.0404828, [−0.0207590, 0.1379307], p 0.1478468', () => {
  const result = analyze(gpqaDiamond())
  const unpaired = estimate(result, 'unpaired')
  expect(unpaired.standardError).toBeCloseTo(0.0404828, 7)
  expect(unpaired.interval.lower).toBeCloseTo(-0.020759, 7)
  expect(unpaired.interval.upper).toBeCloseTo(0.1379307, 7)
  expect(testOf(result, 'unpaired-test').pValue).toBeCloseTo(0.1478468, 7)
  expect(result.evidence.find(({ key }) => key.endsWith('/unpaired'))?.evidenceClass).toBe('descriptive')
  expect(result.tables[0]?.rows[0]).toMatchObject({ gain: expect.closeTo(2.1223, 4), verdict: 'first is better' })
})

test('model-comparison of GPQA Diamond: the exact sign-flip test agrees with t to two digits', () => {
  const flipped = testOf(analyze(gpqaDiamond()), 'sign-flip')
  expect(flipped.method).toBe('sign-flip-dynamic-programming')
  expect(flipped.pValue).toBeCloseTo(0.036, 2)
})

// Discordant 25 and 12: exact 0.047031, mid-p 0.033552 (SciPy 1.17.1 binomtest(12, 37)).
test('model-comparison of single 0/1 responses is exact McNemar, with mid-p and Bonett–Price beside it', () => {
  const result = analyze(
    observe(twoModels(100, (model, i) => (i < 25 ? model === 'a' : i < 37 ? model === 'b' : i < 70))),
  )
  expect(testOf(result, 'test')).toMatchObject({ method: 'mcnemar-exact', pValue: expect.closeTo(0.0470310274, 9) })
  expect(testOf(result, 'mid-p').pValue).toBeCloseTo(0.0335524397, 9)
  expect(estimate(result, 'difference').method).toBe('tango-score')
  expect(estimate(result, 'bonett-price').value).toBeCloseTo(0.13, 12)
  // By hand, method 10: Wilson limits of 58 and 45 in 100, φ = .2606476 continuity-corrected from 33, 25, 12, 30.
  const newcombe = estimate(result, 'newcombe')
  expect(newcombe.method).toBe('newcombe-paired-score')
  expect(newcombe.interval.lower).toBeCloseTo(0.0111402788, 9)
  expect(newcombe.interval.upper).toBeCloseTo(0.2430207325, 9)
  expect(result.evidence.find(({ key }) => key.endsWith('/test'))?.evidenceClass).toBe('guarantee')
})

test('model-comparison below ten clusters decides by flipping the signs of clusters: 14/64', () => {
  const a = [1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1]
  const b = [1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1]
  const clusters = [4, 3, 4, 2, 3, 4].flatMap((size, cluster) => Array.from({ length: size }, () => `c${cluster}`))
  const rows = [...a.entries()].flatMap(([i, score]) => [
    { model: 'a', item: `${i}`, cluster: clusters[i]!, score },
    { model: 'b', item: `${i}`, cluster: clusters[i]!, score: b[i]! },
  ])
  const result = analyze(observe(rows))
  expect(testOf(result, 'test').pValue).toBeCloseTo(14 / 64, 12)
  // CR1 SE 0.097980, p 0.0967.
  expect(estimate(result, 'cr1').standardError).toBeCloseTo(0.09798, 6)
  expect(testOf(result, 'cr1-test').pValue).toBeCloseTo(0.0967, 4)
})

test('model-comparison says how many items would settle an open pair', () => {
  const result = analyze(
    observe(twoModels(100, (model, i) => (i < 11 ? model === 'a' : i < 20 ? model === 'b' : i < 70))),
  )
  expect(codes(result)).toEqual(['pair-cannot-tell'])
  // Connor's formula for 0.11 against 0.09: 3,922.9 pairs.
  expect(result.statements[0]?.values.needed).toBe(3923)
  expect(result.tables[0]?.rows[0]).toMatchObject({ verdict: 'cannot tell', needed: 3923 })
})

test('model-comparison of equal scores names no number of items and no winner', () => {
  const result = analyze(observe(twoModels(30, (_, i) => i % 2 === 0)))
  expect(codes(result)).toEqual(['pair-level'])
  expect(testOf(result, 'test').pValue).toBe(1)
})

test('model-comparison of models on different items compares nothing and says so', () => {
  const result = analyze(
    observe([
      ...twoModels(20, () => true).slice(0, 20),
      ...Array.from({ length: 20 }, (_, i) => ({ model: 'b', item: `other ${i}`, score: 0 })),
    ]),
  )
  expect(codes(result)).toEqual(['pair-different-items'])
  expect(estimate(result, 'difference').method).toBe('newcombe-hybrid-score')
  expect(result.evidence.every(({ evidenceClass }) => evidenceClass === 'descriptive')).toBe(true)
  expect(result.figures).toEqual([])
})

test('model-comparison corrects for all pairs of a measure and names the leader', () => {
  const passes: Record<string, number> = { a: 90, b: 60, c: 58, d: 20 }
  const rows = Object.entries(passes).flatMap(([model, passed]) =>
    Array.from({ length: 100 }, (_, i) => ({ model, item: `${i}`, score: (i * 37) % 100 < passed ? 1 : 0 })),
  )
  const result = analyze(observe(rows))
  expect(result.statements[0]).toMatchObject({
    code: 'comparisons-summary',
    values: { pairs: 6, decided: 5, models: 4 },
  })
  expect(result.statements[1]).toMatchObject({ code: 'leader-alone', values: { model: 'a' } })
  const [raw, adjusted] = [testOf(result, 'b − c/test').pValue, testOf(result, 'b − c/holm').pValue]
  expect(raw).toBe(0.5)
  expect(adjusted).toBe(0.5)
  expect(testOf(result, 'a − b/holm').pValue).toBeGreaterThan(testOf(result, 'a − b/test').pValue)
})

test('model-comparison rejects a true null in at most 5 % of 1,000 families of three equal models, seeds 0–999', () => {
  let rejected = 0
  for (let seed = 0; seed < 1000; seed++) {
    const random = openRandom(`null ${seed}`)
    const rows = Array.from({ length: 40 }, (_, i) => i).flatMap((i) => {
      const rate = random.uniform()
      return ['a', 'b', 'c'].flatMap((model) =>
        [1, 2].map((replicate) => ({ model, item: `${i}`, replicate, score: random.uniform() < rate ? 1 : 0 })),
      )
    })
    const { tables } = analyze(observe(rows), { permutationUnits: 0, unpairedPairs: 0 })
    if (tables[0]!.rows.some(({ adjusted }) => Number(adjusted) <= 0.05)) rejected++
  }
  // Four binomial standard errors above 0.05 at 1,000 are 0.078; a test that never rejects would fail the lower end.
  expect(rejected / 1000).toBeLessThan(0.078)
  expect(rejected / 1000).toBeGreaterThan(0.01)
}, 60_000)

test('model-comparison finds a planted difference of 10 points on 400 items in clusters of 4', () => {
  const random = openRandom('planted')
  const rows = Array.from({ length: 400 }, (_, i) => i).flatMap((i) => {
    const difficulty = random.uniform()
    return [
      {
        model: 'a',
        item: `${i}`,
        cluster: `${i >> 2}`,
        score: random.uniform() < Math.min(1, difficulty + 0.1) ? 1 : 0,
      },
      { model: 'b', item: `${i}`, cluster: `${i >> 2}`, score: random.uniform() < difficulty ? 1 : 0 },
    ]
  })
  const result = analyze(observe(rows))
  const { lower, upper } = estimate(result, 'difference').interval
  expect(lower).toBeLessThan(0.1)
  expect(upper).toBeGreaterThan(0.1)
  expect(estimate(result, 'difference').n).toBe(100)
})

test('model-comparison does not depend on the order of rows, and a third model moves no unadjusted number', () => {
  const rows = twoModels(50, (model, i) => (i * (model === 'a' ? 7 : 3)) % 5 < 2, { cluster: 'x' }).map((row, i) => ({
    ...row,
    cluster: `${i % 15}`,
    replicate: 1,
  }))
  const result = analyze(observe(rows))
  expect(analyze(observe(rows.toReversed()))).toEqual(result)
  const third = analyze(observe([...rows, ...rows.slice(0, 50).map((row) => ({ ...row, model: 'c', score: 1 }))]))
  const raw = (evidence: typeof result.evidence) =>
    evidence.filter(({ key }) => key.includes('a − b') && !key.endsWith('holm'))
  expect(raw(third.evidence)).toEqual(raw(result.evidence))
})

test('model-comparison with missing scores compares what both have; all missing is not testable', () => {
  const some = analyze(
    observe(
      twoModels(30, (model, i) => model === 'a' || i % 3 > 0).map((row, i) =>
        i < 5 ? { ...row, score: 'refusal' as const } : row,
      ),
    ),
  )
  expect(some.tables[0]?.rows[0]).toMatchObject({ items: 25 })
  const none = analyze(
    observe(twoModels(5, () => true).map((row) => (row.model === 'a' ? { ...row, score: 'refusal' as const } : row))),
  )
  expect(none.tables[0]?.rows[0]).toMatchObject({ items: 0, verdict: 'different items' })
})

test('model-comparison of one model cannot say, and says what it would take', () => {
  const result = analyze(observe([{ item: 'a', score: 1 }]))
  expect(result.status).toBe('cannot-say')
  expect(explain(result.statements[0]!).fix).toContain('second model')
})

test('model-comparison of scores without a range may differ by more than 1', () => {
  const rows = twoModels(40, () => true).map((row, i) => ({
    ...row,
    score: row.model === 'a' ? 10 + (i % 7) : (i * 3) % 5,
  }))
  const result = analyze(observe(rows))
  expect(estimate(result, 'difference').value).toBeGreaterThan(5)
  expect(result.statements[0]?.values.difference).not.toContain('points')
})

test('model-comparison of means that differ by rounding alone names no number of items, and does not fail', () => {
  // The same graded scores, added in another order: the means differ in the last bit.
  const rows = [0.1, 0.2, 0.3, 0.7, 0.6, 0.4].flatMap((score, i) => [
    { item: `${i}`, model: 'a', score },
    { item: `${i}`, model: 'b', score: [0.4, 0.6, 0.7, 0.3, 0.2, 0.1 + 2 ** -52][i] ?? 0 },
  ])
  const result = analyze(observe(rows))
  const { value } = estimate(result, 'difference')
  expect(Math.abs(value)).toBeLessThan(1e-15)
  expect(value).not.toBe(0)
  expect(result.statements.map((said) => explain(said).text).join(' ')).not.toMatch(/e\+\d|10¹/)
})
