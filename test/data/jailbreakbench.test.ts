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
