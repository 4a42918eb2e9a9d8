/** Which rows, and which levels of two nested factors, are alike in all that a nested logit model sees of them. */
import type { LogitRows } from './laplace-deviance.ts'

export interface NestedRows {
  readonly rows: LogitRows
  /** Place in `rows.unknowns` of the finest factor. */
  readonly inner: number
  /** Of the factor whose levels hold whole inner levels; `undefined` where there is none: each inner level then stands alone. */
  readonly outer: number | undefined
}

export interface NestedKinds {
  /** The first row of each kind: rows alike in outcome, design and levels of the other factors. */
  readonly rowOf: Int32Array
  /** Kinds of inner levels: where the row kinds of each start in `innerRows`, with the end. */
  readonly innerStarts: Int32Array
  readonly innerRows: Int32Array
  /** Kinds of outer levels: where the inner kinds of each start in `outerInner`, with the end. */
  readonly outerStarts: Int32Array
  readonly outerInner: Int32Array
  /** Outer levels of each kind. */
  readonly outerCount: Float64Array
  /** The kind of each outer level, and the outer level of each row. */
  readonly kindOfOuter: Int32Array
  readonly outerOfRow: Int32Array
}

export function nestedKinds({ rows, inner, outer }: NestedRows): NestedKinds {
  const others = rows.unknowns.filter((_, f) => f !== inner && f !== outer)
  const rowKinds = kindsOf(rows.successes.length, (row) => [
    rows.successes[row] ?? 0,
    rows.trials[row] ?? 0,
    ...others.map((unknown) => unknown[row] ?? 0),
    ...rows.design.subarray(row * rows.columns, (row + 1) * rows.columns),
  ])
  const innerLevels = gathered(rows.unknowns[inner] ?? new Int32Array(0), rowKinds.kindOf)
  const innerKinds = kindsOf(innerLevels.parts.length, (level) => innerLevels.parts[level] ?? [])
  const innerLists = flattened(innerLevels.parts, innerKinds.first)
  const outerOfInner = innerLevels.first.map((row, level) => rows.unknowns[outer ?? -1]?.[row] ?? level)
  const outerLevels = gathered(outerOfInner, innerKinds.kindOf)
  const outerKinds = kindsOf(outerLevels.parts.length, (level) => outerLevels.parts[level] ?? [])
  const outerLists = flattened(outerLevels.parts, outerKinds.first)
  const outerCount = new Float64Array(outerKinds.first.length)
  for (const kind of outerKinds.kindOf) outerCount[kind] = (outerCount[kind] ?? 0) + 1
  return {
    rowOf: rowKinds.first,
    innerStarts: innerLists.starts,
    innerRows: innerLists.parts,
    outerStarts: outerLists.starts,
    outerInner: outerLists.parts,
    outerCount,
    kindOfOuter: outerKinds.kindOf,
    outerOfRow: innerLevels.levelOf.map((level) => outerLevels.levelOf[level] ?? 0),
  }
}

/** Numbers things that are alike alike: the kind of each, and the first thing of each kind. */
function kindsOf(count: number, description: (index: number) => readonly number[]) {
  const numberOf = new Map<string, number>()
  const first: number[] = []
  const kindOf = Int32Array.from({ length: count }, (_, index) => {
    const key = description(index).join(' ')
    const known = numberOf.get(key)
    if (known !== undefined) return known
    numberOf.set(key, first.length)
    return first.push(index) - 1
  })
  return { kindOf, first: Int32Array.from(first) }
}

/** Levels that occur, renumbered from 0, and the sorted kinds of what lies in each. */
function gathered(codes: Int32Array, kindOf: Int32Array) {
  const numberOf = new Map<number, number>()
  const first: number[] = []
  const parts: number[][] = []
  const levelOf = codes.map((code, index) => {
    const level = numberOf.get(code) ?? numberOf.size
    numberOf.set(code, level)
    if (level === parts.length) {
      parts.push([])
      first.push(index)
    }
    parts[level]?.push(kindOf[index] ?? 0)
    return level
  })
  for (const each of parts) each.sort((a, b) => a - b)
  return { levelOf, first: Int32Array.from(first), parts }
}

function flattened(parts: readonly (readonly number[])[], chosen: Int32Array) {
  const lists = Array.from(chosen, (level) => parts[level] ?? [])
  const starts = new Int32Array(lists.length + 1)
  for (const [k, list] of lists.entries()) starts[k + 1] = (starts[k] ?? 0) + list.length
  return { starts, parts: Int32Array.from(lists.flat()) }
}
