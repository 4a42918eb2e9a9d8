/** The sentence that the evidence licenses, as a code with values. */
import { fixedRateTest } from '../stats/index.ts'
import type { Statement } from './analysis.ts'
import type { Verdict } from './claim.ts'
import { variesSettings } from './claim-scope.ts'
import type { ClaimStanding } from './follow-claims.ts'
import type { Study } from './study.ts'

export function verdictOf(standing: ClaimStanding, study: Study): Verdict {
  const { claim, decision, units } = standing
  return {
    claim: claim.id,
    verdict: decision === 'open' || decision === 'shown' ? 'inconclusive' : decision,
    rule: study.stopping.rule,
    evidence: [`claims/${claim.id}`],
    sentence: sentenceOf(standing, study),
    used: standing.decidedAt ?? units,
    fixedTestNeeds: isSequential(standing, study) ? fixedTestNeeds(standing) : undefined,
  }
}

function sentenceOf(standing: ClaimStanding, study: Study): Statement {
  const { claim, decision, refusal, units, responses } = standing
  const values = {
    claim: claim.id,
    model: claim.model,
    baseline: claim.baseline ?? '',
    scorer: claim.scorer,
    direction: claim.direction,
    threshold: claim.threshold,
    alternative: claim.alternative ?? claim.threshold,
    probability: claim.probability ?? 0.5,
    alpha: claim.alpha,
    beta: claim.beta,
    settings: study.settings.length,
    rule: study.stopping.rule,
    units,
    responses,
    items: study.items.length,
  }
  switch (decision) {
    case 'not-licensed':
      return refusal ?? { code: 'claim-untyped', values: { claim: claim.id } }
    case 'open':
    case 'shown':
      return { code: openCode(standing, study), values: { ...values, ...standing.track?.witness } }
    case 'refuted':
      return { code: claim.alternative === undefined ? 'claim-refuted' : 'claim-refuted-alternative', values }
    case 'supported':
      return { code: supportCode(standing, study), values: { ...values, ...standing.track?.witness } }
    default:
      return decision satisfies never
  }
}

function openCode({ claim, pValues, track }: ClaimStanding, { stopping }: Study): string {
  if (track?.witness !== undefined) return 'claim-shown'
  if (claim.quantifier === 'existence') return 'claim-no-witness'
  return stopping.rule === 'fixed' && pValues === undefined ? 'claim-open-fixed' : 'claim-open'
}

function supportCode({ claim }: ClaimStanding, study: Study): string {
  if (claim.quantifier === 'existence') return 'claim-witnessed'
  if (claim.quantifier === 'bounded-worst-case') return 'claim-supported-worst-case'
  const varies = variesSettings(study)
  if (claim.kind === 'comparison')
    return varies ? 'claim-supported-difference-over-settings' : 'claim-supported-difference'
  if (claim.quantifier === 'rate') return varies ? 'claim-supported-rate-over-settings' : 'claim-supported-rate'
  if (claim.quantifier === 'quantile')
    return varies ? 'claim-supported-quantile-over-settings' : 'claim-supported-quantile'
  return varies ? 'claim-supported-mean-over-settings' : 'claim-supported-mean'
}

/** Only a rule that could have ended earlier has saved anything, and only once it has decided. */
function isSequential({ decision }: ClaimStanding, { stopping }: Study): boolean {
  return stopping.rule !== 'fixed' && (decision === 'supported' || decision === 'refuted')
}

/** Units of an exact test of fixed length with the same two errors; only where both rates are declared. */
function fixedTestNeeds({ claim, track }: ClaimStanding): number | undefined {
  const counts = track?.counts()
  if (counts?.alternative === undefined) return undefined
  return fixedRateTest({
    nullRate: counts.bar,
    alternativeRate: counts.alternative,
    alpha: claim.alpha,
    beta: claim.beta,
  }).trials
}
