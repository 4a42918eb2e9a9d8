import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureReport } from '../fixtures/fixture-report.ts'
import { escapeMarkdown, markdownCode } from './escape-markdown.ts'
import { renderMarkdown } from './render-markdown.ts'

test('renderMarkdown(document) is at most 120 lines, the same every time, and answers six questions', () => {
  const text = renderMarkdown(fixtureReport())
  expect(text.split('\n').length).toBeLessThanOrEqual(120)
  expect(renderMarkdown(fixtureReport())).toBe(text)
  for (const name of ['Validity', 'Coverage', 'Robustness', 'Reliability', 'Guarantee', 'Prediction']) {
    expect(text).toContain(`| **${name}** |`)
  }
  expect(text).toContain('4 of 8 figures that the harness printed were reproduced')
})

test('renderMarkdown(hostile names) has no HTML outside code, no escape sequence, and tables of constant width', () => {
  const lines = renderMarkdown(fixtureReport()).split('\n')
  for (const line of lines) {
    expect(line.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[<>]/)
    expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
  }
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split(/(?<!\\)\|/).length)
  expect(new Set(cells)).toEqual(new Set([6, 7]))
})

test('renderMarkdown(many problems and failures) stays within 120 lines and counts what it leaves out', () => {
  const document = fixtureReport()
  const many = Array.from({ length: 300 }, (_, index) => ({
    ...document.problems[0]!,
    code: `c${index}`,
    text: `p ${index}`,
  }))
  const failures = Array.from({ length: 90 }, (_, index) => ({ ...document.failures[0]!, path: `f${index}` }))
  const runs = Array.from({ length: 40 }, () => document.runs[1]!)
  const text = renderMarkdown({ ...document, problems: many, failures, runs })
  expect(text.split('\n').length).toBeLessThanOrEqual(120)
  expect(text).toContain('288 more kinds of problem')
  expect(text).toContain('84 more files')
  expect(text).toContain('28 more figures')
})

test('escapeMarkdown(text) disarms markup, links, mentions and references', () => {
  expect(escapeMarkdown('<b>*x*</b> | `y`')).toBe('&lt;b&gt;\\*x\\*&lt;/b&gt; \\| \\`y\\`')
  expect(escapeMarkdown('![a](b) [c](d)')).toBe('!\\[a\\](b) \\[c\\](d)')
  expect(escapeMarkdown('@me #1 GH-2 https://e.x www.e.x')).toBe(
    '@\u2060me #\u20601 GH-\u20602 https:\u2060//e.x www\u2060.e.x',
  )
  expect(['# a', '- b', '1. c', '1.5 d', '+5.9'].map(escapeMarkdown)).toEqual([
    '\\# a',
    '\\- b',
    '1\\. c',
    '1.5 d',
    '\\+5.9',
  ])
})

test('escapeMarkdown(any) never leaves a bare angle bracket, bar or line break; markdownCode(any) is one code span', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeMarkdown(text)).not.toMatch(/[<>\n]|(?<!\\)(\\\\)*\|/)
      expect(markdownCode(text)).toMatch(/^`[^`\n]+`$/)
    }),
    { seed: 21, numRuns: 500 },
  )
})
