/**
 * Follows the claims of a study while responses come in, and says when all of them are decided.
 *
 * Evidence advances over whole units in the order the protocol fixed (clusters, or items where there are none), never in
 * the order in which responses happened to arrive: the decision is the same at any concurrency and after any interruption.
 * One unit counts once, with the mean of its responses, so that repeats and settings of an item are not taken for
 * independent trials.
 */
import { binomialTest, type Outcome } from '../stats/index.ts'
import type { Claim } from './claim.ts'
import type { LogEvidence } from './claim-evidence.ts'
import type { DecisionLimits } from './claim-interval.ts'
import type { CellScoresByScorer } from './claim-scale.ts'
import type { ClaimTrack, OverSettings } from './claim-track.ts'
import { openTracks, type TrackRefusal } from './claim-tracks.ts'
import { ScoreLedger } from './score-ledger.ts'
import { cellsPerItem, type Study } from './study.ts'

/** `shown`: a witness was found that the study cannot verify. No verdict, and nothing left to wait for. */
export type Decision = 'supported' | 'refuted' | 'shown' | 'open' | 'not-licensed'

export interface ClaimStanding {
  readonly claim: Claim
  readonly decision: Decision
  readonly refusal: TrackRefusal | undefined
  readonly method: string
  /** Largest evidence at any look, as natural logarithms. */
  readonly evidence: LogEvidence
  /** ln of the e-value for the claim when it was decided, or at the last look: unlike the largest, an e-value. */
  readonly finalSupport: number
  /** A number of units fixed in advance decides nothing before it is complete. */
  readonly mayDecide: boolean
  readonly units: number
  readonly responses: number
  readonly missing: number
  /** Exact p-values of a number of units fixed in advance, once it is complete; they decide in place of the evidence. */
  readonly pValues: LogEvidence | undefined
  readonly track: StandingTrack | undefined
  /** Units at which it was decided. */
  readonly decidedAt: number | undefined
}

export interface StandingTrack extends Pick<ClaimTrack, 'counts' | 'weighing' | 'witness'> {
  /** The limits that the claim is decided by: at its share of alpha, at the looks that count. */
  interval(): Outcome
  overSettings(): OverSettings | undefined
}

export interface ClaimFollower {
  /** The scores of a cell. Cells may come in any order; each once. */
  add(index: number, scores: CellScoresByScorer): void
  /** Cells of the running order without a gap from the start. */
  readonly settledCells: number
  /** Cells that count, once every claim is decided; undefined while one is open. */
  readonly stoppedAt: number | undefined
  standings(): readonly ClaimStanding[]
}

interface Followed {
  readonly claim: Claim
  readonly track: ClaimTrack | undefined
  readonly refusal: TrackRefusal | undefined
  support: number
  refutation: number
  finalSupport: number
  /** Units at the last look, and at those with the strongest evidence. */
  readonly looks: { last: number; support: number; refutation: number }
  decision: Decision
  decidedAt: number | undefined
  /** Its alpha is divided by this. */
  share: number
}

/** Goes on from the cells in `scores` and keeps them there. */
export function followClaims(study: Study, scores: ScoreLedger = new ScoreLedger(study)): ClaimFollower {
  const perItem = cellsPerItem(study)
  const followed: Followed[] = openTracks(study).map(({ claim, track, refusal }) => ({
    claim,
    track,
    refusal,
    support: Number.NEGATIVE_INFINITY,
    finalSupport: Number.NEGATIVE_INFINITY,
    refutation: Number.NEGATIVE_INFINITY,
    looks: { last: 0, support: 0, refutation: 0 },
    decision: refusal === undefined ? 'open' : 'not-licensed',
    decidedAt: undefined,
    share: study.multiplicity === 'none' ? 1 : study.claims.length,
  }))
  let nextItem = 0
  let sinceLook = 0
  let stoppedAt: number | undefined

  const look = (): void => {
    sinceLook = 0
    for (const each of followed) {
      if (each.track === undefined || each.decision !== 'open') continue
      const { support, refutation } = each.track.current()
      each.looks.last = each.track.units
      if (support > each.support) each.looks.support = each.track.units
      if (refutation > each.refutation) each.looks.refutation = each.track.units
      each.finalSupport = support
      each.support = Math.max(each.support, support)
      each.refutation = Math.max(each.refutation, refutation)
    }
    decide({ study, followed, complete: nextItem === study.items.length })
    if (study.stopping.rule === 'fixed' || stoppedAt !== undefined) return
    const judged = followed.filter(({ decision }) => decision !== 'not-licensed')
    if (judged.length > 0 && judged.every(({ decision }) => decision !== 'open')) stoppedAt = nextItem * perItem
  }

  const advance = (): void => {
    while (stoppedAt === undefined && nextItem < study.items.length && scores.hasItem(nextItem)) {
      const item = nextItem++
      for (const { track, decision } of followed) if (decision === 'open') track?.addItem(scores, item * perItem)
      sinceLook += perItem
      if (!endsUnit(study, item)) continue
      for (const { track, decision } of followed) if (decision === 'open') track?.endUnit()
      for (const each of followed) {
        if (each.decision === 'open' && each.track?.broken !== undefined) each.decision = 'not-licensed'
      }
      if (sinceLook >= study.stopping.every || nextItem === study.items.length) look()
    }
  }

  advance()
  return {
    add(index, cell) {
      if (scores.add(index, cell) && Math.floor(index / perItem) === nextItem) advance()
    },
    get settledCells() {
      return nextItem * perItem
    },
    get stoppedAt() {
      return stoppedAt
    },
    standings: () =>
      followed.map((each): ClaimStanding => {
        const pValues = nextItem === study.items.length ? exactPValues(each, study) : undefined
        return {
          claim: each.claim,
          decision: each.decision,
          refusal: each.track?.broken ?? each.refusal,
          method: methodOf(each, study),
          evidence: { support: each.support, refutation: each.refutation },
          finalSupport: each.finalSupport,
          mayDecide: study.stopping.rule !== 'fixed' || nextItem === study.items.length,
          units: each.track?.units ?? 0,
          responses: each.track?.responses ?? 0,
          missing: each.track?.missing ?? 0,
          pValues,
          track: standingTrack(each, { study, exact: pValues !== undefined }),
          decidedAt: each.decidedAt,
        }
      }),
  }
}

