/** The records every statistic returns. A value never travels without its interval, its n and its method. */

export type Outcome = Estimate | NotEstimable
export type TestOutcome = HypothesisTest | NotEstimable

export interface Estimate {
  readonly kind: 'estimate'
  readonly value: number
  readonly standardError?: number
  /** Degrees of freedom of the reference t distribution, where the method has one. */
  readonly degreesOfFreedom?: number
  readonly interval: Interval
  /** Units the interval believes independent: clusters where there are clusters, never rows. */
  readonly n: number
  /** kebab-case name of the method, `wilson`, `cluster-robust-cr1-t`. */
  readonly method: string
  /** Assumption codes, held whether or not they were checked. */
  readonly assumptions: readonly string[]
  readonly caveats: readonly Caveat[]
}

export interface NotEstimable {
  readonly kind: 'not-estimable'
  readonly because: Caveat
}

export interface Interval {
  readonly lower: number
  readonly upper: number
  /** Probability, 0–1, such as 0.95. */
  readonly level: number
  readonly kind: 'confidence' | 'credible' | 'prediction' | 'tolerance'
  /** `upper` is a one-sided upper bound: `lower` is then the end of the parameter range, and the reverse. */
  readonly side: 'two-sided' | 'lower' | 'upper'
}

export interface HypothesisTest {
  readonly kind: 'test'
  readonly statistic: number
  readonly pValue: number
  /** Smallest p the method can return: 1/(B+1) for a Monte-Carlo test, 2^(1−m) for a sign-flip over m pairs. */
  readonly resolution?: number
  readonly alternative: 'two-sided' | 'greater' | 'less'
  readonly nullValue: number
  readonly degreesOfFreedom?: number
  readonly n: number
  readonly method: string
  readonly assumptions: readonly string[]
  readonly caveats: readonly Caveat[]
}

/** A machine-readable reason to trust a number less. Its words are in `domain/messages`. */
export interface Caveat {
  readonly code: string
  /** `invalid` blocks a verdict. */
  readonly severity: 'note' | 'caution' | 'invalid'
  readonly values: Readonly<Record<string, string | number | boolean>>
  /** What the caveat is about, when that is narrower than the number it hangs on: a file, a model, a subgroup. */
  readonly subject?: string
}

export function notEstimable(code: string, values: Caveat['values'] = {}): NotEstimable {
  return { kind: 'not-estimable', because: { code, severity: 'invalid', values } }
}
