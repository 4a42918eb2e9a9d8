import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { planCompare } from '../../src/operations/plan-compare.ts'
import { planMde } from '../../src/operations/plan-mde.ts'
import { planRate } from '../../src/operations/plan-rate.ts'
import { openBrowser } from './open-browser.ts'

const context = (workingDirectory: string) => ({
  signal: new AbortController().signal,
  workingDirectory,
  progress: () => {},
  host: { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined },
})

/** Writes one page of each verb into the folder and returns their addresses. */
async function writePages(folder: string): Promise<readonly string[]> {
  const rate = { below: 1e-4, confidence: 0.95, expected: [1e-5], judgeSensitivity: '190/200', out: 'rate' }
  const compare = { accuracy: 0.7, difference: 0.02, items: 1000, margin: 0.03, out: 'compare' }
  const mde = { itemVariance: '1/9', responseVariance: '1/6', items: 198, budget: 500, costPerItem: 1, out: 'mde' }
  await planRate.run(planRate.input.parse(rate), context(folder))
  await planCompare.run(planCompare.input.parse(compare), context(folder))
  await planMde.run(planMde.input.parse(mde), context(folder))
  return ['rate', 'compare', 'mde'].map((verb) => pathToFileURL(join(folder, verb, 'plan.html')).href)
}

test('the page of every plan asks for nothing, overflows no phone and breaks no rule of accessibility', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-plan-page-'))
  const browser = await openBrowser()
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  try {
    for (const address of await writePages(folder)) {
      for (const [width, colorScheme] of [
        [390, 'light'],
        [1280, 'dark'],
      ] as const) {
        const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true })
        try {
          const page = await context.newPage()
          const events: string[] = []
          page.on('console', (message) => events.push(message.text()))
          page.on('pageerror', (error) => events.push(error.message))
          page.on('request', (request) => {
            if (request.url() !== address && !request.url().startsWith('data:')) events.push(request.url())
          })
          await page.goto(address)
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
          expect(await page.locator('h1').count()).toBe(1)
          expect(await page.locator('table').count()).toBeGreaterThanOrEqual(2)
          expect(await page.locator('figure svg').count()).toBeGreaterThanOrEqual(1)
          await page.evaluate(axe)
          const violations = await page.evaluate(
            `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
          )
          expect({ address, violations }).toEqual({ address, violations: [] })
          expect(events).toEqual([])
        } finally {
          await context.close()
        }
      }
    }
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
