/** The sentence that the evidence licenses, as a code with values. */
import { fixedRateTest } from '../stats/index.ts'
import type { Statement } from './analysis.ts'
import type { Verdict } from './claim.ts'
import type { ClaimStanding } from './follow-claims.ts'
import type { Study } from './study.ts'

export function verdictOf(standing: ClaimStanding, study: Study): Verdict {
  const { claim, decision, units } = standing
  return {
    claim: claim.id,
    verdict: decision === 'open' ? 'inconclusive' : decision,
    rule: study.stopping.rule,
    evidence: [`claims/${claim.id}`],
    sentence: sentenceOf(standing, study),
    used: standing.decidedAt ?? units,
    fixedTestNeeds: fixedTestNeeds(standing),
  }
}

/** What the sentence is about: these items, or a population; none for what is no statement about either. */
export function scopeOf({ claim, units, decision }: ClaimStanding, study: Study): Statement | undefined {
  if (claim.quantifier === 'existence' || decision === 'open' || decision === 'not-licensed') return undefined
  return claim.population === 'these-items'
    ? { code: 'claim-scope-these-items', values: { items: study.items.length } }
    : { code: 'claim-scope-population', values: { units } }
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
  }
  switch (decision) {
    case 'not-licensed':
      return refusal ?? { code: 'claim-untyped', values: { claim: claim.id } }
    case 'open':
      return { code: claim.quantifier === 'existence' ? 'claim-no-witness' : 'claim-open', values }
    case 'refuted':
      return { code: claim.alternative === undefined ? 'claim-refuted' : 'claim-refuted-alternative', values }
    case 'supported':
      return { code: supportCode(standing), values }
    default:
      return decision satisfies never
  }
}

function supportCode({ claim }: ClaimStanding): string {
  if (claim.kind === 'comparison') return 'claim-supported-difference'
  switch (claim.quantifier) {
    case 'existence':
      return 'claim-witnessed'
    case 'quantile':
      return 'claim-supported-quantile'
    case 'bounded-worst-case':
      return 'claim-supported-worst-case'
    case 'rate':
      return 'claim-supported-rate'
    default:
      return 'claim-supported-mean'
  }
}

/** Units of an exact test of fixed length with the same two errors; only where both rates are declared. */
export function fixedTestNeeds({ claim, track }: ClaimStanding): number | undefined {
  const counts = track?.counts()
  if (counts?.alternative === undefined) return undefined
  return fixedRateTest({
    nullRate: counts.bar,
    alternativeRate: counts.alternative,
    alpha: claim.alpha,
    beta: claim.beta,
  }).trials
}
