/** The product of the sandwich variance, dense, row-major. */
import { rowProduct } from './row-product.ts'

/** B M B for symmetric B and M: rows are read for columns. */
export function sandwichProduct({
  bread,
  meat,
  size,
}: {
  readonly bread: Float64Array
  readonly meat: Float64Array
  readonly size: number
}): Float64Array {
  const half = new Float64Array(size * size)
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j < size; j++) half[row + j] = rowProduct(bread, row, meat, j * size, size)
    for (let j = 0; j <= i; j++) {
      const entry = rowProduct(half, row, bread, j * size, size)
      product[row + j] = entry
      product[j * size + i] = entry
    }
  }
  return product
}
