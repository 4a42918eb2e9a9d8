/** One track per claim: turns the cells of each unit into a value and feeds the claim's evidence. */

import type { Claim } from './claim.ts'
import { type ClaimEvidence, type EvidencePlan, type LogEvidence, openEvidence } from './claim-evidence.ts'
import { type ClaimValues, claimInterval, lowerLimit } from './claim-interval.ts'
import { type ClaimScale, claimScale, type ScoreCell, type ValueRange } from './claim-scale.ts'
import type { ClaimTrack } from './claim-track.ts'
import { limitOverSettings } from './drawn-settings.ts'
import { licenceRefusal, type Refusal } from './licence.ts'
import { memberCells } from './member-cells.ts'

import type { Study, StudyScorer } from './study.ts'
import { witnessTrack } from './witness-track.ts'

export type TrackRefusal = Refusal

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

interface Stream {
  readonly setting: number | undefined
  readonly evidence: ClaimEvidence
  readonly values: ClaimValues
  unit: { worst: number; best: number; items: number }
  known: { sum: number; items: number }
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
  const streams = (apart ? study.settings : [undefined]).map(
    (_, setting): Stream => ({
      setting: apart ? setting : undefined,
      evidence: openEvidence(plan),
      values: { worst: [], best: [], known: { sum: 0, weight: 0 } },
      unit: { worst: 0, best: 0, items: 0 },
      known: { sum: 0, items: 0 },
    }),
  )
  const toScore = (value: number): number => scale.toScore(Math.min(1, value / shrink))
  const members = memberCells(claim, study)
  const scorerAt = study.scorers.indexOf(scorer)
  const tally = { units: 0, responses: 0, missing: 0 }
  let broken: Refusal | undefined

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
      for (const stream of streams) {
        const sum = { worst: 0, best: 0 }
        const known = { sum: 0, cells: 0 }
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
          known.sum += value.worst
          known.cells++
        }
        if (count === 0) continue
        stream.unit.worst += sum.worst / count
        stream.unit.best += sum.best / count
        stream.unit.items++
        if (known.cells === 0) continue
        stream.known.sum += known.sum / known.cells
        stream.known.items++
      }
    },
    endUnit() {
      tally.units++
      for (const stream of streams) {
        const size = finite ? shape.largest : Math.max(1, stream.unit.items)
        // Rounding must not push a mean of ones past one.
        const value: ValueRange = {
          worst: Math.min(1, stream.unit.worst / size),
          best: Math.min(1, stream.unit.best / size),
        }
        stream.evidence.add(value)
        stream.values.worst.push(value.worst)
        stream.values.best.push(value.best)
        if (stream.known.items > 0) {
          // Of a finite list every item weighs alike, of a population every unit.
          stream.values.known.sum += finite ? stream.known.sum : stream.known.sum / stream.known.items
          stream.values.known.weight += finite ? stream.known.items : 1
        }
        stream.unit = { worst: 0, best: 0, items: 0 }
        stream.known = { sum: 0, items: 0 }
      }
    },
    current: () => combined(streams.map(({ evidence }) => evidence)),
    counts: () =>
      plan.binary && streams.length === 1
        ? {
            trials: tally.units,
            worst: total(streams[0]?.values.worst),
            best: total(streams[0]?.values.best),
            bar: plan.bar,
            alternative: plan.alternative,
          }
        : undefined,
    interval: (limits) =>
      claimInterval({
        ...limits,
        streams: streams.map(({ values }) => values),
        plan,
        method: track.method,
        toScore,
        toMean: scale.toScore,
      }),
    overSettings({ errors, looks }) {
      const [stream] = streams
      if (stream === undefined || apart || study.design.selection !== 'random-draw' || tally.units === 0)
        return undefined
      const mean = Math.min(1, total(stream.values.worst) / tally.units)
      const errorRate = errors.support / 2
      const itemLimit = lowerLimit({
        streams: [stream.values],
        plan,
        errors: { ...errors, support: errorRate },
        looks,
      })
      const lower = limitOverSettings({ mean, settings: study.settings.length, itemLimit, errorRate })
      const ends = [toScore(lower), toScore(1)]
      return {
        outcome: {
          kind: 'estimate',
          value: toScore(mean),
          interval: {
            lower: Math.min(...ends),
            upper: Math.max(...ends),
            level: 1 - errors.support,
            kind: 'confidence',
            side: claim.direction === 'above' ? 'lower' : 'upper',
          },
          n: study.settings.length,
          method: 'hoeffding-over-settings',
          assumptions: ['settings-drawn-at-random', ...(finite ? ['random-order'] : ['independent-trials'])],
          caveats: [],
        },
        beyond: lower > plan.bar,
      }
    },
    // Unequal clusters of a finite list stretch the scale: what is left of it is no plan for other values.
    weighing: streams.length === 1 && shrink === 1 ? { plan, toScore: scale.toScore } : undefined,
    witness: undefined,
    onlyShown: false,
  }
  return track
}

function total(values: readonly number[] = []): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Several streams: all must support; one may refute, at a level shared between them. */
function combined(streams: readonly ClaimEvidence[]): LogEvidence {
  const each = streams.map((stream) => stream.current())
  return {
    support: Math.min(...each.map(({ support }) => support)),
    refutation: Math.max(...each.map(({ refutation }) => refutation)) - Math.log(streams.length),
  }
}
