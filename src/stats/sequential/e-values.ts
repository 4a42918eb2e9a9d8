/**
 * Arithmetic of e-values: evidence against a null with mean at most 1 when the null is true.
 *
 * Their mean is an e-value whatever their dependence; their product only if each was valid given the ones before; 1/e
 * bounds a p-value. (Vovk and Wang 2021, "E-values: calibration, combination and applications".)
 */

import { checkRate } from '../check-inputs.ts'
import { fail } from '../fail.ts'

/** Mean of e-values of one null, valid under any dependence. */
export function averageEValues(values: readonly number[]): number {
  checkEValues(values)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Product of e-values, each valid given the data of the ones before. */
export function multiplyEValues(values: readonly number[]): number {
  checkEValues(values)
  return values.reduce((product, value) => product * value, 1)
}

/** min(1, 1/e): a p-value, valid at any stopping time if e came from an e-process. */
export function pValueFromEValue(value: number): number {
  checkEValues([value])
  return Math.min(1, 1 / value)
}

/**
 * κ p^(κ−1), the calibrator with 0 < κ < 1: turns a p-value into an e-value and loses power by doing so.
 *
 * eValueFromPValue({ pValue: 1e-5, exponent: 0.5 }) // => 158.11388
 */
export function eValueFromPValue({ pValue, exponent }: { readonly pValue: number; readonly exponent: number }): number {
  if (!(pValue > 0 && pValue <= 1)) fail('p-value-out-of-range', { pValue }, 'pass a p-value above 0 and at most 1')
  checkRate(exponent)
  return exponent * pValue ** (exponent - 1)
}

/** (1 − p + p ln p) / (p ln² p): the mixture of all κ p^(κ−1), free of a choice of κ. */
export function eValueFromPValueMixed(pValue: number): number {
  if (!(pValue > 0 && pValue <= 1)) fail('p-value-out-of-range', { pValue }, 'pass a p-value above 0 and at most 1')
  const logP = Math.log(pValue)
  // Near p = 1 numerator and denominator both vanish; the series keeps the limit ½.
  if (logP > -1e-4) return 0.5 - logP / 6
  return (1 - pValue + pValue * logP) / (pValue * logP * logP)
}

/**
 * e-BH: which nulls to reject so that the false discovery rate stays at most `rate` under any dependence.
 *
 * Rejects the k̂ largest, k̂ = max{k : e_(k) ≥ m/(rate · k)} (Wang and Ramdas 2022).
 *
 * eBenjaminiHochberg({ values: [60, 25, 22, 8, 3], rate: 0.1 }) // => [true, true, true, false, false]
 */
export function eBenjaminiHochberg({
  values,
  rate,
}: {
  readonly values: readonly number[]
  readonly rate: number
}): readonly boolean[] {
  checkRate(rate)
  checkEValues(values)
  const sorted = [...values].sort((a, b) => b - a)
  let threshold = Number.POSITIVE_INFINITY
  for (const [index, value] of sorted.entries()) {
    if (value >= values.length / (rate * (index + 1))) threshold = value
  }
  return values.map((value) => value >= threshold)
}

function checkEValues(values: readonly number[]): void {
  if (values.length === 0) fail('no-e-values', {}, 'pass at least one e-value')
  for (const value of values) {
    if (!(value >= 0)) fail('e-value-out-of-range', { value }, 'pass e-values, which are never negative')
  }
}
