/** Degrees of freedom of a variance that is a sum of parts, from how unevenly they carry it. */

/**
 * 2/(Σc²/(Σc)² − 1/G) for parts c_1 … c_G; infinite where all parts are equal.
 *
 * The parts of a variance of normal units are squares with Σc²/(Σc)² near 3/G: this is then about G. Where two units carry all of
 * the variance, it is known as poorly as from two units, however many others there are (Satterthwaite 1946 with the observed
 * parts for their expectations). Take it together with G − 1, never alone. A weight says of how many units a part is.
 *
 * degreesOfParts(Float64Array.of(1, 1, 0, 0)) // => 8
 */
export function degreesOfParts(parts: Float64Array, weights?: Float64Array): number {
  let [units, sum, squares] = [0, 0, 0]
  for (let g = 0; g < parts.length; g++) {
    const [part, weight] = [parts[g] ?? Number.NaN, weights?.[g] ?? 1]
    units += weight
    sum += weight * part
    squares += weight * part * part
  }
  const excess = squares / (sum * sum) - 1 / units
  return excess > 0 ? 2 / excess : Number.POSITIVE_INFINITY
}
