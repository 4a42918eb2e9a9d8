/**
 * Means and covariances of independent 0/1 answers given how many of them are right.
 *
 * Under the Rasch model they depend on the intercepts of the items alone, on no ability (Andersen 1973). The law of the
 * sum is inverted from its characteristic function, the intercepts shifted so that its mean is the given sum: the mass
 * that then lies a period away is below 1e-15.
 */

export interface MomentsGivenSum {
  readonly means: Float64Array
  /** items × items, the lower triangle. */
  readonly covariances: Float64Array
}

/** Squared modulus of the law at a node. */
const negligible = 1e-35

/** For 0 < right < number of items; log odds may be shifted together at will. */
export function momentsGivenSum(logOdds: Float64Array, right: number): MomentsGivenSum {
  const items = logOdds.length
  const chances = chancesOfSum(logOdds, right)
  const variance = chances.reduce((sum, p) => sum + p * (1 - p), 0)
  // Odd, so that no node is half a period away, where a chance of ½ makes a factor nought.
  const period = Math.min(items + 1, Math.ceil(8.5 * Math.sqrt(variance)) + 8) | 1
  const means = new Float64Array(items)
  const covariances = new Float64Array(items * items)
  const real = new Float64Array(items)
  const imaginary = new Float64Array(items)
  let total = 0
  for (let node = 0; 2 * node < period; node++) {
    const angle = (2 * Math.PI * node) / period
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
    // Nodes beyond half the period are conjugates of those before it.
    const weight = node === 0 ? 1 : 2
    let lawReal = weight * Math.cos(right * angle)
    let lawImaginary = -weight * Math.sin(right * angle)
    for (let j = 0; j < items; j++) {
      const p = chances[j] ?? 0
      const factorReal = 1 - p + p * cosine
      const factorImaginary = p * sine
      const square = factorReal * factorReal + factorImaginary * factorImaginary
      const scale = p / square
      real[j] = scale * (cosine * factorReal + sine * factorImaginary)
      imaginary[j] = scale * (sine * factorReal - cosine * factorImaginary)
      const turned = lawReal * factorReal - lawImaginary * factorImaginary
      lawImaginary = lawReal * factorImaginary + lawImaginary * factorReal
      lawReal = turned
    }
    total += lawReal
    // The law falls off as a normal one: what later nodes add is lost in rounding.
    if (lawReal * lawReal + lawImaginary * lawImaginary < negligible) continue
    for (let j = 0; j < items; j++) {
      const jointReal = lawReal * (real[j] ?? 0) - lawImaginary * (imaginary[j] ?? 0)
      const jointImaginary = lawReal * (imaginary[j] ?? 0) + lawImaginary * (real[j] ?? 0)
      means[j] = (means[j] ?? 0) + jointReal
      const row = j * items
      for (let k = 0; k < j; k++) {
        covariances[row + k] =
          (covariances[row + k] ?? 0) + jointReal * (real[k] ?? 0) - jointImaginary * (imaginary[k] ?? 0)
      }
    }
  }
  for (let j = 0; j < items; j++) {
    const mean = (means[j] ?? 0) / total
    means[j] = mean
    for (let k = 0; k < j; k++) {
      const at = j * items + k
      covariances[at] = (covariances[at] ?? 0) / total - mean * (means[k] ?? 0)
    }
    covariances[j * items + j] = mean * (1 - mean)
  }
  return { means, covariances }
}

/** Chances with these odds, up to one common factor, whose sum is `right`: Newton steps on the factor. */
function chancesOfSum(logOdds: Float64Array, right: number): Float64Array {
  const chances = new Float64Array(logOdds.length)
  let shift = 0
  for (let step = 0; step < 100; step++) {
    let sum = 0
    let variance = 0
    for (let j = 0; j < logOdds.length; j++) {
      const p = 1 / (1 + Math.exp(-((logOdds[j] ?? 0) + shift)))
      chances[j] = p
      sum += p
      variance += p * (1 - p)
    }
    const move = Math.max(-2, Math.min(2, (right - sum) / variance))
    if (Math.abs(move) < 1e-9) break
    shift += move
  }
  return chances
}
