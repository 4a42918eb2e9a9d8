/** Cells, calls, tokens, money and time of a study, and what each of its claims can be expected to need. */
import {
  type Claim,
  canVerify,
  cellCount,
  followClaims,
  type Levels,
  peerScorers,
  type Statement,
  type Study,
} from '../../domain/index.ts'
import type { PreparedStudy, Rehearsal } from '../../runner/index.ts'
import {
  betaMixtureSequence,
  cleanTrialsNeeded,
  clopperPearson,
  defaultRareRateMixture,
  fixedRateTest,
  rareRateTrials,
  sprtExpectedTrials,
} from '../../stats/index.ts'
import { costOfStudy, type StudyCost } from './cost-of-study.ts'
import { type DetectableEffects, detectableOf } from './detectable-effects.ts'

export interface StudyPlan extends StudyCost {
  readonly title: string
  readonly protocolHash: string
  readonly items: {
    readonly reported: number
    readonly fit: number
    readonly select: number
    readonly clusters: number
  }
  readonly settings: readonly Levels[]
  readonly techniques: readonly string[]
  readonly replicates: number
  readonly models: readonly string[]
  readonly cells: number
  readonly secondsAtLeast: number
  readonly design: { readonly name: string; readonly statement: Statement; readonly licenses: readonly string[] }
  /** Adaptive designs: what is asked of each model before its two ends are reported. */
  readonly search: {
    readonly items: number
    readonly settings: number
    readonly answersAtMost: number
    readonly scorer: string
    readonly reading: string
  } | null
  readonly claims: readonly ClaimPlan[]
  /** Environment variables that the endpoints need and that are not set. */
  readonly keysMissing: readonly string[]
  /** What a reader must know of the way of asking. */
  readonly caveats: readonly Statement[]
}

export interface ClaimPlan {
  readonly claim: string
  readonly licensed: boolean
  readonly refusal: Statement | null
  readonly rule: string
  readonly method: string
  readonly unitsAvailable: number
  /** Units of an exact test of fixed length with the same errors. */
  readonly fixedTestNeeds: number | null
  /** Expected units of the ratio test at the threshold and at the alternative. */
  readonly ratioTestNeeds: { readonly atThreshold: number; readonly atAlternative: number } | null
  /** Clean units that support a claim about a rare event, sequentially and fixed in advance. */
  readonly cleanUnitsNeeded: { readonly sequential: number; readonly fixed: number } | null
  /** Half width of the running interval when all units are in, at a rate of one half (the widest). */
  readonly halfWidthAtEnd: number | null
  /** What the rule finds; null where one response settles the claim or settings are weighed apart. */
  readonly detectable: DetectableEffects | null
  readonly enough: boolean | null
  /** Why a claim of existence can be shown but not supported. */
  readonly unverifiable: Statement | null
}

export function planOfStudy(options: {
  readonly prepared: PreparedStudy
  readonly rehearsal: Rehearsal
  readonly keysMissing: readonly string[]
  readonly concurrency: number
  readonly latencySeconds: number
}): StudyPlan {
  const { prepared, rehearsal, keysMissing, concurrency, latencySeconds } = options
  const { study } = prepared
  const { search } = study
  const searched = (search?.answersAtMost ?? 0) * study.models.length
  const cells = cellCount(study) + searched
  const cost = costOfStudy(prepared, rehearsal)
  return {
    title: study.title,
    protocolHash: study.protocolHash,
    items: {
      reported: study.items.length,
      fit: study.fitItems.length,
      select: study.selectItems.length,
      clusters: unitsOf(study),
    },
    settings: study.settings,
    techniques: study.techniques,
    replicates: study.replicates,
    models: study.models,
    cells,
    ...cost,
    keysMissing,
    secondsAtLeast: (cost.calls.most / study.models.length / concurrency) * latencySeconds,
    design: { name: study.design.name, statement: study.design.statement, licenses: study.design.licenses },
    search:
      search === undefined
        ? null
        : {
            items: search.items.length,
            settings: study.settings.length,
            answersAtMost: search.answersAtMost,
            scorer: search.scorer,
            reading: search.reading,
          },
    caveats: (study.caveats ?? []).map(({ code, values }) => ({ code, values })),
    claims: followClaims(study)
      .standings()
      .map(({ claim, refusal, method, track }) => ({
        claim: claim.id,
        licensed: refusal === undefined,
        refusal: refusal ?? null,
        rule: study.stopping.rule,
        method,
        ...claimNeeds({ claim, study, counts: track?.counts() }),
        detectable: detectableOf({ claim, study, units: unitsOf(study), track }),
        unverifiable: refusal === undefined ? unverifiable(claim, study) : null,
      })),
  }
}

function unverifiable(claim: Claim, study: Study): Statement | null {
  if (claim.quantifier !== 'existence' || canVerify(claim, study)) return null
  const values = {
    scorers: peerScorers(claim, study).length,
    replicates: study.replicates,
    reruns: study.replicates - 1,
  }
  return { code: 'witness-cannot-be-verified', values: { claim: claim.id, ...values } }
}

function unitsOf({ items }: Study): number {
  return new Set(items.map(({ id, cluster }) => (cluster === undefined ? `item ${id}` : `cluster ${cluster}`))).size
}

function claimNeeds(options: {
  readonly claim: Claim
  readonly study: Study
  readonly counts: { readonly bar: number; readonly alternative: number | undefined } | undefined
}): Omit<ClaimPlan, 'claim' | 'licensed' | 'refusal' | 'rule' | 'method' | 'detectable' | 'unverifiable'> {
  const { claim, study, counts } = options
  const units = unitsOf(study)
  const none = {
    fixedTestNeeds: null,
    ratioTestNeeds: null,
    cleanUnitsNeeded: null,
    halfWidthAtEnd: null,
    enough: null,
  }
  if (counts === undefined) return { unitsAvailable: units, ...none }
  const { bar, alternative } = counts
  const { alpha, beta } = claim
  const plan = { nullRate: bar, alternativeRate: alternative ?? bar, falsePositiveRate: alpha, falseNegativeRate: beta }
  const fixed =
    alternative === undefined
      ? null
      : fixedRateTest({ nullRate: bar, alternativeRate: alternative, alpha, beta }).trials
  const ratio = alternative === undefined ? undefined : sprtExpectedTrials(plan)
  const rare =
    bar >= 0.95
      ? {
          sequential: rareRateTrials({
            failures: 0,
            rateBelow: 1 - bar,
            errorRate: alpha,
            mixture: defaultRareRateMixture(1 - bar),
          }),
          fixed: cleanTrialsNeeded({ rate: 1 - bar, level: 1 - alpha, allowed: 0 }),
        }
      : null
  const middle = { successes: Math.floor(units / 2), trials: units, level: 1 - alpha }
  const widest =
    study.stopping.rule === 'fixed'
      ? clopperPearson({ ...middle, side: 'two-sided' })
      : betaMixtureSequence({ ...middle, a: 1, b: 1 })
  const needed = (study.stopping.rule === 'fixed' ? rare?.fixed : rare?.sequential) ?? fixed
  return {
    unitsAvailable: units,
    fixedTestNeeds: fixed,
    ratioTestNeeds:
      ratio === undefined
        ? null
        : { atThreshold: Math.ceil(ratio.underNull), atAlternative: Math.ceil(ratio.underAlternative) },
    cleanUnitsNeeded: rare,
    halfWidthAtEnd: widest.kind === 'estimate' ? (widest.interval.upper - widest.interval.lower) / 2 : null,
    enough: needed === null ? null : units >= needed,
  }
}
