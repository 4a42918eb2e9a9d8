import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { csvRows, dataFile, numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData(
  'jailbreakbench',
  'jailbreakbench: the published attack success rate of every attack on every target',
  async () => {
    const document = await reportOnData('jailbreakbench/outcomes.csv', {
      item: 'behaviour',
      model: 'target+attack',
      score: 'judged_llama3|judged_llamaguard1',
    })
    const published = csvRows(readFileSync(dataFile('jailbreakbench/published_parameters.csv'), 'utf8'))
    expect(published).toHaveLength(8)
    for (const { attack, target, published_asr } of published) {
      const found = numberOf(document, 'headline-estimates', `outcomes/judged_llama3/${target}/${attack}/population`)
      expect(found.value).toBeCloseTo(Number(published_asr), 12)
      expect(found.n).toBe(100)
      expect(found.lower).toBeGreaterThanOrEqual(0)
      expect(found.upper).toBeGreaterThan(found.lower)
    }
    // PAIR on llama-2: 0 of 100 is no rate of 0; exact two-sided upper bound 1 − .025^(1/100).
    const none = numberOf(document, 'headline-estimates', 'outcomes/judged_llama3/llama-2-7b-chat-hf/PAIR/population')
    expect(none.upper).toBeCloseTo(1 - 0.025 ** 0.01, 9)
    // Every comparison of two attacks is in a printed family of 28, and its p there is that of the comparison.
    const family = document.ledger.families.find(
      ({ family: name }) => name === 'pairs of models on outcomes / judged_llama3',
    )
    expect(family).toMatchObject({ method: 'holm', controls: 'family-wise-error' })
    expect(family?.hypotheses).toHaveLength(28)
    expect(family?.hypotheses.every(({ adjusted, value }) => (adjusted ?? 0) >= (value ?? 1))).toBe(true)
    // A uniform prior gives no event in 1,000 more uses the chance 101/1101; the bound alone promises .05^10.
    const uses = 'outcomes/judged_llama3/llama-2-7b-chat-hf/PAIR/no-event'
    expect(numberOf(document, 'rate-bounds', `${uses}-uniform`).value).toBeCloseTo(101 / 1101, 10)
    expect(numberOf(document, 'rate-bounds', uses).lower).toBeCloseTo(0.05 ** 10, 15)
    // Two judges of the same responses: kappa between official judge and second judge.
    const kappa = numberOf(
      document,
      'judge-agreement',
      'outcomes/vicuna-13b-v1.5/GCG/binary/judged_llama3 − judged_llamaguard1/kappa',
    )
    expect(kappa.lower).toBeLessThan(kappa.upper)
    expect(kappa.n).toBe(100)
  },
)
