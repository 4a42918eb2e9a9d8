import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureReport } from '../../src/report/fixtures/fixture-report.ts'
import { renderHtml } from '../../src/report/index.ts'
import { openBrowser } from './open-browser.ts'

let folder: string
let address: string
let axe: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-page-'))
  const file = join(folder, 'report.html')
  await writeFile(file, await renderHtml(fixtureReport()))
  address = pathToFileURL(file).href
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

interface Opened {
  readonly page: Page
  /** Everything that a browser would complain about or ask for, the page itself aside. */
  readonly events: readonly string[]
}

async function open(options: BrowserContextOptions, visit: (opened: Opened) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  try {
    const page = await context.newPage()
    const events: string[] = []
    page.on('console', (message) => events.push(`console ${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => events.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) events.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    await visit({ page, events })
  } finally {
    await context.close()
  }
}

const wide = { width: 1400, height: 900 }
const telephone = { width: 360, height: 740 }

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string | null
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
  }[]
}

async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${String(target)}: ${failureSummary}`),
    )
}

const looks = [
  { colorScheme: 'light', viewport: wide },
  { colorScheme: 'dark', viewport: telephone },
] as const

test.each(looks)(
  'the page in $colorScheme at $viewport.width px has no serious axe violation, console line or request',
  async (look) => {
    await open(look, async ({ page, events }) => {
      await page.evaluate(
        'for (const details of document.querySelectorAll("details:not(.figure-data)")) details.open = true',
      )
      expect(await seriousViolations(page)).toEqual([])
      expect(events).toEqual([])
    })
  },
)

test.each([
  ['360 px', telephone],
  ['768 px', { width: 768, height: 1024 }],
  ['1400 px', wide],
])('the page at %s never scrolls sideways, with all details open too', async (_, viewport) => {
  await open({ viewport }, async ({ page }) => {
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(overflow)).toBe(0)
    await page.getByRole('button', { name: 'Open all details' }).click()
    expect(await page.evaluate(overflow)).toBe(0)
  })
})

test('the keyboard reaches skip link, colours, contents and details, and each does its work', async () => {
  await open({ viewport: wide, colorScheme: 'light' }, async ({ page }) => {
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()')
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the report')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('theme-auto')
    const light = await background()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('theme-dark')
    expect(await background()).not.toBe(light)
    await page.keyboard.press('ArrowLeft')
    expect(await background()).toBe(light)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Summary')
    const summary = page.locator('#guarantee .how summary').first()
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await page.getByText('Standard error', { exact: true }).first().isVisible()).toBe(true)
    await page.keyboard.press('Space')
    expect(await page.locator('#guarantee .how details').first().getAttribute('open')).toBeNull()
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
  })
})

test('sorting a table by keyboard orders its rows and says so', async () => {
  await open({ viewport: wide }, async ({ page }) => {
    const table = page.locator('#coverage .evidence').first()
    const first = () => table.locator('tbody').first().locator('td').first().innerText()
    const sort = table.getByRole('button', { name: 'Value' })
    await sort.focus()
    await page.keyboard.press('Enter')
    expect(await table.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending')
    const lowest = await first()
    await page.keyboard.press('Enter')
    expect(await table.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
    expect(Number.parseFloat(await first())).toBeGreaterThan(Number.parseFloat(lowest))
  })
})

test('the page without scripts shows everything, and no control that would need one', async () => {
  await open({ viewport: wide, javaScriptEnabled: false, colorScheme: 'light' }, async ({ page }) => {
    await page.getByText('17 items of gpqa-diamond occur word for word').first().waitFor()
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(10)
    expect(await page.getByRole('button').count()).toBe(0)
    await page.locator('#guarantee .how summary').first().click()
    expect(await page.getByText('Degrees of freedom').first().isVisible()).toBe(true)
    await page.locator('.theme label').last().click()
    expect(await page.getByLabel('Dark').isChecked()).toBe(true)
  })
})

test('a screen reader meets landmarks, named figures with data, and tables with headings', async () => {
  await open({ viewport: wide }, async ({ page }) => {
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
      expect(await page.getByRole(role).count()).toBe(1)
    }
    const drawings = page.locator('.drawing svg')
    expect(await drawings.count()).toBeGreaterThan(8)
    expect(await page.getByRole('img', { name: 'Score by subgroup' }).count()).toBe(1)
    expect(await page.locator('figure').count()).toBe(await page.locator('figure .figure-data table').count())
    expect(await page.locator('th:not([scope])').count()).toBe(0)
    expect(await page.locator('table:not(:has(caption)):not(.wide-table)').count()).toBe(0)
  })
})

test('on paper the page is light, its numbers are open, and it prints', async () => {
  await open({ viewport: wide, colorScheme: 'dark' }, async ({ page }) => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.querySelector(".contents")).display')).toBe('none')
    const height = await page.evaluate('document.querySelector(".how .detail").getBoundingClientRect().height')
    expect(height).toBeGreaterThan(50)
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(27, 29, 33)')
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(100_000)
  })
})

const drawnTexts = `[...document.querySelectorAll('.drawing svg')].filter((svg) => svg.getBoundingClientRect().width > 0).flatMap((svg) => {
  const frame = svg.getBoundingClientRect()
  const boxes = [...svg.querySelectorAll('text')]
    .filter((text) => !(text.getAttribute('transform') ?? '').includes('rotate'))
    .map((text) => ({ words: text.firstChild?.data ?? '', box: text.getBoundingClientRect() }))
  const cut = boxes.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
  const met = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
    a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 4 && b.box.top < a.box.bottom - 4).map((b) => a.words + ' | ' + b.words))
  return [...cut.map(({ words }) => svg.firstChild.textContent + ': cut: ' + words), ...met.map((words) => svg.firstChild.textContent + ': met: ' + words)]
})`

test.each([
  ['1400 px', wide],
  ['360 px', telephone],
])('no label of a drawing at %s is cut off or runs into another', async (_, viewport) => {
  await open({ viewport }, async ({ page }) => {
    expect(await page.evaluate(drawnTexts)).toEqual([])
  })
})
