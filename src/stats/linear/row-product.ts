/** The innermost loop of dense linear algebra. */

/**
 * Σ left[fromLeft + k] · right[fromRight + k] over `length` entries.
 *
 * A function of its own, and with plain arguments, because it is called thousands of times: it is compiled once, early, for
 * everything that uses it, where each nest of loops would be compiled in the middle of its first run and again at its end.
 */
export function rowProduct(
  left: Float64Array,
  fromLeft: number,
  right: Float64Array,
  fromRight: number,
  length: number,
): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += (left[fromLeft + k] ?? 0) * (right[fromRight + k] ?? 0)
  return sum
}
