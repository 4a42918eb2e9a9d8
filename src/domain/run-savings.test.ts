import { expect, test } from 'vitest'
import { explain } from './messages/index.ts'
import { runSavings } from './run-savings.ts'

test('runSavings counts calls and money that the rest would have cost, and names no money where none was paid', () => {
  const [spared] = runSavings({ cells: 100, total: 400, calls: 200, late: 0, usd: 0.5 })
  expect(spared?.values).toMatchObject({ callsSpared: 600, usdSpared: 1.5 })
  expect(spared && explain(spared).text).toContain('$1.50')
  const [free] = runSavings({ cells: 100, total: 400, calls: 200, late: 0, usd: 0 })
  expect(free && explain(free).text).not.toContain('$')
})

test('runSavings says what was paid beyond the decision, also where no cell was left', () => {
  for (const cells of [100, 400]) {
    const [beyond, ...rest] = runSavings({ cells, total: 400, calls: 410, late: 7, usd: 0 })
    expect(beyond && explain(beyond).text).toBe(
      'The run paid 410 calls; 7 of them were under way or read ahead when the last claim was decided.',
    )
    expect(rest).toHaveLength(cells === 400 ? 0 : 1)
  }
})

test('runSavings has nothing to say of a run that is complete or asked nothing', () => {
  expect(runSavings({ cells: 400, total: 400, calls: 400, late: 0, usd: 0 })).toEqual([])
  expect(runSavings({ cells: 0, total: 400, calls: 0, late: 0, usd: 0 })).toEqual([])
})
