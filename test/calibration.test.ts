import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Calibration, CalibrationRow } from '../calibration/calibration.ts'
import { calibrationPage } from '../calibration/calibration-page.ts'
import { calibrations } from '../calibration/cases/index.ts'
import { type CommittedResult, readResult, resultOf } from '../calibration/committed-result.ts'
import { judgeRow } from '../calibration/judge-row.ts'
import { openRandom } from '../src/random/index.ts'
import { repositoryRoot } from './source-files.ts'

/** For all quick runs together; each calibration gets an equal share. */
const quickBudgetMs = 6_000

function committed(calibration: Calibration): CommittedResult {
  const result = readResult(calibration.name)
  if (result === undefined) throw new Error(`run "npm run calibrate -- ${calibration.name}" and commit its result`)
  return result
}

/** 5 standard errors of the difference, and one simulation more because rates are steps of 1/repetitions. */
function agreement({ kind }: Calibration, row: CalibrationRow, reference: CalibrationRow): number {
  if (row.repetitions === 'enumerated' || reference.repetitions === 'enumerated') {
    expect(row.repetitions).toBe(reference.repetitions)
    return 1e-9
  }
  if (kind === 'cost') return 5 * Math.hypot(row.standardError ?? 0, reference.standardError ?? 0)
  const total = row.repetitions + reference.repetitions
  const pooled = (row.rate * row.repetitions + reference.rate * reference.repetitions) / total
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / row.repetitions + 1 / reference.repetitions))
  return 5 * error + 1 / row.repetitions
}

test('every calibration case and every committed result is listed, under one name each', () => {
  const listed = calibrations.map(({ name }) => name)
  expect(new Set(listed).size).toBe(listed.length)
  const files = (folder: string, ending: string): readonly string[] =>
    readdirSync(`${repositoryRoot}${folder}`)
      .filter((name) => name.endsWith(ending) && name !== `index${ending}`)
      .map((name) => name.slice(0, -ending.length))
  expect(files('calibration/results', '.json').toSorted()).toEqual(listed.toSorted())
  expect(listed.length).toBeGreaterThanOrEqual(files('calibration/cases', '.ts').length)
  expect(listed.length).toBeGreaterThanOrEqual(1)
})

test.each(calibrations)(
  'calibration $name: its committed result is of this case and within tolerance',
  (calibration) => {
    const { title, kind, nominal, verdict, note, rows, repetitions } = committed(calibration)
    expect({ title, kind, nominal, verdict, note }).toEqual({
      title: calibration.title,
      kind: calibration.kind,
      nominal: calibration.nominal,
      verdict: calibration.verdict,
      note: calibration.note,
    })
    expect(repetitions).toBeGreaterThanOrEqual(1_000)
    // Judged anew: a committed "within tolerance" is not taken at its word.
    for (const row of rows) expect({ ...row, ...judgeRow(calibration, row) }).toEqual({ ...row, withinTolerance: true })
  },
)

test.each(calibrations)(
  'calibration $name: a quick run with another seed agrees with the committed rates',
  async (calibration) => {
    const result = committed(calibration)
    // From the committed speed, not from the clock, so that the numbers compared are the same on every machine.
    const share = quickBudgetMs / calibrations.length / result.millisecondsPerRepetition
    const repetitions = Math.max(10, Math.min(200, Math.floor(share)))
    const rows = await calibration.run({ random: openRandom('assay-quick').split(calibration.name), repetitions })
    expect(rows.map(({ setting }) => setting)).toEqual(result.rows.map(({ setting }) => setting))
    for (const [i, row] of rows.entries()) {
      const reference = result.rows[i]!
      expect(Math.abs(row.rate - reference.rate), row.setting).toBeLessThanOrEqual(
        agreement(calibration, row, reference),
      )
    }
  },
)

test('docs/calibration.md is the page of the committed results', () => {
  expect(readFileSync(`${repositoryRoot}docs/calibration.md`, 'utf8')).toBe(
    calibrationPage(calibrations.map(committed)),
  )
})

test('judgeRow fails a rate beyond four standard errors on a side that breaks the promise, and only there', () => {
  const row = (rate: number) => ({ setting: 'any', rate, repetitions: 10_000, seed: 'any' })
  const within = (verdict: Calibration['verdict'], rate: number) =>
    judgeRow({ kind: 'coverage', nominal: 0.95, verdict }, row(rate)).withinTolerance
  expect(judgeRow({ kind: 'coverage', nominal: 0.95, verdict: 'nominal' }, row(0.95)).standardError).toBeCloseTo(
    0.002179449,
    9,
  )
  expect([0.9412, 0.9413, 0.9587, 0.9588].map((rate) => within('nominal', rate))).toEqual([false, true, true, false])
  expect([0.9412, 0.9413, 1].map((rate) => within('at-least', rate))).toEqual([false, true, true])
  expect([0, 0.9587, 0.9588].map((rate) => within('at-most', rate))).toEqual([true, true, false])
})

test('judgeRow holds a mean cost against its own standard error, and refuses one without', () => {
  const costs = { kind: 'cost', nominal: 1, verdict: 'at-most' } as const
  const row = { setting: 'any', repetitions: 100, seed: 'any', standardError: 0.01 }
  expect(judgeRow(costs, { ...row, rate: 1.039 })).toEqual({ standardError: 0.01, withinTolerance: true })
  expect(judgeRow(costs, { ...row, rate: 1.041 }).withinTolerance).toBe(false)
  expect(() => judgeRow(costs, { setting: 'any', repetitions: 100, seed: 'any', rate: 1 })).toThrow(/standard error/)
})

test('judgeRow gives an enumerated rate no tolerance', () => {
  const within = (rate: number) =>
    judgeRow(
      { kind: 'coverage', nominal: 0.95, verdict: 'at-least' },
      { setting: 'any', rate, repetitions: 'enumerated', seed: 'any' },
    )
  expect(within(0.9499).withinTolerance).toBe(false)
  expect(within(0.95)).toEqual({ standardError: 0, withinTolerance: true })
})

test('a broken calibration is shown as such on the page, and a repeated setting is refused', () => {
  const calibration: Calibration = {
    name: 'broken',
    title: 'A broken interval',
    kind: 'coverage',
    nominal: 0.95,
    verdict: 'at-least',
    run: () => [],
  }
  const rows = [{ setting: '5 items | rate 0.1', rate: 0.801, repetitions: 2_000, seed: 'a' }]
  const run = { calibration, rows, seed: 's', repetitions: 2_000, elapsedMs: 100, date: '2026-11-23' }
  expect(calibrationPage([resultOf(run)])).toContain(
    '| 5 items \\| rate 0.1 | 95 % | 80.1 % | 0.487 % | 2,000 | **no** |',
  )
  expect(() => resultOf({ ...run, rows: [...rows, ...rows] })).toThrow(/twice/)
})
