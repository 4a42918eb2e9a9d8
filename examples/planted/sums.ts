/** Items for the planted protocols: small sums. The right option always stands first, so that order shows what it does. */

export interface Sum {
  readonly id: string
  readonly input: string
  readonly options: readonly string[]
  readonly target: number
}

export function sums(count: number): readonly Sum[] {
  return Array.from({ length: count }, (_, index) => {
    const [a, b] = [11 + (index % 89), 12 + Math.floor(index / 89)]
    const right = a + b
    return {
      id: `sum-${String(index + 1).padStart(4, '0')}`,
      input: `What is ${a} + ${b}?`,
      options: [right, right + 1, right - 1, right + 10].map(String),
      target: 0,
    }
  })
}
