/** A table has no header; ours say in every row which run they are of, and what it was to give. */
import { ownTableMark } from '../../domain/index.ts'
import type { BoundText } from './bound-text.ts'
import type { TableBuffer } from './table-buffer.ts'

/** By model; undefined for any other table. */
export function plannedResponses(
  buffer: TableBuffer,
  model: BoundText | undefined,
): ReadonlyMap<string, number> | undefined {
  const planned = buffer.get('planned_responses')
  if (model === undefined || planned === undefined || buffer.get(ownTableMark) === undefined) return undefined
  const found = new Map<string, number>()
  for (let row = 0; row < buffer.rows; row++) {
    const name = model.at(row)
    if (name !== undefined && !found.has(name)) found.set(name, Number(planned.at(row)))
  }
  return found
}

/** Of a table of ours; undefined where several were put together. */
export function runNameOf(buffer: TableBuffer): string | undefined {
  const marks = buffer.get(ownTableMark)
  const name = marks?.at(0)
  for (let row = 1; row < buffer.rows; row++) if (marks?.at(row) !== name) return undefined
  return name
}
