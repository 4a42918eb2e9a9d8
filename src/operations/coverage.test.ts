import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { levelCoverage } from '../stats/index.ts'
import { coverage } from './coverage.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-coverage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settings = [
  ['plain', 'none', 'low'],
  ['plain', 'expert', 'high'],
  ['lettered', 'none', 'high'],
  ['json', 'none', 'low'],
]
const rows = settings.flatMap(([format, persona, temperature]) =>
  [1, 2, 3].map((item) => `${item},m,${format},${persona},${temperature},1`),
)
writeFileSync(join(folder, 'scores.csv'), ['item,model,format,persona,heat,score', ...rows, ''].join('\n'))

function run(given: Record<string, unknown> = {}) {
  const columns = { 'factor:format': 'format', 'factor:persona': 'persona', 'factor:heat': 'heat' }
  const host = { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined }
  const context = { signal: new AbortController().signal, workingDirectory: folder, progress: () => {}, host }
  return coverage.run(coverage.input.parse({ paths: ['scores.csv'], columns, ...given }), context)
}

test('coverage counts pairs a table holds and lists settings that complete them', async () => {
  const { tasks, text, exitCode } = await run()
  const [task] = tasks
  // 3 × 2 + 3 × 2 + 2 × 2 pairs; the four settings hold 4 + 4 + 3 of them.
  expect(task).toMatchObject({ settings: 4, possible: 16, covered: 11, forbidden: 0, coveredForbidden: 0 })
  expect(exitCode).toBe(0)
  const factors = task?.factors ?? []
  const all = [...settings.map(([format, persona, heat]) => ({ format, persona, heat })), ...(task?.missing ?? [])]
  const places = all.map((levels) =>
    factors.map(({ name, levels: known }) =>
      known.indexOf(Object.entries(levels).find(([key]) => key === name)?.[1] ?? ''),
    ),
  )
  const completed = levelCoverage({
    rows: places,
    levels: factors.map(({ levels }) => levels.length),
    strength: 2,
    listed: 0,
  })
  expect(completed.covered).toBe(16)
  const words = text({ columns: 100, style: (_, line) => line })
  expect(words).toContain('11 of 16')
  expect(words).toContain('Settings to add')
})

test('coverage with declared levels and constraints counts what is possible only', async () => {
  const levels = { persona: 'child', heat: 'mid' }
  const never = ['persona=child+format=json', 'persona=expert+heat=high']
  const [task] = (await run({ levels, never })).tasks
  // 3 × 3 pairs of each of three pairs of factors; two are impossible, one of which was run.
  expect(task).toMatchObject({ possible: 25, forbidden: 2, covered: 10, coveredForbidden: 1 })
  expect(task?.missing.some(({ persona, format }) => persona === 'child' && format === 'json')).toBe(false)
  await expect(run({ never: ['persona=chidl'] })).rejects.toThrow('constraint level unknown')
  await expect(run({ never: ['persona'] })).rejects.toThrow('constraint not readable')
})

test('coverage says so where nothing is varied', async () => {
  writeFileSync(join(folder, 'plain.csv'), 'item,model,score\n1,m,1\n2,m,0\n')
  const { tasks, text } = await run({ paths: ['plain.csv'], columns: {} })
  expect(tasks[0]).toMatchObject({ possible: 0, missing: [] })
  expect(text({ columns: 80, style: (_, line) => line })).toContain('no factor is varied')
})

test('coverage refuses a folder without logs', async () => {
  const empty = mkdtempSync(join(folder, 'empty-'))
  await expect(run({ paths: [empty], columns: {} })).rejects.toThrow('no evaluation logs found')
})
