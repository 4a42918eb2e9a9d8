/** What stands beside a verdict: how it was decided, and what it is about and what not. */

import { clopperPearson } from '../stats/index.ts'
import type { Statement } from './analysis.ts'
import type { Claim } from './claim.ts'
import type { ClaimStanding } from './follow-claims.ts'
import { formatNumber } from './messages/format-number.ts'
import { type Levels, variantLabel } from './observations.ts'
import { formatInterval, formatLevel } from './score-format.ts'
import type { Study } from './study.ts'
import { isVerified, type Witness, witnessReruns, witnessScorers } from './witness.ts'

/** None for a claim that is open or not licensed: nothing was said that could be misread. */
export function scopesOf(standing: ClaimStanding, study: Study): readonly Statement[] {
  const { claim, decision, units } = standing
  if (decision === 'open' || decision === 'not-licensed') return []
  if (claim.quantifier === 'existence') return [witnessScope(standing)]
  const population: Statement =
    claim.population === 'these-items'
      ? { code: 'claim-scope-these-items', values: { items: study.items.length } }
      : { code: 'claim-scope-population', values: { units } }
  return [decidedBy(standing, study), ...settingsScope(standing, study), population]
}

/** Whether the study has settings that a reader must hear of. */
export function variesSettings({ settings }: Study): boolean {
  return settings.some((levels: Levels) => Object.keys(levels).length > 0)
}

function decidedBy({ decision, pValues }: ClaimStanding, { stopping }: Study): Statement {
  if (stopping.rule !== 'fixed') return { code: 'claim-decided-at-any-time', values: {} }
  if (pValues === undefined) return { code: 'claim-decided-at-end', values: {} }
  const logarithm = decision === 'supported' ? pValues.support : pValues.refutation
  return { code: 'claim-decided-by-exact-test', values: { p: Math.exp(logarithm) } }
}

/** No rate from a witness, no sentence about a distribution of settings from a few that were drawn. */
function settingsScope({ claim, decision, track }: ClaimStanding, study: Study): readonly Statement[] {
  if (!variesSettings(study)) return []
  const [first = {}] = study.settings
  const values = { settings: study.settings.length, first: variantLabel(first) }
  if (study.design.selection !== 'random-draw' || claim.quantifier === 'bounded-worst-case')
    return [{ code: 'claim-scope-listed-settings', values }]
  const wide = track?.overSettings()
  if (decision !== 'supported' || wide?.outcome.kind !== 'estimate')
    return [{ code: 'claim-scope-drawn-settings', values }]
  const { lower, upper, level } = wide.outcome.interval
  const format = formatOf(claim)
  const shown = {
    ...values,
    direction: claim.direction,
    bound: formatNumber(claim.direction === 'above' ? lower : upper, format),
    threshold: formatNumber(claim.threshold, format),
    level: formatLevel(level),
  }
  return [{ code: wide.beyond ? 'claim-supported-beyond-settings' : 'claim-not-beyond-settings', values: shown }]
}

export function formatOf({ kind }: Claim): 'difference' | 'score' {
  return kind === 'comparison' ? 'difference' : 'score'
}

function witnessScope({ claim, track }: ClaimStanding): Statement {
  const witness = track?.witness
  const verified = witness !== undefined && isVerified(witness)
  return {
    code: verified ? 'claim-witness-verified' : 'claim-witness-unverified',
    values: {
      claim: claim.id,
      agreeing: witness?.agreeing ?? 0,
      scorers: witness?.scorers ?? 0,
      reruns: witness?.reruns ?? 0,
      again: witness?.again ?? 0,
      interval: rerunInterval(witness),
      neededScorers: witnessScorers,
      neededReruns: witnessReruns,
    },
  }
}

function rerunInterval(witness: Witness | undefined): string {
  const { again: successes, reruns: trials } = witness ?? { again: 0, reruns: 0 }
  return formatInterval(clopperPearson({ successes, trials, level: 0.95, side: 'two-sided' }), 'rate') ?? ''
}
