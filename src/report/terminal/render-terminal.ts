/** The report in a terminal: at most 40 lines, what a person needs before opening the page. */

import { formatNumber } from '../../domain/index.ts'
import { cleanText } from '../clean-text.ts'
import type { ReportDocument, SectionRecord } from '../document.ts'
import { evidenceLine } from '../evidence-words.ts'
import { headlineEvidence } from '../headline-evidence.ts'
import { problemKinds } from '../problem-kinds.ts'
import { counted, questionWords, severityWords, statusWords } from '../question-words.ts'
import { reproductionWords } from '../reproduction-words.ts'
import { sentence } from '../sentence.ts'
import { displayWidth, wrapShort } from './display-width.ts'

export type TextStyle = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

export interface TerminalOptions {
  /** Colours a piece of text, or returns it as it is where the terminal has no colours. */
  readonly style: (style: TextStyle, text: string) => string
  /** Columns of the terminal; lines are never longer than 100, and 80 is a good choice where unknown. */
  readonly columns: number
  /** Where the page was written, as the user would name it. */
  readonly pagePath: string
}

interface Line {
  readonly text: string
  readonly style?: TextStyle
}

const mostLines = 40

export function renderTerminal(document: ReportDocument, options: TerminalOptions): string {
  const width = Math.max(40, Math.min(options.columns, 100))
  const tail = ending(document, options, width)
  const head = [
    ...title(document, width),
    blank,
    ...reproduced(document, width),
    blank,
    ...answers(document, width),
    blank,
  ]
  const room = mostLines - head.length - tail.length
  const lines = [...head, ...problems(document, width, room), ...tail]
  return `${lines.map(({ text, style }) => (style === undefined || text === '' ? text : options.style(style, text))).join('\n')}\n`
}

const blank: Line = { text: '' }

function title({ title: name, observations }: ReportDocument, width: number): readonly Line[] {
  const { models, tasks, items, variants, replicates, rows, scored } = observations
  const facts = [
    counted(models.length, 'model', 'models'),
    counted(tasks.length, 'task', 'tasks'),
    counted(items, 'item', 'items'),
    ...(variants > 1 ? [counted(variants, 'variant', 'variants')] : []),
    ...(replicates > 1 ? [`up to ${counted(replicates, 'repeat', 'repeats')}`] : []),
    counted(scored, 'score', 'scores'),
    ...(scored < rows ? [`${counted(rows - scored, 'row', 'rows')} without one`] : []),
  ]
  return [
    ...styled(wrapShort(cleanText(name), { width, count: 2 }), 'bold'),
    ...styled(wrapShort(facts.join(', '), { width, count: 2 }), 'dim'),
  ]
}

function reproduced(document: ReportDocument, width: number): readonly Line[] {
  const differs = document.runs.some(({ reconciliations }) =>
    reconciliations.some(({ verdict }) => verdict === 'differs'),
  )
  return styled(wrapShort(reproductionWords(document), { width, count: 2 }), differs ? 'red' : 'green')
}

const statusStyle = { answered: 'green', partly: 'yellow', 'cannot-say': 'cyan' } as const
const statusMark = { answered: '✓', partly: '◐', 'cannot-say': '?' } as const

/** One line per question, and a second for its sentence or number where the first has no room. */
function answers({ sections }: ReportDocument, width: number): readonly Line[] {
  return sections.flatMap((section) => {
    const text = `${statusMark[section.status]} ${questionWords[section.question].name}: ${statusWords[section.status].toLowerCase()}`
    return [
      { text, style: statusStyle[section.status] },
      ...indented(wrapShort(answerWords(section), { width: width - 2, count: 2 })),
    ]
  })
}

function answerWords(section: SectionRecord): string {
  const evidence = headlineEvidence(section)
  const words = cleanText(section.headline.text)
  return evidence === undefined ? words : `${words} [${cleanText(evidenceLine(evidence))}]`
}

function problems({ problems: all }: ReportDocument, width: number, room: number): readonly Line[] {
  if (all.length === 0) return [{ text: 'No problem was found by the checks that ran.', style: 'green' }, blank]
  const lines: Line[] = []
  let shown = 0
  const note = (left: number): Line => ({
    text: `${counted(left, 'more kind of problem', 'more kinds of problem')} on the page`,
    style: 'dim',
  })
  const kinds = problemKinds(all)
  for (const { first, others } of kinds) {
    const { severity, text, fix } = first
    const like = others.length === 0 ? '' : ` (${formatNumber(others.length, 'count')} more like this)`
    const words = `${severityWords[severity]}: ${cleanText(text)}${like}${shown === 0 && fix !== undefined ? ` ${cleanText(sentence(fix))}` : ''}`
    const wrapped = wrapShort(words, { width: width - 2, count: shown === 0 ? 4 : 2 })
    // Two lines are kept: for what is left over, and for the blank line below.
    if (lines.length + wrapped.length + 2 > room) break
    lines.push(
      ...wrapped.map((line, index): Line => {
        const mark = index === 0 ? '! ' : '  '
        return severity === 'note'
          ? { text: mark + line }
          : { text: mark + line, style: severity === 'invalid' ? 'red' : 'yellow' }
      }),
    )
    shown++
  }
  return [...lines, ...(shown < kinds.length ? [note(kinds.length - shown)] : []), blank]
}

function ending({ failures, skipped }: ReportDocument, { pagePath }: TerminalOptions, width: number): readonly Line[] {
  const unread: Line[] =
    failures.length === 0
      ? []
      : [{ text: `${counted(failures.length, 'file', 'files')} could not be read; the page names each.`, style: 'red' }]
  const passed: Line[] =
    skipped.length === 0
      ? []
      : [
          {
            text: `${counted(skipped.length, 'file was', 'files were')} passed over: see the end of the page.`,
            style: 'dim',
          },
        ]
  const where = `Report: ${cleanText(pagePath)}`
  // A path is never broken or shortened: a terminal can only open a whole one.
  return [...unread, ...passed, { text: where, ...(displayWidth(where) > width ? {} : { style: 'bold' as const }) }]
}

function indented(lines: readonly string[]): readonly Line[] {
  return lines.map((text) => ({ text: `  ${text}` }))
}

function styled(lines: readonly string[], style: TextStyle): readonly Line[] {
  return lines.map((text) => ({ text, style }))
}
