import { expect, test } from 'vitest'
import { explain, type ObservationRow, type Observations } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import type { Estimate } from '../../stats/index.ts'
import { gpqaDiamond } from './fixtures/gpqa-diamond.ts'
import { observe } from './fixtures/observe.ts'
import { rerunAgreement } from './rerun-agreement.ts'

function analyze(observations: Observations) {
  const parameters = rerunAgreement.parameters.parse({})
  const result = rerunAgreement.analyze({ observations, runs: [], parameters, random: openRandom(1) })
  for (const said of [...result.statements, ...result.problems]) explain(said)
  for (const { outcome } of result.evidence) {
    if (outcome.kind === 'not-estimable') explain(outcome.because)
    else for (const caveat of outcome.caveats) explain(caveat)
  }
  return result
}

function estimate(result: ReturnType<typeof analyze>, end: string): Estimate {
  const outcome = result.evidence.find(({ key }) => key.endsWith(end))?.outcome
  if (outcome?.kind !== 'estimate') throw new Error(`${end}: ${JSON.stringify(outcome)}`)
  return outcome
}

const codes = (result: ReturnType<typeof analyze>) => result.problems.map(({ code }) => code)

/** `repeats` runs of each of `items` items; what each run scores, and more columns. */
function repeated(
  { items, repeats }: { readonly items: number; readonly repeats: number },
  row: (item: number, repeat: number) => Partial<ObservationRow>,
) {
  return Array.from({ length: items * repeats }, (_, i) => {
    const [item, repeat] = [Math.floor(i / repeats), i % repeats]
    return { item: `i${String(item).padStart(4, '0')}`, replicate: repeat + 1, ...row(item, repeat) }
  })
}

// Values of stephlinds/evalconfidence, recomputed in oracles/gpqa-diamond.
test('rerun-agreement of GPQA Diamond: design effects 3.4373 and 3.6724, ICC 0.6072 and 0.6656, within, between, identical', () => {
  const result = analyze(gpqaDiamond())
  const [nano, mini] = result.tables[0]!.rows
  expect(nano).toMatchObject({
    designEffect: expect.closeTo(3.4373, 4),
    icc: expect.closeTo(0.6072, 4),
    within: expect.closeTo(0.0863636, 7),
    between: expect.closeTo(0.1335072, 7),
    identical: expect.closeTo(0.6515, 4),
    naive: expect.closeTo(0.0148844, 7),
    clustered: expect.closeTo(0.0275956, 7),
    responses: 990,
  })
  expect(mini).toMatchObject({
    designEffect: expect.closeTo(3.6724, 4),
    icc: expect.closeTo(0.6656, 4),
    within: expect.closeTo(0.0792929, 7),
    between: expect.closeTo(0.1578552, 7),
    identical: expect.closeTo(0.6667, 4),
  })
  expect(estimate(result, 'gpt-5-nano-2025-08-07/icc-1').value).toBeCloseTo(0.6072, 4)
  expect(estimate(result, 'gpt-5-nano-2025-08-07/flip-rate').value).toBeCloseTo(2 * 0.0863636, 6)
})

test('rerun-agreement of GPQA Diamond: pass^k falls and pass@k rises from the same rate', () => {
  const result = analyze(gpqaDiamond())
  const of = (name: string) => estimate(result, `gpt-5-nano-2025-08-07/${name}`).value
  expect(of('pass-at-1')).toBeCloseTo(0.6757576, 7)
  expect(of('pass-hat-1')).toBeCloseTo(0.6757576, 7)
  expect(of('pass-hat-5')).toBeLessThan(of('pass-hat-2'))
  expect(of('pass-at-5')).toBeGreaterThan(of('pass-at-2'))
  expect(of('pass-at-5')).toBeCloseTo(of('envelope-best'), 12)
  expect(of('pass-hat-5')).toBeCloseTo(of('envelope-worst'), 12)
  expect(result.figures[0]?.kind).toBe('curves')
})

