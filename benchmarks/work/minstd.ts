/**
 * Data that any language can make again to the last bit: the MINSTD generator, x ← 16807·x mod (2³¹ − 1), u = x/(2³¹ − 1)
 * (Park and Miller 1988). All products stay below 2⁵³. A stream is named by its seed, which is not itself put out.
 */
const modulus = 2_147_483_647

export function minstd(seed: number, count: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (state * 16_807) % modulus
    return state / modulus
  })
}

/** Standard normals by Box and Muller's cosine branch, each from two consecutive uniforms. */
export function minstdNormal(seed: number, count: number): Float64Array {
  const uniforms = minstd(seed, 2 * count)
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(uniforms[2 * i] ?? 1)) * Math.cos(2 * Math.PI * (uniforms[2 * i + 1] ?? 0)),
  )
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
