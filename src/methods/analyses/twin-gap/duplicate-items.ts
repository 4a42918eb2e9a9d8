/** Items that are one and the same under different ids, by the content hash that the log carries. */
import { groupRows, type Observations, rowsOf, selectRows } from '../../../domain/index.ts'

export interface Duplicates {
  readonly attribute: string
  readonly tasks: readonly DuplicatesOfTask[]
}

export interface DuplicatesOfTask {
  readonly task: string
  readonly items: number
  /** Different contents that two or more ids share, and the ids beyond the first of each. */
  readonly contents: number
  readonly extra: number
  readonly example: string
}

/** Undefined where no row carries a content hash: then nothing was looked for. */
export function duplicateItems(observations: Observations, attributes: readonly string[]): Duplicates | undefined {
  const attribute = attributes.find((name) => (observations.attributes.get(name)?.values.length ?? 0) > 0)
  const column = attribute === undefined ? undefined : observations.attributes.get(attribute)
  if (attribute === undefined || column === undefined) return undefined
  const hashed = selectRows(observations.rows, (row) => (column.codes[row] ?? -1) >= 0)
  const items = groupRows(hashed, [observations.task.codes, observations.item.codes]).first
  const tasks = groupRows(items, [observations.task.codes])
  return {
    attribute,
    tasks: Array.from({ length: tasks.count }, (_, task) => {
      const rows = rowsOf(tasks, task)
      const contents = groupRows(rows, [column.codes])
      const repeated = Array.from({ length: contents.count }, (_, content) => rowsOf(contents, content)).filter(
        ({ length }) => length > 1,
      )
      const name = (row: number | undefined) => observations.item.values[observations.item.codes[row ?? 0] ?? -1] ?? ''
      return {
        task: observations.task.values[observations.task.codes[rows[0] ?? 0] ?? -1] ?? '',
        items: rows.length,
        contents: repeated.length,
        extra: repeated.reduce((sum, { length }) => sum + length - 1, 0),
        example: `${name(repeated[0]?.[0])}, ${name(repeated[0]?.[1])}`,
      }
    }),
  }
}
