import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from './source-files.ts'

// What a stranger gets: the tarball of `npm pack`, installed into an empty project.
let project: string
let packed: readonly string[]

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'assay-package-'))
  const report = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], repositoryRoot).replace(
      /^[^[]*\n(?=\[)/,
      '',
    ),
  )
  packed = report[0].files.map(({ path }: { path: string }) => path)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', type: 'module', private: true }))
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? ''
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], project)
}, 120_000)

afterAll(() => rmSync(project, { recursive: true, force: true }))

test('the package holds what it needs and no source, test or fixture', () => {
  for (const path of [
    'dist/cli/main.js',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/stats/index.js',
    'dist/stats-worker/node-thread.js',
    'dist/stats-worker/web-thread.js',
    'LICENSE',
    'README.md',
  ]) {
    expect(packed).toContain(path)
  }
  expect(packed.filter((path) => /\.test\.|fixtures\/|^src\/|^test\/|(?<!\.d)\.ts$/.test(path))).toEqual([])
  expect(packed.filter((path) => path.startsWith('examples/demo/')).length).toBeGreaterThanOrEqual(5)
  expect(JSON.parse(readFileSync(join(project, 'node_modules/assay/package.json'), 'utf8'))).not.toHaveProperty(
    'private',
  )
})

test('npx assay --version and --help work in an empty project', () => {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'))
  expect(run('npx', ['--no-install', 'assay', '--version'], project).trim()).toBe(version)
  expect(run('npx', ['--no-install', 'assay', '--help'], project)).toContain('report')
})

test('import("assay") and import("assay/stats") work, and nothing else can be imported', () => {
  const script = `
    const library = await import('assay'), stats = await import('assay/stats')
    const inner = await import('assay/dist/cli/main.js').catch((error) => error.code)
    console.log(JSON.stringify({ library: Object.keys(library), stats: Object.keys(stats), inner }))`
  const { library, stats, inner } = JSON.parse(run(process.execPath, ['--input-type=module', '-e', script], project))
  expect(library).toEqual(expect.arrayContaining(['report', 'analyses', 'readLogs', 'composeReport', 'openRandom']))
  expect(stats).toEqual(expect.arrayContaining(['fail', 'notEstimable', 'wilson']))
  expect(inner).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
})

test('assay/stats/worker of the package computes in a thread of Node, and names built files in both worlds', () => {
  const script = `
    const { runStatistic } = await import('assay/stats/worker')
    const input = { values: [1, 0, 1, 1, 0], clusters: [1, 1, 2, 3, 3], correction: 'cr2', level: 0.95 }
    const { clusterMean } = await import('assay/stats')
    const [there, here] = [await runStatistic('clusterMean', input), clusterMean(input)]
    const { code } = await runStatistic('clusterMean', { ...input, level: 95 }).catch((error) => error)
    console.log(JSON.stringify({ there, here, code }))`
  const { there, here, code } = JSON.parse(run(process.execPath, ['--input-type=module', '-e', script], project))
  expect(there).toEqual(here)
  expect(code).toBe('level-out-of-range')
  for (const name of ['node', 'web']) {
    const text = readFileSync(join(project, `node_modules/assay/dist/stats-worker/${name}.js`), 'utf8')
    expect(text).toMatch(new RegExp(`new URL\\(['"]\\./${name}-thread\\.js['"], import\\.meta\\.url\\)`))
  }
})

test('a typed consumer compiles against the published declarations', () => {
  writeFileSync(
    join(project, 'consumer.ts'),
    `import { analyses, type RunRecord } from 'assay'\nimport { notEstimable, type Outcome } from 'assay/stats'\nimport { runStatistic } from 'assay/stats/worker'\n` +
      `export const mean: Promise<Outcome> = runStatistic('bootstrapBca', { of: { values: [1, 2] }, level: 0.9, draws: 999, random: { seed: 7 } })\n` +
      `export const outcome: Outcome = notEstimable('too-few-values')\nexport const names: string[] = analyses.map((a) => a.name)\nexport type R = RunRecord\n`,
  )
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
  ]
  const typeRoots = ['--typeRoots', join(repositoryRoot, 'node_modules/@types')]
  const tsc = join(repositoryRoot, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...typeRoots, 'consumer.ts'], {
    cwd: project,
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})

test('the installed command runs the demo and writes the three files', () => {
  run('npx', ['--no-install', 'assay', 'demo'], project)
  for (const name of ['report.html', 'report.json', 'report.md'])
    expect(existsSync(join(project, 'assay-report', name))).toBe(true)
})

test('publint finds nothing to say about the package', async () => {
  const { messages } = await publint({ pkgDir: repositoryRoot, pack: false, strict: true, level: 'suggestion' })
  expect(messages).toEqual([])
})
