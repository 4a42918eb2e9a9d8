import { expect, test } from 'vitest'
import { explain } from './messages/index.ts'
import { runSavings } from './run-savings.ts'

test('runSavings counts calls and money that the rest would have cost, and names no money where none was paid', () => {
  const spared = runSavings({ cells: 100, total: 400, calls: 200, usd: 0.5 })
  expect(spared?.values).toMatchObject({ callsSpared: 600, usdSpared: 1.5 })
  expect(spared && explain(spared).text).toContain('$1.50')
  const free = runSavings({ cells: 100, total: 400, calls: 200, usd: 0 })
  expect(free && explain(free).text).not.toContain('$')
})

test('runSavings has nothing to say of a run that is complete or asked nothing', () => {
  expect(runSavings({ cells: 400, total: 400, calls: 400, usd: 0 })).toBeUndefined()
  expect(runSavings({ cells: 0, total: 400, calls: 0, usd: 0 })).toBeUndefined()
})
