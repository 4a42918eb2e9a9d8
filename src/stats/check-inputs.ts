/** Checks that every statistic makes of its inputs. A caller can correct each of these, so they throw coded errors. */
import { fail } from './fail.ts'

/** Refuses a level outside (0, 1), and one so close to 0 that 1 − level is 1. */
export function checkLevel(level: number): void {
  if (!(1 - level < 1 && level < 1))
    fail('level-out-of-range', { level }, 'pass a number between 0 and 1, such as 0.95')
}

/** Refuses an error rate outside (0, 1). */
export function checkAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1))
    fail('alpha-out-of-range', { alpha }, 'pass an error rate between 0 and 1, such as 0.05')
}

/** Refuses a wanted power that a test without information would reach, or that no test does. */
export function checkPower(power: number, alpha: number): void {
  if (!(power > alpha && power < 1)) {
    fail('power-out-of-range', { power, alpha }, 'pass a number between alpha and 1, such as 0.8')
  }
}

/** Refuses a probability outside the open interval (0, 1). */
export function checkRate(rate: number): void {
  if (!(rate > 0 && rate < 1)) fail('rate-out-of-range', { rate }, 'pass a rate between 0 and 1, both excluded')
}

export interface BinomialCount {
  readonly successes: number
  readonly trials: number
}

/** Refuses counts that are not whole, negative, or more successes than trials. */
export function checkCounts({ successes, trials }: BinomialCount): void {
  if (!(Number.isSafeInteger(successes) && Number.isSafeInteger(trials) && successes >= 0 && successes <= trials)) {
    fail('counts-not-valid', { successes, trials }, 'pass whole numbers below 2^53 with 0 ≤ successes ≤ trials')
  }
}

/** Fourth powers of larger scores overflow: such a score is an error of units. */
export const largestScore = 1e60

/** Unknown is never zero: rows without a score are left out, or bounded, before a statistic sees them. */
export function checkFinite(values: ArrayLike<number>): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN
    if (Math.abs(value) <= largestScore) continue
    if (Number.isFinite(value)) fail('value-too-large', { row, value, largest: largestScore }, 'rescale the scores')
    fail('value-not-finite', { row, value }, 'leave rows without a finite score out, and report how many there were')
  }
}

/** `codes` runs parallel to the values: one integer per row. */
export function checkCodes(codes: ArrayLike<number>, rows: number): void {
  if (codes.length !== rows) {
    fail('lengths-differ', { values: rows, clusters: codes.length }, 'pass one cluster code per value')
  }
  for (let row = 0; row < rows; row++) {
    const code = codes[row] ?? Number.NaN
    if (!Number.isInteger(code)) fail('cluster-code-not-an-integer', { row, code }, 'number the clusters with integers')
  }
}

/** Draws are kept and sorted: more than this many take minutes and change no digit that is printed. */
const mostDraws = 10_000_000

export function checkDraws(draws: number, least: number): void {
  if (!Number.isInteger(draws) || draws < least) {
    fail('too-few-draws', { draws, least }, 'pass a whole number of draws, such as 10000')
  }
  if (draws > mostDraws) fail('too-many-draws', { draws, most: mostDraws }, 'pass fewer draws, such as 10000')
}

/** Numbers by the names under which the caller passed them: `checkNumbers({ value, margin })`. */
export type NamedNumbers = Readonly<Record<string, number>>

/** Refuses NaN and infinities. */
export function checkNumbers(named: NamedNumbers): void {
  for (const [name, value] of Object.entries(named)) {
    if (!Number.isFinite(value)) fail('value-not-finite', { [name]: value }, 'pass a finite number')
  }
}

/** Refuses all but finite numbers above 0. */
export function checkPositive(named: NamedNumbers): void {
  for (const [name, value] of Object.entries(named)) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      fail('value-not-positive', { [name]: value }, 'pass a finite number above 0')
  }
}

/** Refuses all but finite numbers of at least 0, such as variances and costs. */
export function checkAmounts(named: NamedNumbers): void {
  for (const [name, value] of Object.entries(named)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      fail('not-a-finite-amount', { [name]: value }, 'pass a finite number of 0 or more')
  }
}

/** Refuses all but probabilities: 0 and 1 are allowed. */
export function checkProbabilities(named: NamedNumbers): void {
  for (const [name, value] of Object.entries(named)) {
    if (!(value >= 0 && value <= 1)) fail('probability-out-of-range', { [name]: value }, 'pass a number from 0 to 1')
  }
}

/** Refuses all but whole numbers from `least` to `most`. */
export function checkWhole(
  named: NamedNumbers,
  { least, most = Number.MAX_SAFE_INTEGER }: { readonly least: number; readonly most?: number },
): void {
  for (const [name, value] of Object.entries(named)) {
    if (!(Number.isInteger(value) && value >= least && value <= most))
      fail('not-a-whole-number', { [name]: value, least, most }, 'pass a whole number in this range')
  }
}

/** Refuses sizes that a search has reached without finding enough: it doubles until it has, and must end. */
export function checkCountable(named: NamedNumbers): void {
  if (Object.values(named).some((size) => !(size <= Number.MAX_SAFE_INTEGER))) refuseSize(named)
}

export function refuseSize(named: NamedNumbers): never {
  return fail('size-beyond-count', named, 'ask for less: a larger rate, effect or margin, a lower level or power')
}

/** Refuses lists that are to run in parallel and do not: `checkLengths({ values: 3, groups: 2 })`. */
export function checkLengths(named: NamedNumbers): void {
  if (new Set(Object.values(named)).size > 1) fail('lengths-differ', named, 'pass lists of the same length')
}

/** Rows × columns, row-major, every cell filled. */
export function checkMatrix({
  values,
  columns,
}: {
  readonly values: ArrayLike<number>
  readonly columns: number
}): void {
  if (!Number.isInteger(columns) || columns < 1 || values.length % columns !== 0) {
    fail('wrong-shape', { values: values.length, columns }, 'pass rows × columns values, row after row')
  }
  checkFinite(values)
}

/** Ends of the range that a score can take. */
export interface ScoreRange {
  readonly lower: number
  readonly upper: number
}

/** What rounding may add to an average of scores at the end of their range, in widths of the range. */
const rounding = 1e-9

export function checkRange(values: ArrayLike<number>, { lower, upper }: ScoreRange): void {
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper)) {
    fail('range-without-width', { lower, upper }, 'pass finite ends with lower below upper')
  }
  const slack = rounding * (upper - lower)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN
    if (!(value >= lower - slack && value <= upper + slack)) {
      fail('value-outside-range', { row, value, lower, upper }, 'declare the range the scorer really has')
    }
  }
}

/** Values as shares of the range, 0–1; those that rounding keeps from an end are put on it. */
export function onUnitScale(values: ArrayLike<number>, { lower, upper }: ScoreRange): Float64Array {
  const shares = new Float64Array(values.length)
  for (let row = 0; row < shares.length; row++) {
    const share = ((values[row] ?? Number.NaN) - lower) / (upper - lower)
    shares[row] = share < rounding ? 0 : share > 1 - rounding ? 1 : share
  }
  return shares
}
