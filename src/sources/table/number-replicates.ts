/**
 * Gives every row the number of its repeat: the one that the table names, else one that depends on what the rows say
 * and not on the order in which they stand.
 *
 * Rows that repeat because a column was left unmapped (an attack, a judge, a prompt) are not repeats; where one column
 * tells all of them apart the table is refused with the mapping that was probably meant.
 */
import { groupRows, rowsOf } from '../../domain/index.ts'
import { type Caveat, fail } from '../../stats/index.ts'
import type { BoundText } from './bound-text.ts'
import type { TableBuffer } from './table-buffer.ts'

export interface ReplicateInput {
  readonly buffer: TableBuffer
  /** Rows that have an item. */
  readonly rows: Int32Array
  /** What must be equal for two rows to be repeats of one another. */
  readonly keys: readonly Int32Array[]
  readonly replicate: BoundText | undefined
  /** Columns that nobody mapped. */
  readonly unmapped: readonly string[]
  /** Columns whose content orders the rows of a cell. */
  readonly content: readonly string[]
}

export interface NumberedReplicates {
  /** By row of the buffer, from 1. */
  readonly replicate: Int32Array
  readonly caveats: readonly Caveat[]
}

export function numberReplicates(input: ReplicateInput): NumberedReplicates {
  const { buffer, rows, keys, replicate } = input
  const numbered = new Int32Array(buffer.rows).fill(1)
  if (replicate !== undefined) {
    const numbers = replicateNumbers(replicate)
    const codes = replicate.codes()
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      numbered[row] = numbers[codes[row] ?? -1] ?? 1
    }
    refuseContradictions(input, numbered)
    return { replicate: numbered, caveats: [] }
  }
  const cells = groupRows(rows, [...keys])
  if (cells.count === rows.length) return { replicate: numbered, caveats: [] }
  const telling = tellingColumn(input, cells)
  if (telling !== undefined) refuseUnmapped(buffer.path, telling)
  let repeated = 0
  for (let cell = 0; cell < cells.count; cell++) {
    const members = rowsOf(cells, cell)
    if (members.length < 2) continue
    repeated++
    const ordered = inContentOrder(input, members)
    for (let turn = 0; turn < ordered.length; turn++) numbered[ordered[turn] ?? 0] = turn + 1
  }
  const values = { path: buffer.path, cells: repeated }
  return { replicate: numbered, caveats: [{ code: 'replicates-inferred', severity: 'caution', values }] }
}

/** Whole numbers from 0 or 1 keep their meaning; anything else (seeds, names) is counted in order. */
function replicateNumbers({ values }: BoundText): readonly number[] {
  const parsed = values.map(Number)
  const whole = values.every((text, i) => text.trim() !== '' && Number.isInteger(parsed[i]) && (parsed[i] ?? 0) >= 0)
  const largest = parsed.reduce((most, value) => Math.max(most, value), 0)
  if (whole && largest <= 10_000) {
    const shift = parsed.includes(0) ? 1 : 0
    return parsed.map((value) => value + shift)
  }
  const order = values
    .map((text, code) => ({ text, code, value: parsed[code] ?? Number.NaN }))
    .sort((a, b) => (whole ? a.value - b.value : 0) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  const numbers = new Array<number>(values.length).fill(1)
  for (const [rank, { code }] of order.entries()) numbers[code] = rank + 1
  return numbers
}

/** With numbered repeats, two rows of one number must say the same; `readLogs` then counts them once. */
function refuseContradictions(input: ReplicateInput, numbered: Int32Array): void {
  const { buffer, rows, keys, content } = input
  const cells = groupRows(rows, [...keys, numbered])
  if (cells.count === rows.length) return
  const telling = tellingColumn(input, cells)
  if (telling !== undefined) refuseUnmapped(buffer.path, telling)
  for (let cell = 0; cell < cells.count; cell++) {
    const members = rowsOf(cells, cell)
    const [first = 0] = members
    for (const row of members)
      if (contentOf(buffer, content, row) !== contentOf(buffer, content, first))
        fail(
          'rows-contradict',
          { path: buffer.path, row: first + 1, other: row + 1 },
          'both rows are the same repeat of the same item: correct one, or leave the repeats out with --columns replicate=-',
        )
  }
}

type Cells = ReturnType<typeof groupRows>

/** An unmapped column that differs between any two rows of every repeated cell. */
function tellingColumn({ buffer, unmapped }: ReplicateInput, cells: Cells): string | undefined {
  return unmapped.find((name) => {
    const column = buffer.get(name)
    if (column === undefined || column.overflowed || column.values.length < 2) return false
    for (let cell = 0; cell < cells.count; cell++) {
      const members = rowsOf(cells, cell)
      if (members.length < 2) continue
      const seen = new Set<number>()
      for (const row of members) seen.add(column.code(row))
      if (seen.size < members.length) return false
    }
    return true
  })
}

function refuseUnmapped(path: string, column: string): never {
  const quoted = /[\s,]/.test(column) ? `"${column}"` : column
  const fix = [
    `say what ${quoted} is: --columns replicate=${quoted} for repeats, technique=${quoted} for ways of asking,`,
    `factor:${quoted}=${quoted} for wordings or formats, scorer=${quoted} for judges, task=${quoted} for item sets`,
  ].join(' ')
  return fail('rows-repeat-without-a-reason', { path, column }, fix)
}

/**
 * Rows in an order that depends on what they say alone. By a hash first: in order of score the first repeats would all
 * be the worse ones.
 */
export function inContentOrder(
  { buffer, content }: Pick<ReplicateInput, 'buffer' | 'content'>,
  members: Int32Array,
): readonly number[] {
  return Array.from(members, (row) => {
    const text = contentOf(buffer, content, row)
    return { row, text, hash: hashOf(text) }
  })
    .sort((a, b) => a.hash - b.hash || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ row }) => row)
}

function contentOf(buffer: TableBuffer, names: readonly string[], row: number): string {
  return names.map((name) => buffer.get(name)?.at(row) ?? '').join('\u001f')
}

/** FNV-1a, 32 bit: only an order that has nothing to do with the content's own. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  // The last step spreads the last character, which often is the score, over all bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
