import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Figure, Table } from '../../domain/index.ts'
import { displayWidth } from './display-width.ts'
import { textPlot } from './text-plot.ts'
import { textTable } from './text-table.ts'

type Curves = Extract<Figure, { kind: 'curves' }>

function curves(series: Curves['series'], options: Partial<Pick<Curves, 'xScale' | 'format'>> = {}): Curves {
  return {
    kind: 'curves',
    title: 't',
    description: 'd',
    format: options.format ?? 'number',
    xAxis: 'items',
    yAxis: 'power',
    xScale: options.xScale ?? 'linear',
    series,
  }
}

const rising = { label: 'rising', points: [0, 1, 2, 3, 4].map((x) => ({ x, y: x })) }
const flat = { label: 'flat', points: [0, 4].map((x) => ({ x, y: 1 })) }

test('textPlot(a rising line) climbs from the lower left to the upper right, one mark per column', () => {
  const lines = textPlot(curves([rising]), { width: 60, height: 8 })
  const rows = lines.slice(1, 9).map((line) => line.slice(line.indexOf('|') + 1))
  expect(rows.at(-1)?.[0]).toBe('*')
  expect(rows[0]?.trimEnd().at(-1)).toBe('*')
  const columns = Math.max(...rows.map((row) => row.length))
  for (let column = 0; column < columns; column++) expect(rows.filter((row) => row[column] === '*')).toHaveLength(1)
  const heights = Array.from({ length: columns }, (_, column) => rows.findIndex((row) => row[column] === '*'))
  for (let column = 1; column < columns; column++) expect(heights[column]).toBeLessThanOrEqual(heights[column - 1]!)
})

test('textPlot(two curves) gives each its mark, names both below, and the first hides the second where they cross', () => {
  const lines = textPlot(curves([rising, flat]), { width: 60, height: 8 })
  expect(lines[0]).toBe('power')
  expect(lines.at(-1)).toBe('items:   * rising   o flat')
  expect(lines.join('\n')).toContain('o')
  const crossing = lines.find((line) => line.includes('o') && line.includes('*'))
  expect(crossing).toMatch(/o\*+o/)
})

test('textPlot(log axis) puts ten times the value at equal distances, and leaves out what lies at 0', () => {
  const points = [0, 1, 10, 100].map((x) => ({ x, y: 1 }))
  const lines = textPlot(curves([{ label: 'a', points }], { xScale: 'log' }), { width: 50, height: 6 })
  const axis = lines.at(-2) ?? ''
  const places = ['1', '10', '100'].map((label) => axis.search(new RegExp(`(?<!\\d)${label}(?!\\d)`)))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(Math.abs(places[2]! - places[1]! - (places[1]! - places[0]!))).toBeLessThanOrEqual(3)
})

test('textPlot(nothing finite) is nothing', () => {
  expect(textPlot(curves([{ label: 'a', points: [{ x: 1, y: Number.NaN }] }]), { width: 60, height: 8 })).toEqual([])
  expect(textPlot(curves([]), { width: 60, height: 8 })).toEqual([])
})

test('textPlot(…) has the asked height and never exceeds the width, whatever the numbers (seed 4)', () => {
  const number = fc.oneof(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
    fc.double({ min: 1e-12, max: 1, noNaN: true }),
  )
  const points = fc.array(fc.record({ x: number, y: number }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(
      fc.array(points, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 40, max: 100 }),
      fc.constantFrom('linear' as const, 'log' as const),
      (all, width, xScale) => {
        const series = all.map((each, i) => ({ label: `curve ${i}`, points: each }))
        const lines = textPlot(curves(series, { xScale }), { width, height: 8 })
        if (lines.length === 0) return
        expect(lines.filter((line) => line.includes(' |')).length).toBe(8)
        for (const line of lines.slice(1)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      },
    ),
    { seed: 4, numRuns: 400 },
  )
})

const table: Table = {
  title: 'Trials',
  columns: [
    { key: 'name', label: 'name', format: 'text' },
    { key: 'trials', label: 'trials (fixed)', format: 'count' },
    { key: 'pass', label: 'passes', format: 'rate' },
  ],
  rows: [
    { name: 'short', trials: 29_956, pass: 0.224 },
    { name: 'a longer one', trials: 47_437, pass: null },
  ],
  omittedRows: 0,
}

test('textTable(table) breaks headers between words, puts numbers to the right and shows what is unknown as such', () => {
  expect(textTable(table, 80)).toEqual([
    '               trials',
    'name          (fixed)  passes',
    'short          29,956  22.4 %',
    'a longer one   47,437       -',
  ])
})

test('textTable(table, narrow) leaves out columns that do not fit and says how many', () => {
  const lines = textTable(table, 24)
  expect(lines.at(-1)).toBe('(1 more column with --json or --out)')
  expect(lines.slice(0, -1).every((line) => displayWidth(line) <= 24)).toBe(true)
})

test('textTable(hostile cells) sends no control character to the terminal', () => {
  const rows = [{ name: '\u001b[2Jx\ny', trials: 1, pass: 0 }]
  expect(textTable({ ...table, rows }, 80).join('')).not.toMatch(/\p{Cc}/u)
})
