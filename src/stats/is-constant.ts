/** Samples without any variation, of which most statistics cannot say anything. */

/** Whether one value is all there is. Order is no matter: every one is looked at. */
export function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}
