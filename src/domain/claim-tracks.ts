/** One track per claim: turns the cells of each unit into a value and feeds the claim's evidence. */
import type { Outcome } from '../stats/index.ts'
import type { Claim } from './claim.ts'
import { type ClaimEvidence, type EvidencePlan, type LogEvidence, openEvidence } from './claim-evidence.ts'
import { type ClaimValues, runningInterval } from './claim-interval.ts'
import { type ClaimScale, claimScale, type ScoreCell, type ValueRange } from './claim-scale.ts'
import { licenceRefusal, type Refusal } from './licence.ts'
import type { ScoreLedger } from './score-ledger.ts'
import { cellAt, cellsPerItem, type Study, type StudyScorer } from './study.ts'

export type TrackRefusal = Refusal

export interface ClaimTrack {
  readonly method: string
  readonly units: number
  readonly responses: number
  readonly missing: number
  /** A search that found nothing refutes no claim of existence. */
  readonly canRefute: boolean
  /** Set where the scores turned out unfit for the claim. */
  readonly broken: Refusal | undefined
  /** `first`: position of the item's first cell in the running order. */
  addItem(scores: ScoreLedger, first: number): void
  endUnit(): void
  current(): LogEvidence
  /** Counts for an exact test, where every unit is one independent 0/1 response. */
  counts(): ClaimCounts | undefined
  /** Interval that holds at every look, in units of the score. */
  interval(): Outcome
}

export interface ClaimCounts {
  readonly trials: number
  readonly worst: number
  readonly best: number
  readonly bar: number
  readonly alternative: number | undefined
}

export interface OpenedTrack {
  readonly claim: Claim
  readonly track: ClaimTrack | undefined
  readonly refusal: Refusal | undefined
}

export function openTracks(study: Study): readonly OpenedTrack[] {
  return study.claims.map((claim) => {
    const scorer = study.scorers.find(({ label }) => label === claim.scorer)
    const refusal = licenceRefusal(claim, study)
    if (refusal !== undefined || scorer === undefined)
      return {
        claim,
        track: undefined,
        refusal: refusal ?? { code: 'claim-scorer-unknown', values: { claim: claim.id, scorer: claim.scorer } },
      }
    const scale = claimScale(claim, scorer)
    if ('refused' in scale)
      return {
        claim,
        track: undefined,
        refusal: { code: scale.refused, values: { claim: claim.id, scorer: claim.scorer } },
      }
    const track =
      claim.quantifier === 'existence' ? witnessTrack(claim, study) : meanTrack({ claim, study, scorer, scale })
    return { claim, track, refusal: undefined }
  })
}

/** How the units of a study stand to its items. */
interface UnitShape {
  readonly units: number
  readonly largest: number
  readonly items: number
}

function unitShape({ items }: Study): UnitShape {
  let units = 0
  let largest = 0
  let size = 0
  for (const [position, { cluster }] of items.entries()) {
    size++
    largest = Math.max(largest, size)
    if (cluster === undefined || items[position + 1]?.cluster !== cluster) {
      units++
      size = 0
    }
  }
  return { units, largest, items: items.length }
}

interface MeanTrackOptions {
  readonly claim: Claim
  readonly study: Study
  readonly scorer: StudyScorer
  readonly scale: ClaimScale
}