test('rerun-agreement finds no rerun noise where there is none, and does not call it 0', () => {
  const result = analyze(observe(repeated({ items: 50, repeats: 3 }, (item) => ({ score: item % 2 }))))
  expect(estimate(result, '/flip-rate')).toMatchObject({ value: 0 })
  expect(estimate(result, '/flip-rate').interval.upper).toBeGreaterThan(0.05)
  expect(codes(result)).toEqual(['repeats-identical'])
})

test('rerun-agreement finds nothing but rerun noise where every run is a coin', () => {
  const random = openRandom('coins')
  const result = analyze(observe(repeated({ items: 300, repeats: 4 }, () => ({ score: random.integer(2) }))))
  expect(estimate(result, '/flip-rate').value).toBeCloseTo(0.5, 1)
  expect(Math.abs(estimate(result, '/icc-1').value)).toBeLessThan(0.06)
  expect(result.statements[0]?.values.share).toBeGreaterThan(0.8)
  expect(codes(result)).toEqual([])
})

test('rerun-agreement suspects a cache when latencies repeat to the last digit', () => {
  const random = openRandom('cache')
  const latency = Array.from({ length: 40 }, () => 500 + 1000 * random.uniform())
  const cached = analyze(
    observe(repeated({ items: 40, repeats: 3 }, (item) => ({ score: item % 2, latencyMs: latency[item] }))),
  )
  expect(cached.problems[0]).toMatchObject({
    code: 'suspect-cached-repeats',
    severity: 'caution',
    values: { sign: 'latency', identical: 40, compared: 40 },
  })
})

test('rerun-agreement suspects a cache when long answers are equally long, but not when a limit makes them so', () => {
  const tokens = (of: (item: number) => number) =>
    codes(
      analyze(
        observe(
          repeated({ items: 40, repeats: 2 }, (item, repeat) => ({
            score: (item + repeat) % 2,
            outputTokens: of(item),
          })),
        ),
      ),
    )
  expect(tokens((item) => 100 + 7 * item)).toEqual(['suspect-cached-repeats'])
  expect(tokens(() => 4096)).toEqual([])
  expect(tokens((item) => 1 + (item % 3))).toEqual([])
})

test('rerun-agreement of honest repeats with latencies suspects nothing, seeds 0–49', () => {
  for (let seed = 0; seed < 50; seed++) {
    const random = openRandom(`honest ${seed}`)
    const rows = repeated({ items: 30, repeats: 3 }, () => ({
      score: random.integer(2),
      latencyMs: Math.round(1000 * random.uniform()),
      outputTokens: 200 + random.integer(50),
    }))
    expect(codes(analyze(observe(rows)))).not.toContain('suspect-cached-repeats')
  }
})

test('rerun-agreement of the same whole runs adds ICC(A,1), which counts a shift of one run as error', () => {
  const rows = repeated({ items: 40, repeats: 2 }, (item, repeat) => ({
    run: `r${repeat}`,
    replicate: 1,
    score: (item % 10) + 3 * repeat + ((item * 7 + repeat * (item % 2)) % 3),
  }))
  const result = analyze(observe(rows))
  expect(estimate(result, '/icc-a1').value).toBeLessThan(0.9)
  expect(estimate(result, '/icc-a1').method).toBe('icc-a-1-f')
})

test('rerun-agreement of graded scores speaks of scatter, not of flips, and names no range', () => {
  const result = analyze(observe(repeated({ items: 30, repeats: 2 }, (item, repeat) => ({ score: item + repeat }))))
  expect(result.statements[0]?.code).toBe('rerun-deviation')
  expect(result.evidence.some(({ key }) => key.includes('envelope'))).toBe(false)
})

test('rerun-agreement with one run per item cannot say, and says what it takes', () => {
  const result = analyze(observe(repeated({ items: 30, repeats: 1 }, (item) => ({ score: item % 2 }))))
  expect(result.status).toBe('cannot-say')
  expect(explain(result.statements[0]!).fix).toContain('50 items 3 times')
  expect(analyze(observe([])).status).toBe('cannot-say')
})

