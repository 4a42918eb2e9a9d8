/** Adjustment of p-values that limits the share of false discoveries. */
import { ascending, checkPValues } from './check-p-values.ts'

/**
 * Benjamini and Hochberg's (1995) step-up adjusted p-values, in the order given: the running minimum, from the largest down,
 * of m·p₍ᵢ₎/i.
 *
 * Rejecting where this is at most q keeps the expected share of false rejections among all rejections at q, for
 * independent or positively dependent tests; under unknown dependence use `benjaminiYekutieli`. For screening, not for
 * claims: with it some rejections are expected to be false. No p-values give none.
 *
 * benjaminiHochberg([0.01, 0.04, 0.03]) // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): number[] {
  return stepUp(pValues, 1)
}

/**
 * Benjamini and Yekutieli's (2001) adjusted p-values: Benjamini–Hochberg's times 1 + 1/2 + … + 1/m, which holds under every
 * dependence.
 *
 * benjaminiYekutieli([0.01, 0.04]) // => [0.03, 0.06]
 */
export function benjaminiYekutieli(pValues: ArrayLike<number>): number[] {
  let harmonic = 0
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i
  return stepUp(pValues, harmonic)
}

function stepUp(pValues: ArrayLike<number>, factor: number): number[] {
  const checked = checkPValues(pValues)
  const m = checked.length
  const adjusted = new Array<number>(m)
  let running = 1
  ascending(checked)
    .reverse()
    .forEach((index, fromTop) => {
      running = Math.min(running, (factor * m * (checked[index] ?? 1)) / (m - fromTop))
      adjusted[index] = running
    })
  return adjusted
}
