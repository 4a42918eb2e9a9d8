/** Degrees of freedom of a variance that is a sum of parts, from how unevenly they carry it. */

/**
 * 2/(Σc²/(Σc)² − 1/G) for parts c_1 … c_G; infinite where all parts are equal.
 *
 * The parts of a variance of normal units are squares with Σc²/(Σc)² near 3/G: this is then about G. Where two units carry all of
 * the variance, it is known as poorly as from two units, however many others there are (Satterthwaite 1946 with the observed
 * parts for their expectations). Take it together with G − 1, never alone.
 *
 * degreesOfParts(Float64Array.of(1, 1, 0, 0)) // => 8
 */
export function degreesOfParts(parts: Float64Array): number {
  let [sum, squares] = [0, 0]
  for (const part of parts) {
    sum += part
    squares += part * part
  }
  const excess = squares / (sum * sum) - 1 / parts.length
  return excess > 0 ? 2 / excess : Number.POSITIVE_INFINITY
}
