import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { messageCodes } from '../src/domain/index.ts'
import { checkMessageCodes } from './check-message-codes.ts'
import { repositoryRoot, sourceFiles } from './source-files.ts'

test('every message code that src uses has words, no message is unused, and the check saw codes', () => {
  const report = checkMessageCodes(sourceFiles('src'), messageCodes)
  expect(report.withoutWords).toEqual([])
  expect(report.unused).toEqual([])
  expect(report.used).toBeGreaterThanOrEqual(20)
})

test('no two lists of words define the same code: one would silently take the place of the other', async () => {
  const owners = new Map<string, string[]>()
  for (const { path } of sourceFiles('src/domain/messages')) {
    if (path.endsWith('.test.ts') || path.endsWith('/index.ts')) continue
    const module = (await import(/* @vite-ignore */ pathToFileURL(repositoryRoot + path).href)) as Record<
      string,
      unknown
    >
    for (const [name, words] of Object.entries(module)) {
      if (!name.endsWith('Messages') || typeof words !== 'object' || words === null) continue
      for (const code of Object.keys(words)) owners.set(code, [...(owners.get(code) ?? []), name])
    }
  }
  expect([...owners].filter(([, names]) => names.length > 1)).toEqual([])
  expect([...owners.keys()].toSorted()).toEqual(messageCodes.toSorted())
})

const uses = {
  path: 'src/stats/a.ts',
  text: `
    const a = notEstimable('one')
    const b = { code: n === 0 ? 'two' : 'three', severity: 'note', values: { n } }
    // notEstimable('in-a-comment')
    throw new AssayError({ code: 'an-error', message: 'x', values: {}, fix: 'y' })
    fail('another-error', { n }, 'fix')`,
}

test('the check finds codes in calls, records and choices, and leaves errors and comments alone', () => {
  expect(checkMessageCodes([uses], []).withoutWords).toEqual([
    'src/stats/a.ts: one',
    'src/stats/a.ts: two',
    'src/stats/a.ts: three',
  ])
})

test('the check knows codes that are put together from a code and an ending', () => {
  const joined = { path: 'src/a.ts', text: "const name = 'one'\nexport const b = `$" + '{name}-in-tasks`' }
  expect(checkMessageCodes([joined], ['one', 'one-in-tasks', 'two-in-tasks']).unused).toEqual(['two-in-tasks'])
})

test('the check names words that nothing emits, whatever tests and the words themselves mention', () => {
  const inTest = { path: 'src/stats/a.test.ts', text: "notEstimable('four')" }
  const inWords = { path: 'src/domain/messages/stats.ts', text: "export const words = { 'four': { text: 'four' } }" }
  expect(checkMessageCodes([uses, inTest, inWords], ['one', 'two', 'three', 'four'])).toEqual({
    withoutWords: [],
    unused: ['four'],
    used: 3,
  })
})
