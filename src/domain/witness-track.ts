/**
 * "There is a response beyond the threshold": one witness settles it, and says nothing of how often.
 *
 * Only reruns made after the witness was found tell how often it comes back: it was chosen for having shown the behaviour.
 */
import type { Claim } from './claim.ts'
import type { ScoreCell } from './claim-scale.ts'
import type { ClaimTrack } from './claim-track.ts'
import { memberCells } from './member-cells.ts'
import { type Levels, variantLabel } from './observations.ts'
import { cellAt, cellsPerItem, type Study } from './study.ts'
import type { Witness } from './witness.ts'

export function witnessTrack(claim: Claim, study: Study): ClaimTrack {
  const members = memberCells(claim, study)
  const peers = peersOf(claim, study)
  const scorerAt = study.scorers.findIndex(({ label }) => label === claim.scorer)
  const perItem = cellsPerItem(study)
  const beyond = (score: ScoreCell): boolean =>
    typeof score === 'number' && (claim.direction === 'above' ? score > claim.threshold : score < claim.threshold)
  const tally = { units: 0, responses: 0, missing: 0 }
  let witness: Witness | undefined
  return {
    method: 'witness',
    get units() {
      return tally.units
    },
    get responses() {
      return tally.responses
    },
    get missing() {
      return tally.missing
    },
    get witness() {
      return witness
    },
    canRefute: false,
    weighing: undefined,
    broken: undefined,
    addItem(scores, first) {
      let found: Levels | undefined
      for (const { local, setting } of members) {
        const score = scores.scoreOf(first + local, scorerAt, claim.reading)
        tally.responses++
        if (typeof score !== 'number') tally.missing++
        const levels = study.settings[setting] ?? {}
        if (witness === undefined) {
          if (!beyond(score)) continue
          found = levels
          witness = {
            item: study.items[Math.floor(first / perItem)]?.id ?? '',
            setting: variantLabel(levels),
            replicate: cellAt(study, local).replicate,
            responses: tally.responses,
            agreeing: peers.filter((peer) => beyond(scores.scoreOf(first + local, peer, claim.reading))).length,
            scorers: peers.length,
            reruns: 0,
            again: 0,
          }
        } else if (found === levels && typeof score === 'number') {
          witness = { ...witness, reruns: witness.reruns + 1, again: witness.again + (beyond(score) ? 1 : 0) }
        }
      }
    },
    endUnit() {
      tally.units++
    },
    current: () => ({ support: witness === undefined ? 0 : Number.POSITIVE_INFINITY, refutation: 0 }),
    counts: () => undefined,
    interval: () => ({
      kind: 'not-estimable',
      because: { code: 'witness-has-no-rate', severity: 'note', values: { claim: claim.id } },
    }),
    overSettings: () => undefined,
  }
}

/** Positions of scorers whose scores can be held against the same threshold. */
function peersOf(claim: Claim, { scorers }: Study): readonly number[] {
  const own = scorers.find(({ label }) => label === claim.scorer)?.range
  return scorers.flatMap(({ range }, index) => (range.lower === own?.lower && range.upper === own.upper ? [index] : []))
}