/** Means, rates, quantiles, and the worst of the listed settings (one stream for each of them). */
function meanTrack({ claim, study, scorer, scale }: MeanTrackOptions): ClaimTrack {
  const apart = claim.quantifier === 'bounded-worst-case' && study.settings.length > 1
  const shape = unitShape(study)
  const perUnit = (apart ? 1 : study.settings.length) * study.replicates * shape.largest
  const finite = claim.population === 'these-items'
  // A finite list is sampled without replacement, in whole clusters: unit totals over the largest size keep the mean of items.
  const shrink = finite ? shape.items / (shape.units * shape.largest) : 1
  const plan: EvidencePlan = {
    rule: study.stopping.rule === 'sprt' ? 'sprt' : 'anytime',
    bar: scale.bar * shrink,
    alternative: scale.alternative === undefined ? undefined : scale.alternative * shrink,
    binary: scale.binary && perUnit === 1 && !finite,
    population: finite ? shape.units : undefined,
    alpha: claim.alpha,
    beta: claim.beta,
  }
  const streams = (apart ? study.settings : [undefined]).map((_, setting) => ({
    setting: apart ? setting : undefined,
    evidence: openEvidence(plan),
    unit: { worst: 0, best: 0, items: 0 },
  }))
  const values: ClaimValues = { worst: [], best: [] }
  // The estimate: of a finite list every item weighs alike, of a population every unit.
  const known = { sum: 0, weight: 0 }
  const members = memberCells(claim, study)
  const scorerAt = study.scorers.indexOf(scorer)
  const tally = { units: 0, responses: 0, missing: 0 }
  let broken: Refusal | undefined
  let unitKnown = { sum: 0, items: 0 }

  const track: ClaimTrack = {
    method: streams[0]?.evidence.method ?? 'none',
    get units() {
      return tally.units
    },
    get responses() {
      return tally.responses
    },
    get missing() {
      return tally.missing
    },
    get broken() {
      return broken
    },
    canRefute: true,
    addItem(scores, first) {
      const scoreAt = (local: number): ScoreCell => scores.scoreOf(first + local, scorerAt, claim.reading)
      const itemKnown = { sum: 0, cells: 0 }
      for (const stream of streams) {
        const sum = { worst: 0, best: 0 }
        let count = 0
        for (const { local, baseline, setting } of members) {
          if (stream.setting !== undefined && stream.setting !== setting) continue
          const value = scale.valueOf(scoreAt(local), baseline === undefined ? 0 : scoreAt(baseline))
          if (value === 'not-binary') {
            broken = { code: 'rate-needs-binary-scores', values: { claim: claim.id, scorer: scorer.label } }
            continue
          }
          sum.worst += value.worst
          sum.best += value.best
          count++
          tally.responses++
          if (value.worst !== value.best) {
            tally.missing++
            continue
          }
          itemKnown.sum += value.worst
          itemKnown.cells++
        }
        if (count === 0) continue
        stream.unit.worst += sum.worst / count
        stream.unit.best += sum.best / count
        stream.unit.items++
      }
      if (itemKnown.cells === 0) return
      unitKnown = { sum: unitKnown.sum + itemKnown.sum / itemKnown.cells, items: unitKnown.items + 1 }
    },
    endUnit() {
      tally.units++
      const unit: { worst: number; best: number } = { worst: 0, best: 0 }
      for (const stream of streams) {
        const size = finite ? shape.largest : Math.max(1, stream.unit.items)
        // Rounding must not push a mean of ones past one.
        const value: ValueRange = {
          worst: Math.min(1, stream.unit.worst / size),
          best: Math.min(1, stream.unit.best / size),
        }
        stream.evidence.add(value)
        unit.worst += value.worst / streams.length
        unit.best += value.best / streams.length
        stream.unit = { worst: 0, best: 0, items: 0 }
      }
      values.worst.push(Math.min(1, unit.worst))
      values.best.push(Math.min(1, unit.best))
      if (unitKnown.items > 0) {
        known.sum += finite ? unitKnown.sum : unitKnown.sum / unitKnown.items
        known.weight += finite ? unitKnown.items : 1
      }
      unitKnown = { sum: 0, items: 0 }
    },
    current: () => combined(streams.map(({ evidence }) => evidence)),
    counts: () =>
      plan.binary && streams.length === 1
        ? {
            trials: tally.units,
            worst: values.worst.reduce((sum, value) => sum + value, 0),
            best: values.best.reduce((sum, value) => sum + value, 0),
            bar: plan.bar,
            alternative: plan.alternative,
          }
        : undefined,
    interval: () =>
      runningInterval({
        values,
        estimate: known.weight === 0 ? undefined : scale.toScore(known.sum / known.weight),
        binary: plan.binary,
        population: plan.population,
        level: 1 - claim.alpha,
        toScore: (value) => scale.toScore(value / shrink),
      }),
  }
  return track
}

interface MemberCell {
  readonly local: number
  /** Cell of the baseline model under the same setting and replicate. */
  readonly baseline: number | undefined
  readonly setting: number
}

/** Cells of one item that bear on a claim: its model (and baseline) under the first technique. */
function memberCells(claim: Claim, study: Study): readonly MemberCell[] {
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

/** Several streams: all must support; one may refute, at a level shared between them. */
function combined(streams: readonly ClaimEvidence[]): LogEvidence {
  const each = streams.map((stream) => stream.current())
  return {
    support: Math.min(...each.map(({ support }) => support)),
    refutation: Math.max(...each.map(({ refutation }) => refutation)) - Math.log(streams.length),
  }
}

/** "There is a response beyond the threshold": one witness settles it, and says nothing of how often. */
function witnessTrack(claim: Claim, study: Study): ClaimTrack {
  const members = memberCells(claim, study)
  const scorerAt = study.scorers.findIndex(({ label }) => label === claim.scorer)
  const tally = { units: 0, responses: 0, missing: 0, witnesses: 0 }
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
    canRefute: false,
    broken: undefined,
    addItem(scores, first) {
      for (const { local } of members) {
        const score = scores.scoreOf(first + local, scorerAt, claim.reading)
        tally.responses++
        if (typeof score !== 'number') tally.missing++
        else if (claim.direction === 'above' ? score > claim.threshold : score < claim.threshold) tally.witnesses++
      }
    },
    endUnit() {
      tally.units++
    },
    current: () => ({ support: tally.witnesses > 0 ? Number.POSITIVE_INFINITY : 0, refutation: 0 }),
    counts: () => undefined,
    interval: () => ({
      kind: 'not-estimable',
      because: { code: 'witness-has-no-rate', severity: 'note', values: { claim: claim.id } },
    }),
  }
}
