/** How many units an undecided comparison would have needed. */

import { checkAlpha, checkPositive, checkPower } from '../check-inputs.ts'
import { powerOfT } from '../design/t-test-power.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { doubledCount } from '../special/first-count.ts'
import { equivalencePower } from './equivalence-power.ts'

export interface UnitsNeeded {
  /** To show equivalence with the wanted power if the two are in truth equal. */
  readonly ifEqual: number
  /** To show a difference with that power if it is in truth as large as the margin. */
  readonly ifAtMargin: number
  /** The larger of the two: enough in either case. */
  readonly units: number
}

export interface UnitsNeededOptions {
  readonly standardError: number
  readonly degreesOfFreedom: number
  /** Units behind the standard error: pairs, clusters, or both samples together in their present proportion. */
  readonly n: number
  readonly margin: number
  readonly alpha: number
  readonly power: number
}

/**
 * Smallest numbers of units at which exact t power reaches `power`, if variance per unit and structure stay as they are:
 * SE falls as 1/√units, degrees of freedom grow in proportion.
 *
 * Uses the observed variance, never the observed difference: power at the observed effect only restates the p-value. A
 * plan from a pilot of few units inherits the pilot's error in the variance. Not estimable beyond 2^40 units.
 */
export function unitsNeeded({
  standardError,
  degreesOfFreedom,
  n,
  margin,
  alpha,
  power,
}: UnitsNeededOptions): UnitsNeeded | NotEstimable {
  checkAlpha(alpha)
  checkPower(power, alpha)
  checkPositive({ standardError, n, margin })
  if (!(degreesOfFreedom > 0)) checkPositive({ degreesOfFreedom })
  const at = (units: number) => ({
    standardError: standardError * Math.sqrt(n / units),
    degreesOfFreedom: Math.max(1, (degreesOfFreedom * units) / n),
  })
  const ifEqual = fewestUnits((units) => equivalencePower({ ...at(units), margin, difference: 0, alpha }) >= power)
  const ifAtMargin = fewestUnits((units) => {
    const { standardError: error, degreesOfFreedom: df } = at(units)
    // Where t needs a multiple of the margin, there is no power worth integrating.
    if (studentTUpperQuantile(alpha / 2, df) > 40 + margin / error) return false
    return powerOfT({ noncentrality: margin / error, df, alpha, alternative: 'two-sided' }) >= power
  })
  if (ifEqual === undefined || ifAtMargin === undefined) {
    return notEstimable('units-beyond-count', { margin, standardError })
  }
  return { ifEqual, ifAtMargin, units: Math.max(ifEqual, ifAtMargin) }
}

/** More units than this no evaluation has, and powers at such sizes are those of the normal distribution. */
const mostUnits = 2 ** 40

function fewestUnits(condition: (units: number) => boolean): number | undefined {
  return doubledCount({ from: 2, most: mostUnits, condition, beyond: () => undefined })
}
