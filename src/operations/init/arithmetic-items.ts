/** Items for the example: small sums with four options each, the same on every machine. */
import { openRandom, type Random } from '../../random/index.ts'

const operations = [
  { facet: 'addition', sign: '+', of: (a: number, b: number) => a + b },
  { facet: 'subtraction', sign: '−', of: (a: number, b: number) => a - b },
  { facet: 'multiplication', sign: '×', of: (a: number, b: number) => a * b },
] as const

/** JSON lines, one item each. */
export function arithmeticItems(count: number): string {
  const random = openRandom('assay-init').split('items')
  const lines: string[] = []
  const seen = new Set<string>()
  while (lines.length < count) {
    const operation = operations[lines.length % operations.length]
    if (operation === undefined) break
    const a = 10 + random.integer(90)
    const b = 10 + random.integer(90)
    const input = `What is ${a} ${operation.sign} ${b}?`
    if (seen.has(input)) continue
    seen.add(input)
    const right = operation.of(a, b)
    const { options, target } = optionsAround(right, random)
    const id = `sum-${String(lines.length + 1).padStart(4, '0')}`
    lines.push(JSON.stringify({ id, input, options, target, attributes: { facet: operation.facet } }))
  }
  return `${lines.join('\n')}\n`
}

/** The right number among three near ones, at a random place. */
function optionsAround(
  right: number,
  random: Random,
): { readonly options: readonly string[]; readonly target: number } {
  const wrong = new Set<number>()
  const steps = [1, 2, 9, 10, 11]
  while (wrong.size < 3) {
    const step = steps[random.integer(steps.length)] ?? 1
    wrong.add(random.integer(2) === 0 ? right + step : right - step)
  }
  const target = random.integer(4)
  const options = [...wrong].map(String)
  options.splice(target, 0, String(right))
  return { options, target }
}
