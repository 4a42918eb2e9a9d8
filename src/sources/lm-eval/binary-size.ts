/**
 * The number of 0/1 scores behind a reported mean p and its standard error s, solved from s² = p(1 − p)/(n − 1).
 *
 * Undefined unless both n and p·n come out as whole numbers to within rounding, which a mean of anything but zeros and
 * ones does not do by chance; undefined at 0 and 1, where s is 0 for every n.
 *
 * binarySize(0.0004, 0.0002828144211304471) // => 5000
 */
export function binarySize(mean: number, standardError: number): number | undefined {
  if (!(mean > 0 && mean < 1 && standardError > 0)) return undefined
  const solved = (mean * (1 - mean)) / standardError ** 2 + 1
  const n = Math.round(solved)
  const count = mean * n
  // Beyond 10⁵ the rounding of the printed digits no longer tells one n from the next.
  if (n < 2 || n > 100_000) return undefined
  const whole = Math.abs(solved - n) < 1e-7 * n && Math.abs(count - Math.round(count)) < 1e-7 * n
  return whole ? n : undefined
}
