/** Adjustment of p-values for the number of tests, by Hochberg. */
import { ascending, checkPValues } from '../check-p-values.ts'

/**
 * Hochberg's step-up adjusted p-values (Hochberg 1988), in the order given: the running minimum, from the largest down, of
 * (m − i + 1)·p₍ᵢ₎.
 *
 * Rejects whatever Holm does. Keeps the family-wise error for independent and for positively dependent tests (Simes'
 * inequality must hold); under unknown dependence use `holm`.
 *
 * hochberg([0.01, 0.04, 0.03]) // => [0.03, 0.04, 0.04]
 */
export function hochberg(pValues: ArrayLike<number>): number[] {
  const checked = checkPValues(pValues)
  const adjusted = new Array<number>(checked.length)
  let running = 1
  ascending(checked)
    .reverse()
    .forEach((index, fromTop) => {
      running = Math.min(running, (fromTop + 1) * (checked[index] ?? 1))
      adjusted[index] = running
    })
  return adjusted
}
