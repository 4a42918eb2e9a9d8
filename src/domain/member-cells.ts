/** The cells of one item that bear on a claim. */
import type { Claim } from './claim.ts'
import { cellAt, cellsPerItem, type Study } from './study.ts'

export interface MemberCell {
  readonly local: number
  /** Cell of the baseline model under the same setting and replicate. */
  readonly baseline: number | undefined
  readonly setting: number
}

/** Cells of one item that bear on a claim: its model (and baseline) under the first technique. */
export function memberCells(claim: Claim, study: Study): readonly MemberCell[] {
  const members: MemberCell[] = []
  const modelAt = study.models.indexOf(claim.model)
  const baselineAt = claim.baseline === undefined ? -1 : study.models.indexOf(claim.baseline)
  for (let local = 0; local < cellsPerItem(study); local++) {
    const { technique, model, setting } = cellAt(study, local)
    if (technique !== 0 || model !== modelAt) continue
    // Models are innermost: the cell of the other model lies a few places away.
    members.push({ local, baseline: baselineAt < 0 ? undefined : local - modelAt + baselineAt, setting })
  }
  return members
}
