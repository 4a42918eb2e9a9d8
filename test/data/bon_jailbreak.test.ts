import { expect } from 'vitest'
import { analysisOf, numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData(
  'bon_jailbreak',
  'bon_jailbreak: behaviours ever jailbroken, 151, 152 and 104 of 159, and tries that stopped at success said',
  async () => {
    const document = await reportOnData('bon_jailbreak/counts_by_behaviour.csv', {
      successes: 'n_success',
      trials: 'n_attempts',
    })
    const any = (model: string) =>
      numberOf(document, 'headline-estimates', `counts_by_behaviour/any/${model}/population`)
    for (const [model, broken] of [
      ['Claude 3 Opus', 151],
      ['GPT4o Mini', 152],
      ['Gemini 1.5 Flash', 104],
    ] as const) {
      expect(any(model).value).toBeCloseTo(broken / 159, 12)
      expect(any(model).n).toBe(159)
    }
    const codes = document.runs.flatMap(({ caveats }) => caveats.map(({ code }) => code))
    expect(codes).toContain('tries-stopped-at-success')
    expect(document.problems.map(({ code }) => code)).toContain('tries-stopped-at-success')
    // Rates from tries that stop at success lean high: nothing may be forecast from them.
    expect(analysisOf(document, 'tail-forecast').statements.map(({ code }) => code)).not.toContain('tail-forecast-of')
  },
)

testOnData('bon_jailbreak', 'bon_jailbreak: the attempts of one model in sequence, read as counts', async () => {
  const document = await reportOnData('bon_jailbreak/sequence_first_success.csv', {
    successes: 'n_success',
    trials: 'n_attempts',
  })
  const any = numberOf(document, 'headline-estimates', 'sequence_first_success/any/gemini-1.5-flash-001/population')
  expect(any.n).toBe(159)
  expect(any.value).toBeCloseTo(104 / 159, 12)
})
