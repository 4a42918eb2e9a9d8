import { expect, test } from 'vitest'
import { analyses } from '../methods/analyses/index.ts'
import { AssayError } from '../stats/index.ts'
import { analysisSettings } from './analysis-settings.ts'

const settings = (given: Readonly<Record<string, string>>) => analysisSettings(given, analyses)

test('analysisSettings reads numbers and lists as the schema of the analysis has them', () => {
  expect(
    settings({ 'equivalence.margin': '0.05', 'equivalence.level': '0.9', 'anytime-bounds.thresholds': '[0.1, 0.01]' }),
  ).toEqual({ equivalence: { margin: 0.05, level: 0.9 }, 'anytime-bounds': { thresholds: [0.1, 0.01] } })
  expect(settings({})).toEqual({})
})

test('analysisSettings refuses an analysis, a parameter and a value that there are not, and says what there is', () => {
  for (const [given, code, word] of [
    [{ 'equivalance.margin': '0.05' }, 'unknown-analysis', 'equivalence'],
    [{ 'equivalence.marginn': '0.05' }, 'unknown-parameter', 'margin'],
    [{ equivalence: '0.05' }, 'unknown-parameter', 'margin'],
    [{ 'equivalence.margin': '2' }, 'parameter-not-usable', 'docs/analyses/equivalence.md'],
    [{ 'equivalence.margin': 'wide' }, 'parameter-not-usable', 'number'],
    [{ 'equivalence.constructor': '1' }, 'unknown-parameter', 'margin'],
  ] as const) {
    let caught: unknown
    try {
      settings(given)
    } catch (error) {
      caught = error
    }
    if (!(caught instanceof AssayError)) throw new Error(`${JSON.stringify(given)} was taken`)
    expect(caught.code).toBe(code)
    expect(caught.fix).toContain(word)
  }
})
