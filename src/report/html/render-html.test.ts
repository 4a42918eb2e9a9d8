import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import type { ReportDocument } from '../document.ts'
import { fixtureReport } from '../fixtures/fixture-report.ts'
import { renderHtml } from './render-html.ts'

const page = await renderHtml(fixtureReport())
const { document } = parseHTML(page)

test('renderHtml(same document) is the same bytes, and below 1 MB for two models and seven figures', async () => {
  expect(await renderHtml(fixtureReport())).toBe(page)
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
})

test('renderHtml(document) asks for nothing: one hashed style, one hashed script, no link, no inline style or handler', () => {
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? ''
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'$/,
  )
  expect(document.querySelectorAll('script')).toHaveLength(1)
  expect(document.querySelectorAll('style')).toHaveLength(1)
  const requests = [...document.querySelectorAll('[src],link,iframe,object,embed,form,base,use,image')]
  expect(requests.map((element) => element.outerHTML)).toEqual(['<link rel="icon" href="data:,">'])
  expect(document.querySelectorAll('[style]')).toHaveLength(0)
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of element.attributes) expect(name).not.toMatch(/^on/)
  }
  for (const anchor of document.querySelectorAll('a')) expect(anchor.getAttribute('href')).toMatch(/^#/)
})

test('renderHtml(hostile names) shows them as text', () => {
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img')
  expect(page).not.toContain('<b>bold')
  expect(document.querySelector('main')?.textContent).toContain('<script>alert("label")</script>')
  expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
})

test('renderHtml(document) has one h1, headings without gaps, unique ids and links that lead somewhere', () => {
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5')].map(({ localName }) => Number(localName[1]))
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  for (const anchor of document.querySelectorAll('a')) expect(ids).toContain(anchor.getAttribute('href')?.slice(1))
  for (const element of document.querySelectorAll('[aria-labelledby],[aria-describedby]')) {
    for (const name of ['aria-labelledby', 'aria-describedby']) {
      const id = element.getAttribute(name)
      if (id !== null) expect(ids).toContain(id)
    }
  }
})

test('renderHtml(document) leads with the most important problem, then six cards, then the reproduction', () => {
  const order = [...document.querySelectorAll('main > section')].map(({ id }) => id)
  expect(order).toEqual([
    'summary',
    'reproduction',
    'validity',
    'coverage',
    'robustness',
    'reliability',
    'guarantee',
    'prediction',
    'problems',
    'inputs',
  ])
  expect(document.querySelector('.lead-problem')?.textContent).toContain('17 items of gpqa-diamond occur word for word')
  expect(document.querySelectorAll('.card')).toHaveLength(6)
  expect(document.querySelector('#guarantee .evidence')?.textContent).toContain('+0.38 to +11.3 points')
  expect(document.querySelector('#prediction')?.textContent).toContain(
    'What it would take: Run at least one further technique',
  )
})

test('renderHtml(document) shows for each number its estimand, method, interval, n, SE, df, assumptions, caveats, hash and version', () => {
  const detail = document.querySelector('#guarantee .how')?.textContent ?? ''
  for (const words of [
    'mean score over the 198 fixed items',
    'paired-mean-t',
    '95 %, confidence, two-sided',
    '198 independent units',
    'Standard error2.8 points',
    'More digits0.0585859, interval 0.0037848 to 0.1133869, standard error 0.0277885',
    'Degrees of freedom197',
    'Independent clusters',
    'Standard errors rest on 28 clusters',
    'Asymptotic',
    'b1946ac92492d2347c6235b4d2611184',
    'model-comparison version 1',
  ]) {
    expect(detail.replaceAll('\n', '').replaceAll('\u00a0', ' ')).toContain(words)
  }
})

test('renderHtml(nothing observed) still has six sections that say what is missing', async () => {
  const { composeReport } = await import('../compose-report.ts')
  const { ObservationsBuilder } = await import('../../domain/index.ts')
  const empty = composeReport({
    runs: [],
    observations: new ObservationsBuilder().finish(),
    results: [],
    failures: [],
    skipped: [],
    seed: 1,
    version: '0',
    inputHash: '',
  })
  const sections = [...parseHTML(await renderHtml(empty)).document.querySelectorAll('.question')]
  expect(sections).toHaveLength(6)
  for (const section of sections) expect(section.textContent).toMatch(/No analysis of .*What it would take/s)
})

/** What 200,000 observations of many models and tasks could at worst make of a report. */
function enormous(): ReportDocument {
  const document = fixtureReport()
  const sections = document.sections.map((section) => ({
    ...section,
    analyses: section.analyses.flatMap((analysis) =>
      Array.from({ length: 4 }, (_, copy) => ({
        ...analysis,
        name: `${analysis.name}-${copy}`,
        evidence: Array.from(
          { length: 400 },
          (__, index) => analysis.evidence[index % Math.max(1, analysis.evidence.length)],
        ).filter((each) => each !== undefined),
        figures: Array.from({ length: 6 }, () => analysis.figures)
          .flat()
          .map((figure) => ({ ...figure })),
        tables: Array.from({ length: 10 }, () => analysis.tables).flat(),
      })),
    ),
  }))
  const runs = Array.from({ length: 600 }, (_, index) => ({ ...document.runs[index % 6]!, id: `run ${index}` }))
  const problems = Array.from({ length: 5_000 }, (_, index) => ({
    ...document.problems[index % 8]!,
    code: `c${index % 900}`,
  }))
  const failures = Array.from({ length: 3_000 }, () => document.failures[0]!)
  return { ...document, sections, runs, problems, failures }
}

test('renderHtml(a report at the scale of 200,000 observations) stays below 3 MB and counts what it leaves out', async () => {
  const before = process.cpuUsage()
  const large = await renderHtml(enormous())
  expect(Buffer.byteLength(large)).toBeLessThan(3_000_000)
  expect(large).toContain('more numbers are left out here and complete in report.json')
  expect(large).toContain('The drawing is left out to keep this page small.')
  // Seconds of this process: others may use the machine meanwhile.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
})
