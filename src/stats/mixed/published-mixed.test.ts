/** Crossed persons and items as lme4 prints them for its own data, beside `crossed-logit.test.ts`. */
import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed-logit/verbagg.json' with { type: 'json' }
import { type CrossedLogit, crossedLogit, latentShares } from './crossed-logit.ts'

const { items, anger, gender } = oracle
const persons = anger.length
const rows = persons * items.length
/** Row r is person r % persons on item ⌊r / persons⌋. */
const personOf = Int32Array.from({ length: rows }, (_, row) => row % persons)
const itemOf = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / persons))
const successes = Int32Array.from({ length: rows }, (_, row) =>
  Number(items[itemOf[row] ?? 0]?.yes[personOf[row] ?? 0] ?? Number.NaN),
)

function fitted(columns: readonly ((row: number) => number)[]): CrossedLogit {
  const design = Float64Array.from({ length: rows * columns.length }, (_, k) =>
    (columns[k % columns.length] ?? (() => Number.NaN))(Math.floor(k / columns.length)),
  )
  const fit = crossedLogit({
    successes,
    trials: new Uint8Array(rows).fill(1),
    design,
    columns: columns.length,
    units: undefined,
    factors: [
      { name: 'person', levelOf: personOf, levels: persons },
      { name: 'item', levelOf: itemOf, levels: items.length },
    ],
  })
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

function variances({ standardDeviations }: CrossedLogit): readonly number[] {
  return standardDeviations.map(({ value }) => value * value)
}

const plain = fitted([() => 1])

test('latentShares of the herd deviation that lme4 finds in cbpp, .642070, is .11136', () => {
  const shares = latentShares({ ...plain, standardDeviations: [{ factor: 'herd', value: 0.642069927729 }] })
  expect(shares[0]?.share).toBeCloseTo(0.11136, 5)
})

test('crossedLogit of VerbAgg: intercept −.162609, variances 1.886053 and 1.275743, log-likelihood −4101.549 as lme4', () => {
  const fit = plain
  // lme4 stops within 1e-3 of these; the likelihood may not be lower than where it stopped.
  expect(Math.abs((fit.coefficients[0] ?? Number.NaN) - oracle.intercept)).toBeLessThan(2e-3)
  const [person, item] = variances(fit)
  expect(Math.abs((person ?? Number.NaN) - oracle.varianceId)).toBeLessThan(2e-3)
  expect(Math.abs((item ?? Number.NaN) - oracle.varianceItem)).toBeLessThan(2e-3)
  expect(fit.logLikelihood).toBeGreaterThanOrEqual(oracle.logLikelihood - 5e-4)
  expect(fit.logLikelihood).toBeLessThan(oracle.logLikelihood + 5e-3)
})

test('crossedLogit of VerbAgg with anger, gender, behaviour and situation: six coefficients and two variances as lme4', () => {
  const isItem = (key: 'btype' | 'situ', level: string) => (row: number) =>
    items[itemOf[row] ?? 0]?.[key] === level ? 1 : 0
  const fit = fitted([
    () => 1,
    (row) => anger[personOf[row] ?? 0] ?? Number.NaN,
    (row) => (gender[personOf[row] ?? 0] === 'M' ? 1 : 0),
    isItem('btype', 'scold'),
    isItem('btype', 'shout'),
    isItem('situ', 'self'),
  ])
  const { intercept, slopes, varianceId, varianceItem, logLikelihood } = oracle.full
  for (const [k, value] of [intercept, ...slopes].entries())
    expect(Math.abs((fit.coefficients[k] ?? Number.NaN) - value)).toBeLessThan(2e-3)
  const [person, item] = variances(fit)
  expect(Math.abs((person ?? Number.NaN) - varianceId)).toBeLessThan(2e-3)
  expect(Math.abs((item ?? Number.NaN) - varianceItem)).toBeLessThan(2e-3)
  expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 1)
})
