import { expect } from 'vitest'
import { analysisOf, numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData(
  'judgebench',
  'judgebench: both orders right 65.71 % for o1-mini, 63.43 % and 64.29 % for two reward models',
  async () => {
    const document = await reportOnData('judgebench/judgments.csv.gz', {
      item: 'pair_id',
      task: 'response_model',
      model: 'judge',
      truth: 'label',
      decision: 'decision',
      order: 'game',
      'order.swapped': '2',
    })
    const measure = 'gpt-4o-2024-05-13/both-orders'
    const rate = (model: string) => numberOf(document, 'headline-estimates', `${measure}/${model}/population`)
    expect(100 * rate('o1-mini-2024-09-12').value).toBeCloseTo(65.71, 2)
    expect(100 * rate('internlm_internlm2-20b-reward').value).toBeCloseTo(63.43, 2)
    expect(100 * rate('Skywork_Skywork-Reward-Gemma-2-27B').value).toBeCloseTo(64.29, 2)
    expect(rate('o1-mini-2024-09-12').n).toBe(350)

    // 620 pairs × 2 orders by their judges; 13 blank decisions stay missing, never wrong.
    expect(document.observations.missing).toEqual({ unparsed: 13 })
    const agreement = analysisOf(document, 'judge-agreement')
    // A reward model scores each answer by itself, so that order cannot sway it; a prompted judge it can.
    const consistency = (judge: string) =>
      numberOf(document, 'judge-agreement', `gpt-4o-2024-05-13/${judge}/order/consistency`)
    expect(consistency('internlm_internlm2-7b-reward').value).toBe(1)
    expect(consistency('o1-mini-2024-09-12').value).toBeCloseTo(240 / 350, 12)
    // Counted apart from Assay: of the pairs decided in both orders, 89 against 33 and 74 against 36 moves to what stood first.
    const swayed = agreement.problems.filter(({ code }) => code === 'order-sways-judge')
    expect(swayed.map(({ subject, values }) => [subject, values.towardsFirst, values.towardsSecond])).toEqual([
      ['claude-3-5-sonnet-20240620 / claude-3-haiku-20240307', 89, 33],
      ['gpt-4o-2024-05-13 / o1-mini-2024-09-12', 74, 36],
    ])
    expect(numberOf(document, 'judge-agreement', 'gpt-4o-2024-05-13/judges/answers/alpha').n).toBe(350)

    // Counted apart from Assay: of 5,250 comparisons of two judges on one pair, 3,685 end in a tie.
    const ties = analysisOf(document, 'ranking').statements.find(({ code }) => code === 'order-depends-on-ties')
    expect(ties?.values.share).toBeCloseTo(3685 / 5250, 12)
    expect(ties?.values.better).toBe('Rao–Kupper')
  },
)
