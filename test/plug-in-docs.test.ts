import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mark, plugInPages } from '../scripts/plug-in-docs/plug-in-pages.ts'
import { repositoryRoot } from './source-files.ts'

const read = (path: string): string => readFileSync(`${repositoryRoot}${path}`, 'utf8')
const pages = plugInPages(read)

test('every factor, technique, scorer and design has its page, and no page lacks its plug-in', () => {
  const own = ['docs/scorers/custom-scorer.md']
  const files = ['factors', 'techniques', 'scorers', 'designs'].flatMap((folder) =>
    readdirSync(`${repositoryRoot}docs/${folder}`).map((name) => `docs/${folder}/${name}`),
  )
  expect(files.filter((path) => !own.includes(path)).toSorted()).toEqual(pages.map(({ path }) => path).toSorted())
  expect(pages.length).toBeGreaterThanOrEqual(36)
})

test.each(pages)('$path says what its definition says, below words of its own', ({ path, text }) => {
  const [written = ''] = read(path).split(mark)
  expect(written.trim().split('\n').length).toBeGreaterThanOrEqual(3)
  // Where this differs: node scripts/write-plug-in-docs.ts
  expect(read(path)).toBe(text)
})
