/** The product of the sandwich variance, dense, row-major. */

/** B M B for symmetric B. */
export function sandwichProduct({
  bread,
  meat,
  size,
}: {
  readonly bread: Float64Array
  readonly meat: Float64Array
  readonly size: number
}): Float64Array {
  return multiply(multiply(bread, meat, size), bread, size)
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = left[i * size + k] ?? 0
      if (factor === 0) continue
      for (let j = 0; j < size; j++)
        product[i * size + j] = (product[i * size + j] ?? 0) + factor * (right[k * size + j] ?? 0)
    }
  }
  return product
}
