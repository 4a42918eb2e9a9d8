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

/** None for a claim that is open or not licensed, unless something was shown: nothing was said that could be misread. */
export function scopesOf(standing: ClaimStanding, study: Study): readonly Statement[] {
  const { claim, decision, units, track } = standing
  if (track?.witness !== undefined) return [witnessScope(claim, track.witness)]
  if (decision === 'open' || decision === 'shown' || decision === 'not-licensed') return []
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
  // A search over all units: made for those only that it is said of.
  const wide = decision === 'supported' ? track?.overSettings() : undefined
  if (wide?.outcome.kind !== 'estimate') return [{ code: 'claim-scope-drawn-settings', values }]
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

function witnessScope(claim: Claim, witness: Witness): Statement {
  const { agreeing, scorers, reruns, again } = witness
  return {
    code: isVerified(witness) ? 'claim-witness-verified' : 'claim-witness-unverified',
    values: {
      claim: claim.id,
      ...{ agreeing, scorers, reruns, again },
      interval: rerunInterval(witness),
      neededScorers: witnessScorers,
      neededReruns: witnessReruns,
    },
  }
}

function rerunInterval({ again: successes, reruns: trials }: Witness): string {
  return formatInterval(clopperPearson({ successes, trials, level: 0.95, side: 'two-sided' }), 'rate') ?? ''
}
