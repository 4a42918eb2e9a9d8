/** A plan in a terminal: at most 40 lines, the decision first. */
import { cleanText } from '../clean-text.ts'
import { wrapText } from '../terminal/display-width.ts'
import type { TerminalOptions } from '../terminal/render-terminal.ts'
import { textPlot } from '../terminal/text-plot.ts'
import { textTable } from '../terminal/text-table.ts'
import type { PlanDocument } from './plan-document.ts'

export interface PlanTerminalOptions extends Pick<TerminalOptions, 'columns' | 'style'> {
  /** Where the page was written; undefined where none was asked for. */
  readonly pagePath: string | undefined
}

const mostLines = 40
const tallestPlot = 10
const lowestPlot = 6

/** Title, answer, the tables that decide, one plot, and as many notes as there is room for. */
export function renderPlanTerminal(document: PlanDocument, options: PlanTerminalOptions): string {
  const { style, columns, pagePath } = options
  const width = Math.max(40, Math.min(columns, 100))
  const tail = pagePath === undefined ? [] : [style('bold', `Plan: ${cleanText(pagePath)}`)]
  const [figure] = document.figures
  const frame = figure === undefined ? 0 : textPlot(figure, { width, height: lowestPlot }).length - lowestPlot + 1
  const room = mostLines - tail.length - frame
  const head = headOf(document, { width, style, room: room - (figure === undefined ? 0 : lowestPlot) })
  const height = Math.min(tallestPlot, room - head.length)
  const plot = figure === undefined || height < lowestPlot ? [] : ['', ...textPlot(figure, { width, height })]
  const left = mostLines - head.length - plot.length - tail.length
  return `${[...head, ...plot, ...notes(document, { width, room: left, style }), ...tail].join('\n')}\n`
}

/** All sentences, and the first tables that leave room for the plot; one table is always shown. */
function headOf(document: PlanDocument, { width, style, room }: NoteRoom): readonly string[] {
  const sentences = [
    ...wrapSentence(document.title, width).map((line) => style('bold', line)),
    ...document.answer.flatMap((text) => wrapSentence(text, width)),
  ]
  const tables = document.tables
    .filter(({ shownIn }) => shownIn === 'terminal-and-page')
    .map(({ table }) => [
      '',
      ...wrapSentence(table.title, width).map((line) => style('bold', line)),
      ...textTable(table, width),
    ])
  const shown = (kept: number): readonly string[] => {
    const hidden = tables.length - kept
    const more = `${hidden} more ${hidden === 1 ? 'table' : 'tables'} with --json or --out`
    return [...sentences, ...tables.slice(0, kept).flat(), ...(hidden === 0 ? [] : [style('dim', more)])]
  }
  let kept = tables.length
  while (kept > 1 && shown(kept).length > room) kept--
  return shown(kept)
}

interface NoteRoom extends Pick<PlanTerminalOptions, 'style'> {
  readonly width: number
  readonly room: number
}

/** Whole notes only: half an assumption is worse than a pointer to it. */
function notes({ notes: all }: PlanDocument, { width, room, style }: NoteRoom): readonly string[] {
  const lines: string[] = []
  for (const [index, note] of all.entries()) {
    const next = wrapSentence(`Assumed: ${note}`, width)
    const isLast = index === all.length - 1
    if (lines.length + next.length + (isLast ? 0 : 1) > room) {
      if (lines.length < room) lines.push(`${all.length - index} more assumptions with --json or --out`)
      break
    }
    lines.push(...next)
  }
  return lines.map((line) => style('dim', line))
}

/** A number keeps its percent sign on one line. */
function wrapSentence(text: string, width: number): readonly string[] {
  return wrapText(cleanText(text).replaceAll(/(?<=\d) (?=%)/g, '\u00a0'), width).map((line) =>
    line.replaceAll('\u00a0', ' '),
  )
}
