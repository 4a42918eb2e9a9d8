/** Decides which rows a row chart shows and where each stands. */
import type { IntervalRow } from '../../domain/index.ts'

export type Slot =
  | { readonly kind: 'row'; readonly y: number; readonly row: IntervalRow }
  | { readonly kind: 'group'; readonly y: number; readonly text: string }
  | { readonly kind: 'gap'; readonly y: number; readonly text: string }

export interface RowSlots {
  readonly slots: readonly Slot[]
  readonly height: number
  readonly notes: readonly string[]
}

/** `given`: groups and order as they come. `by-value`: highest first, and of too many rows the middle is left out. */
export type RowOrder = 'given' | 'by-value'

const mostRows = 40

/** Labels stand beside their rows, or above them where they are long or room is short. */
export type LabelPlace = 'beside' | 'above'

export function rowSlots(rows: readonly IntervalRow[], order: RowOrder, labels: LabelPlace): RowSlots {
  const known = rows.filter(({ value }) => Number.isFinite(value))
  const notes: string[] = []
  if (known.length < rows.length) {
    const count = rows.length - known.length
    notes.push(count === 1 ? '1 row has no value and is not drawn.' : `${count} rows have no value and are not drawn.`)
  }
  const sorted = order === 'given' ? inGroups(known) : known.toSorted((a, b) => b.value - a.value || compare(a, b))
  const omitted = Math.max(0, sorted.length - mostRows)
  if (omitted > 0) {
    notes.push(
      order === 'given'
        ? `Drawn are the first ${mostRows} of ${sorted.length} rows.`
        : `Drawn are the ${mostRows / 2} highest and the ${mostRows / 2} lowest of ${sorted.length} rows.`,
    )
  }
  const shown = sorted.slice(0, omitted === 0 || order === 'given' ? mostRows : mostRows / 2)
  const tail = omitted === 0 || order === 'given' ? [] : sorted.slice(-mostRows / 2)
  const step = labels === 'above' ? 38 : shown.length + tail.length > 20 ? 19 : 25
  const slots: Slot[] = []
  let y = 0
  let group: string | undefined
  const addRows = (some: readonly IntervalRow[]) => {
    for (const row of some) {
      if (order === 'given' && row.group !== group && row.group !== undefined) {
        slots.push({ kind: 'group', y: y + 15, text: row.group })
        y += 28
      }
      group = row.group
      slots.push({ kind: 'row', y: y + step / 2, row })
      y += step
    }
  }
  addRows(shown)
  if (tail.length > 0) {
    slots.push({ kind: 'gap', y: y + 10, text: `${omitted} more between` })
    y += 22
    addRows(tail)
  }
  return { slots, height: y, notes }
}

/** Rows of one group together, groups in order of their first row. */
function inGroups(rows: readonly IntervalRow[]): readonly IntervalRow[] {
  return [...Map.groupBy(rows, ({ group }) => group).values()].flat()
}

function compare(a: IntervalRow, b: IntervalRow): number {
  return a.label < b.label ? -1 : a.label > b.label ? 1 : 0
}
