/**
 * "There is a response beyond the threshold": one verified witness settles it, and says nothing of how often.
 *
 * Only reruns made after the witness was found tell how often it comes back: it was chosen for having shown the behaviour.
 */
import type { Claim } from './claim.ts'
import type { ScoreCell } from './claim-scale.ts'
import type { ClaimTrack } from './claim-track.ts'
import { memberCells } from './member-cells.ts'
import { variantLabel } from './observations.ts'
import type { ScoreLedger } from './score-ledger.ts'
import { cellAt, cellsPerItem, type Study } from './study.ts'
import { canVerify, isVerified, peerScorers, type Witness, witnessScorers } from './witness.ts'

export function witnessTrack(claim: Claim, study: Study): ClaimTrack {
  const members = memberCells(claim, study)
  const peers = peerScorers(claim, study)
  const scorerAt = study.scorers.findIndex(({ label }) => label === claim.scorer)
  const perItem = cellsPerItem(study)
  const verifiable = canVerify(claim, study)
  const beyond = (score: ScoreCell): boolean =>
    typeof score === 'number' && (claim.direction === 'above' ? score > claim.threshold : score < claim.threshold)
  const agreeingOn = (scores: ScoreLedger, cell: number): number =>
    peers.filter((peer) => beyond(scores.scoreOf(cell, peer, claim.reading))).length
  const tally = { units: 0, responses: 0, missing: 0 }
  /** The first that is verified; until there is one, the first of all. */
  let witness: Witness | undefined
  const isSettled = (): boolean => witness !== undefined && (isVerified(witness) || !verifiable)
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
    get onlyShown() {
      return witness !== undefined && !verifiable
    },
    canRefute: false,
    weighing: undefined,
    broken: undefined,
    addItem(scores, first) {
      /** By setting: all later responses of the item under it are its reruns. */
      const found = new Map<number, Witness>()
      for (const { local, setting } of members) {
        const score = scores.scoreOf(first + local, scorerAt, claim.reading)
        tally.responses++
        if (typeof score !== 'number') tally.missing++
        const known = found.get(setting)
        const agreeing = beyond(score) ? agreeingOn(scores, first + local) : 0
        // A response that a second scorer finds as well takes the place of one that it does not find.
        if (agreeing > 0 && (known === undefined || (known.agreeing < witnessScorers && agreeing >= witnessScorers)))
          found.set(setting, {
            item: study.items[Math.floor(first / perItem)]?.id ?? '',
            setting: variantLabel(study.settings[setting] ?? {}),
            replicate: cellAt(study, local).replicate,
            responses: tally.responses,
            ...{ agreeing, scorers: peers.length, reruns: 0, again: 0 },
          })
        else if (known !== undefined && typeof score === 'number')
          found.set(setting, { ...known, reruns: known.reruns + 1, again: known.again + (beyond(score) ? 1 : 0) })
      }
      if (isSettled()) return
      witness = [...found.values()].find(isVerified) ?? witness ?? [...found.values()][0]
    },
    endUnit() {
      tally.units++
    },
    current: () => ({
      support: witness !== undefined && isVerified(witness) ? Number.POSITIVE_INFINITY : 0,
      refutation: 0,
    }),
    counts: () => undefined,
    interval: () => ({
      kind: 'not-estimable',
      because: { code: 'witness-has-no-rate', severity: 'note', values: { claim: claim.id } },
    }),
    overSettings: () => undefined,
  }
}
