/** The scores of one column, each distinct text read once. */
import type { MissingReason } from '../../domain/index.ts'
import { type Caveat, fail } from '../../stats/index.ts'
import type { ScoreRescale } from './score-rescale.ts'
import { scoreOf } from './score-text.ts'
import type { TableBuffer } from './table-buffer.ts'

export interface ScoreColumn {
  readonly name: string
  at(row: number): number | MissingReason
  readonly caveats: readonly Caveat[]
}

export function scoreColumn(
  buffer: TableBuffer,
  { name, rescale }: { readonly name: string; readonly rescale?: ScoreRescale | undefined },
): ScoreColumn {
  const column = buffer.column(name)
  const letters = column.values.some((text) => /^[ci]$/i.test(text.trim()))
  const read = (text: string) => (rescale === undefined ? scoreOf(text) : rescale.read(text))
  const scores = column.values.map((text) =>
    // Beside C and I, an N is "no answer", not "no".
    letters && /^n$/i.test(text.trim()) ? ('unparsed' as const) : read(text),
  )
  const unread = column.values.filter((_, code) => scores[code] === 'not-numeric')
  if (unread.length > 0 && !scores.some((score) => typeof score === 'number')) {
    const example = unread.slice(0, 3).join(', ').slice(0, 80)
    const fix = 'name a column of numbers, or of true/false, yes/no, correct/incorrect: --columns score=NAME'
    fail('score-not-numeric', { path: buffer.path, column: name, example }, fix)
  }
  const caveats: Caveat[] = []
  if (unread.length > 0) {
    const codes = new Set(scores.flatMap((score, code) => (score === 'not-numeric' ? [code] : [])))
    let rows = 0
    for (let row = 0; row < buffer.rows; row++) if (codes.has(column.code(row))) rows++
    const values = { column: name, rows, example: [...unread].sort()[0]?.slice(0, 60) ?? '' }
    caveats.push({ code: 'unreadable-scores', severity: 'caution', values })
  }
  const outside = scores.flatMap((score, code) => (score === 'outside' ? [code] : []))
  if (outside.length > 0) {
    let rows = 0
    for (let row = 0; row < buffer.rows; row++) if (outside.includes(column.code(row))) rows++
    const example = outside
      .map((code) => column.values[code] ?? '')
      .sort()
      .slice(0, 3)
      .join(', ')
    if (!scores.some((score) => typeof score === 'number'))
      fail(
        'no-score-in-range',
        { path: buffer.path, column: name, example },
        'declare the range that the scores can have',
      )
    const values = { column: name, rows, example }
    caveats.push({ code: 'scores-outside-range', severity: 'caution', values })
  }
  const stray = strayCodes(buffer, name, scores)
  if (stray !== undefined) caveats.push(stray)
  const at = (row: number): number | MissingReason => {
    const score = scores[column.code(row)]
    return score === undefined || score === 'outside' ? 'unknown' : score
  }
  return { name, at, caveats }
}

/** Of scores that are nearly all 0 or 1, those beyond the two: as often a code for "missing" as a mark. */
const mostStray = 0.05

function strayCodes(
  buffer: TableBuffer,
  name: string,
  scores: readonly (number | MissingReason | 'outside')[],
): Caveat | undefined {
  const beyond = (code: number): boolean => {
    const score = scores[code]
    return typeof score === 'number' && (score < 0 || score > 1)
  }
  const between = scores.some((score) => typeof score === 'number' && score > 0 && score < 1)
  if (between || !scores.some((_, code) => beyond(code))) return undefined
  const column = buffer.column(name)
  let rows = 0
  let known = 0
  for (let row = 0; row < buffer.rows; row++) {
    const code = column.code(row)
    if (typeof scores[code] !== 'number') continue
    known++
    if (beyond(code)) rows++
  }
  if (rows > mostStray * known) return undefined
  const example = column.values
    .filter((_, code) => beyond(code))
    .sort()
    .slice(0, 3)
    .join(', ')
  return { code: 'stray-scores', severity: 'caution', values: { column: name, rows, known, example } }
}

/** Whether a text may stand in a column of scores: what keeps a column for `model=columns:*`. */
export function isScoreText(text: string): boolean {
  return scoreOf(text) !== 'not-numeric'
}
