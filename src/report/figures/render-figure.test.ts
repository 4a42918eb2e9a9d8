import { expect, test } from 'vitest'
import type { Figure } from '../../domain/index.ts'
import { toJsonNumbers } from '../compose/json-numbers.ts'
import { fixtureFigures } from '../fixtures/fixture-figures.ts'
import { figureRecord } from '../record/figure-record.ts'
import { renderFigure } from './render-figure.ts'

const figures = fixtureFigures()
const render = (figure: Figure) => renderFigure(figureRecord.parse(toJsonNumbers(figure)), 'f1')

test.each(Object.entries(figures))(
  'renderFigure(%s) is the same bytes twice, one named image, free of style and ARIA on groups',
  async (_, figure) => {
    const first = await render(figure)
    expect(await render(figure)).toEqual(first)
    for (const svg of [first.wide, first.narrow].filter((text) => text !== undefined)) {
      expect(svg).toMatch(/^<svg [^>]*role="img"/)
      expect(svg).not.toMatch(
        /<style|<script|\sstyle=|\sclass=|\son\w+=|javascript:|xmlns:xlink|NaN|Infinity|undefined/,
      )
      expect(svg.match(/aria-/g)).toHaveLength(2)
      expect(svg.match(/<title id=/g)).toHaveLength(1)
      expect(svg).toContain(`<desc id=`)
      expect(svg).not.toMatch(/="[^"]*\d\.\d{3,}/)
      const ids = svg.match(/ id="[^"]+"/g) ?? []
      expect(new Set(ids).size).toBe(ids.length)
      const colors = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color)
      expect(colors.filter((color) => !/^(none|currentColor|var\(--[a-z0-9-]+\))$/.test(color ?? ''))).toEqual([])
    }
  },
)

test('renderFigure(hostile labels) escapes them and drops control characters', async () => {
  const { wide } = await render(figures.caterpillar)
  expect(wide).not.toContain('<script')
  expect(wide).not.toContain('<b>')
  expect(wide).toContain('&lt;script&gt;')
  expect(wide).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
})

test('renderFigure(60 variants) draws the highest and lowest 20 and says what it leaves out', async () => {
  const { wide, notes } = await render(figures.spread)
  expect(notes).toContain('Drawn are the 20 highest and the 20 lowest of 60 rows.')
  expect(wide).toContain('20 more between')
  expect(wide).toContain('If variants made no difference: 61.0 to 71.0 % (95 % band)')
})

test('renderFigure(unknown and unbounded rows) says which are not drawn and points where an interval goes on', async () => {
  const { wide, notes } = await render(figures.differences)
  expect(notes).toContain('1 row has no value and is not drawn.')
  expect(wide).toContain('→')
})

const empty: readonly Figure[] = [
  { kind: 'intervals', title: 't', description: 'd', format: 'rate', axis: 'a', rows: [] },
  {
    kind: 'spread',
    title: 't',
    description: 'd',
    format: 'rate',
    axis: 'a',
    rows: [],
    center: 0.5,
    nullBand: { lower: 0.5, upper: 0.5, level: 0.95 },
  },
  {
    kind: 'caterpillar',
    title: 't',
    description: 'd',
    format: 'score',
    axis: 'a',
    rows: [{ label: '', value: 3, lower: 3, upper: 3, n: 1 }],
    overall: Number.NaN,
  },
  {
    kind: 'heat-map',
    title: 't',
    description: 'd',
    format: 'score',
    rowLabels: [],
    columnLabels: [],
    values: [],
    omittedRows: 0,
  },
  {
    kind: 'heat-map',
    title: 't',
    description: 'd',
    format: 'score',
    rowLabels: ['a'],
    columnLabels: ['b'],
    values: [null],
    omittedRows: 0,
  },
  { kind: 'curves', title: 't', description: 'd', format: 'rate', xAxis: 'x', yAxis: 'y', xScale: 'log', series: [] },
  {
    kind: 'curves',
    title: 't',
    description: 'd',
    format: 'rate',
    xAxis: 'x',
    yAxis: 'y',
    xScale: 'log',
    series: [
      {
        label: 'l',
        points: [
          { x: 0, y: 1 },
          { x: 5, y: 0.2 },
        ],
      },
    ],
  },
]

test.each(empty)('renderFigure($kind without or with hardly any data) still draws a frame', async (figure) => {
  const { wide } = await render(figure)
  expect(wide).toMatch(/^<svg /)
  expect(wide).not.toMatch(/NaN|Infinity|undefined/)
})
