/**
 * The error function and its complement, plain, scaled and logarithmic.
 *
 * Cody (1969), "Rational Chebyshev approximations for the error function", Mathematics of Computation 23:
 * three rational approximations on [0, 0.46875], [0.46875, 4] and [4, ∞). Relative error ≤ 1e-15 everywhere.
 */
import { checkNumbers } from '../check-inputs.ts'

const oneOverRootPi = 0.5641895835477563

/** Complementary error function, 2/√π ∫ₓ^∞ exp(−t²) dt. `erfc(1) // => 0.15729920705028513` */
export function erfc(x: number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return atInfinity(x)
  if (x < 0.46875) return x > -0.46875 ? 1 - erf(x) : 2 - erfc(-x)
  return expMinusSquare(x) * scaledErfc(x)
}

/** Error function, 1 − erfc(x), with full relative accuracy near 0. `erf(1e-9) // => 1.1283791670955127e-9` */
export function erf(x: number): number {
  if (Number.isNaN(x)) checkNumbers({ x })
  if (Math.abs(x) > 0.46875) return x > 0 ? 1 - erfc(x) : erfc(-x) - 1
  const s = x * x
  let numerator = smallNumerator[4] * s
  let denominator = s
  for (let i = 0; i < 3; i++) {
    numerator = (numerator + at(smallNumerator, i)) * s
    denominator = (denominator + at(smallDenominator, i)) * s
  }
  return (x * (numerator + smallNumerator[3])) / (denominator + smallDenominator[3])
}

/**
 * exp(x²) erfc(x) for x ≥ 0: what is left of the tail once its exponential is taken out, about 1/(x√π) for large x.
 *
 * scaledErfc(40) // => 0.014100335...
 */
export function scaledErfc(x: number): number {
  if (Number.isNaN(x)) checkNumbers({ x })
  if (x < 0.46875) return Math.exp(x * x) * erfc(x)
  if (x <= 4) {
    let numerator = middleNumerator[8] * x
    let denominator = x
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + at(middleNumerator, i)) * x
      denominator = (denominator + at(middleDenominator, i)) * x
    }
    return (numerator + middleNumerator[7]) / (denominator + middleDenominator[7])
  }
  const r = 1 / (x * x)
  let numerator = largeNumerator[5] * r
  let denominator = r
  for (let i = 0; i < 4; i++) {
    numerator = (numerator + at(largeNumerator, i)) * r
    denominator = (denominator + at(largeDenominator, i)) * r
  }
  return (oneOverRootPi - (r * (numerator + largeNumerator[4])) / (denominator + largeDenominator[4])) / x
}

/** ln erfc(x), right where erfc(x) underflows. `logErfc(40) // => -1604.2615566532...` */
export function logErfc(x: number): number {
  return x < 0.46875 ? Math.log(erfc(x)) : Math.log(scaledErfc(x)) - x * x
}

function atInfinity(x: number): number {
  if (Number.isNaN(x)) checkNumbers({ x })
  return x > 0 ? 0 : 2
}

/** exp(−x²) without the rounding of x² entering the exponent: x is split so that the larger square is exact. */
export function expMinusSquare(x: number): number {
  const coarse = Math.trunc(x * 16) / 16
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse))
}

function at(coefficients: readonly number[], index: number): number {
  return coefficients[index] ?? 0
}

const smallNumerator = [
  3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315,
] as const
const smallDenominator = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171] as const
const middleNumerator = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
  2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
] as const
const middleDenominator = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
  3439.3676741437216, 1230.3393548037495,
] as const
const largeNumerator = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
] as const
const largeDenominator = [
  2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
] as const
