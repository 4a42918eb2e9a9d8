import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReportDocument } from '../document.ts'
import { fixtureReport } from '../fixtures/fixture-report.ts'
import { displayWidth, wrapShort } from './display-width.ts'
import { renderTerminal } from './render-terminal.ts'

const pagePath = 'assay-report/report.html'

function plain(document: ReportDocument, columns: number): readonly string[] {
  return renderTerminal(document, { style: (_, text) => text, columns, pagePath })
    .trimEnd()
    .split('\n')
}

test('renderTerminal(document) is at most 40 lines of at most 80 columns and ends with the page', () => {
  const lines = plain(fixtureReport(), 80)
  expect(lines.length).toBeLessThanOrEqual(40)
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  expect(lines.at(-1)).toBe(`Report: ${pagePath}`)
  expect(lines.join('\n')).toContain('4 of 8 figures that the harness printed were reproduced')
  for (const name of ['Validity', 'Coverage', 'Robustness', 'Reliability', 'Guarantee', 'Prediction']) {
    expect(lines.some((line) => line.includes(`${name}: `))).toBe(true)
  }
})

test('renderTerminal(hostile names) sends no control character of the data to the terminal', () => {
  const document = fixtureReport()
  const hostile = '\u001b]0;owned\u0007\u001b[2J\u202Ename\nline'
  const [first, ...others] = document.problems
  const lines = plain({ ...document, title: hostile, problems: [{ ...first!, text: hostile }, ...others] }, 80)
  expect(lines.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
})

test('renderTerminal(document) leads problems with the worst and counts the rest', () => {
  const document = fixtureReport()
  const many = Array.from({ length: 200 }, (_, index) => ({ ...document.problems[1]!, code: `c${index}` }))
  const lines = plain({ ...document, problems: [document.problems[0]!, ...many] }, 80)
  expect(lines.length).toBeLessThanOrEqual(40)
  expect(lines.find((line) => line.startsWith('! '))).toContain('17 items of gpqa-diamond')
  expect(lines.some((line) => /^\d+ more kinds of problem/.test(line))).toBe(true)
})

test('renderTerminal(nothing found) says so', () => {
  const lines = plain({ ...fixtureReport(), problems: [], failures: [], skipped: [] }, 80)
  expect(lines).toContain('No problem was found by the checks that ran.')
})

test('renderTerminal(document, style) colours through the given function only', () => {
  const text = renderTerminal(fixtureReport(), {
    style: (style, words) => `<${style}>${words}</>`,
    columns: 80,
    pagePath,
  })
  expect(text).toContain('<green>✓ Validity: answered</>')
  expect(text).toContain('<cyan>? Prediction: cannot say</>')
  expect(text).toMatch(/<red>! Blocks a verdict: /)
})

test('wrapShort(text, size) keeps lines within the width, wide letters counted as two', () => {
  expect(displayWidth('日本')).toBe(4)
  expect(wrapShort('one two three four', { width: 9, count: 2 })).toEqual(['one two', 'three…'])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, width) => {
      for (const line of wrapShort(text, { width, count: 3 })) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }),
    { seed: 8, numRuns: 500 },
  )
})
