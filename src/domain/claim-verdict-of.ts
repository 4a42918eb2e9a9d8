/** What is kept of a claim when its run has been read. */
import { scopesOf } from './claim-scope.ts'
import { verdictOf } from './claim-statement.ts'
import type { ClaimStanding } from './follow-claims.ts'
import type { ClaimVerdict } from './run-record.ts'
import type { Study } from './study.ts'

export function claimVerdictOf(standing: ClaimStanding, study: Study): ClaimVerdict {
  const { claim, method, evidence, pValues, finalSupport, mayDecide, units, responses, missing, track } = standing
  return {
    claim,
    verdict: verdictOf(standing, study),
    scopes: scopesOf(standing, study),
    method,
    logEvidence: evidence,
    logPValues: pValues,
    finalSupport,
    mayDecide,
    units,
    responses,
    missing,
    interval: track?.interval(),
    overSettings: track?.overSettings()?.outcome,
  }
}
