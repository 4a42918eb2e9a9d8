/** How far from its threshold the truth has to be for a claim to be supported, most of the time, on the units of a study. */
import { type Claim, detectableMean, type StandingTrack, type Study } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'

export interface DetectableEffects {
  /** `share`: of the responses beyond the threshold, for claims about a quantile. */
  readonly of: 'rate' | 'mean' | 'difference' | 'share'
  /** Where the truths lie that are found more surely still. */
  readonly side: 'above' | 'below'
  readonly power: number
  /** Units that it was worked out for. */
  readonly units: number
  readonly allUnits: boolean
  readonly cases: readonly {
    /** Share of units on which a model and its baseline differ; 1 is the widest spread of other scores. */
    readonly apart: number
    /** In units of the score; null where no truth is found that surely. */
    readonly value: number | null
  }[]
}

const power = 0.8
/** Above these the answer takes seconds, and changes little. */
const mostUnits = { counted: 20_000, simulated: 5_000 }

export function detectableOf(options: {
  readonly claim: Claim
  readonly study: Study
  readonly units: number
  readonly track: StandingTrack | undefined
}): DetectableEffects | null {
  const { claim, study, track } = options
  const { weighing } = track ?? {}
  // The ratio test finds its alternative by design.
  if (weighing === undefined || study.stopping.rule === 'sprt') return null
  const { plan, toScore } = weighing
  const units = Math.min(options.units, plan.binary ? mostUnits.counted : mostUnits.simulated)
  const difference = claim.kind === 'comparison'
  const share = claim.quantifier === 'quantile'
  return {
    of: difference ? 'difference' : share ? 'share' : claim.quantifier === 'rate' ? 'rate' : 'mean',
    side: share ? 'above' : claim.direction,
    power,
    units,
    allUnits: units === options.units,
    cases: (difference ? [0.2, 0.5] : [1]).map((apart) => {
      const mean = detectableMean({
        plan,
        units,
        errorRate: claim.alpha / (study.multiplicity === 'none' ? 1 : study.claims.length),
        exact: study.stopping.rule === 'fixed' && plan.binary,
        power,
        apart,
        random: openRandom('detectable').split(claim.id),
      })
      return { apart, value: mean === undefined ? null : toScore(mean) }
    }),
  }
}