test('rerun-agreement of one repeated item among many, and of missing repeats, stays honest', () => {
  const rows = repeated({ items: 10, repeats: 2 }, (item, repeat) =>
    repeat === 1 && item > 0 ? { score: 'provider-error' as const } : { score: (item + repeat) % 2 },
  )
  const result = analyze(observe(rows))
  expect(result.tables[0]?.rows[0]).toMatchObject({ cells: 10, repeated: 1, responses: 11 })
  expect(estimate(result, '/flip-rate').caveats.map(({ code }) => code)).toContain('items-with-too-few-runs')
})

test('rerun-agreement does not depend on row order, and another model moves no number', () => {
  const random = openRandom('order')
  const rows = repeated({ items: 25, repeats: 3 }, (item) => ({
    model: 'b',
    cluster: `${item % 12}`,
    score: random.integer(2),
  }))
  const result = analyze(observe(rows))
  expect(analyze(observe(rows.toReversed()))).toEqual(result)
  const both = analyze(observe([...rows, ...rows.map((row) => ({ ...row, model: 'a', score: 1 }))]))
  expect(both.evidence.filter(({ subject }) => subject.model === 'b')).toEqual(result.evidence)
})

test('rerun-agreement of answers AAA and ABC, both wrong: two runs agree in 1 of 2, all three in 1 of 2, the commonest answer in 2/3', () => {
  const answers = ['AAA', 'ABC']
  const result = analyze(
    observe(repeated({ items: 2, repeats: 3 }, (item, repeat) => ({ score: 0, answer: answers[item]?.[repeat] }))),
  )
  expect(estimate(result, '/answers-agree-2').value).toBe(0.5)
  expect(estimate(result, '/answers-agree-3').value).toBe(0.5)
  expect(estimate(result, '/answers-modal').value).toBeCloseTo(2 / 3, 12)
  expect(estimate(result, '/flip-rate').value).toBe(0)
  expect(result.statements).toContainEqual(
    expect.objectContaining({
      code: 'answers-change-more-than-scores',
      values: expect.objectContaining({ differ: 0.5, flip: 0 }),
    }),
  )
  expect(result.tables[1]?.rows).toMatchObject([{ repeated: 2, runs: 3, two: 0.5, all: 0.5 }])
})

test('rerun-agreement: an unread answer is one of its own, cells of two variants are kept apart, and clusters widen', () => {
  // Item 0 reads A, A and nothing; item 1 A throughout: 1/3 and 1.
  const unread = repeated({ items: 2, repeats: 3 }, (item, repeat) =>
    item === 0 && repeat === 2 ? { score: 'unparsed' as const } : { score: 1, answer: 'A' },
  )
  expect(estimate(analyze(observe(unread)), '/answers-agree-2').value).toBeCloseTo(2 / 3, 12)
  const variants = repeated({ items: 20, repeats: 2 }, (item, repeat) => ({
    item: `i${item >> 1}`,
    levels: { format: `${item & 1}` },
    score: 1,
    answer: item & 1 ? 'B' : `A${item % 3 === 0 ? repeat : ''}`,
  }))
  const { value, n } = estimate(analyze(observe(variants)), '/answers-agree-2')
  // Of 20 cells those of items 0, 6, 12 and 18 give two answers; a variant's answers are not held against the other's.
  expect({ value, n }).toEqual({ value: 0.8, n: 10 })
})

test('rerun-agreement says nothing of answers where the log records few of them, and nothing more where they tell what scores tell', () => {
  const none = analyze(observe(repeated({ items: 10, repeats: 2 }, (item) => ({ score: item % 2 }))))
  expect(none.tables).toHaveLength(1)
  expect(none.evidence.some(({ key }) => key.includes('answers'))).toBe(false)
  const same = analyze(
    observe(
      repeated({ items: 10, repeats: 2 }, (item, repeat) => {
        const right = item > 4 || repeat === 0
        return { score: Number(right), answer: right ? 'A' : 'B' }
      }),
    ),
  )
  expect(estimate(same, '/answers-agree-2').value).toBe(0.5)
  expect(same.statements.map(({ code }) => code)).not.toContain('answers-change-more-than-scores')
})
