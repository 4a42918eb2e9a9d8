import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path/posix'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as stats from '../../src/stats/index.ts'
import { type ModuleFacts, moduleFacts } from '../module-facts.ts'
import { repositoryRoot } from '../source-files.ts'
import { openBrowser } from './open-browser.ts'
import { numbersOf, statsBattery } from './stats-battery.ts'

interface ModuleGraph {
  /** Files under src, from the root of the repository. */
  readonly files: ReadonlySet<string>
  /** Everything that is imported by name. */
  readonly packages: ReadonlySet<string>
}

const factsByPath = new Map<string, ModuleFacts>()

function factsOf(path: string): ModuleFacts {
  const known = factsByPath.get(path)
  if (known !== undefined) return known
  const facts = moduleFacts({ path, text: readFileSync(`${repositoryRoot}${path}`, 'utf8') })
  factsByPath.set(path, facts)
  return facts
}

/** Everything that importing `entry` loads or may load later, dynamic imports included. */
function moduleGraph(entry: string): ModuleGraph {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (path: string): void => {
    if (files.has(path)) return
    files.add(path)
    for (const specifier of factsOf(path).imports) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier))
      else packages.add(specifier)
    }
  }
  visit(entry)
  return { files, packages }
}

test('assay/stats reaches only src/stats, src/random and a hash, and nothing of Node', () => {
  const { files, packages } = moduleGraph('src/stats/index.ts')
  expect(files.size).toBeGreaterThanOrEqual(100)
  expect([...files].filter((path) => !/^src\/(stats|random)\//.test(path))).toEqual([])
  expect([...packages].sort()).toEqual(['@noble/hashes/sha2.js', '@noble/hashes/utils.js'])
  for (const path of files) {
    expect({ path, ambient: factsOf(path).ambient }).toEqual({ path, ambient: [] })
  }
})

test('assay/stats/worker reaches nothing of Node in a browser, nor do its threads', () => {
  for (const entry of ['web', 'web-thread']) {
    const { files, packages } = moduleGraph(`src/stats-worker/${entry}.ts`)
    expect([...files].filter((path) => !/^src\/(stats-worker|stats|random)\//.test(path))).toEqual([])
    expect([...packages].filter((name) => !name.startsWith('@noble/hashes/'))).toEqual([])
  }
})

test('moduleGraph sees what an entry reaches: the command line reaches Node', () => {
  const { packages } = moduleGraph('src/cli/main.ts')
  expect([...packages].some((name) => name.startsWith('node:'))).toBe(true)
})

const origin = 'http://assay.test'

/** Serves the sources as a browser wants them: types stripped, packages where the import map says. */
async function serve(route: Route): Promise<void> {
  const path = new URL(route.request().url()).pathname.slice(1)
  // Workers have no import map: where bundlers would, the server puts the package's address in.
  const addressed = (text: string) =>
    text.replaceAll("from '@noble/hashes/", `from '${origin}/node_modules/@noble/hashes/`)
  if (path === '') {
    const imports = { '@noble/hashes/': `${origin}/node_modules/@noble/hashes/` }
    const body = `<!doctype html><title>stats</title><script type="importmap">${JSON.stringify({ imports })}</script>`
    return route.fulfill({ contentType: 'text/html', body })
  }
  if (!/^(src\/(stats|stats-worker|random)|node_modules\/@noble\/hashes|test\/page)\//.test(path)) return route.abort()
  const text = readFileSync(`${repositoryRoot}${path}`, 'utf8')
  const body = path.endsWith('.ts') ? addressed(stripTypeScriptTypes(text)) : text
  return route.fulfill({ contentType: 'text/javascript', body })
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

async function inPage(visit: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.route('**/*', serve)
    await page.goto(`${origin}/`)
    await visit(page)
  } finally {
    await context.close()
  }
}

test('assay/stats runs in Chromium and gives the numbers that it gives in Node', async () => {
  const here = numbersOf(statsBattery(stats))
  await inPage(async (page) => {
    // As text: the test runner rewrites imports of functions, and the page knows nothing of that.
    const there = (await page.evaluate(`(async () => {
      const stats = await import('${origin}/src/stats/index.ts')
      const { statsBattery, numbersOf } = await import('${origin}/test/page/stats-battery.ts')
      return numbersOf(statsBattery(stats))
    })()`)) as Record<string, number | string>
    expect(Object.keys(there)).toEqual(Object.keys(here))
    expect(Object.keys(here).length).toBeGreaterThanOrEqual(150)
    for (const [path, value] of Object.entries(here)) {
      const other = there[path]
      // The two engines round some exponentials and logarithms differently in their last bit; a search magnifies that.
      const tolerance = path.startsWith('/crossedLogit/') ? 1e-7 : 1e-12
      if (typeof value === 'number' && typeof other === 'number') {
        const apart = Math.abs(other - value) / Math.max(1e-6, Math.abs(value))
        expect({ path, apart: apart < tolerance ? 0 : apart }).toEqual({ path, apart: 0 })
      } else expect({ path, value: other }).toEqual({ path, value })
    }
  })
}, 60_000)

test('runStatistic of assay/stats/worker computes in a Web Worker of Chromium, tells, and ends when told to', async () => {
  await inPage(async (page) => {
    const there = (await page.evaluate(`(async () => {
      const { runStatistic } = await import('${origin}/src/stats-worker/web.ts')
      const told = []
      const values = Array.from({ length: 200 }, (_, i) => Math.sqrt(i))
      const input = { of: { values }, draws: 500, level: 0.95, random: { seed: 7 } }
      const interval = await runStatistic('bootstrapPercentile', input, { onProgress: ({ done }) => told.push(done) })
      const interruption = new AbortController()
      const endless = runStatistic('bootstrapPercentile', { ...input, draws: 1e7 }, {
        signal: interruption.signal,
        onProgress: () => interruption.abort(new Error('no longer wanted')),
      })
      const ended = await endless.catch((error) => error.message)
      const refused = await runStatistic('bootstrapPercentile', { ...input, level: 95 }).catch(({ code, fix }) => ({ code, fix }))
      return { interval: interval.interval, told: told.length, ended, refused }
    })()`)) as Record<string, unknown>
    const values = Array.from({ length: 200 }, (_, i) => Math.sqrt(i))
    const here = stats.bootstrapPercentile({ of: { values }, draws: 500, level: 0.95, random: stats.openRandom(7) })
    expect(there).toMatchObject({
      interval: here.kind === 'estimate' ? here.interval : undefined,
      told: 100,
      ended: 'no longer wanted',
      refused: { code: 'level-out-of-range' },
    })
  })
}, 60_000)
