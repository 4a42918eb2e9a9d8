/** Why a row has no score, by a column that says so. */
import { type MissingReason, missingReasons } from '../../domain/index.ts'
import type { BoundText } from './bound-text.ts'
import { plainName } from './column-names.ts'
import { missingReasonIn } from './score-text.ts'

export type ReasonAt = (row: number) => MissingReason | undefined

const fine =
  /^(|ok|okay|none|null|nan|n\/a|false|no|0|0\.0|success|successful|succeeded|complete|completed|done|finished|scored|passed|failed|pass|fail)$/

/**
 * Undefined where the column turns out to be something else: an `error` column of measured distances.
 * `status` counts only where its words say that there was no answer; any other column wherever it says anything.
 */
export function missingColumn(column: BoundText, name: string): ReasonAt | undefined {
  const numeric = column.values.filter((text) => text.trim() !== '' && Number.isFinite(Number(text)))
  if (numeric.some((text) => Number(text) !== 0 && Number(text) !== 1)) return undefined
  const onlyWords = plainName(name) === 'status'
  const reasons = column.values.map((text): MissingReason | undefined => {
    const word = text.trim().toLowerCase()
    if (fine.test(word)) return undefined
    return exactReason(word) ?? missingReasonIn(word) ?? (onlyWords ? undefined : 'unknown')
  })
  const codes = column.codes()
  return (row) => reasons[codes[row] ?? -1]
}

function exactReason(word: string): MissingReason | undefined {
  const index = (missingReasons as readonly string[]).indexOf(word.replaceAll(/[\s_]+/g, '-'))
  return index > 0 ? (missingReasons[index] as MissingReason) : undefined
}
