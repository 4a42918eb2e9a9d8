import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { lengthControl } from './length-control.ts'

type Row = Partial<ObservationRow>

/** 100 items with answers 50 longer, of which 90 are won, and 50 with answers 50 shorter, of which 20 are won. */
function battles(more: Row = {}): Row[] {
  return Array.from({ length: 150 }, (_, item): Row => {
    const longer = item < 100
    return {
      item: `${item}`,
      score: longer ? (item < 90 ? 1 : 0) : item < 120 ? 1 : 0,
      outputTokens: longer ? 350 : 250,
      attributes: { opponent_length: '300' },
      ...more,
    }
  })
}

const rate = (rows: readonly Row[], parameters = {}) =>
  estimateOf(analyze(lengthControl, { observations: observe(rows), parameters }), 't/s/m/length-controlled')

test('length-control of 90 in 100 wins with longer and 20 in 50 with shorter answers: .733 raw, .710 at equal length', () => {
  // With two lengths the fit without penalty is saturated: θ is the mean of ln(90/10) and ln(20/30).
  const ability = (Math.log(9) + Math.log(2 / 3)) / 2
  const found = rate(battles(), { ridge: 1e-9 })
  expect(found.value).toBeCloseTo(1 / (1 + Math.exp(-ability)), 6)
  // Delta method with the binomial variances of the two logits, halved.
  const error = Math.sqrt(1 / 90 + 1 / 10 + 1 / 20 + 1 / 30) / 2
  expect(found.standardError).toBeCloseTo(found.value * (1 - found.value) * error, 6)
  expect(found.n).toBe(150)
  const result = analyze(lengthControl, { observations: observe(battles()) })
  expect(result.statements[0]?.values.raw).toBeCloseTo(110 / 150, 12)
  expect(result.tables[0]?.rows[0]).toMatchObject({ battles: 150, longer: expect.closeTo(100 / 150, 12) })
  expect(result.problems).toEqual([])
})

test('length-control says where length moves a rate by more than 10 points, and where equal length is outside the data', () => {
  const rows = Array.from({ length: 200 }, (_, item): Row => {
    const excess = item % 20
    return {
      item: `${item}`,
      score: Math.floor(item / 20) <= excess / 2 ? 1 : 0,
      outputTokens: 400 + 20 * excess,
      attributes: { opponent_length: '390' },
    }
  })
  const result = analyze(lengthControl, { observations: observe(rows) })
  expect(result.problems.map(({ code }) => code)).toEqual(['length-moves-win-rates', 'equal-length-extrapolated'])
})

test('length-control needs both lengths, a score with a range and independent items, and takes another name for the attribute', () => {
  const code = (rows: readonly Row[], parameters = {}) =>
    codesOf(analyze(lengthControl, { observations: observe(rows), parameters }))[0]
  expect(code([])).toBe('needs-opponent-length')
  expect(code(battles({ attributes: {} }))).toBe('needs-opponent-length')
  expect(code(battles({ outputTokens: undefined }))).toBe('needs-answer-lengths')
  expect(code(battles({ cluster: 'one' }))).toBe('battles-in-clusters')
  expect(code(battles({ score: 1 }))).toBe('no-variation')
  expect(code(battles({ attributes: { opponent_length: 'long' } }))).toBe('needs-answer-lengths')
  expect(code(battles({ attributes: { rival: '300' } }))).toBe('needs-opponent-length')
  expect(rate(battles({ attributes: { rival: '300' } }), { opponentLength: 'rival' })).toEqual(rate(battles()))
})

test('length-control: row order moves nothing, and a repeated item counts once', () => {
  const rows = battles()
  expect(rate(rows.toReversed())).toEqual(rate(rows))
  expect(rate([1, 2].flatMap((replicate) => rows.map((row) => ({ ...row, replicate }))))).toEqual(rate(rows))
})
