/**
 * Which sentence the evidence of a run may carry: no verdict for an untyped claim, no rate from a witness, no worst case
 * from an average, nothing about a future system from a measured one.
 */
import { type Claim, quantifiers } from './claim.ts'
import type { Study } from './study.ts'

export interface Refusal {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | boolean>>
}

/** Why the study can carry no verdict on the claim, or undefined where it can. The first reason wins. */
export function licenceRefusal(claim: Claim, study: Study): Refusal | undefined {
  const values = { claim: claim.id }
  if (!quantifiers.includes(claim.quantifier)) return { code: 'claim-untyped', values }
  if (claim.kind === 'prediction') return { code: 'claim-needs-forecast', values }
  if (claim.quantifier === 'upper-bound') return { code: 'claim-needs-optimisers', values }
  if (claim.elicitation === 'future' || claim.elicitation === 'self')
    return { code: 'claim-needs-stronger-elicitation', values: { ...values, elicitation: claim.elicitation } }
  if (claim.kind === 'propensity' && study.fitItems.length + study.selectItems.length > 0)
    return { code: 'propensity-with-optimised-prompts', values }
  if (claim.kind === 'comparison' && claim.quantifier !== 'mean' && claim.quantifier !== 'rate')
    return { code: 'comparison-of-means-only', values: { ...values, quantifier: claim.quantifier } }
  if (!study.design.licenses.includes(claim.quantifier)) {
    return {
      code: 'design-does-not-license',
      values: { ...values, design: study.design.name, quantifier: claim.quantifier },
    }
  }
  return undefined
}
