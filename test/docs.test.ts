import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { builtCommand } from './built-command.ts'
import { type CodeBlock, codeBlocks, runCodeBlock } from './documented-code.ts'
import { differsFromText } from './documented-value.ts'
import { repositoryRoot } from './source-files.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  ...globSync('docs/**/*.md', { cwd: repositoryRoot }),
].toSorted()
const blocks = pages.flatMap((path) => codeBlocks(path, readFileSync(`${repositoryRoot}${path}`, 'utf8')))
const typescript = blocks.filter(({ language }) => language === 'ts')
const shell = blocks.filter(({ language }) => language === 'sh run')

test('the documentation has code to run, and every fence says what it holds', () => {
  expect(pages.length).toBeGreaterThanOrEqual(6)
  expect(typescript.length).toBeGreaterThanOrEqual(2)
  expect(shell.length).toBeGreaterThanOrEqual(1)
  const fences = pages.reduce(
    (sum, path) => sum + (readFileSync(`${repositoryRoot}${path}`, 'utf8').match(/^```/gm) ?? []).length,
    0,
  )
  expect(blocks.length * 2).toBe(fences)
})

test.each(typescript)('$place runs and its values are right', async (block) => {
  expect((await runCodeBlock(block)).differences).toEqual([])
})

test('every TypeScript block passes the type checker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-docs-'))
  try {
    for (const [i, { place, code }] of typescript.entries()) {
      writeFileSync(join(folder, `block-${i}.ts`), `// ${place}\n${code}\nexport {}\n`)
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    const paths = {
      assay: ['src/index.ts'],
      'assay/stats': ['src/stats/index.ts'],
      'assay/stats/worker': ['src/stats-worker/web.ts'],
      zod: ['node_modules/zod/index.d.ts'],
    }
    const absolute = Object.entries(paths).map(([name, [path]]) => [name, [`${repositoryRoot}${path}`]])
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: `${repositoryRoot}tsconfig.json`,
        compilerOptions: { paths: Object.fromEntries(absolute), typeRoots: [`${repositoryRoot}node_modules/@types`] },
        include: ['*.ts'],
      }),
    )
    const { stdout } = spawnSync(process.execPath, [`${repositoryRoot}node_modules/typescript/bin/tsc`, '-p', folder], {
      encoding: 'utf8',
    })
    // Errors of the sources are `npm run check`'s to report.
    expect(stdout.split('\n').filter((line) => line.includes('block-'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.each(shell)(
  '$place runs',
  (block) => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-docs-'))
    try {
      cpSync(`${repositoryRoot}examples`, join(folder, 'examples'), { recursive: true })
      const lines = block.code.split('\n').filter((line) => line.trim() !== '')
      expect(lines.length).toBeGreaterThanOrEqual(1)
      for (const line of lines) {
        expect(line).toMatch(/^npm run -s assay -- [\w ./=,-]+( # exit \d)?$/)
        const [command = '', exit = '0'] = line.split(' # exit ')
        const words = command.replace('npm run -s assay -- ', '').split(' ')
        let status = 0
        try {
          execFileSync(process.execPath, [builtCommand, ...words], { cwd: folder, stdio: 'pipe' })
        } catch (error) {
          status = (error as { status: number }).status
        }
        expect(`${command} # exit ${status}`).toBe(`${command} # exit ${exit}`)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)

test('links between pages lead to files that exist', () => {
  const broken = pages.flatMap((path) =>
    [...readFileSync(`${repositoryRoot}${path}`, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(repositoryRoot, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  )
  expect(broken).toEqual([])
})

// The checker itself: a documentation test that cannot fail proves nothing.
const block = (code: string): CodeBlock => ({ place: 'page.md:1', language: 'ts', code })
const right = `import { notEstimable } from 'assay/stats'
const third: number = 1 / 3 // => 0.3333
notEstimable(
  'too-few-values', { needed: 2 },
) // => { kind: 'not-estimable', because: { values: { needed: 2 } } }
;[1, third * 3] // => [1, 1]
`

test('runCodeBlock accepts right values and counts them', async () => {
  expect(await runCodeBlock(block(right))).toEqual({ checks: 3, differences: [] })
})

test('runCodeBlock fails on a value altered in its last decimal, in a nested member or in length', async () => {
  for (const [from, to, words] of [
    ['0.3333', '0.3334', '0.3333333333333333 instead of 0.3334'],
    ['needed: 2 } } }', 'needed: 3 } } }', '2 instead of 3 at because.values.needed'],
    ['[1, 1]', '[1]', '2 elements instead of 1'],
    ["'not-estimable'", "'estimate'", 'at kind'],
  ] as const) {
    const { differences } = await runCodeBlock(block(right.replace(from, to)))
    expect(differences).toHaveLength(1)
    expect(differences[0]).toContain(words)
  }
})

test('runCodeBlock fails when a block throws, does not parse, or states a value of nothing', async () => {
  for (const code of [
    "throw new Error('x')",
    'const a = ',
    '// => 3\n',
    'if (true) {\n  1 // => 2\n}',
    'function f() {} // => 2',
  ]) {
    await expect(runCodeBlock(block(code))).rejects.toThrow()
  }
})

test('differsFromText compares at the stated precision', () => {
  for (const [value, text] of [
    [0.05858585, '0.0586'],
    [-0.05858585, '-0.0586'],
    [1234567, '1.23e6'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [undefined, 'undefined'],
    ['a', "'a'"],
    [true, 'true'],
    [new Float64Array([1, 2]), '[1, 2]'],
  ] as const) {
    expect(differsFromText(value, text)).toBeUndefined()
  }
  for (const [value, text] of [
    [0.05858585, '0.0587'],
    [3.0000001, '3'],
    [0, '-1'],
    [null, 'undefined'],
    ['a', "'b'"],
    [1, 'true'],
    [{}, '{ a: 1 }'],
  ] as const) {
    expect(differsFromText(value, text)).toBeDefined()
  }
})