function methodOf({ track }: Followed, { stopping }: Study): string {
  if (track === undefined) return 'none'
  return stopping.rule === 'fixed' && track.counts() !== undefined ? 'exact-binomial' : track.method
}

function standingTrack(
  each: Followed,
  { study, exact }: { readonly study: Study; readonly exact: boolean },
): StandingTrack | undefined {
  const { track, claim, looks, share, decision } = each
  if (track === undefined) return undefined
  const limits: DecisionLimits = {
    errors: { support: claim.alpha / share, refutation: claim.beta },
    looks: { support: [looks.last, looks.support], refutation: [looks.last, looks.refutation] },
    decided: decision === 'supported' || decision === 'refuted' ? decision : undefined,
    exact,
  }
  return {
    witness: track.witness,
    weighing: track.weighing,
    counts: () => track.counts(),
    interval: remembered(() => track.interval(limits)),
    // Shared between all claims, decided or not: this sentence is no part of the stepwise rule.
    overSettings: remembered(() => {
      const support = study.multiplicity === 'none' ? claim.alpha : claim.alpha / study.claims.length
      return track.overSettings({ ...limits, errors: { ...limits.errors, support } })
    }),
  }
}

/** A search over all units: made when it is first asked for, and once. */
function remembered<Value>(search: () => Value): () => Value {
  let known: { readonly value: Value } | undefined
  return () => {
    known ??= { value: search() }
    return known.value
  }
}

/** A cluster is in one piece, so that a unit ends where the next item belongs to another. */
function endsUnit({ items }: Study, item: number): boolean {
  const cluster = items[item]?.cluster
  return cluster === undefined || items[item + 1]?.cluster !== cluster
}

function decide(options: {
  readonly study: Study
  readonly followed: readonly Followed[]
  readonly complete: boolean
}): void {
  const { study, followed, complete } = options
  const settle = (each: Followed, decision: Decision): void => {
    each.decision = decision
    each.decidedAt = each.track?.units
  }
  // A witness is one whenever it is met, under every rule and whatever else is claimed.
  for (const each of followed) {
    if (each.decision !== 'open' || each.track?.witness === undefined) continue
    if (each.support === Number.POSITIVE_INFINITY) settle(each, 'supported')
    else if (each.track.onlyShown) settle(each, 'shown')
  }
  if (study.stopping.rule === 'fixed' && !complete) return
  const judged = followed.filter(({ track, decision }) => track !== undefined && decision !== 'not-licensed')
  const ranked = judged
    .map((each) => {
      const exact = exactPValues(each, study)
      // The anytime p-value, or the exact one for a run of fixed length.
      const logP = exact?.support ?? Math.min(0, -each.support)
      return { each, exact, ratio: Math.log(each.claim.alpha) - logP }
    })
    .sort((a, b) => b.ratio - a.ratio || (a.each.claim.id < b.each.claim.id ? -1 : 1))
  // Holm with weights: the strongest needs α/K, the next α/(K − 1) …; a claim that is supported stays so.
  const stepwise = study.multiplicity === 'holm' && study.stopping.rule !== 'sprt'
  let failed: number | undefined
  for (const [rank, { each, ratio }] of ranked.entries()) {
    const share =
      study.multiplicity === 'none' || study.multiplicity === undefined
        ? 1
        : stepwise
          ? (failed ?? judged.length - rank)
          : judged.length
    if (each.decision === 'open') each.share = share
    const passes = ratio >= Math.log(share) || (each.decision === 'supported' && study.multiplicity !== 'bonferroni')
    if (!passes && stepwise) failed ??= share
    if (passes && failed === undefined && each.decision === 'open') settle(each, 'supported')
  }
  for (const { each, exact } of ranked) {
    if (each.decision !== 'open') continue
    const limit = -Math.log(each.claim.beta)
    const against = exact === undefined ? each.refutation : -exact.refutation
    if (each.track?.canRefute !== false && against >= limit) settle(each, 'refuted')
  }
}

/** ln of the exact p-values against "not above the bar" and "as high as the alternative", where the number of units is fixed. */
function exactPValues({ track }: Followed, { stopping }: Study): LogEvidence | undefined {
  const counts = stopping.rule === 'fixed' ? track?.counts() : undefined
  if (counts === undefined) return undefined
  const { trials, worst, best, bar, alternative } = counts
  const support = binomialTest({ successes: worst, trials, nullRate: bar, alternative: 'greater' })
  const refutation = binomialTest({ successes: best, trials, nullRate: alternative ?? bar, alternative: 'less' })
  return support.kind === 'test' && refutation.kind === 'test'
    ? { support: Math.log(support.pValue), refutation: Math.log(refutation.pValue) }
    : undefined
}
