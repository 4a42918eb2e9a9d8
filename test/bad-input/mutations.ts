/** Inputs that differ from valid ones in one place, in the ways in which a caller gets them wrong. */
import { isWhole } from './sample-inputs.ts'

export interface Mutation {
  readonly where: string
  readonly input: unknown
}

const numbers = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  0,
  1e-300,
  0.5,
  1,
  1.5,
  95,
  1e9,
  2 ** 53,
  1e300,
]
const entries = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 1.5, 1e9, 1e300]
const constants = [0, 1, 0.5, Number.NaN]

export function* mutations(input: unknown, where: string): Generator<Mutation> {
  if (typeof input === 'number') {
    for (const value of numbers) yield { where: `${where} = ${value}`, input: value }
  } else if (Array.isArray(input) || input instanceof Float64Array || input instanceof Int32Array) {
    yield* ofList(input, where)
  } else if (isRecord(input) && !isWhole(input)) {
    for (const [key, value] of Object.entries(input)) {
      for (const { where: place, input: wrong } of mutations(value, `${where}.${key}`)) {
        yield { where: place, input: { ...input, [key]: wrong } }
      }
    }
  }
}

function* ofList(list: ArrayLike<unknown>, where: string): Generator<Mutation> {
  const items: readonly unknown[] = Array.from(list)
  const like = (values: readonly unknown[]): unknown => {
    if (list instanceof Float64Array) return Float64Array.from(values as number[])
    return list instanceof Int32Array ? Int32Array.from(values as number[]) : values
  }
  yield { where: `${where} empty`, input: like([]) }
  yield { where: `${where} of one`, input: like(items.slice(0, 1)) }
  yield { where: `${where} one shorter`, input: like(items.slice(0, -1)) }
  if (items.length > 0) yield { where: `${where} one longer`, input: like([...items, items[0]]) }
  if (typeof items[0] === 'number') {
    for (const value of entries) yield { where: `${where}[0] = ${value}`, input: like([value, ...items.slice(1)]) }
    for (const value of constants) yield { where: `${where} all ${value}`, input: like(items.map(() => value)) }
    yield { where: `${where} all different`, input: like(items.map((_, at) => at)) }
    return
  }
  for (const { where: place, input } of mutations(items[0], `${where}[0]`)) {
    yield { where: place, input: like([input, ...items.slice(1)]) }
  }
}

/** Plain records only: a random stream has methods and is left alone. */
function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !('split' in input)
}
