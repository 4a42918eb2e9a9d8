import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import * as domain from '../src/domain/index.ts'
import * as random from '../src/random/index.ts'
import * as stats from '../src/stats/index.ts'
import { documentedExamples } from './documented-examples.ts'
import { differsFromText } from './documented-value.ts'
import { repositoryRoot, sourceFiles } from './source-files.ts'

const files = sourceFiles('src').filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
const withExamples = files
  .map((file) => ({ path: file.path, examples: documentedExamples(file) }))
  .filter(({ examples }) => examples.length > 0)

test('doc comments hold examples to check', () => {
  expect(withExamples.reduce((sum, { examples }) => sum + examples.length, 0)).toBeGreaterThanOrEqual(30)
})

test.each(withExamples)('examples in the doc comments of $path are right', async ({ path, examples }) => {
  const own = (await import(/* @vite-ignore */ pathToFileURL(repositoryRoot + path).href)) as Record<string, unknown>
  const scope: Readonly<Record<string, unknown>> = { ...random, ...domain, ...stats, ...own }
  const wrong = examples.flatMap(({ place, expression, value }) => {
    const evaluate = new Function(...Object.keys(scope), `return (${expression}\n)`)
    try {
      const difference = differsFromText(evaluate(...Object.values(scope)), value)
      return difference === undefined ? [] : [`${place}: ${difference}`]
    } catch (error) {
      // An example may speak of a value it does not show (`random`), but not of a function that does not exist.
      const name = error instanceof ReferenceError ? error.message.split(' ')[0] : undefined
      return name !== undefined && !expression.includes(`${name}(`) ? [] : [`${place}: ${String(error)}`]
    }
  })
  expect(wrong).toEqual([])
})

test('documentedExamples finds examples over several lines and leaves values in words alone', () => {
  const text = `/**
 * Prose, then code.
 *
 * f(1) // => 0.3333…
 * f({
 *   a: 1,
 * }).b // => { lower: 0, … }
 * f(2) // => t = 3, p = 0.0577
 */`
  expect(documentedExamples({ path: 'src/a.ts', text })).toEqual([
    { place: 'src/a.ts:4', expression: 'f(1)', value: '0.3333…' },
    { place: 'src/a.ts:7', expression: 'f({\n  a: 1,\n}).b', value: '{ lower: 0 }' },
  ])
})

test('a truncated number must agree in every digit shown', () => {
  expect(differsFromText(1 / 3, '0.333…')).toBeUndefined()
  expect(differsFromText(2 / 3, '0.666…')).toBeUndefined()
  expect(differsFromText(2 / 3, '0.665…')).toBeDefined()
})
