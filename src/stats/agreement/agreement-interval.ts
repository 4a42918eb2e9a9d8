/**
 * The interval of every agreement coefficient: what the sample says, and what it would say with a few more units at chance.
 *
 * A standard error from few units collapses where disagreement or a category was hardly seen: plain intervals of κ, AC1 and
 * α from 20 units cover half of the time when raters are good. As Agresti and Coull (1998) did for a proportion, z² units
 * are added whose ratings fall on every category alike, whatever the other rating; z² = 3.84 at 95 %. The interval is the hull
 * of the t interval with and the one without them, units − 1 degrees of freedom. Conservative by design: it
 * covers 95 to 100 % from 20 units on and is wide where weights punish disagreements that the sample happens not to hold.
 */
import { normalUpperQuantile } from '../distributions/normal.ts'
import { studentTUpperQuantile } from '../distributions/student-t.ts'
import type { Caveat, Interval } from '../result.ts'

/** A coefficient with its large-sample standard error. */
export interface Coefficient {
  readonly value: number
  readonly standardError: number
}

export interface AgreementIntervalOptions {
  readonly sample: Coefficient
  /** The same with `unitsAtChance(level)` more units. */
  readonly withChance: Coefficient
  /** Units that carry agreement, at least 2. */
  readonly units: number
  readonly level: number
}

/** How many units at chance are added: z² of the level. */
export function unitsAtChance(level: number): number {
  return normalUpperQuantile((1 - level) / 2) ** 2
}

/** Within [−1, 1]; holds the coefficient of the sample. */
export function agreementInterval({ sample, withChance, units, level }: AgreementIntervalOptions): Interval {
  const t = studentTUpperQuantile((1 - level) / 2, units - 1)
  const ends = [sample, withChance].flatMap(({ value, standardError }) => [
    value - t * standardError,
    value + t * standardError,
  ])
  return {
    lower: Math.max(Math.min(-1, sample.value), Math.min(...ends)),
    upper: Math.min(1, Math.max(...ends)),
    level,
    kind: 'confidence',
    side: 'two-sided',
  }
}

/** Said where the units do not differ in agreement, so that the added units alone give the interval its width. */
export function boundaryCaveats({ sample, units }: Pick<AgreementIntervalOptions, 'sample' | 'units'>): Caveat[] {
  return sample.standardError < 1e-12 ? [{ code: 'agreement-at-boundary', severity: 'note', values: { n: units } }] : []
}
