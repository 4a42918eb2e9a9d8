/** Plans that tolerate so many events: what those by trials and those by exposure share. */

export interface AllowedEvents {
  readonly allowed: number
  /** Parallel to the true rates. */
  readonly passProbabilities: readonly number[]
}

export interface PlansByAllowed<Row extends AllowedEvents> {
  readonly rows: readonly Row[]
  /** The fewest tolerated events that pass often enough; undefined without an expected rate. */
  readonly recommended: Row | undefined
  /** Rates at which pass probabilities are given: the declared ones, or fractions of the claim. */
  readonly trueRates: readonly number[]
}

export const toleratedEvents = [0, 1, 2, 3, 5, 10] as const
/** Without a declared rate: a hundredth, a tenth, a fifth and half of the claim. */
const divisors = [100, 10, 5, 2] as const

export function trueRatesOf({
  below,
  expected,
}: {
  readonly below: number
  readonly expected: readonly number[]
}): readonly number[] {
  return expected.length > 0 ? expected : divisors.map((divisor) => below / divisor)
}
