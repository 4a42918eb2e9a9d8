import { expect } from 'vitest'
import { numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData(
  'tau_airline',
  'tau_airline: pass^1..4 .420 .273 .220 .200, SE by task .05222, naive .03499, ICC .4046',
  async () => {
    const document = await reportOnData('tau_airline/trials.csv', { item: 'task', task: '-' })
    const key = 'unnamed task/reward/trials'
    const mean = numberOf(document, 'headline-estimates', `${key}/population`)
    expect(mean.value).toBeCloseTo(0.42, 12)
    expect(mean.standardError).toBeCloseTo(0.05222, 5)
    expect(mean.n).toBe(50)
    expect(numberOf(document, 'headline-estimates', `${key}/naive-rows`).standardError).toBeCloseTo(0.03499, 5)
    expect(numberOf(document, 'rerun-agreement', `${key}/icc-1`).value).toBeCloseTo(0.4046, 4)
    const passHat = (k: number) => numberOf(document, 'rerun-agreement', `${key}/pass-hat-${k}`).value
    // Printed to three decimals in the benchmark's own table.
    expect(mean.value).toBeCloseTo(0.42, 3)
    expect(Math.abs(passHat(2) - 0.273)).toBeLessThan(5e-4)
    expect(Math.abs(passHat(3) - 0.22)).toBeLessThan(5e-4)
    expect(passHat(4)).toBeCloseTo(0.2, 12)
  },
)
