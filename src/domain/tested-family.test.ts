import { expect, test } from 'vitest'
import { type HypothesisTest, notEstimable } from '../stats/index.ts'
import { testedFamily } from './tested-family.ts'

function testWith(pValue: number): HypothesisTest {
  return {
    kind: 'test',
    statistic: 0,
    pValue,
    alternative: 'two-sided',
    nullValue: 0,
    n: 10,
    method: 'fixture',
    assumptions: [],
    caveats: [],
  }
}

// The handbook's golden family, G11.
const golden = [1e-4, 0.004, 0.012, 0.03, 0.04, 0.2, 0.6]
const hypotheses = golden.map((p, at) => ({ key: `h${at}`, test: testWith(p) }))

test('testedFamily(golden, confirm) is Holm, (golden, screen) Benjamini–Hochberg', () => {
  const confirmed = testedFamily({ family: 'f', alpha: 0.05, procedure: 'confirm', hypotheses })
  for (const [at, p] of [0.0007, 0.024, 0.06, 0.12, 0.12, 0.4, 0.6].entries())
    expect(confirmed.adjusted[at]).toBeCloseTo(p, 12)
  expect(confirmed.survives).toEqual([true, true, false, false, false, false, false])
  expect(confirmed.ledgers[0]).toMatchObject({ family: 'f', method: 'holm', controls: 'family-wise-error' })
  const screened = testedFamily({ family: 'f', alpha: 0.05, procedure: 'screen', hypotheses })
  for (const [at, p] of [0.0007, 0.014, 0.028, 0.0525, 0.056, 0.2333333333, 0.6].entries())
    expect(screened.adjusted[at]).toBeCloseTo(p, 9)
  expect(screened.ledgers[0]).toMatchObject({ controls: 'false-discovery-rate' })
})

test('testedFamily leaves out what could not be tested; where nothing could there is no family', () => {
  const untested = { key: 'none', test: notEstimable('too-few-values', { needed: 2, given: 1 }) }
  const options = { family: 'f', alpha: 0.05, procedure: 'confirm' } as const
  const { ledgers, adjusted, survives } = testedFamily({
    ...options,
    hypotheses: [untested, { key: 'h', test: testWith(0.04) }],
  })
  expect(ledgers[0]?.claims.map(({ id }) => id)).toEqual(['h'])
  expect(adjusted).toEqual([undefined, 0.04])
  expect(survives).toEqual([false, true])
  expect(testedFamily({ ...options, hypotheses: [untested] }).ledgers).toEqual([])
  expect(testedFamily({ ...options, hypotheses: [] }).ledgers).toEqual([])
})

test('testedFamily keeps two hypotheses whose names make the same key apart', () => {
  const twice = [0.01, 0.2].map((p) => ({ key: 'a − b', test: testWith(p) }))
  const { ledgers } = testedFamily({ family: 'f', alpha: 0.05, procedure: 'confirm', hypotheses: twice })
  expect(ledgers[0]?.claims.map(({ id }) => id)).toEqual(['a − b', 'a − b (2)'])
})
