import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkArchitecture } from './check-architecture.ts'
import { repositoryRoot, sourceFiles } from './source-files.ts'

test('src obeys the architecture, and the gate saw every file and every import', () => {
  const files = sourceFiles('src')
  const report = checkArchitecture(files)
  expect(report.problems).toEqual([])
  // A gate that sees nothing passes everything: count again by another way, and never fewer than there once were.
  expect(report.files).toBe(globSync('src/**/*.*', { cwd: repositoryRoot }).length)
  expect(report.files).toBeGreaterThanOrEqual(25)
  const importLines = files
    .filter(({ path }) => path.endsWith('.ts'))
    .reduce(
      (sum, { text }) =>
        sum + (text.match(/^(import|export)\b[^\n]*( from)? '[^']+'$|^\} from '[^']+'$/gm) ?? []).length,
      0,
    )
  expect(report.imports).toBeGreaterThanOrEqual(importLines)
  expect(importLines).toBeGreaterThanOrEqual(60)
})

/** Problems of a tree in which `files` stand beside a few good ones. */
function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const good = {
    'src/random/random.ts': 'export const random = 1',
    'src/stats/mean.ts': "import { random } from '../random/random.ts'\nexport const mean = random",
    'src/domain/claim.ts': "import type { mean } from '../stats/mean.ts'\nexport type Claim = typeof mean",
    'src/methods/analyses/spread.ts': "import { z } from 'zod'\nexport const spread = z",
    'src/sources/inspect.ts': "import { open } from 'node:fs/promises'\nexport const inspect = open",
    'src/report/page.ts': 'export const page = 1',
    'src/report/fixtures/a.ts': "import { z } from 'node:fs'\nexport const a = z",
    'src/operations/report.ts': "import { page } from '../report/page.ts'\nexport const report = page",
    'src/cli/main.ts': 'console.log(process.argv)\nexport const main = performance.now()',
  }
  return checkArchitecture(Object.entries({ ...good, ...files }).map(([path, text]) => ({ path, text }))).problems
}

test('the gate accepts a tree that obeys', () => {
  expect(problemsOf({})).toEqual([])
})

