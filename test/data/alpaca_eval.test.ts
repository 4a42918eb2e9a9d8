import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { csvRows, dataFile, numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData('alpaca_eval', 'alpaca_eval: every published win rate and standard error within 0.01 points', async () => {
  const document = await reportOnData('alpaca_eval/preferences.csv.gz', {
    item: 'item',
    task: 'annotator',
    score: 'preference',
    'score.recode': '0:1.5',
    'score.range': '1..2',
    outputTokens: 'len_model',
    'attribute:opponent_length': 'len_baseline',
  })
  const published = csvRows(readFileSync(dataFile('alpaca_eval/published_leaderboard.csv'), 'utf8'))
  expect(published.length).toBeGreaterThan(50)
  for (const { model = '', annotator = '', win_rate, standard_error, n_total } of published) {
    const key = `${annotator}/preference/${model}/population`
    const found = numberOf(document, 'headline-estimates', key)
    expect(Math.abs(100 * found.value - Number(win_rate)), `${key} win rate`).toBeLessThan(0.01)
    expect(Math.abs(100 * found.standardError - Number(standard_error)), `${key} SE`).toBeLessThan(0.01)
    expect(found.n).toBeLessThanOrEqual(Number(n_total))
  }
  // AlpacaEval's own length control knows how hard instructions are and shrinks more: the direction must be the same.
  let compared = 0
  for (const { model = '', annotator = '', win_rate, length_controlled_winrate } of published) {
    const move = Number(length_controlled_winrate) - Number(win_rate)
    if (!annotator.startsWith('ae2') || !(Math.abs(move) > 1)) continue
    const found = numberOf(document, 'length-control', `${annotator}/preference/${model}/length-controlled`)
    expect(Math.sign(100 * found.value - Number(win_rate)), model).toBe(Math.sign(move))
    compared++
  }
  expect(compared).toBeGreaterThan(20)
})