const violations: readonly (readonly [rule: string, path: string, text: string, words: string])[] = [
  ['upward import', 'src/stats/bad.ts', "import { c } from '../domain/claim.ts'", 'stats may not import domain'],
  [
    'upward type-only import',
    'src/domain/bad.ts',
    "import type { s } from '../methods/analyses/spread.ts'",
    'domain may not import methods/analyses',
  ],
  [
    'upward import type expression',
    'src/stats/bad.ts',
    "export type A = import('../domain/claim.ts').Claim",
    'stats may not import domain',
  ],
  [
    'upward dynamic import',
    'src/report/bad.ts',
    "export const a = () => import('../operations/report.ts')",
    'report may not import operations',
  ],
  ['upward re-export', 'src/random/bad.ts', "export { mean } from '../stats/mean.ts'", 'random may not import stats'],
  [
    'sideways import',
    'src/store/bad.ts',
    "import { inspect } from '../sources/inspect.ts'",
    'store may not import sources',
  ],
  [
    'plug-in importing another',
    'src/methods/analyses/bad.ts',
    "import { spread } from './spread.ts'",
    'plug-ins never import one another',
  ],
  [
    'plug-in importing another kind',
    'src/methods/factors/bad.ts',
    "import { spread } from '../analyses/spread.ts'",
    'methods/factors may not import methods/analyses',
  ],
  ['node in stats', 'src/stats/bad.ts', "import { readFile } from 'node:fs'", 'stats may use no package'],
  ['npm in stats', 'src/stats/bad.ts', "import { z } from 'zod'", 'stats may use no package'],
  [
    'input and output in an analysis',
    'src/methods/analyses/bad.ts',
    "import { readFile } from 'node:fs'",
    'methods/analyses may use zod',
  ],
  [
    'a package whose name only starts alike',
    'src/random/bad.ts',
    "import a from '@noble/hashes-fork'",
    'random may use @noble/hashes',
  ],
  ['unknown room', 'src/tools/bad.ts', 'export const a = 1', 'lies in no known room'],
  ['file outside every room', 'src/bad.ts', 'export const a = 1', 'lies in no known room'],
  ['methods file outside its kinds', 'src/methods/bad.ts', 'export const a = 1', 'lies in no known room'],
  ['unknown kind of method', 'src/methods/tricks/bad.ts', 'export const a = 1', 'lies in no known room'],
  ['import of nothing', 'src/cli/bad.ts', "import { a } from './gone.ts'", 'no file under src'],
  ['import from outside src', 'src/cli/bad.ts', "import { a } from '../../test/a.ts'", 'no file under src'],
  ['import of a fixture', 'src/report/bad.ts', "import { a } from './fixtures/a.ts'", 'there for tests'],
  ['default export', 'src/stats/bad.ts', 'export default 1', 'default export'],
  ['renamed default export', 'src/stats/bad.ts', 'const a = 1\nexport { a as default }', 'default export'],
  ['Math.random', 'src/stats/bad.ts', 'export const a = Math.random()', 'uses Math.random'],
  ['Math["random"]', 'src/cli/bad.ts', "export const a = Math['random']()", 'uses Math.random'],
  [
    'Math.random through globalThis',
    'src/stats/bad.ts',
    'export const a = globalThis.Math.random()',
    'uses Math.random',
  ],
  [
    'Math.random taken apart',
    'src/stats/bad.ts',
    'const { random } = Math\nexport const a = random()',
    'uses Math.random',
  ],
  [
    'chance from node:crypto',
    'src/store/bad.ts',
    "import { randomInt } from 'node:crypto'\nexport const a = randomInt(2)",
    'uses randomInt',
  ],
  ['Date.now', 'src/operations/bad.ts', 'export const a = Date.now()', 'uses Date.now'],
  ['new Date()', 'src/sources/bad.ts', 'export const a = new Date()', 'uses new Date()'],
  ['performance.now', 'src/sources/bad.ts', 'export const a = performance.now()', 'uses performance.now'],
  ['console', 'src/operations/bad.ts', "console.error('x')", 'uses console.error'],
  ['process', 'src/report/bad.ts', 'export const a = process.env', 'uses process.env'],
  ['file of 301 lines', 'src/stats/bad.ts', `${'// line\n'.repeat(300)}export const a = 1`, 'has 301 lines'],
  ['utils', 'src/stats/utils.ts', 'export const a = 1', 'name the idea'],
  ['helpers as part of a name', 'src/stats/array-helpers.ts', 'export const a = 1', 'name the idea'],
  ['types', 'src/domain/types.ts', 'export const a = 1', 'name the idea'],
  ['manager as a folder', 'src/store/run-manager/a.ts', 'export const a = 1', 'name the idea'],
  ['camel case', 'src/stats/clusterMean.ts', 'export const a = 1', 'not kebab-case'],
]

test.each(violations)('the gate reports: %s', (_rule, path, text, words) => {
  const problems = problemsOf({ [path]: text })
  expect(problems.filter((problem) => problem.startsWith(path) && problem.includes(words))).toHaveLength(1)
})

test('the gate reports an import cycle, type-only edges included', () => {
  const problems = problemsOf({
    'src/stats/a.ts': "import { b } from './b.ts'\nexport const a = b",
    'src/stats/b.ts': "import { c } from './c.ts'\nexport const b = c",
    'src/stats/c.ts': "import type { a } from './a.ts'\nexport type C = typeof a",
  })
  expect(problems).toEqual([
    'src/stats/a.ts: import cycle src/stats/a.ts → src/stats/b.ts → src/stats/c.ts → src/stats/a.ts',
  ])
})

test('the gate is not fooled by comments and strings, and leaves tests, parts and parsed dates alone', () => {
  expect(
    problemsOf({
      'src/stats/fine.ts': '// Math.random() and console.log\nexport const words = \'Date.now(), import x from "zod"\'',
      'src/stats/fine.test.ts':
        "import { z } from 'zod'\nimport { claim } from '../domain/claim.ts'\nconsole.log(Math.random())",
      'src/methods/analyses/wide.ts': "import { part } from './wide/part.ts'\nexport const wide = part",
      'src/methods/analyses/wide/part.ts': 'export const part = 1',
      'src/methods/analyses/index.ts': "import { spread } from './spread.ts'\nexport const analyses = [spread]",
      'src/sources/fine.ts': "export const a = new Date('2026-01-01')",
    }),
  ).toEqual([])
})
